import type {
  TelegramForceReply,
  TelegramInlineKeyboardMarkup,
  TelegramMessageEntity,
  TelegramReplyKeyboardMarkup,
  TelegramReplyKeyboardRemove,
} from '@gramio/types/objects';
import type { ChatKey, GivenReaction } from './chats.js';
import type { Content } from './content.js';

/** Who a message shows as its sender; `authorId` beside it is who really made it. */
export type Sender =
  | { kind: 'account' }
  | { kind: 'channel_post'; signature?: string | undefined }
  | { kind: 'anonymous_admin'; signature?: string | undefined }
  | { kind: 'as_channel'; channelId: number }
  | { kind: 'automatic_forward'; channelId: number };

/** Where a forwarded message came from. `date` in seconds since the epoch. */
export type Origin =
  | { kind: 'account'; accountId: number; date: number }
  | { kind: 'hidden_user'; name: string; date: number }
  | { kind: 'chat'; chatId: number; signature?: string | undefined; date: number }
  | { kind: 'channel'; channelId: number; messageId: number; signature?: string | undefined; date: number };

export interface Quote {
  text: string;
  entities: TelegramMessageEntity[];
  /** UTF-16 code units into the message that is quoted. */
  position: number;
  isManual: boolean;
}

export type Reply =
  | { kind: 'same_chat'; messageId: number; quote?: Quote | undefined }
  | {
      kind: 'other_chat';
      origin: Origin;
      chatId: number;
      messageId: number;
      content: Content;
      quote?: Quote | undefined;
    };

export type ReplyKeyboard = TelegramReplyKeyboardMarkup | TelegramReplyKeyboardRemove | TelegramForceReply;

export interface StoredMessage {
  chat: ChatKey;
  id: number;
  /** Seconds since the epoch. */
  date: number;
  editDate?: number | undefined;
  /** People see that it was edited; a change of the keyboard alone does not show. */
  isEdited?: true | undefined;
  authorId: number;
  sender: Sender;
  content: Content;
  reply?: Reply | undefined;
  threadId?: number | undefined;
  origin?: Origin | undefined;
  /** Set on the copy of a channel post that Telegram put into the discussion group: the post's id. */
  copyOfPost?: number | undefined;
  viaBotId?: number | undefined;
  /** Set when the message came through inline mode with a keyboard: only then can the bot edit it. */
  inlineMessageId?: string | undefined;
  keyboard?: TelegramInlineKeyboardMarkup | undefined;
  /** What the message did to the keyboard below the input field; such messages cannot be edited. */
  replyKeyboard?: ReplyKeyboard | undefined;
  albumId?: string | undefined;
  isProtected?: true | undefined;
  effectId?: string | undefined;
  reactions?: GivenReaction[] | undefined;
}

/** Messages of one chat, in the order of their ids. */
export type History = StoredMessage[];

/** The message with this id; undefined when it never was or is deleted. */
export function findMessage(history: History, id: number): StoredMessage | undefined {
  const at = positionOf(history, id);
  const found = history[at];
  return found?.id === id ? found : undefined;
}

/** Puts a message in its place by id. */
export function insertMessage(history: History, message: StoredMessage): void {
  history.splice(positionOf(history, message.id), 0, message);
}

export function removeMessage(history: History, id: number): void {
  const at = positionOf(history, id);
  if (history[at]?.id === id) history.splice(at, 1);
}

/** Where `id` is, or would be. */
function positionOf(history: History, id: number): number {
  const last = history.at(-1);
  if (last === undefined || last.id < id) return history.length;
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((history[middle]?.id ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The thread that an answer to this message belongs to (core.telegram.org/api/threads). */
export function threadOf(message: StoredMessage): number {
  return message.threadId ?? message.id;
}
