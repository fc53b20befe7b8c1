import type { ConversationId, DeliveryId, MessageId } from '../relay/ids.js';
import type { Content } from '../relay/content.js';
import type { Author, Standing } from '../relay/model.js';
import type { Sql } from './database.js';

/** Writing down what becomes of deliveries. */

/** The deliveries have nothing more to do. */
export async function finish(sql: Sql, deliveries: readonly DeliveryId[]): Promise<void> {
  await sql.query(
    `UPDATE deliveries SET state = 'sent', finished_at = now(), error = NULL, call = NULL WHERE id = ANY($1)`,
    [deliveries],
  );
}

/** The delivery will never succeed; why is said in the thread by the caller, in the same transaction. */
export async function fail(sql: Sql, deliveries: readonly DeliveryId[], error: string): Promise<void> {
  await sql.query(
    `UPDATE deliveries SET state = 'failed', finished_at = now(), error = $2, call = NULL WHERE id = ANY($1)`,
    [deliveries, error.slice(0, 1_000)],
  );
}

/** As `fail`, and with them what waits because their messages were edited meanwhile: nothing of those is shown by itself. */
export async function failWith(sql: Sql, deliveries: readonly DeliveryId[], error: string): Promise<void> {
  const younger = await sql.query<{ id: DeliveryId }>(
    `SELECT d.id FROM deliveries d JOIN deliveries failed ON failed.message_id = d.message_id AND failed.queue = d.queue
     WHERE failed.id = ANY($1) AND d.state = 'waiting'`,
    [deliveries],
  );
  await fail(sql, [...deliveries, ...younger.map(({ id }) => id)], error);
}

/** A message that waited in vain for a customer. */
interface Undelivered {
  readonly message: MessageId;
  readonly author: Author;
  /** It was to be taken back. */
  readonly removed: boolean;
  /** The customer has it, as it was. */
  readonly shown: boolean;
}

/** Nothing that waits for this customer will be delivered: resolves with the messages, in order. */
export async function failCustomerQueue(sql: Sql, conversation: ConversationId, error: string): Promise<Undelivered[]> {
  return sql.query(
    `WITH failed AS (
       UPDATE deliveries SET state = 'failed', finished_at = now(), error = $2, call = NULL
       WHERE conversation_id = $1 AND queue = 'customer' AND state IN ('waiting', 'sending') RETURNING id, message_id
     )
     SELECT m.id AS message, m.author, m.removed_at IS NOT NULL AS removed,
       EXISTS (SELECT 1 FROM message_links WHERE message_id = m.id AND side = 'customer') AS shown
     FROM failed JOIN messages m ON m.id = failed.message_id ORDER BY failed.id`,
    [conversation, error.slice(0, 1_000)],
  );
}

/**
 * Puts deliveries back in their place in the lane, to be tried or continued. An edit that came meanwhile wants the same
 * message shown: its younger row goes, because this one will show the newest wording.
 */
export async function putBack(
  sql: Sql,
  deliveries: readonly DeliveryId[],
  { counted, error }: { readonly counted: boolean; readonly error?: string } = { counted: true },
): Promise<void> {
  await sql.query(
    `WITH back AS (SELECT id, conversation_id, message_id, queue FROM deliveries WHERE id = ANY($1)), younger AS (
       DELETE FROM deliveries d USING back
       WHERE d.state = 'waiting' AND d.queue = back.queue AND d.id <> back.id
         AND (d.message_id = back.message_id OR (d.queue = 'card' AND d.conversation_id = back.conversation_id))
       RETURNING back.id, d.priority
     )
     UPDATE deliveries SET priority = least(deliveries.priority, younger.priority) FROM younger
     WHERE deliveries.id = younger.id`,
    [deliveries],
  );
  await sql.query(
    `UPDATE deliveries SET state = 'waiting', started_at = NULL, error = $2, call = NULL,
       attempts = CASE WHEN $3 THEN attempts ELSE greatest(attempts - 1, 0) END
     WHERE id = ANY($1)`,
    [deliveries, error?.slice(0, 1_000) ?? null, counted],
  );
}

/** Only when it was to be copied did the messenger say that it lets nobody. */
export async function turnUncopyable(sql: Sql, message: MessageId, name: string): Promise<void> {
  const content: Content = { kind: 'uncopyable', name };
  await sql.query(`UPDATE messages SET content = $2 WHERE id = $1`, [message, JSON.stringify(content)]);
}

/** A message that could not be taken back is as it was. */
export async function keepMessage(sql: Sql, message: MessageId): Promise<void> {
  await sql.query(`UPDATE messages SET removed_at = NULL WHERE id = $1`, [message]);
}

/** How the customer stands to the desk now. */
export async function standingOf(sql: Sql, conversation: ConversationId): Promise<Standing> {
  const [row] = await sql.query<{ standing: Standing }>(
    `SELECT standing FROM customers WHERE id = (SELECT customer_id FROM conversations WHERE id = $1)`,
    [conversation],
  );
  return row?.standing ?? 'active';
}

/** Locks a conversation until the transaction ends: whoever writes deliveries of it holds this. */
export async function lockConversation(sql: Sql, conversation: ConversationId): Promise<void> {
  await sql.query(`SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE`, [conversation]);
}

/** How often a message was worded anew, and whether a post is to carry its words, as it is now. */
export async function standingInPost(
  sql: Sql,
  message: MessageId,
): Promise<{ readonly revision: number; readonly inPost: boolean } | undefined> {
  const [row] = await sql.query<{ revision: number; in_post: boolean }>(
    `SELECT revision, in_post FROM messages WHERE id = $1`,
    [message],
  );
  return row && { revision: row.revision, inPost: row.in_post };
}
