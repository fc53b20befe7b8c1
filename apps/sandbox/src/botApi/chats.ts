import { badRequest } from '../errors.js';
import { accessChat, type Access } from '../rules/access.js';
import type { Chat, Group, PrivateChat } from '../world/chats.js';
import { membershipOf, messageOf } from '../world/lookup.js';
import type { Membership } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';
import type { BotCall } from './call.js';

export type SharedChat = Exclude<Chat, PrivateChat>;

/** The chat of `chat_id`, if the bot may see it, or write to it. */
export function chatParam({ telegram, bot, params }: BotCall, access: Access = 'read'): Chat {
  return accessChat(telegram.world, bot, { reference: params.chat(), access });
}

/** A chat that is not private. */
export function sharedChatParam(call: BotCall): SharedChat {
  const chat = chatParam(call);
  if (chat.kind === 'private') throw badRequest("can't be used in private chats");
  return chat;
}

export function groupParam(call: BotCall): Group {
  const chat = sharedChatParam(call);
  if (chat.kind === 'channel') throw badRequest('method is available for group and supergroup chats only');
  return chat;
}

/** How the calling bot stands to a chat; undefined in a private chat. */
export function ownMembership({ bot }: BotCall, chat: Chat): Membership | undefined {
  return chat.kind === 'private' ? undefined : membershipOf(chat, bot.id);
}

/** The message of `message_id` in a chat; `purpose` completes `message to <purpose> not found`. */
export function messageParam(call: BotCall, chat: Chat, purpose: string): StoredMessage {
  const id = call.params.messageId();
  if (id === 0) throw badRequest('message identifier is not specified');
  const message = messageOf(call.telegram.world, chat.key, id);
  if (message === undefined) throw badRequest(`message to ${purpose} not found`);
  return message;
}
