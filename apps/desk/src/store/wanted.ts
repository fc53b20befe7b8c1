import type { Content } from '../relay/content.js';
import type { BotId, ConversationId, MessageId } from '../relay/ids.js';
import type { Side } from '../relay/model.js';
import type { Sql } from './database.js';

/** Writing deliveries: what should be shown where. A delivery never says how; `delivery/` finds that out. */

/** What a delivery is about: a message on one side, or the look of the post. */
export type Queue = Side | 'card';

/** One queue of one conversation: first in, first out. */
export interface Lane {
  readonly conversation: ConversationId;
  readonly queue: Queue;
}

/** The order in which scarce calls are given out; a smaller number goes first. */
export const priorities = { answer: 0, post: 1, comment: 2, edit: 3, look: 4 } as const;

/**
 * Whether a delivery has yet to be shown. Said so that the index of the open ones, which holds those of all messages, is
 * not taken for a question about one.
 */
export function isOpen(delivery: string): string {
  return `${delivery}.state <> ALL (ARRAY['sent', 'failed'])`;
}

/** How long an album's items wait for their siblings, which come as updates of their own without an end mark. */
const albumSeconds = 1.2;

interface WantedMessage {
  readonly bot: BotId;
  readonly conversation: ConversationId;
  readonly side: Side;
  readonly message: MessageId;
  readonly change: 'new' | 'edit';
}

/** How important it is that a side sees a message that it has not seen. */
export function priorityOfNew(side: Side): number {
  return side === 'customer' ? priorities.answer : priorities.comment;
}

/** How many seconds a message waits for its siblings; null: none are to be expected. */
export function waitOf(album: string | undefined): number | null {
  return album === undefined ? null : albumSeconds;
}

/** Wants one side to show a message as it is now. One that already waits is enough, however often it is wanted. */
export async function wantMessage(sql: Sql, wanted: WantedMessage): Promise<Lane> {
  const { bot, conversation, side, message, change } = wanted;
  await sql.query(
    `INSERT INTO deliveries (bot_id, conversation_id, queue, message_id, priority) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (message_id, queue) WHERE state = 'waiting' AND message_id IS NOT NULL DO NOTHING`,
    [bot, conversation, side, message, change === 'new' ? priorityOfNew(side) : priorities.edit],
  );
  return { conversation, queue: side };
}

/** Wants the post to show its card as it is now. `urgent` when it carries a message's words, not only its looks. */
export async function wantCard(
  sql: Sql,
  wanted: { readonly bot: BotId; readonly conversation: ConversationId; readonly urgent: boolean },
): Promise<Lane> {
  await sql.query(
    `INSERT INTO deliveries (bot_id, conversation_id, queue, priority) VALUES ($1, $2, 'card', $3)
     ON CONFLICT (conversation_id) WHERE state = 'waiting' AND queue = 'card'
       DO UPDATE SET priority = least(deliveries.priority, excluded.priority)`,
    [wanted.bot, wanted.conversation, wanted.urgent ? priorities.edit : priorities.look],
  );
  return { conversation: wanted.conversation, queue: 'card' };
}

/** Stores a line of the desk's own and wants it shown. */
export async function wantNotice(
  sql: Sql,
  notice: {
    readonly bot: BotId;
    readonly conversation: ConversationId;
    readonly to: Side;
    readonly content: Content;
    readonly replyTo?: MessageId;
  },
): Promise<Lane> {
  const { bot, conversation, to: side } = notice;
  const [row] = await sql.query<{ id: string }>(
    `INSERT INTO messages (bot_id, conversation_id, author, content, reply_to_id, written_at)
     VALUES ($1, $2, 'desk', $3, $4, now()) RETURNING id`,
    [bot, conversation, JSON.stringify(notice.content), notice.replyTo ?? null],
  );
  if (!row) throw new Error('a notice was not inserted');
  return wantMessage(sql, { bot, conversation, side, message: row.id, change: 'new' });
}
