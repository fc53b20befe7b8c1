import { badRequest } from '../errors.js';
import { type Access, accessChat, seesMessages } from '../rules/access.js';
import type { Channel, Chat, PrivateChat, Supergroup } from '../world/chats.js';
import { membershipOf, messageOf } from '../world/lookup.js';
import type { Membership } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';
import type { BotCall } from './call.js';

export type SharedChat = Exclude<Chat, PrivateChat>;

/** The chat of `chat_id`, if the bot may see it, or write to it. */
export function chatParam({ telegram, bot, params }: BotCall, access: Access = 'read'): Chat {
  return accessChat(telegram.world, bot, { reference: params.chat(), access });
}

/** A supergroup or channel; other chats are refused as the server does. */
export function largeChatParam(call: BotCall): Supergroup | Channel {
  const chat = chatParam(call, 'write');
  if (chat.kind === 'private' || chat.kind === 'group') {
    throw badRequest('method is available for supergroup and channel chats only');
  }
  return chat;
}

export function supergroupParam(call: BotCall): Supergroup {
  const chat = chatParam(call, 'write');
  if (chat.kind !== 'supergroup') throw badRequest('method is available only for supergroups');
  return chat;
}

/** How the calling bot stands to a chat; undefined in a private chat. */
export function ownMembership({ bot }: BotCall, chat: Chat): Membership | undefined {
  return chat.kind === 'private' ? undefined : membershipOf(chat, bot.id);
}

export interface NamedMessage {
  readonly chat: Chat;
  readonly message: StoredMessage;
}

/** What a method looks a message up for: the access it needs, and how it says that there is no such message. */
export interface MessageWish {
  readonly access: Access;
  /** `message to edit`, which ` not found` completes. */
  readonly what: string;
}

/** The message of `chat_id` and `message_id` (telegram-bot-api Client::check_message). */
export function messageParam(call: BotCall, { access, what }: MessageWish): NamedMessage {
  const chat = chatParam(call, access);
  return { chat, message: messageIn(call, chat, { id: call.params.messageId(), what }) };
}

/** A message of a chat that the bot has access to. */
export function messageIn(call: BotCall, chat: Chat, { id, what }: { id: number; what: string }): StoredMessage {
  const message = seesMessages(call.bot, chat) ? messageOf(call.telegram.world, chat.key, id) : undefined;
  if (message === undefined) throw badRequest(`${what} not found`);
  return message;
}

/** The chat of `from_chat_id`, which copies and forwards are taken from. */
export function sourceChatParam({ telegram, bot, params }: BotCall): Chat {
  if (params.string('from_chat_id') === '') throw badRequest('parameter "from_chat_id" is required');
  return accessChat(telegram.world, bot, { reference: params.chat('from_chat_id'), access: 'read' });
}
