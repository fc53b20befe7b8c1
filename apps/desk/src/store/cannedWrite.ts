import type { BotId } from '../relay/ids.js';
import { digestOfWording } from '../relay/canned.js';
import type { CannedReply } from '../canned/reply.js';
import type { Revision } from './canned.js';
import type { Sql } from './database.js';

/** Changing canned replies. Every change counts the bot's revision up and leaves an audit entry, in one transaction. */

/** Who changes something, and what the audit calls it. */
export interface Change {
  readonly bot: BotId;
  readonly actor: string;
  readonly action: CannedAction;
}

export type CannedAction =
  | 'canned_saved'
  | 'canned_imported'
  | 'canned_text'
  | 'canned_renamed'
  | 'canned_shortcut'
  | 'canned_keywords'
  | 'canned_language'
  | 'canned_archived'
  | 'canned_restored'
  | 'canned_deleted'
  | 'canned_refused';

/** A reply as it shall be; without an id it is a new one. */
export type Wanted = CannedReply & { readonly id?: string };

/** The next revision. Others who change replies of this bot wait until the transaction ends. */
export async function nextRevision(sql: Sql, bot: BotId): Promise<Revision> {
  const [row] = await sql.query<{ revision: string }>(
    `INSERT INTO canned_state AS s (bot_id, revision) VALUES ($1, 1)
     ON CONFLICT (bot_id) DO UPDATE SET revision = s.revision + 1 RETURNING revision`,
    [bot],
  );
  if (!row) throw new Error('a revision was not counted');
  return row.revision;
}

/** Writes replies, however many, in a few statements; resolves with their ids in the same order. */
export async function saveReplies(sql: Sql, change: Change, replies: readonly Wanted[]): Promise<string[]> {
  if (replies.length === 0) return [];
  const { bot, actor } = change;
  const revision = await nextRevision(sql, bot);
  await freeShortcuts(sql, bot, replies);
  const before = await snapshots(sql, bot, replies);
  const ids = await upsert(sql, { bot, actor, revision }, replies);
  await sql.query(`DELETE FROM canned_wordings WHERE reply_id = ANY($1::bigint[])`, [ids]);
  const wordings = replies.flatMap((reply, index) =>
    reply.wordings.map(({ language, content }) => ({
      reply_id: ids[index],
      language,
      content,
      digest: digestOfWording(content),
    })),
  );
  await sql.query(
    `INSERT INTO canned_wordings (bot_id, reply_id, language, content, digest)
     SELECT $1, reply_id, language, content, digest
     FROM jsonb_to_recordset($2) AS w (reply_id bigint, language text, content jsonb, digest text)`,
    [bot, JSON.stringify(wordings)],
  );
  const entries = replies.map((reply, index) => {
    const id = ids[index] ?? '';
    const was = before.get(id);
    return { reply: id, title: reply.title, ...(was !== undefined && { before: was }), after: snapshot(reply) };
  });
  await audit(sql, change, entries);
  return ids;
}

/** Shortcuts may change hands within one import: they are let go of first. */
async function freeShortcuts(sql: Sql, bot: BotId, replies: readonly Wanted[]): Promise<void> {
  const ids = replies.flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (ids.length < 2) return;
  await sql.query(`UPDATE canned_replies SET shortcut = NULL WHERE bot_id = $1 AND id = ANY($2::bigint[])`, [bot, ids]);
}

