import type { ConversationId, BotId, ExternalId, PersonId } from '../relay/ids.js';
import type { CommentEvent, RelayEvent } from '../relay/events.js';
import type { Conversation, IncomingMessage } from '../relay/model.js';
import { digestOfWording, isCannedContent } from '../relay/canned.js';
import type { Content } from '../relay/content.js';
import { meantBy } from '../relay/reply.js';
import { blank, type Situation } from '../relay/situation.js';
import { wordingsOfDigest } from './canned.js';
import type { Sql } from './database.js';
import {
  customerColumns,
  messageColumns,
  toConversation,
  toMessage,
  type CustomerColumns,
  type MessageColumns,
} from './rows.js';
import { isOpen } from './wanted.js';
import { staffMember, wasHinted } from './staff.js';

/**
 * Gathers what the rules may look at for one event, and locks the conversation until the transaction ends, so that
 * whatever is written about it is written in the order of its ids.
 */
export async function loadSituation(sql: Sql, bot: BotId, event: RelayEvent): Promise<Situation> {
  switch (event.kind) {
    case 'customer_wrote':
    case 'customer_edited':
      return {
        ...(await customerSituation(sql, bot, event.customer.id)),
        ...(await knownMessages(sql, bot, event.message)),
      };
    case 'customer_standing':
      return customerSituation(sql, bot, event.customer.id);
    case 'comment_written':
    case 'comment_edited':
      return commentSituation(sql, bot, event);
    case 'management':
      return loadSituation(sql, bot, event.otherwise);
    case 'reply_chosen':
    case 'thread_opened':
    case 'staff_changed':
    case 'place_moved':
    case 'nothing':
      return blank;
  }
}

async function commentSituation(sql: Sql, bot: BotId, event: CommentEvent): Promise<Situation> {
  const member = event.author.kind === 'foreign' ? undefined : await staffMember(sql, bot, event.author.id);
  const place = await placeOfComment(sql, bot, event);
  if (place === 'too early') return { ...blank, tooEarly: true };
  const { conversation, openingMissed } = place;
  const hinted = conversation === undefined && (await wasHinted(sql, bot, event.author.id));
  const isNew = conversation === undefined && event.kind === 'comment_written' && !hinted;
  return {
    openingMissed,
    hinted,
    role: member?.role ?? 'none',
    // Outside the threads it matters only until somebody has been told that nobody reads them there.
    roleUnknown: (conversation !== undefined || isNew) && event.author.kind === 'person' && member?.fresh !== true,
    ...(member?.alias !== undefined && { alias: member.alias }),
    ...(conversation && { conversation }),
    ...(await knownMessages(sql, bot, event.message)),
    ...(conversation && (await inThread(sql, bot, { event, conversation }))),
  };
}

/** What matters of a comment in a customer's thread alone. */
async function inThread(
  sql: Sql,
  bot: BotId,
  { event, conversation }: { readonly event: CommentEvent; readonly conversation: Conversation },
): Promise<Pick<Situation, 'chosen' | 'albumInside'>> {
  const { album, content } = event.message;
  return {
    ...(event.chosen === true && (await chosenReply(sql, bot, content))),
    ...(album !== undefined && { albumInside: await albumInside(sql, conversation.id, album) }),
  };
}

async function chosenReply(sql: Sql, bot: BotId, content: Content): Promise<Pick<Situation, 'chosen'>> {
  if (!isCannedContent(content)) return {};
  const digest = digestOfWording(content);
  const found = await wordingsOfDigest(sql, bot, digest);
  return found ? { chosen: { ...found, digest } } : {};
}

async function customerSituation(sql: Sql, bot: BotId, person: PersonId): Promise<Situation> {
  const [row] = await sql.query<CustomerColumns>(
    `SELECT ${customerColumns} FROM customers cu JOIN conversations c ON c.customer_id = cu.id
     WHERE cu.bot_id = $1 AND cu.external_id = $2 FOR UPDATE OF c`,
    [bot, person],
  );
  if (!row) return blank;
  const held = row.standing === 'active' ? 0 : await heldAnswers(sql, row.conversation_id);
  return { ...blank, conversation: toConversation(row), ...(held > 0 && { held }) };
}

/** Answers since the customer last wrote that they do not have, and that nothing is about to show them. */
async function heldAnswers(sql: Sql, conversation: ConversationId): Promise<number> {
  const [row] = await sql.query<{ held: number }>(
    `SELECT count(*)::int AS held FROM messages m
     WHERE conversation_id = $1 AND author = 'agent' AND NOT internal AND removed_at IS NULL
       AND id > coalesce((SELECT max(id) FROM messages WHERE conversation_id = $1 AND author = 'customer'), 0)
       AND NOT EXISTS (SELECT 1 FROM message_links l WHERE l.message_id = m.id AND l.side = 'customer')
       AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.message_id = m.id AND ${isOpen('d')})`,
    [conversation],
  );
  return row?.held ?? 0;
}

