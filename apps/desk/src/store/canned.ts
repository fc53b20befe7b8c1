import type { BotId } from '../relay/ids.js';
import { anyLanguage, type CannedContent, type Wording } from '../relay/canned.js';
import type { StoredReply, Usage } from '../canned/reply.js';
import type { Sql } from './database.js';

/** Reading canned replies. */

/** A count of changes; a decimal string, as all our 64-bit numbers. */
export type Revision = string;

interface ReplyColumns {
  readonly id: string;
  readonly shortcut: string | null;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly state: 'live' | 'archived' | 'deleted';
  readonly version: number;
  readonly refusal: string | null;
  readonly changed_by: string | null;
  readonly wordings: readonly { readonly language: string; readonly content: CannedContent }[] | null;
}

const replyColumns = `r.id, r.shortcut, r.title, r.keywords, r.state, r.version, r.refusal, r.changed_by,
  (SELECT json_agg(json_build_object('language', w.language, 'content', w.content) ORDER BY w.language COLLATE "C")
   FROM canned_wordings w WHERE w.reply_id = r.id) AS wordings`;

/** Every reply that was not deleted, by title. */
export async function allReplies(sql: Sql, bot: BotId): Promise<StoredReply[]> {
  const rows = await sql.query<ReplyColumns>(
    `SELECT ${replyColumns} FROM canned_replies r WHERE r.bot_id = $1 AND r.state <> 'deleted' ORDER BY r.title, r.id`,
    [bot],
  );
  return rows.flatMap(toReplies);
}

/** How many there are. */
export async function replyCounts(sql: Sql, bot: BotId): Promise<{ readonly live: number; readonly archived: number }> {
  const [row] = await sql.query<{ live: number; archived: number }>(
    `SELECT count(*) FILTER (WHERE state = 'live')::int AS live,
       count(*) FILTER (WHERE state = 'archived')::int AS archived FROM canned_replies WHERE bot_id = $1`,
    [bot],
  );
  return row ?? { live: 0, archived: 0 };
}

/** Some of the replies, by title. */
export async function replyPage(
  sql: Sql,
  bot: BotId,
  page: { readonly archived: boolean; readonly limit: number; readonly offset: number },
): Promise<StoredReply[]> {
  const rows = await sql.query<ReplyColumns>(
    `SELECT ${replyColumns} FROM canned_replies r WHERE r.bot_id = $1 AND r.state = $2
     ORDER BY lower(r.title), r.id LIMIT $3 OFFSET $4`,
    [bot, page.archived ? 'archived' : 'live', page.limit, page.offset],
  );
  return rows.flatMap(toReplies);
}

