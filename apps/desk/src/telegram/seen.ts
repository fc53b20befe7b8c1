import type { TelegramUpdate } from '@gramio/types/objects';
import { z } from 'zod';
import type { ExternalId } from '../relay/ids.js';
import type { Mark } from '../relay/ports.js';
import { messageRef, parseMessageRef } from './externalId.js';

/**
 * The highest message numbers seen, by which it is told what a call may have become whose answer was lost. Messages of a
 * supergroup or channel are numbered without gaps; those of all private chats of a bot come from one counter, which is
 * believed and not known, so the chat's own numbers are looked at too.
 */
export interface SeenMessages {
  /** A message stands there. */
  note(chatId: number, messageId: number): void;
  /** A call of the bot's own was answered with this message: no other call became it. */
  noteOwn(chatId: number, messageId: number): void;
  noteUpdate(update: TelegramUpdate): void;
  mark(chatId: number, near: readonly ExternalId[]): Mark | undefined;
  candidates(chatId: number, mark: Mark): readonly ExternalId[];
}

const markSchema = z.object({ chat: z.int().optional(), all: z.int().optional() });

/** So many numbers above the highest seen are looked at: others may have written meanwhile. */
const reach = 5;
/** More numbers than so many are not looked at; whoever asks cannot tell then. */
const mostNumbers = 20_000;

/** So many of the newest messages are remembered that no unanswered call can have become. */
const mostTaken = 5_000;

export function createSeenMessages(): SeenMessages {
  const byChat = new Map<number, number>();
  /** The bot's own whose number was answered, and other people's. */
  const taken = new Set<ExternalId>();
  const takenInPrivate = new Set<number>();
  let all: number | undefined;

  const note = (chatId: number, messageId: number): void => {
    byChat.set(chatId, Math.max(byChat.get(chatId) ?? 0, messageId));
    if (isPrivate(chatId)) all = Math.max(all ?? 0, messageId);
  };
  const take = (chatId: number, messageId: number): void => {
    note(chatId, messageId);
    remember(taken, messageRef(chatId, messageId));
    if (isPrivate(chatId)) remember(takenInPrivate, messageId);
  };
  return {
    note,
    noteOwn: take,
    noteUpdate: ({ message, edited_message: edited }) => {
      for (const told of [message, edited]) {
        if (!told) continue;
        // What a bot wrote may be a relay bot's (Bot features, bot-to-bot): the desk's own.
        if (told.from?.is_bot === true) note(told.chat.id, told.message_id);
        else take(told.chat.id, told.message_id);
        const { forward_origin: origin } = told;
        // The copy of a post tells the post's number.
        if (told.is_automatic_forward === true && origin?.type === 'channel') note(origin.chat.id, origin.message_id);
      }
    },
    mark: (chatId, near) => {
      for (const ref of near) {
        const known = parseMessageRef(ref);
        if (known.chatId === chatId) note(chatId, known.messageId);
      }
      const chat = byChat.get(chatId);
      const mark = { ...(chat !== undefined && { chat }), ...(isPrivate(chatId) && all !== undefined && { all }) };
      return Object.keys(mark).length === 0 ? undefined : JSON.stringify(mark);
    },
    candidates: (chatId, mark) => {
      const { chat, all: then } = markSchema.parse(JSON.parse(mark));
      const above = (from: number | undefined, highest: number | undefined): number[] =>
        from === undefined ? [] : range(from + 1, Math.max(from, highest ?? 0) + reach);
      const shared = above(then, all).filter((id) => !takenInPrivate.has(id));
      const ids = new Set([...above(chat, byChat.get(chatId)), ...shared]);
      return [...ids].map((id) => messageRef(chatId, id)).filter((id) => !taken.has(id));
    },
  };
}

function remember<T>(newest: Set<T>, one: T): void {
  newest.add(one);
  const [oldest] = newest;
  if (newest.size > mostTaken && oldest !== undefined) newest.delete(oldest);
}

function range(first: number, last: number): number[] {
  const length = Math.min(mostNumbers, Math.max(0, last - first + 1));
  return Array.from({ length }, (_, index) => first + index);
}

/** Bot API: Chat; groups and channels have negative numbers. */
function isPrivate(chatId: number): boolean {
  return chatId > 0;
}