interface CommentPlace {
  readonly conversation?: Conversation;
  readonly openingMissed: boolean;
}

/** Where a comment stands; `too early` as long as that may be a post whose call has not ended. */
async function placeOfComment(sql: Sql, bot: BotId, event: CommentEvent): Promise<CommentPlace | 'too early'> {
  const place = await conversationOfComment(sql, bot, event);
  if (place.conversation || event.root === undefined) return place;
  if (await mayBeOpening(sql, bot, event)) return 'too early';
  // The call may have ended between the two questions; one that has not begun by now sent no post that has comments.
  return conversationOfComment(sql, bot, event);
}

/**
 * By the thread it stands in; else by the message it replies to, under a post whose thread never opened; else by the
 * post that the comment itself names; else by what that post says, of which the desk knows no more.
 */
async function conversationOfComment(sql: Sql, bot: BotId, event: CommentEvent): Promise<CommentPlace> {
  const [row] = await sql.query<CustomerColumns & { opening_missed: boolean }>(
    `WITH found AS (
       SELECT conversation_id, 1 AS rank FROM threads WHERE bot_id = $1 AND root = $2
       UNION ALL
       SELECT m.conversation_id, 2 FROM message_links l JOIN messages m ON m.id = l.message_id
       WHERE l.bot_id = $1 AND l.external_id IN ($2, $3)
       UNION ALL
       SELECT conversation_id, 3 FROM threads WHERE bot_id = $1 AND post = $4 AND root IS NULL
       UNION ALL
       SELECT CASE WHEN length(ticket) < 19 THEN ticket::bigint END, 4 FROM post_copies
       WHERE bot_id = $1 AND (root = $2 OR post = $4) AND ticket IS NOT NULL
     ), best AS (SELECT * FROM found ORDER BY rank LIMIT 1)
     SELECT ${customerColumns}, best.rank = 3 AS opening_missed
     FROM best JOIN conversations c ON c.id = best.conversation_id AND c.bot_id = $1 JOIN customers cu ON cu.id = c.customer_id
     FOR UPDATE OF c`,
    [bot, event.root ?? null, event.message.replyTo ?? null, event.post ?? null],
  );
  return row ? { conversation: toConversation(row), openingMissed: row.opening_missed } : { openingMissed: false };
}

/**
 * Whether a comment may stand under a post that is being sent, or whose answer was lost: while such a call has not ended,
 * and the copy of the post, as far as it is known, does not say that it is another conversation's.
 */
async function mayBeOpening(sql: Sql, bot: BotId, { root, post }: CommentEvent): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM deliveries d
     WHERE bot_id = $1 AND state = 'sending' AND queue = 'staff' AND call ->> 'kind' = 'open_thread'
       AND NOT EXISTS (SELECT 1 FROM post_copies
         WHERE bot_id = $1 AND (root = $2 OR post = $3) AND ticket IS DISTINCT FROM d.conversation_id::text)
     LIMIT 1`,
    [bot, root, post ?? null],
  );
  return rows.length > 0;
}

interface KnownColumns {
  readonly external_id: string;
  readonly role: string;
  readonly written_at: Date;
  readonly undelivered: boolean;
}

/** The event's own message, if it was stored before, and the one it replies to. */
async function knownMessages(
  sql: Sql,
  bot: BotId,
  message: IncomingMessage,
): Promise<Pick<Situation, 'known' | 'replied' | 'quote'>> {
  const ids: ExternalId[] = [message.id, ...(message.replyTo === undefined ? [] : [message.replyTo])];
  const rows = await sql.query<MessageColumns & KnownColumns>(
    `SELECT l.external_id, l.role, m.written_at, ${messageColumns},
       m.author = 'agent' AND NOT m.internal
         AND NOT EXISTS (SELECT 1 FROM message_links WHERE message_id = m.id AND side = 'customer')
         AND NOT EXISTS (SELECT 1 FROM deliveries
           WHERE message_id = m.id AND queue = 'customer' AND ${isOpen('deliveries')}) AS undelivered
     FROM message_links l JOIN messages m ON m.id = l.message_id
     WHERE l.bot_id = $1 AND l.external_id = ANY($2) ORDER BY l.slot, m.id`,
    [bot, ids],
  );
  const known = rows.find((row) => row.external_id === message.id && row.role === 'origin');
  const shown = rows
    .filter((row) => row.external_id === message.replyTo)
    .map((row) => ({ message: toMessage(row), writtenAt: row.written_at }));
  const meant = meantBy(shown, message.quote);
  return {
    ...(known && { known: { ...toMessage(known), ...(known.undelivered && { undelivered: true }) } }),
    ...(meant && { replied: meant.message }),
    ...(meant?.quote && { quote: meant.quote }),
  };
}

async function albumInside(sql: Sql, conversation: ConversationId, album: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM messages WHERE conversation_id = $1 AND album = $2 AND internal LIMIT 1`,
    [conversation, album],
  );
  return rows.length > 0;
}
