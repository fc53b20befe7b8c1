import type { TelegramMessage, TelegramUser } from '@gramio/types/objects';
import { wordsOf, type Content, type RichText } from '../relay/content.js';
import type { Command, CommentEvent, CustomerWrote, ManagementRequest, RelayEvent } from '../relay/events.js';
import type { CommentAuthor, CustomerProfile, IncomingMessage } from '../relay/model.js';
import { wellFormed } from '../relay/richText.js';
import { ticketOf } from './card.js';
import { messageRef, personId, placeId } from './externalId.js';
import { readContent, richText } from './readContent.js';
import { chosenEvent, isByBot, readButtons, stateOfPrompt, withButtons, startParameter } from './readCanned.js';
import { roleOf } from './membership.js';
import { isUpdate } from './shape.js';

/** Which chats are the desk's own. Absent until it is set up. */
export interface Places {
  readonly channel: number;
  readonly discussion: number;
}

export interface ReadContext {
  readonly botName: string;
  /** The numbers of the relay bots: what they write is the desk's own. */
  readonly relays?: ReadonlySet<number>;
  readonly places?: Places;
}

/** Telegram's own account, in whose name it copies posts (Bot API: Message, `from`). */
const serviceAccount = 777000;

/** What an update means to the relay. Pure; never throws, whatever comes. */
export function readUpdate(update: unknown, context: ReadContext): RelayEvent {
  if (!isUpdate(update)) return nothing('not shaped as an update of Telegram’s');
  const { message, edited_message: edited, my_chat_member: self, chat_member: member } = update;
  if (update.chosen_inline_result) return chosenEvent(update.chosen_inline_result);
  if (message) return readMessage(message, 'written', context);
  if (edited) return counted(readMessage(edited, 'edited', context), update.update_id);
  if (self?.chat.type === 'private') {
    return {
      kind: 'customer_standing',
      customer: readProfile(self.from),
      standing: self.new_chat_member.status === 'kicked' ? 'blocked' : 'active',
    };
  }
  if (member && member.chat.id === context.places?.channel) {
    const { user } = member.new_chat_member;
    return {
      kind: 'staff_changed',
      person: personId(user.id),
      name: fullName(user),
      role: roleOf(member.new_chat_member),
    };
  }
  return nothing('an update that means nothing to the relay');
}

/** Of two edits in one second the update's number tells the later (Bot API: Update, update_id). */
function counted(event: RelayEvent, order: number): RelayEvent {
  switch (event.kind) {
    case 'customer_edited':
    case 'comment_edited':
      return { ...event, message: { ...event.message, order } };
    default:
      return event;
  }
}

function readMessage(message: TelegramMessage, change: 'written' | 'edited', context: ReadContext): RelayEvent {
  if (message.chat.type === 'private') return readCustomerMessage(message, change, context);
  const { places } = context;
  if (!places) return elsewhere('the desk is not set up');
  if (message.migrate_to_chat_id !== undefined) {
    return { kind: 'place_moved', from: placeId(message.chat.id), to: placeId(message.migrate_to_chat_id) };
  }
  if (message.chat.id !== places.discussion) return elsewhere('a chat that is not of this desk');
  if (isByRelay(message, context)) return nothing('a relay bot’s comment: the desk wrote it itself');
  if (message.is_automatic_forward !== true) return readComment(message, change, { ...context, places });
  const post = copiedPost(message, places);
  if (post === undefined) return nothing('the copy of a post that was itself a forward: it does not tell of which');
  if (change === 'edited') return nothing('Telegram edited the copy of a post');
  const ticket = ticketOf(message.text ?? '');
  const root = messageRef(message.chat.id, message.message_id);
  return { kind: 'thread_opened', post, root, ...(ticket !== undefined && { ticket }) };
}

/** Believed never to come: a bot hears no other bot, unless bot-to-bot mode is on (Bot features, bot-to-bot). */
function isByRelay({ from, sender_chat: sender }: TelegramMessage, { relays }: ReadContext): boolean {
  return relays !== undefined && [from?.id, sender?.id].some((id) => id !== undefined && relays.has(id));
}

function readCustomerMessage(
  message: TelegramMessage,
  change: 'written' | 'edited',
  { botName }: ReadContext,
): RelayEvent {
  const { from } = message;
  if (!from || from.is_bot) return nothing('not written by a person');
  const incoming = readIncoming(message);
  if (!incoming) return nothing('a service message');
  const customer = readProfile(from);
  if (change === 'edited') return { kind: 'customer_edited', customer, message: incoming };
  const wrote: CustomerWrote = { kind: 'customer_wrote', customer, message: incoming };
  const request = privateRequest(message, incoming, botName);
  if (!request) return wrote;
  const author: CommentAuthor = { kind: 'person', id: customer.id, name: fullName(from) };
  const { place } = customer;
  return { kind: 'management', author, place, id: incoming.id, where: 'private', request, otherwise: wrote };
}

/** What a message in private asks of the desk, if its author is staff. */
function privateRequest(
  message: TelegramMessage,
  { content }: IncomingMessage,
  botName: string,
): ManagementRequest | undefined {
  const replied = message.reply_to_message;
  const state = replied && isByBot(replied, botName) ? stateOfPrompt(replied, botName) : undefined;
  const command = readCommand(wordsOf(content), botName);
  if (command?.name === 'save') return saveRequest(message, content);
  if (command?.name === 'canned') return { kind: 'list', query: command.argument };
  if (command?.name === 'start' && command.argument === startParameter) return { kind: 'start' };
  return state === undefined ? undefined : { kind: 'answer', state, said: content };
}

