import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from './config.js';
import { ConfigError, messageOf } from './errors.js';
import { channelOfBot } from './store/bots.js';
import { openPostgres, type Database } from './store/database.js';
import { isInUse } from './store/embedded/lock.js';
import { openEmbedded } from './store/embedded/open.js';
import { migrationState } from './store/migrate.js';
import { reachPostgres } from './store/reach.js';
import type { Check } from './telegram/checks.js';
import { examineTelegram } from './telegram/examine.js';

/** Looks at the settings, the database and Telegram, and says what is in order and what is missing. Changes nothing. */
export async function examine(env: Readonly<Record<string, string | undefined>>): Promise<readonly Check[]> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((say) => ({ name: 'settings', state: 'missing', say }));
    throw error;
  }
  const opened = await openIfThere(config);
  try {
    const checks = 'database' in opened ? await databaseChecks(opened.database) : [opened.check];
    const telegram = await examineTelegram({
      config: config.telegram,
      channelOf: async (bot) =>
        'database' in opened ? channelOfBot(opened.database, bot).catch(() => undefined) : undefined,
    });
    return [{ name: 'settings', state: 'ok', say: 'All settings can be read.' }, ...checks, ...telegram];
  } finally {
    if ('database' in opened) await opened.database.close();
  }
}

type Opened = { readonly database: Database } | { readonly check: Check };

async function openIfThere({ database, port }: Config): Promise<Opened> {
  try {
    return database.kind === 'postgres' ? await openServer(database.url) : await openDirectory(database.dataDir, port);
  } catch (error) {
    return { check: { name: 'database', state: 'missing', say: messageOf(error) } };
  }
}

async function openServer(url: string): Promise<Opened> {
  const database = openPostgres(url, { connections: 2 });
  try {
    await reachPostgres(database);
    return { database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openDirectory(dataDir: string, port: number): Promise<Opened> {
  const directory = join(dataDir, 'postgres');
  if (!existsSync(join(directory, 'PG_VERSION'))) {
    return {
      check: { name: 'database', state: 'ok', say: `There is none in ${dataDir} yet: the first start makes it.` },
    };
  }
  if (await isInUse(directory)) return { check: await askRunningDesk(dataDir, port) };
  return { database: await openEmbedded({ dataDir }) };
}

/** The embedded database is one process's own: the desk that has it open answers for it. */
async function askRunningDesk(dataDir: string, port: number): Promise<Check> {
  const name = 'database';
  const where = `http://localhost:${port}/readyz`;
  const said = await fetch(where, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  if (!said) return { name, state: 'warning', say: `A desk runs on ${dataDir}, but not at ${where}: is PORT its own?` };
  return said.ok
    ? { name, state: 'ok', say: `A desk runs on ${dataDir} and is ready (${where}).` }
    : { name, state: 'warning', say: `A desk runs on ${dataDir} and is not ready: ${await said.text()}` };
}

async function databaseChecks(database: Database): Promise<Check[]> {
  const name = 'migrations';
  const { version } = await reachPostgres(database);
  const where = database.kind === 'embedded' ? 'embedded PostgreSQL' : 'PostgreSQL';
  const { pending, problems } = await database.hold((connection) => migrationState(connection));
  return [
    { name: 'database', state: 'ok', say: `${where} ${version} answers.` },
    ...problems.map((say): Check => ({ name, state: 'missing', say })),
    ...(problems.length > 0
      ? []
      : [
          {
            name,
            state: 'ok',
            say: pending.length === 0 ? 'The tables are up to date.' : `The next start applies ${pending.join(', ')}.`,
          } satisfies Check,
        ]),
  ];
}
