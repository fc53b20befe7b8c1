import type { BotId, DeliveryId, MessageId, PlaceId, RelayBotId } from '../relay/ids.js';
import type { Content } from '../relay/content.js';
import type { Side } from '../relay/model.js';
import type { Mark } from '../relay/ports.js';
import type { Database, Sql } from './database.js';
import { LeaseLost, type Fence } from './leases.js';
import { isOpen } from './wanted.js';
import { insertLinks, linkColumns, type NewLink } from './links.js';
import { putBack } from './outcomes.js';
import type { Lane } from './wanted.js';

/** Writing down calls: before each, and after it. */

/** What a call was to show, kept until its result is written down. */
export type CallRecord =
  | {
      readonly kind: 'send';
      readonly side: Side;
      readonly place: PlaceId;
      readonly contents: readonly Content[];
      /** What each content shows; several may be shown by one. */
      readonly links: readonly PlannedLink[];
      /** Whether nothing of these deliveries is left to show afterwards. */
      readonly complete: boolean;
      readonly mark?: Mark;
      /** The relay bot that makes the call; absent: the desk's own. */
      readonly sender?: RelayBotId;
    }
  | {
      readonly kind: 'open_thread';
      readonly place: PlaceId;
      readonly card: Content;
      readonly digest: string;
      /** The message whose words the post carries, as it was looked at. */
      readonly inPost?: { readonly id: MessageId; readonly revision: number };
      readonly mark?: Mark;
    };

/** A link that is made when the message has an id. */
export type PlannedLink = Omit<NewLink, 'externalId'> & { readonly content: number };

/** A delivery as it was when its call was decided: with the revision of the message that was looked at. */
export interface Seen {
  readonly id: DeliveryId;
  /** Absent for a card. */
  readonly message?: { readonly id: MessageId; readonly revision: number };
}

/**
 * Marks deliveries as under way. Committed before the call, so that a crash cannot hide that one was made. Resolves with
 * false when something has changed since they were looked at: an edit that found the row waiting wrote none of its own,
 * and one that comes after the mark does. (The lock on the messages makes the two wait for each other.) Throws LeaseLost
 * when another process makes the calls now.
 */
export async function markSending(
  database: Database,
  { bot, epoch }: Fence,
  { seen, call }: { readonly seen: readonly Seen[]; readonly call?: CallRecord },
): Promise<boolean> {
  const ids = seen.map(({ id }) => id);
  const [row] = await database.query<{ held: boolean; marked: string[] | null }>(
    `WITH held AS (
       SELECT 1 FROM leases WHERE bot_id = $1 AND name = 'sender' AND epoch = $2 FOR SHARE
     ), current AS (
       SELECT id FROM messages WHERE id = ANY($4::bigint[])
         AND revision = ($5::int[])[array_position($4::bigint[], id)]
       FOR SHARE
     ), marked AS (
       UPDATE deliveries SET state = 'sending', started_at = now(), attempts = attempts + 1,
         call = CASE WHEN id = $6 THEN $7::jsonb END
       WHERE id = ANY($3) AND state <> 'sending' AND ${isOpen('deliveries')} AND EXISTS (SELECT 1 FROM held)
         AND (SELECT count(*) FROM current) = (SELECT count(DISTINCT id) FROM unnest($4::bigint[]) AS wanted (id))
       RETURNING id
     )
     SELECT EXISTS (SELECT 1 FROM held) AS held, (SELECT array_agg(id::text) FROM marked) AS marked`,
    [
      bot,
      epoch,
      ids,
      seen.flatMap(({ message }) => (message ? [message.id] : [])),
      seen.flatMap(({ message }) => (message ? [message.revision] : [])),
      ids[0],
      call ? JSON.stringify(call) : null,
    ],
  );
  if (row?.held !== true) throw new LeaseLost();
  const marked = row.marked ?? [];
  if (marked.length === ids.length) return true;
  // Some of them were given up in this moment: the rest is looked at again.
  if (marked.length > 0) await database.transaction((sql) => putBack(sql, marked, { counted: false }));
  return false;
}

/** The call of a lane whose outcome is not known; undefined when there is none. */
export async function unsettledCall(
  sql: Sql,
  bot: BotId,
  { conversation, queue }: Lane,
): Promise<{ readonly deliveries: DeliveryId[]; readonly call?: CallRecord } | undefined> {
  const rows = await sql.query<{ id: string; call: CallRecord | null }>(
    `SELECT id, call FROM deliveries
     WHERE bot_id = $1 AND conversation_id = $2 AND queue = $3 AND state = 'sending' ORDER BY id`,
    [bot, conversation, queue],
  );
  if (rows.length === 0) return undefined;
  const call = rows.find((row) => row.call !== null)?.call;
  return { deliveries: rows.map(({ id }) => id), ...(call && { call }) };
}

/**
 * Writes down a send that was carried out, in one statement: where its messages are shown, and that its deliveries have
 * nothing more to do.
 */
export async function recordSent(
  sql: Sql,
  fence: Fence,
  { links, deliveries }: { readonly links: readonly NewLink[]; readonly deliveries: readonly DeliveryId[] },
): Promise<void> {
  const [row] = await sql.query<{ held: boolean }>(
    `WITH held AS (
       SELECT 1 FROM leases WHERE bot_id = $1 AND name = 'sender' AND epoch = $13 FOR SHARE
     ), linked AS (${insertLinks('EXISTS (SELECT 1 FROM held)')} RETURNING 1), finished AS (
       UPDATE deliveries SET state = 'sent', finished_at = now(), error = NULL, call = NULL
       WHERE id = ANY($12) AND EXISTS (SELECT 1 FROM held)
     )
     SELECT EXISTS (SELECT 1 FROM held) AS held`,
    [fence.bot, ...linkColumns(links), deliveries, fence.epoch],
  );
  if (row?.held !== true) throw new LeaseLost();
}
