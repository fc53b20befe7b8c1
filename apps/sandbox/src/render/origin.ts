import type {
  TelegramChat,
  TelegramMessageOrigin,
  TelegramMessageOriginChannel,
  TelegramMessageOriginChat,
  TelegramUser,
} from '@gramio/types/objects';
import { compact } from '../world/compact.js';
import { sharedChatOf } from '../world/lookup.js';
import type { Origin } from '../world/messages.js';
import type { World } from '../world/world.js';
import { renderChat } from './chat.js';
import { renderUser } from './user.js';

/** The members that told the origin of a forward before Bot API 7.0; the server still sends them. */
export interface LegacyOrigin {
  forward_from?: TelegramUser;
  forward_sender_name?: string;
  forward_from_chat?: TelegramChat;
  forward_from_message_id?: number;
  forward_signature?: string;
  forward_date?: number;
}

export function renderOrigin(world: World, origin: Origin): TelegramMessageOrigin {
  const { date } = origin;
  switch (origin.kind) {
    case 'account':
      return { type: 'user', sender_user: renderUser(world, origin.accountId), date };
    case 'hidden_user':
      return { type: 'hidden_user', sender_user_name: origin.name, date };
    case 'chat':
      return compact<TelegramMessageOriginChat>({
        type: 'chat',
        sender_chat: chatOf(world, origin.chatId),
        author_signature: origin.signature,
        date,
      });
    case 'channel':
      return compact<TelegramMessageOriginChannel>({
        type: 'channel',
        chat: chatOf(world, origin.channelId),
        message_id: origin.messageId,
        author_signature: origin.signature,
        date,
      });
  }
}

export function renderLegacyOrigin(world: World, origin: Origin): LegacyOrigin {
  const forward_date = origin.date;
  switch (origin.kind) {
    case 'account':
      return { forward_from: renderUser(world, origin.accountId), forward_date };
    case 'hidden_user':
      return { forward_sender_name: origin.name, forward_date };
    case 'chat':
      return compact<LegacyOrigin>({
        forward_from_chat: chatOf(world, origin.chatId),
        forward_signature: origin.signature,
        forward_date,
      });
    case 'channel':
      return compact<LegacyOrigin>({
        forward_from_chat: chatOf(world, origin.channelId),
        forward_from_message_id: origin.messageId,
        forward_signature: origin.signature,
        forward_date,
      });
  }
}

function chatOf(world: World, id: number): TelegramChat {
  return renderChat(world, sharedChatOf(world, id));
}
