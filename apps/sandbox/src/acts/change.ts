import { secondsNow, type Telegram } from '../telegram.js';
import type { Chat } from '../world/chats.js';
import type { Content } from '../world/content.js';
import { chatOf, historyOf, messageOf } from '../world/lookup.js';
import { removeMessage, type StoredMessage } from '../world/messages.js';
import { announce } from './announce.js';
import { copiesOf } from './autoForward.js';

export interface Change {
  readonly content?: Content;
  /** The keyboard afterwards; an edit that names none removes it. */
  readonly keyboard?: StoredMessage['keyboard'];
}

/** Edits a message, tells the bots, and carries an edit of a channel post on to its copy. */
export function change(telegram: Telegram, message: StoredMessage, { content, keyboard }: Change): void {
  const { world } = telegram;
  message.editDate = secondsNow(telegram);
  message.keyboard = keyboard;
  if (content !== undefined) Object.assign(message, { content, isEdited: true });
  announce(telegram, message, 'edited');
  const chat = chatOf(world, message.chat);
  if (chat.kind !== 'channel' || content === undefined) return;
  for (const copy of copiesOf(world, chat.id, message.id)) {
    change(telegram, copy, { content: structuredClone(content) });
  }
}

/** Deletes messages. Nobody is told; copies of a deleted post go too, comments stay (Bot API has no such update). */
export function remove(telegram: Telegram, chat: Chat, ids: readonly number[]): void {
  const { world } = telegram;
  for (const id of ids) {
    if (messageOf(world, chat.key, id) === undefined) continue;
    removeMessage(historyOf(world, chat.key), id);
    chat.pinned = chat.pinned.filter((pinned) => pinned !== id);
    if (chat.kind === 'channel') removeCopies(telegram, chat.id, id);
  }
  telegram.changes.mark();
}

function removeCopies(telegram: Telegram, channelId: number, postId: number): void {
  for (const copy of copiesOf(telegram.world, channelId, postId)) {
    remove(telegram, chatOf(telegram.world, copy.chat), [copy.id]);
  }
}
