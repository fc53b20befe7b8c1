import type { OfferedResult } from '../../../sandbox/src/control/protocol/queries.js';
import type { Person, Ref, ShownMessage } from '../../../sandbox/src/control/client.js';
import { saveReplies } from '../../src/store/cannedWrite.js';
import type { Entity } from '../../src/relay/content.js';
import type { CannedContent } from '../../src/relay/canned.js';
import { allReplies } from '../../src/store/canned.js';
import type { StoredReply } from '../../src/canned/reply.js';
import type { Office } from './office.js';

/** Canned replies of an office, put there without a dialogue. */

export interface Given {
  readonly title: string;
  readonly text?: string;
  readonly content?: CannedContent;
  readonly shortcut?: string;
  readonly keywords?: readonly string[];
  readonly entities?: readonly Entity[];
  readonly languages?: Readonly<Record<string, string>>;
}

type Desk = Pick<Office, 'database' | 'sandbox'>;

export async function keep(office: Desk, ...given: Given[]): Promise<string[]> {
  const bot = await botOf(office);
  const wanted = given.map(
    ({ title, text = title, content, shortcut, keywords = [], entities = [], languages = {} }) => ({
      title,
      keywords,
      archived: false,
      ...(shortcut !== undefined && { shortcut }),
      wordings: [
        { language: '', content: content ?? ({ kind: 'text', text, entities } as const) },
        ...Object.entries(languages).map(([language, words]) => ({ language, content: plain(words) })),
      ] as const,
    }),
  );
  return office.database.transaction((sql) => saveReplies(sql, { bot, actor: 'test', action: 'canned_saved' }, wanted));
}

function plain(text: string): CannedContent {
  return { kind: 'text', text, entities: [] };
}

export async function kept(office: Desk): Promise<StoredReply[]> {
  return allReplies(office.database, await botOf(office));
}

export async function botOf({ database, sandbox }: Desk): Promise<string> {
  const { bot } = await sandbox.control.overview();
  const [row] = await database.query<{ id: string }>('SELECT id FROM bots WHERE external_id = $1', [
    `telegram:${bot.id}`,
  ]);
  return row!.id;
}

export async function usesOf(office: Desk): Promise<Record<string, number>> {
  const rows = await office.database.query<{ title: string; uses: number }>(
    `SELECT r.title, u.uses FROM canned_usage u JOIN canned_replies r ON r.id = u.reply_id WHERE u.bot_id = $1`,
    [await botOf(office)],
  );
  return Object.fromEntries(rows.map(({ title, uses }) => [title, uses]));
}

export async function auditOf(office: Desk): Promise<string[]> {
  const rows = await office.database.query<{ action: string; actor: string }>(
    `SELECT action, actor FROM audit_entries WHERE bot_id = $1 AND action LIKE 'canned%' AND actor <> 'test' ORDER BY id`,
    [await botOf(office)],
  );
  return rows.map(({ action, actor }) => `${action} by ${actor}`);
}

/** The titles that are offered for some words. */
export async function titlesFor(person: Person, words: string): Promise<string[]> {
  const { results } = await person.types(`@bot ${words}`);
  return results.map(({ title = '' }) => title);
}

/** Picks the first thing offered for some words below a post. */
export async function answersWith(agent: Person, words: string, under: Ref): Promise<Ref> {
  const { results } = await agent.types(`@bot ${words}`);
  return agent.picks(first(results), { under });
}

export function first(results: readonly OfferedResult[]): OfferedResult {
  const [result] = results;
  if (!result) throw new Error('nothing was offered');
  return result;
}

/** The newest message of the bot to somebody in private, once it says this. */
export function said({ control }: Pick<Office, 'control'>, person: Person, words: string): Promise<ShownMessage> {
  return control.until(`the bot says “${words}”`, async () => {
    const shown = (await person.sees()).filter(({ fromBot }) => fromBot);
    return shown.reverse().find(({ text, caption }) => (text || caption || '').includes(words));
  });
}

/** What the message with these buttons says now, once it says this. */
export function becomes(
  { control }: Pick<Office, 'control'>,
  { person, message }: { person: Person; message: ShownMessage },
  words: string,
): Promise<ShownMessage> {
  return control.until(`the message becomes “${words}”`, async () => {
    const now = (await person.sees()).find(({ ref }) => ref.messageId === message.ref.messageId);
    return now?.text.includes(words) === true && now;
  });
}
