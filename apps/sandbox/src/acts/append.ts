import type { Telegram } from '../telegram.js';
import type { Chat } from '../world/chats.js';
import type { StoredMessage } from '../world/messages.js';
import { announce } from './announce.js';
import { forwardLater } from './autoForward.js';
import { schedule } from './schedule.js';
import { type Draft, store } from './store.js';

/** Sends one message: it stands in the chat, bots hear of it, and a channel post is copied to the linked group. */
export function append(telegram: Telegram, chat: Chat, draft: Draft): StoredMessage {
  const message = store(telegram, chat, draft);
  announce(telegram, message, 'new');
  if (chat.kind === 'channel') forwardLater(telegram, chat, [message]);
  return message;
}

export interface AlbumDelivery {
  /** Milliseconds between the updates of neighbouring items. */
  readonly gapMs: number;
}

/** Sends the items of an album at once: consecutive ids, one update for each, `gapMs` apart. */
export function appendAlbum(
  telegram: Telegram,
  { chat, drafts }: { chat: Chat; drafts: readonly Draft[] },
  { gapMs }: AlbumDelivery = { gapMs: 0 },
): StoredMessage[] {
  const messages = drafts.map((draft) => store(telegram, chat, draft));
  messages.forEach((message, index) => {
    if (index === 0 || gapMs === 0) announce(telegram, message, 'new');
    else schedule(telegram, index * gapMs, { kind: 'announce', chat: chat.key, messageId: message.id });
  });
  if (chat.kind === 'channel') forwardLater(telegram, chat, messages);
  return messages;
}
