import type { BotId, ConversationId, DeliveryId, ExternalId, MessageId, ThreadId } from '../relay/ids.js';
import type { Content } from '../relay/content.js';
import type { Author, Side } from '../relay/model.js';
import type { Sql } from './database.js';

/** Writing down what becomes of deliveries: before each call, and after it. */

/** Marks deliveries as under way. Committed before the call, so that a crash cannot hide that one was made. */
export async function markSending(sql: Sql, deliveries: readonly DeliveryId[]): Promise<void> {
  await sql.query(
    `UPDATE deliveries SET state = 'sending', started_at = now(), attempts = attempts + 1 WHERE id = ANY($1)`,
    [deliveries],
  );
}

/** A delivery, and which revision of its message was looked at to carry it out; absent for a card. */
export interface Seen {
  readonly id: DeliveryId;
  readonly revision?: number;
}

/**
 * The deliveries have nothing more to do. An edit that was stored after the look found the row still waiting and wrote
 * none of its own: such a row is put back, to show the newest wording. The caller holds the conversation's lock, so no
 * edit comes between.
 */
export async function finish(sql: Sql, deliveries: readonly Seen[]): Promise<void> {
  const finished = await sql.query<{ id: DeliveryId }>(
    `UPDATE deliveries d SET state = 'sent', finished_at = now(), error = NULL
     FROM unnest($1::bigint[], $2::int[]) AS seen (id, revision)
     WHERE d.id = seen.id
       AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = d.message_id AND m.revision > seen.revision)
     RETURNING d.id`,
    [deliveries.map(({ id }) => id), deliveries.map(({ revision }) => revision ?? null)],
  );
  const done = new Set(finished.map(({ id }) => id));
  const outdated = deliveries.flatMap(({ id }) => (done.has(id) ? [] : [id]));
  if (outdated.length > 0) await putBack(sql, outdated, { counted: false });
}

/** The delivery will never succeed; why is said in the thread by the caller, in the same transaction. */
export async function fail(sql: Sql, deliveries: readonly DeliveryId[], error: string): Promise<void> {
  await sql.query(`UPDATE deliveries SET state = 'failed', finished_at = now(), error = $2 WHERE id = ANY($1)`, [
    deliveries,
    error.slice(0, 1_000),
  ]);
}

/** Nothing that waits for this customer will be delivered: resolves with the messages, in order. */
export async function failCustomerQueue(
  sql: Sql,
  conversation: ConversationId,
  error: string,
): Promise<{ readonly message: MessageId; readonly author: Author }[]> {
  return sql.query(
    `WITH failed AS (
       UPDATE deliveries SET state = 'failed', finished_at = now(), error = $2
       WHERE conversation_id = $1 AND queue = 'customer' AND state IN ('waiting', 'sending') RETURNING id, message_id
     )
     SELECT m.id AS message, m.author FROM failed JOIN messages m ON m.id = failed.message_id ORDER BY failed.id`,
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
    `WITH back AS (SELECT id, conversation_id, message_id, queue FROM deliveries WHERE id = ANY($1))
     DELETE FROM deliveries d USING back
     WHERE d.state = 'waiting' AND d.queue = back.queue AND d.id <> back.id
       AND (d.message_id = back.message_id OR (d.queue = 'card' AND d.conversation_id = back.conversation_id))`,
    [deliveries],
  );
  await sql.query(
    `UPDATE deliveries SET state = 'waiting', started_at = NULL, error = $2,
       attempts = CASE WHEN $3 THEN attempts ELSE greatest(attempts - 1, 0) END
     WHERE id = ANY($1)`,
    [deliveries, error?.slice(0, 1_000) ?? null, counted],
  );
}

export interface NewLink {
  readonly message: MessageId;
  readonly side: Side;
  readonly part: number;
  readonly role: 'copy' | 'post';
  readonly externalId: ExternalId;
  readonly thread?: ThreadId;
  readonly shape: string;
  readonly digest: string;
}

/** Notes where messages are shown now. A message has one place per side and part: the newest. */
export async function saveLinks(sql: Sql, bot: BotId, links: readonly NewLink[]): Promise<void> {
  await sql.query(
    `INSERT INTO message_links (bot_id, message_id, side, part, role, external_id, thread_id, shape, digest)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::bigint[],
       $8::text[], $9::text[])
     ON CONFLICT (message_id, side, part) DO UPDATE SET role = excluded.role, external_id = excluded.external_id,
       thread_id = excluded.thread_id, shape = excluded.shape, digest = excluded.digest`,
    [
      bot,
      links.map((link) => link.message),
      links.map((link) => link.side),
      links.map((link) => link.part),
      links.map((link) => link.role),
      links.map((link) => link.externalId),
      links.map((link) => link.thread ?? null),
      links.map((link) => link.shape),
      links.map((link) => link.digest),
    ],
  );
}

/** Notes what a copy shows after an edit. */
export async function updateLink(
  sql: Sql,
  link: {
    readonly message: MessageId;
    readonly side: Side;
    readonly part: number;
    readonly shape: string;
    readonly digest: string;
  },
): Promise<void> {
  await sql.query(
    `UPDATE message_links SET shape = $4, digest = $5 WHERE message_id = $1 AND side = $2 AND part = $3`,
    [link.message, link.side, link.part, link.shape, link.digest],
  );
}

/** The copy is gone, or was taken away. */
export async function dropLink(
  sql: Sql,
  link: { readonly message: MessageId; readonly side: Side; readonly part: number },
): Promise<void> {
  await sql.query(`DELETE FROM message_links WHERE message_id = $1 AND side = $2 AND part = $3 AND role = 'copy'`, [
    link.message,
    link.side,
    link.part,
  ]);
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

/** Locks a conversation until the transaction ends: whoever writes deliveries of it holds this. */
export async function lockConversation(sql: Sql, conversation: ConversationId): Promise<void> {
  await sql.query(`SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE`, [conversation]);
}
