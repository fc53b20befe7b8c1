import { createHash } from 'node:crypto';
import type { TelegramUpdate } from '@gramio/types/objects';
import { staffKey } from '../ingest/worker.js';
import type { ReceivedUpdate } from '../store/updates.js';
import { isUpdate } from './shape.js';

/** What kinds of updates the desk asks Telegram for (Bot API: getUpdates, `allowed_updates`). */
export const allowedUpdates = [
  'message',
  'edited_message',
  'my_chat_member',
  'chat_member',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
] as const;

/** What nobody waits for. */
const otherKey = 'other';

/** An update as it is stored, whatever its shape. */
export function toReceived(update: TelegramUpdate): ReceivedUpdate {
  const payload = JSON.stringify(update);
  return {
    externalId: String(update.update_id),
    chatKey: isUpdate(update) ? chatKey(update) : otherKey,
    payload,
    digest: createHash('sha256').update(payload).digest('base64url'),
  };
}

/**
 * What must be handled in order: a private chat, a thread of a group, the memberships of the staff. Threads of one group
 * do not wait for each other.
 */
function chatKey(update: TelegramUpdate): string {
  const message = update.message ?? update.edited_message;
  if (message) {
    const { chat, message_thread_id: thread, message_id: id } = message;
    return chat.type === 'private' ? `chat ${chat.id}` : `chat ${chat.id} thread ${thread ?? id}`;
  }
  const member = update.my_chat_member;
  if (member?.chat.type === 'private') return `chat ${member.chat.id}`;
  return (update.chat_member ?? member) ? staffKey : otherKey;
}

/** Needs no memory and cannot wait: an inline query lives 30 seconds, a button's answer 15. Not stored. */
export function isInteractive(update: TelegramUpdate): boolean {
  return (update.inline_query ?? update.callback_query) !== undefined;
}
