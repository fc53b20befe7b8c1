import type { BotId, ConversationId, ExternalId, MessageId, ThreadId } from '../relay/ids.js';
import type { Sql } from './database.js';
import { priorities, wantMessage, type Lane } from './wanted.js';

/**
 * Threads open in two steps that may come in either order: the messenger answers with the post, and it tells of the copy
 * that became the thread's root. Both steps take the post's lock, so that the later of the two always sees the earlier.
 */

/** The messenger has copied a post. Resolves with the lanes that waited for it; copies of strangers' posts are kept too. */
export async function rememberRoot(
  sql: Sql,
  bot: BotId,
  { post, root, ticket }: { readonly post: ExternalId; readonly root: ExternalId; readonly ticket?: string },
): Promise<Lane[]> {
  await lockPost(sql, bot, post);
  await sql.query(
    `INSERT INTO post_copies (bot_id, post, root, ticket) VALUES ($1, $2, $3, $4)
     ON CONFLICT (bot_id, post) DO NOTHING`,
    [bot, post, root, ticket ?? null],
  );
  const rows = await sql.query<{ conversation_id: ConversationId }>(
    `UPDATE threads SET root = $3, root_at = now() WHERE bot_id = $1 AND post = $2 AND root IS NULL
     RETURNING conversation_id`,
    [bot, post, root],
  );
  return rows.map((row) => ({ conversation: row.conversation_id, queue: 'staff' }));
}

/** A copy whose post says that it is this conversation's, and of which no thread is known: the answer to it was lost. */
export async function copyOfTicket(
  sql: Sql,
  bot: BotId,
  conversation: ConversationId,
): Promise<{ readonly post: ExternalId } | undefined> {
  const [row] = await sql.query<{ post: ExternalId }>(
    `SELECT post FROM post_copies c WHERE bot_id = $1 AND ticket = $2
       AND NOT EXISTS (SELECT 1 FROM threads WHERE bot_id = $1 AND post = c.post)
     ORDER BY seen_at DESC LIMIT 1`,
    [bot, conversation],
  );
  return row;
}

/** The messenger has answered with the post of a new thread. Its root is known at once if the copy came first. */
export async function recordPost(
  sql: Sql,
  bot: BotId,
  thread: {
    readonly conversation: ConversationId;
    readonly post: ExternalId;
    readonly cardDigest: string;
  },
): Promise<ThreadId> {
  await lockPost(sql, bot, thread.post);
  const [row] = await sql.query<{ id: ThreadId }>(
    `INSERT INTO threads (bot_id, conversation_id, post, card_digest, posted_at, root, root_at)
     SELECT $1, $2, $3, $4, now(), copy.root, copy.seen_at
     FROM (SELECT 1) one LEFT JOIN post_copies copy ON copy.bot_id = $1 AND copy.post = $3
     RETURNING id`,
    [bot, thread.conversation, thread.post, thread.cardDigest],
  );
  if (!row) throw new Error('a thread was not inserted');
  return row.id;
}

/** The post shows this card now. */
export async function recordCard(sql: Sql, thread: ThreadId, digest: string): Promise<void> {
  await sql.query(`UPDATE threads SET card_digest = $2 WHERE id = $1`, [thread, digest]);
}

/**
 * The root or the post is gone: the next thing to show opens another thread. Words that stood in the post stand nowhere
 * now, so an edit of them is shown as a comment, also one that the post was still to show. Resolves with the lanes that
 * have something new.
 */
export async function loseThread(sql: Sql, bot: BotId, thread: ThreadId): Promise<Lane[]> {
  return wantUnposted(sql, bot, await sql.query<Unposted>(lose('id = $1'), [thread]));
}

interface Unposted {
  readonly id: MessageId;
  readonly conversation_id: ConversationId;
  /** Whether the post was still to show its newest wording. */
  readonly unshown: boolean;
}

function wantUnposted(sql: Sql, bot: BotId, messages: readonly Unposted[]): Promise<Lane[]> {
  const wanted = messages.filter(({ unshown }) => unshown);
  return Promise.all(
    wanted.map(({ id, conversation_id }) =>
      wantMessage(sql, { bot, conversation: conversation_id, message: id, side: 'staff', change: 'edit' }),
    ),
  );
}

/**
 * The posts or comments have moved: threads whose post or root stands elsewhere are lost, and copies there count no more,
 * so that an edit of one is shown where the conversation goes on.
 */
export async function loseThreadsElsewhere(
  sql: Sql,
  bot: BotId,
  { posts, comments }: { readonly posts: string; readonly comments: string },
): Promise<void> {
  const elsewhere = `bot_id = $1 AND (NOT starts_with(post, $2) OR NOT starts_with(root, $3))`;
  await wantUnposted(sql, bot, await sql.query<Unposted>(lose(elsewhere), [bot, posts, comments]));
  await sql.query(
    `DELETE FROM message_links
     WHERE bot_id = $1 AND side = 'staff' AND role = 'copy' AND NOT starts_with(external_id, $2)`,
    [bot, comments],
  );
}

function lose(which: string): string {
  return `WITH lost AS (
       UPDATE threads SET lost_at = now() WHERE ${which} AND lost_at IS NULL RETURNING id
     ), unposted AS (
       DELETE FROM message_links l USING lost WHERE l.thread_id = lost.id AND l.role = 'post' RETURNING l.message_id
     )
     UPDATE messages m SET in_post = false FROM unposted WHERE m.id = unposted.message_id
     RETURNING m.id, m.conversation_id, EXISTS (SELECT 1 FROM deliveries d
       WHERE d.conversation_id = m.conversation_id AND d.queue = 'card' AND d.state IN ('waiting', 'sending')
         AND d.priority <= ${priorities.edit}) AS unshown`;
}

/** The team was told that the messenger has not opened this thread. Resolves with false when it had been told before. */
export async function markAlarmed(sql: Sql, thread: ThreadId): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE threads SET alarmed_at = now() WHERE id = $1 AND alarmed_at IS NULL RETURNING 1`,
    [thread],
  );
  return rows.length > 0;
}

async function lockPost(sql: Sql, bot: BotId, post: ExternalId): Promise<void> {
  await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`post ${bot} ${post}`]);
}

/** Whether a thread is live and its root still unknown. */
export async function awaitsRoot(sql: Sql, thread: ThreadId): Promise<boolean> {
  const rows = await sql.query(`SELECT 1 FROM threads WHERE id = $1 AND root IS NULL AND lost_at IS NULL`, [thread]);
  return rows.length > 0;
}
