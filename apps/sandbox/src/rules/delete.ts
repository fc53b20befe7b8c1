import type { Bot } from '../world/accounts.js';
import type { Chat } from '../world/chats.js';
import type { ServiceContent } from '../world/content.js';
import { membershipOf } from '../world/lookup.js';
import { hasRight } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';

const HOUR = 3600;
const DELETE_WITHIN = 48 * HOUR;

const NEVER_DELETED: readonly ServiceContent['service'][] = [
  'supergroup_chat_created',
  'channel_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
];

/**
 * Why a bot may not delete a message; undefined when it may. `now` in seconds.
 * (Bot API: deleteMessage; TDLib MessagesManager::can_delete_message.)
 */
export function deleteRefusal(
  bot: Bot,
  { message, chat, now }: { message: StoredMessage; chat: Chat; now: number },
): string | undefined {
  const age = now - message.date;
  if (message.id === 1 || isNeverDeleted(message)) return "message can't be deleted";
  if (message.content.kind === 'dice' && chat.kind === 'private' && age < 24 * HOUR) {
    return "message can't be deleted for everyone";
  }
  if (age >= DELETE_WITHIN) return "message can't be deleted";
  return mayDelete(bot, message, chat) ? undefined : "message can't be deleted";
}

function isNeverDeleted({ content }: StoredMessage): boolean {
  return content.kind === 'service' && NEVER_DELETED.includes(content.service);
}

function mayDelete(bot: Bot, message: StoredMessage, chat: Chat): boolean {
  const isOwn = message.authorId === bot.id && message.viaBotId === undefined;
  const isService = message.content.kind === 'service';
  if (chat.kind === 'private') return !(isOwn && isService);
  const membership = membershipOf(chat, bot.id);
  if (hasRight(membership, 'can_delete_messages')) return true;
  if (chat.kind === 'channel') return isOwn && hasRight(membership, 'can_post_messages');
  return isOwn && !isService;
}
