import type { Telegram } from '../telegram.js';
import type { Chat } from '../world/chats.js';
import type { StoredMessage } from '../world/messages.js';
import { append } from './append.js';
import type { Draft } from './store.js';

/** Pins a message and says so in the chat. */
export function pin(
  telegram: Telegram,
  { chat, message }: { chat: Chat; message: StoredMessage },
  by: Pick<Draft, 'authorId' | 'sender'>,
): void {
  chat.pinned = [...chat.pinned.filter((id) => id !== message.id), message.id];
  append(telegram, chat, {
    ...by,
    content: { kind: 'service', service: 'pinned_message', messageId: message.id },
  });
}

/** Unpins one message, or all when none is named. */
export function unpin(telegram: Telegram, chat: Chat, messageId?: number): void {
  chat.pinned = messageId === undefined ? [] : chat.pinned.filter((id) => id !== messageId);
  telegram.changes.mark();
}
