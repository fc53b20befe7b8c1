import type { DeliveryView, LaneView, LinkView, MessageView } from '../delivery/lane.js';
import type { BotId, ConversationId, PlaceId } from '../relay/ids.js';
import type { Content } from '../relay/content.js';
import type { Side } from '../relay/model.js';
import type { Sql } from './database.js';
import { customerColumns, messageColumns, toConversation, type CustomerColumns, type MessageColumns } from './rows.js';
import type { Lane, Queue } from './wanted.js';

/** Reading the outbox. A lane is loaded whole enough to plan its next step and no further. */

/** How many open deliveries of a lane are looked at: an album of ten, and what tells that it is complete. */
const usualWindow = 12;
/** How many when waiting texts are to be put together. */
export const mergingWindow = 120;

/** A lane with something to show, in brief. */
export interface OpenLane extends Lane {
  /** The priority of the oldest of its open deliveries; with a call of unknown outcome, `unsettled`. */
  readonly priority: number;
  readonly unsettled: boolean;
  /** Whether its conversation has a live thread; without one its next call opens it. */
  readonly hasThread: boolean;
  /** How long the oldest has been waiting, in milliseconds. */
  readonly ageMs: number;
  /** Where its customer is written to. */
  readonly customerPlace: PlaceId;
}

/** Every lane with something to show. Reads one index entry per lane, however much waits in each. */
export async function openLanes(sql: Sql, bot: BotId): Promise<OpenLane[]> {
  const rows = await sql.query<{
    conversation_id: ConversationId;
    queue: Queue;
    priority: number;
    age_ms: number;
    unsettled: boolean;
    has_thread: boolean;
    place: PlaceId;
  }>(
    `WITH RECURSIVE heads AS (
       (SELECT conversation_id, queue, priority, created_at FROM deliveries
        WHERE bot_id = $1 AND state = ANY (ARRAY['waiting', 'sending'])
        ORDER BY conversation_id, queue, id LIMIT 1)
       UNION ALL
       SELECT next.* FROM heads, LATERAL (
         SELECT conversation_id, queue, priority, created_at FROM deliveries
         WHERE bot_id = $1 AND state = ANY (ARRAY['waiting', 'sending'])
           AND (conversation_id, queue) > (heads.conversation_id, heads.queue)
         ORDER BY conversation_id, queue, id LIMIT 1
       ) next
     )
     SELECT heads.conversation_id, heads.queue, heads.priority, cu.place,
       ${age('heads.created_at')} AS age_ms,
       EXISTS (SELECT 1 FROM deliveries WHERE bot_id = $1 AND conversation_id = heads.conversation_id
         AND queue = heads.queue AND state = 'sending') AS unsettled,
       EXISTS (SELECT 1 FROM threads WHERE conversation_id = heads.conversation_id AND lost_at IS NULL) AS has_thread
     FROM heads
     JOIN conversations c ON c.id = heads.conversation_id JOIN customers cu ON cu.id = c.customer_id`,
    [bot],
  );
  return rows.map((row) => ({
    conversation: row.conversation_id,
    queue: row.queue,
    priority: row.priority,
    unsettled: row.unsettled,
    hasThread: row.has_thread,
    ageMs: row.age_ms,
    customerPlace: row.place,
  }));
}

interface HeadRow extends CustomerColumns {
  readonly lost_threads: number;
  readonly thread_id: string | null;
  readonly post: string;
  readonly root: string | null;
  readonly card_digest: string;
  readonly posted_ms_ago: number;
  readonly alarmed_at: Date | null;
  readonly first_id: string | null;
  readonly first_content: Content;
  readonly first_revision: number;
  readonly first_in_post: boolean;
}

/** A column's time as milliseconds before now, by the database's clock alone. */
function age(column: string): string {
  return `(extract(epoch FROM now() - ${column}) * 1000)::float8`;
}

/** A lane as it is now. Undefined when the conversation is no more. */
export async function loadLane(
  sql: Sql,
  bot: BotId,
  { conversation, queue, window = usualWindow }: Lane & { readonly window?: number },
): Promise<LaneView | undefined> {
  const [head] = await sql.query<HeadRow>(
    `SELECT ${customerColumns},
       (SELECT count(*)::int FROM threads WHERE conversation_id = c.id AND lost_at IS NOT NULL) AS lost_threads,
       t.id AS thread_id, t.post, t.root, t.card_digest, ${age('t.posted_at')} AS posted_ms_ago, t.alarmed_at,
       first.id AS first_id, first.content AS first_content, first.revision AS first_revision, first.in_post AS first_in_post
     FROM conversations c
     JOIN customers cu ON cu.id = c.customer_id
     LEFT JOIN threads t ON t.conversation_id = c.id AND t.lost_at IS NULL
     LEFT JOIN LATERAL (
       SELECT id, content, revision, in_post FROM messages WHERE conversation_id = c.id ORDER BY id LIMIT 1
     ) first ON $2 <> 'customer'
     WHERE c.id = $1`,
    [conversation, queue],
  );
  if (!head) return undefined;
  return {
    conversation,
    queue,
    customer: toConversation(head).customer,
    lostThreads: head.lost_threads,
    ...(head.thread_id !== null && {
      thread: {
        id: head.thread_id,
        post: head.post,
        ...(head.root !== null && { root: head.root }),
        cardDigest: head.card_digest,
        postedMsAgo: head.posted_ms_ago,
        alarmed: head.alarmed_at !== null,
      },
    }),
    ...(head.first_id !== null && {
      firstMessage: {
        id: head.first_id,
        content: head.first_content,
        revision: head.first_revision,
        inPost: head.first_in_post,
      },
    }),
    deliveries: await loadDeliveries(sql, bot, { conversation, queue, window }),
  };
}

