import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unknownPlaceholders } from './relay/placeholders.js';
import { FileError, formatOf, readReplies, type Format } from './canned/files/read.js';
import { planImport, type ImportPlan } from './canned/files/plan.js';
import { writeReplies } from './canned/files/write.js';
import { wordsOf } from './canned/reply.js';
import { readConfig, type Config } from './config.js';
import { ConfigError, messageOf, UsageError } from './errors.js';
import { findBot, knowBot } from './store/bots.js';
import { allReplies } from './store/canned.js';
import { saveReplies } from './store/cannedWrite.js';
import type { Database } from './store/database.js';
import { migrate } from './store/migrate.js';
import { openDatabase } from './store/open.js';
import { createPhrases } from './text/phrases.js';

/** `npm run desk -- canned import|export FILE`, on the database of the desk, which may run meanwhile on PostgreSQL. */

type Env = Readonly<Record<string, string | undefined>>;

export interface CannedRequest {
  readonly action: 'import' | 'export';
  readonly file: string;
  readonly dryRun: boolean;
}

/** Carries it out; resolves with what to print. Throws ConfigError or FileError when nothing was changed. */
export async function canned(request: CannedRequest, env: Env): Promise<string> {
  const format = formatOf(request.file);
  if (!format) throw new UsageError(`${request.file}: the name must end in .json, .csv, .yaml or .yml`);
  const config = readConfig(env);
  return request.action === 'export' ? exportTo(request.file, format, config) : importFrom(request, format, config);
}

async function exportTo(file: string, format: Format, config: Config): Promise<string> {
  const replies = await withDatabase(config, async (database, bot) => {
    const known = await findBot(database, bot);
    return known === undefined ? [] : allReplies(database, known);
  });
  try {
    await writeFile(file, writeReplies(replies, format));
  } catch (error) {
    throw new FileError([`${file} cannot be written: ${messageOf(error)}`]);
  }
  return `exported ${count(replies.length)} to ${file}\n`;
}

async function importFrom({ file, dryRun }: CannedRequest, format: Format, config: Config): Promise<string> {
  const name = basename(file);
  const read = readReplies(await textOf(file), { file: name, format });
  const phrases = createPhrases(config.language);
  const say = ({ id, args }: { readonly id: string; readonly args?: Readonly<Record<string, string>> }): string =>
    phrases.say(id, args);
  const plan = await withDatabase(config, async (database, externalId) => {
    if (dryRun) {
      const bot = await findBot(database, externalId);
      const existing = bot === undefined ? [] : await allReplies(database, bot);
      return planImport(read.rows, { file: name, existing, say });
    }
    const { id: bot } = await knowBot(database, { externalId });
    return database.transaction(async (sql) => {
      const planned = planImport(read.rows, { file: name, existing: await allReplies(sql, bot), say });
      const wanted = planned.changes.map(({ reply, existing }) => ({ ...reply, ...(existing && { id: existing.id }) }));
      await saveReplies(sql, { bot, actor: 'command line', action: 'canned_imported' }, wanted);
      return planned;
    });
  });
  const warnings = [...read.warnings, ...placeholderWarnings(plan)];
  return [...(dryRun ? preview(plan) : []), ...warnings.map((text) => `note: ${text}`), summary(plan, dryRun)]
    .map((line) => `${line}\n`)
    .join('');
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw new FileError([`${file} cannot be read: ${messageOf(error)}`]);
  }
}

function preview({ changes }: ImportPlan): string[] {
  return changes.map(({ kind, reply }) => `would ${kind} “${reply.title}”`);
}

function summary({ changes, unchanged }: ImportPlan, dryRun: boolean): string {
  const added = changes.filter(({ kind }) => kind === 'add').length;
  const counts = `${added} added, ${changes.length - added} updated, ${unchanged} unchanged`;
  return dryRun ? `nothing was changed; an import would say: ${counts}` : counts;
}

function placeholderWarnings({ changes }: ImportPlan): string[] {
  return changes.flatMap(({ reply }) => {
    const names = new Set(reply.wordings.flatMap(({ content }) => unknownPlaceholders(wordsOf(content))));
    return [...names].map((name) => `“${reply.title}”: {${name}} is no placeholder; customers see it as it is.`);
  });
}

/** Opens the database as the desk would, and brings it up to date. The bot is known by the number in its token. */
async function withDatabase<T>(
  config: Config,
  work: (database: Database, externalId: string) => Promise<T>,
): Promise<T> {
  const database = await open(config);
  try {
    await database.hold((connection) => migrate(connection));
    return await work(database, `telegram:${config.telegram.token.split(':')[0] ?? ''}`);
  } finally {
    await database.close();
  }
}

async function open(config: Config): Promise<Database> {
  try {
    return await openDatabase(config);
  } catch (error) {
    const { database } = config;
    if (database.kind !== 'embedded' || !(error instanceof ConfigError)) throw error;
    const isThere = existsSync(join(database.dataDir, 'postgres', 'PG_VERSION'));
    if (!isThere || !/another Postdesk runs/.test(error.message)) throw error;
    throw new ConfigError([
      `DATA_DIR: a desk runs on ${database.dataDir}, and the embedded database is one process's own. Stop the desk, run this again, and start it. With DATABASE_URL both can run at once.`,
    ]);
  }
}

function count(replies: number): string {
  return replies === 1 ? '1 reply' : `${replies} replies`;
}