async function upsert(
  sql: Sql,
  { bot, actor, revision }: { bot: BotId; actor: string; revision: Revision },
  replies: readonly Wanted[],
): Promise<string[]> {
  const values = replies.map((reply) => ({
    id: reply.id ?? null,
    shortcut: reply.shortcut ?? null,
    title: reply.title,
    keywords: reply.keywords,
    state: reply.archived ? 'archived' : 'live',
  }));
  const rows = await sql.query<{ id: string; title: string }>(
    `WITH wanted AS (
       SELECT * FROM jsonb_to_recordset($4) AS r (id bigint, shortcut text, title text, keywords text[], state text)
     ), changed AS (
       UPDATE canned_replies c SET shortcut = w.shortcut, title = w.title, keywords = w.keywords, state = w.state,
         version = c.version + 1, revision = $3, refusal = NULL, changed_by = $2, changed_at = now()
       FROM wanted w WHERE c.bot_id = $1 AND c.id = w.id RETURNING c.id, c.title
     ), added AS (
       INSERT INTO canned_replies (bot_id, shortcut, title, keywords, state, revision, created_by, changed_by)
       SELECT $1, shortcut, title, keywords, state, $3, $2, $2 FROM wanted WHERE id IS NULL RETURNING id, title
     )
     SELECT id, title FROM changed UNION ALL SELECT id, title FROM added`,
    [bot, actor, revision, JSON.stringify(values)],
  );
  const ids = new Map(rows.map(({ id, title }) => [title, id]));
  return replies.map(({ title }) => {
    const id = ids.get(title);
    if (id === undefined) throw new Error('a canned reply was neither added nor changed');
    return id;
  });
}

/** Takes a reply away for good: its words go, its uses go; the audit keeps what it was. */
export async function deleteReply(sql: Sql, change: Change, id: string): Promise<void> {
  const { bot } = change;
  const revision = await nextRevision(sql, bot);
  const before = (await snapshotsOf(sql, bot, [id])).get(id);
  await sql.query(
    `WITH words AS (DELETE FROM canned_wordings WHERE reply_id = $2),
       usage AS (DELETE FROM canned_usage WHERE reply_id = $2),
       uses AS (DELETE FROM canned_uses WHERE reply_id = $2)
     UPDATE canned_replies SET state = 'deleted', shortcut = NULL, keywords = '{}', refusal = NULL,
       version = version + 1, revision = $3, changed_by = $4, changed_at = now()
     WHERE bot_id = $1 AND id = $2`,
    [bot, id, revision, change.actor],
  );
  await audit(sql, change, [{ reply: id, before }]);
}

/** Notes that the messenger refuses a reply. False when that is known already. */
export async function markRefused(
  sql: Sql,
  bot: BotId,
  { id, refusal }: { readonly id: string; readonly refusal: string },
): Promise<boolean> {
  const revision = await nextRevision(sql, bot);
  const rows = await sql.query<{ title: string }>(
    `UPDATE canned_replies SET refusal = $3, revision = $4
     WHERE bot_id = $1 AND id = $2 AND refusal IS NULL AND state <> 'deleted' RETURNING title`,
    [bot, id, refusal.slice(0, 500), revision],
  );
  if (rows.length === 0) return false;
  await audit(sql, { bot, actor: 'desk', action: 'canned_refused' }, [{ reply: id, title: rows[0]?.title, refusal }]);
  return true;
}

/** What the audit keeps of a reply. */
function snapshot({ title, shortcut, keywords, archived, wordings }: CannedReply): unknown {
  return { title, shortcut: shortcut ?? null, keywords, archived, wordings };
}

async function snapshots(sql: Sql, bot: BotId, replies: readonly Wanted[]): Promise<Map<string, unknown>> {
  const ids = replies.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return ids.length === 0 ? new Map() : snapshotsOf(sql, bot, ids);
}

async function snapshotsOf(sql: Sql, bot: BotId, ids: readonly string[]): Promise<Map<string, unknown>> {
  const rows = await sql.query<{ id: string; was: unknown }>(
    `SELECT r.id, json_build_object('title', r.title, 'shortcut', r.shortcut, 'keywords', r.keywords,
         'archived', r.state = 'archived', 'wordings',
         (SELECT json_agg(json_build_object('language', w.language, 'content', w.content) ORDER BY w.language COLLATE "C")
          FROM canned_wordings w WHERE w.reply_id = r.id)) AS was
     FROM canned_replies r WHERE r.bot_id = $1 AND r.id = ANY($2::bigint[])`,
    [bot, ids],
  );
  return new Map(rows.map(({ id, was }) => [id, was]));
}

async function audit(sql: Sql, { bot, actor, action }: Change, details: readonly unknown[]): Promise<void> {
  await sql.query(
    `INSERT INTO audit_entries (bot_id, actor, action, detail) SELECT $1, $2, $3, detail FROM jsonb_array_elements($4) AS detail`,
    [bot, actor, action, JSON.stringify(details)],
  );
}