/** Those of the replies that are still there, in the order given. */
export async function repliesByIds(sql: Sql, bot: BotId, ids: readonly string[]): Promise<StoredReply[]> {
  const rows = await sql.query<ReplyColumns>(
    `SELECT ${replyColumns} FROM canned_replies r WHERE r.bot_id = $1 AND r.id = ANY($2::bigint[]) AND r.state <> 'deleted'`,
    [bot, ids],
  );
  const found = new Map(rows.flatMap(toReplies).map((reply) => [reply.id, reply]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** One reply that was not deleted. `lock`: nobody else changes it before the transaction ends. */
export async function replyById(
  sql: Sql,
  bot: BotId,
  { id, lock = false }: { readonly id: string; readonly lock?: boolean },
): Promise<StoredReply | undefined> {
  const [row] = await sql.query<ReplyColumns>(
    `SELECT ${replyColumns} FROM canned_replies r WHERE r.bot_id = $1 AND r.id = $2 AND r.state <> 'deleted'
     ${lock ? 'FOR UPDATE' : ''}`,
    [bot, id],
  );
  return row && toReplies(row)[0];
}

/** Who holds a title or shortcut, other than this reply itself. */
export async function holders(
  sql: Sql,
  bot: BotId,
  wanted: { readonly id?: string; readonly title: string; readonly shortcut?: string },
): Promise<{ readonly title: boolean; readonly shortcut?: string }> {
  const rows = await sql.query<{ title: string; shortcut: string | null }>(
    `SELECT title, shortcut FROM canned_replies
     WHERE bot_id = $1 AND state <> 'deleted' AND id IS DISTINCT FROM $2 AND (title = $3 OR shortcut = $4)`,
    [bot, wanted.id ?? null, wanted.title, wanted.shortcut ?? null],
  );
  const holder = rows.find(({ shortcut }) => shortcut !== null && shortcut === wanted.shortcut);
  return { title: rows.some(({ title }) => title === wanted.title), ...(holder && { shortcut: holder.title }) };
}

/** What changed after a revision: replies, those that are no longer there, and how often they were used. */
export interface Changes {
  readonly revision: Revision;
  readonly replies: readonly StoredReply[];
  readonly deleted: readonly string[];
  readonly usage: readonly Usage[];
}

export async function changesSince(sql: Sql, bot: BotId, revision: Revision): Promise<Changes> {
  const now = await currentRevision(sql, bot);
  if (now === revision) return { revision, replies: [], deleted: [], usage: [] };
  const rows = await sql.query<ReplyColumns>(
    `SELECT ${replyColumns} FROM canned_replies r WHERE r.bot_id = $1 AND r.revision > $2 AND r.revision <= $3`,
    [bot, revision, now],
  );
  const usage = await sql.query<UsageColumns>(
    `SELECT ${usageColumns} FROM canned_usage WHERE bot_id = $1 AND revision > $2 AND revision <= $3`,
    [bot, revision, now],
  );
  return {
    revision: now,
    replies: rows.flatMap(toReplies),
    deleted: rows.filter(({ state }) => state === 'deleted').map(({ id }) => id),
    usage: usage.map(toUsage),
  };
}

export async function currentRevision(sql: Sql, bot: BotId): Promise<Revision> {
  const [row] = await sql.query<{ revision: string }>(`SELECT revision FROM canned_state WHERE bot_id = $1`, [bot]);
  return row?.revision ?? '0';
}

/**
 * The wordings of the reply that says this. Undefined when none does, or more than one: which of two that read the same was
 * picked nobody can tell, and the customer must not get another one's words in their language.
 */
export async function wordingsOfDigest(
  sql: Sql,
  bot: BotId,
  digest: string,
): Promise<{ readonly reply: string; readonly wordings: readonly Wording[] } | undefined> {
  const [row, another] = await sql.query<{ reply_id: string; wordings: Wording[] }>(
    `SELECT w.reply_id, json_agg(json_build_object('language', o.language, 'content', o.content)) AS wordings
     FROM canned_wordings w JOIN canned_wordings o ON o.reply_id = w.reply_id
     JOIN canned_replies r ON r.id = w.reply_id AND r.state <> 'deleted'
     WHERE w.bot_id = $1 AND w.digest = $2 GROUP BY w.reply_id LIMIT 2`,
    [bot, digest],
  );
  return another ? undefined : row && { reply: row.reply_id, wordings: row.wordings };
}

interface UsageColumns {
  readonly reply_id: string;
  readonly person_id: string;
  readonly uses: number;
  readonly recent: number;
  readonly used_at: Date;
}

const usageColumns = 'reply_id, person_id, uses, recent, used_at';

/** Who used a reply how often, the most frequent first, with the names that are known. */
export async function usageOf(
  sql: Sql,
  bot: BotId,
  reply: string,
): Promise<{ readonly people: readonly (Usage & { readonly name: string })[]; readonly lastMonth: number }> {
  const people = await sql.query<UsageColumns & { name: string | null }>(
    `SELECT u.reply_id, u.person_id, u.uses, u.recent, u.used_at, s.name
     FROM canned_usage u LEFT JOIN staff s ON s.bot_id = u.bot_id AND s.person_id = u.person_id
     WHERE u.bot_id = $1 AND u.reply_id = $2 ORDER BY u.uses DESC, u.used_at DESC`,
    [bot, reply],
  );
  const [month] = await sql.query<{ uses: number }>(
    `SELECT count(*)::int AS uses FROM canned_uses WHERE bot_id = $1 AND reply_id = $2 AND at > now() - interval '30 days'`,
    [bot, reply],
  );
  return {
    people: people.map((row) => ({ ...toUsage(row), name: row.name ?? '' })),
    lastMonth: month?.uses ?? 0,
  };
}

function toReplies(row: ReplyColumns): StoredReply[] {
  const [first, ...others] = row.wordings ?? [];
  if (first?.language !== anyLanguage) return [];
  return [
    {
      id: row.id,
      version: row.version,
      title: row.title,
      keywords: row.keywords,
      archived: row.state === 'archived',
      wordings: [first, ...others],
      ...(row.shortcut !== null && { shortcut: row.shortcut }),
      ...(row.refusal !== null && { refusal: row.refusal }),
      ...(row.changed_by !== null && { changedBy: row.changed_by }),
    },
  ];
}

function toUsage(row: UsageColumns): Usage {
  return { reply: row.reply_id, person: row.person_id, uses: row.uses, recent: row.recent, at: row.used_at };
}