function saveRequest(message: TelegramMessage, said: Content): ManagementRequest {
  const replied = message.reply_to_message;
  // The root of a thread is what every comment without a target replies to: nobody meant it.
  const target = replied && replied.is_automatic_forward !== true ? readContent(replied) : undefined;
  // Also of the bot's own: an answer that another agent picked, or a copy of what a customer wrote.
  const shown = target && replied && withButtons(target, readButtons(replied));
  return { kind: 'save', said, ...(shown && { target: shown }) };
}

function readComment(
  message: TelegramMessage,
  change: 'written' | 'edited',
  { places, botName }: ReadContext & { places: Places },
): RelayEvent {
  const incoming = readIncoming(message);
  if (!incoming) return nothing('a service message');
  const replied = message.reply_to_message;
  const opens = replied && copiedPost(replied, places);
  const rootId = message.message_thread_id ?? replied?.message_id;
  const command = readCommand(wordsOf(incoming.content), botName);
  const chosen = message.via_bot?.username?.toLowerCase() === botName.toLowerCase();
  const content = chosen ? withButtons(incoming.content, readButtons(message)) : incoming.content;
  const comment: CommentEvent = {
    kind: change === 'written' ? 'comment_written' : 'comment_edited',
    author: readAuthor(message, places),
    message: { ...incoming, content },
    ...(chosen && { chosen }),
    ...(rootId !== undefined && { root: messageRef(message.chat.id, rootId) }),
    ...(opens !== undefined && { post: opens }),
    ...(command && { command }),
  };
  if (command?.name !== 'save' || change === 'edited') return comment;
  return {
    kind: 'management',
    author: comment.author,
    place: placeId(message.chat.id),
    id: incoming.id,
    where: 'discussion',
    request: saveRequest(message, incoming.content),
    otherwise: comment,
  };
}

/**
 * The post that this is Telegram's own copy of. A copy that a person forwards carries no `is_automatic_forward` and comes
 * from them; the channel writing in the group carries neither (Bot API: Message).
 */
function copiedPost(message: TelegramMessage, places: Places): string | undefined {
  const { forward_origin: origin } = message;
  if (message.is_automatic_forward !== true || message.from?.id !== serviceAccount) return undefined;
  if (message.sender_chat?.id !== places.channel) return undefined;
  if (origin?.type !== 'channel' || origin.chat.id !== places.channel) return undefined;
  return messageRef(places.channel, origin.message_id);
}

function readAuthor(
  { from, sender_chat: sender, chat, author_signature: signature }: TelegramMessage,
  places: Places,
): CommentAuthor {
  if (sender) {
    const author = { id: personId(sender.id), name: wellFormed(signature ?? sender.title ?? '') };
    if (sender.id === chat.id) return { kind: 'anonymous_admin', ...author };
    if (sender.id === places.channel) return { kind: 'channel_identity', ...author };
    return { kind: 'foreign', ...author };
  }
  if (!from) return { kind: 'foreign', id: '', name: '' };
  const author = { id: personId(from.id), name: fullName(from) };
  return from.is_bot ? { kind: 'foreign', ...author } : { kind: 'person', ...author };
}

function readIncoming(message: TelegramMessage): IncomingMessage | undefined {
  const content = readContent(message);
  if (!content) return undefined;
  const { chat, edit_date: editDate, reply_to_message: replied, quote, media_group_id: album } = message;
  // A comment without a target of its own replies to the root; that is where it stands, not what it answers.
  const target = replied?.is_automatic_forward === true ? undefined : replied;
  return {
    id: messageRef(chat.id, message.message_id),
    content,
    at: new Date(message.date * 1_000),
    ...(editDate !== undefined && { editedAt: new Date(editDate * 1_000) }),
    ...(target && { replyTo: messageRef(chat.id, target.message_id) }),
    ...(target && quote && { quote: { text: richText(quote.text, quote.entities), position: quote.position } }),
    ...(album !== undefined && { album }),
  };
}

/** Telegram marks a command with an entity; one addressed to another bot is a command all the same, and not ours. */
function readCommand({ text, entities }: RichText, botName: string): Command | undefined {
  const entity = entities.find(({ type, offset }) => type === 'bot_command' && text.slice(0, offset).trim() === '');
  if (!entity) return undefined;
  const end = entity.offset + entity.length;
  const [name = '', addressee] = text.slice(entity.offset + 1, end).split('@');
  const ours = addressee === undefined || addressee.toLowerCase() === botName.toLowerCase();
  return {
    name: ours ? name.toLowerCase() : `${name}@${addressee}`,
    argument: text.slice(end).trim(),
  };
}

function readProfile(user: TelegramUser): CustomerProfile {
  return {
    id: personId(user.id),
    place: placeId(user.id),
    firstName: wellFormed(user.first_name),
    ...(user.last_name !== undefined && { lastName: wellFormed(user.last_name) }),
    ...(user.username !== undefined && { username: wellFormed(user.username) }),
    ...(user.language_code !== undefined && { language: wellFormed(user.language_code) }),
  };
}

function fullName(user: TelegramUser): string {
  return wellFormed([user.first_name, user.last_name ?? ''].join(' ')).trim();
}

function nothing(reason: string): RelayEvent {
  return { kind: 'nothing', reason };
}

function elsewhere(reason: string): RelayEvent {
  return { kind: 'nothing', reason, elsewhere: true };
}