interface DeliveryRow extends MessageColumns {
  readonly delivery_id: string;
  readonly state: string;
  readonly priority: number;
  readonly attempts: number;
  readonly wait_ms: number | null;
  readonly age_ms: number;
  readonly written_at: Date;
  readonly message_id: string | null;
  readonly album: string | null;
  readonly answers: string | null;
  /** On both sides: where it was written, and where it is shown. */
  readonly links: readonly (LinkView & { readonly side: Side })[] | null;
  readonly reply_to: MessageView['replyTo'] | null;
  readonly reply_unsettled: boolean;
  readonly shared: readonly { readonly id: string; readonly content: Content; readonly writtenAt: string }[] | null;
}

async function loadDeliveries(
  sql: Sql,
  bot: BotId,
  { conversation, queue, window }: Lane & { readonly window: number },
): Promise<DeliveryView[]> {
  const rows = await sql.query<DeliveryRow>(
    `SELECT d.id AS delivery_id, d.state, d.priority, d.attempts, -${age('d.not_before')} AS wait_ms,
       ${age('d.created_at')} AS age_ms, d.message_id, ${messageColumns}, m.album, m.written_at,
       ${repliedTo} AS answers,
       (SELECT json_agg(${linkObject}) FROM message_links l WHERE l.message_id = m.id) AS links,
       (SELECT ${linkObject} FROM message_links l WHERE l.message_id = ${repliedTo} AND l.side = $2
        ORDER BY part LIMIT 1) AS reply_to,
       m.reply_to_place IS NOT NULL AND ${messageThere} IS NULL AND EXISTS (
         SELECT 1 FROM deliveries WHERE bot_id = $3 AND conversation_id = $1 AND queue <> $2 AND queue <> 'card'
           AND state = 'sending') AS reply_unsettled,
       (SELECT json_agg(json_build_object('id', other.id::text, 'content', other.content,
          'writtenAt', other.written_at) ORDER BY ol.slot)
        FROM message_links l
        JOIN message_links ol ON ol.bot_id = l.bot_id AND ol.external_id = l.external_id AND ol.side = l.side
          AND ol.role = 'copy'
        JOIN messages other ON other.id = ol.message_id
        WHERE l.message_id = m.id AND l.side = $2 AND l.slot IS NOT NULL) AS shared
     FROM (
       SELECT * FROM deliveries
       WHERE bot_id = $3 AND conversation_id = $1 AND queue = $2 AND state = ANY (ARRAY['waiting', 'sending'])
       ORDER BY id LIMIT $4
     ) d LEFT JOIN messages m ON m.id = d.message_id
     ORDER BY d.priority, d.id`,
    [conversation, queue, bot, window],
  );
  return rows.map((row) => ({
    id: row.delivery_id,
    priority: row.priority,
    attempts: row.attempts,
    unsettled: row.state === 'sending',
    ageMs: row.age_ms,
    ...(row.wait_ms !== null && { waitMs: row.wait_ms }),
    ...(row.reply_unsettled && { replyUnsettled: true }),
    ...(row.message_id !== null && { message: toMessageView(row, queue) }),
  }));
}

/** The message that stands in a place of this bot's, the last of several; none while nothing is known to stand there. */
const messageThere = `(SELECT there.message_id FROM message_links there
  WHERE there.bot_id = $3 AND there.external_id = m.reply_to_place
  ORDER BY there.slot DESC NULLS LAST, there.message_id DESC LIMIT 1)`;

const repliedTo = `coalesce(m.reply_to_id, ${messageThere})`;

const linkObject = `json_strip_nulls(json_build_object('side', l.side, 'part', l.part, 'role', l.role, 'externalId', l.external_id,
  'slot', l.slot, 'sender', l.sender, 'thread', l.thread_id::text, 'shape', l.shape, 'digest', l.digest))`;

function toMessageView(row: DeliveryRow, queue: Queue): MessageView {
  const links = row.links ?? [];
  const origin = links.find(({ role }) => role === 'origin');
  return {
    id: row.id,
    author: row.author,
    content: row.content,
    revision: row.revision,
    internal: row.internal,
    inPost: row.in_post,
    removed: row.removed_at !== null,
    writtenAt: row.written_at,
    links: links.filter(({ side }) => side === queue),
    ...(row.shared && {
      shared: row.shared.map(({ writtenAt, ...other }) => ({ ...other, writtenAt: new Date(writtenAt) })),
    }),
    ...(row.signature !== null && { signature: row.signature }),
    ...(row.album !== null && { album: row.album }),
    ...(row.quote && { quote: row.quote }),
    ...(origin && { source: origin.externalId }),
    ...(row.answers !== null && { answers: row.answers }),
    ...(row.reply_to && { replyTo: row.reply_to }),
  };
}
