import type { BotId } from '../relay/ids.js';
import type { Database, Sql } from './database.js';

/** The inbox. What a messenger told us is stored here, as it came, before it is confirmed. */

export interface ReceivedUpdate {
  /** The messenger's own number of it. */
  readonly externalId: string;
  /** Updates with the same key are handled one after the other. */
  readonly chatKey: string;
  /** JSON text, as it came. */
  readonly payload: string;
  /** Of the payload: tells a repeat from a number that the messenger has used again. */
  readonly digest: string;
}

export interface WaitingUpdate {
  readonly id: string;
  readonly payload: unknown;
  readonly attempts: number;
}

/**
 * Stores a batch in one statement, in the order given; what is there already is left alone. Resolves, once all is
 * committed, with the keys that have something new to handle.
 */
export async function storeUpdates(
  { reserved }: Pick<Database, 'reserved'>,
  batch: { readonly bot: BotId; readonly source: string; readonly updates: readonly ReceivedUpdate[] },
): Promise<string[]> {
  const rows = await reserved.query<{ chat_key: string }>(
    `INSERT INTO updates (bot_id, source, external_id, chat_key, payload, digest)
     SELECT $1, $2, external_id, chat_key, payload::json, digest
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
       AS batch (external_id, chat_key, payload, digest, position)
     ORDER BY position
     ON CONFLICT (bot_id, source, external_id, digest) DO NOTHING
     RETURNING chat_key`,
    [
      batch.bot,
      batch.source,
      batch.updates.map((update) => update.externalId),
      batch.updates.map((update) => update.chatKey),
      batch.updates.map((update) => update.payload),
      batch.updates.map((update) => update.digest),
    ],
  );
  return [...new Set(rows.map((row) => row.chat_key))];
}

/** More than so many messages are not written around one call. */
const latest = 500;

/** The updates that came last, handled or not. */
export async function latestPayloads(sql: Sql, bot: BotId): Promise<unknown[]> {
  const rows = await sql.query<{ payload: unknown }>(
    `SELECT payload FROM updates WHERE bot_id = $1 ORDER BY id DESC LIMIT ${latest}`,
    [bot],
  );
  return rows.map(({ payload }) => payload);
}

/** Every key with something to handle, the longest waiting first. Reads one index entry per key, however many wait. */
export async function waitingKeys(database: Database, bot: BotId): Promise<string[]> {
  const rows = await database.query<{ chat_key: string }>(
    `WITH RECURSIVE heads AS (
       (SELECT chat_key, id FROM updates WHERE bot_id = $1 AND state = 'waiting' ORDER BY chat_key, id LIMIT 1)
       UNION ALL
       SELECT next.chat_key, next.id FROM heads, LATERAL (
         SELECT chat_key, id FROM updates
         WHERE bot_id = $1 AND state = 'waiting' AND chat_key > heads.chat_key
         ORDER BY chat_key, id LIMIT 1
       ) next
     )
     SELECT chat_key FROM heads ORDER BY id`,
    [bot],
  );
  return rows.map((row) => row.chat_key);
}

/**
 * Claims the next updates of a key, `most` of them, for this transaction; none while another worker holds the first. One
 * that was handled meanwhile is not claimed: asked so that nobody looks through the index of all that wait for it.
 */
export async function claimUpdates(
  sql: Sql,
  bot: BotId,
  { chatKey, most }: { readonly chatKey: string; readonly most: number },
): Promise<WaitingUpdate[]> {
  const rows = await sql.query<{ id: string; payload: unknown; attempts: number; is_first: boolean }>(
    `WITH next AS MATERIALIZED (
       SELECT ARRAY(SELECT id FROM updates WHERE bot_id = $1 AND chat_key = $2 AND state = 'waiting'
         ORDER BY id LIMIT $3) AS ids
     )
     SELECT id, payload, attempts, id = next.ids[1] AS is_first FROM next, updates
     WHERE id = ANY(next.ids) AND state <> ALL (ARRAY['handled', 'parked']) ORDER BY id
     FOR UPDATE OF updates SKIP LOCKED`,
    [bot, chatKey, most],
  );
  // Those behind one that is held by another worker are that one's.
  if (rows[0]?.is_first !== true) return [];
  return rows.map(({ id, payload, attempts }) => ({ id, payload, attempts }));
}

export async function markHandled(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(`UPDATE updates SET state = 'handled', handled_at = now() WHERE id = ANY($1)`, [ids]);
}

/** Notes a failed attempt; with the `limit`th the update is parked, where it blocks nobody and admins see it. */
export async function recordFailure(
  database: Database,
  failure: { readonly id: string; readonly error: string; readonly limit: number },
): Promise<'waiting' | 'parked'> {
  const [row] = await database.query<{ state: 'waiting' | 'parked' }>(
    `UPDATE updates SET attempts = attempts + 1, error = $2,
       state = CASE WHEN attempts + 1 >= $3 THEN 'parked' ELSE state END
     WHERE id = $1 AND state = 'waiting' RETURNING state`,
    [failure.id, failure.error.slice(0, 1_000), failure.limit],
  );
  return row?.state ?? 'waiting';
}
