import type {
  TelegramInlineKeyboardMarkup,
  TelegramInlineQueryResultsButton,
  TelegramPoll,
} from '@gramio/types/objects';
import type { LimitSettings } from '../limits.js';
import type { FeedState } from '../updates/feed.js';
import type { Account } from './accounts.js';
import type { Chat, ChatKey } from './chats.js';
import type { Content } from './content.js';
import type { StoredFile } from './files.js';
import type { History } from './messages.js';
import { drawInteger, type RandomState } from './random.js';

/** When the automatic forward of a channel post happens, seen from the call that made the post. */
export type AutoForwardTiming = 'after_delay' | 'before_answer' | 'with_answer' | 'lost' | 'twice';

export interface Settings {
  /** `delayMs` counts for `after_delay` and `twice`. */
  autoForward: { timing: AutoForwardTiming; delayMs: number };
  limits: LimitSettings;
  /** Whether a bot hears of reactions in its private chats; sources disagree about Telegram. */
  privateReactions: boolean;
}

/** What will happen at a time of its own, in milliseconds since the epoch. */
export type Pending = { id: number; due: number } & (
  | { kind: 'forward_posts'; channelId: number; postIds: number[]; copies: number }
  | { kind: 'announce'; chat: ChatKey; messageId: number }
  | { kind: 'close_poll'; pollId: string }
);

export interface StoredPoll {
  poll: TelegramPoll;
  /** The account that made it; a bot gets `poll` updates of its own polls only. */
  authorId: number;
  /** The bot that may see the right answers of a quiz before it is closed: its author, or whom it was sent to. */
  knownTo?: number | undefined;
  /** Chosen options by account id. */
  votes: Record<string, number[]>;
}

/** One result of an inline answer, ready to become a message. */
export interface InlineResult {
  id: string;
  type: string;
  title?: string | undefined;
  description?: string | undefined;
  content: Content;
  keyboard?: TelegramInlineKeyboardMarkup | undefined;
}

export interface InlineAnswer {
  results: InlineResult[];
  nextOffset: string;
  button?: TelegramInlineQueryResultsButton | undefined;
}

export interface StoredInlineQuery {
  id: string;
  botId: number;
  personId: number;
  query: string;
  offset: string;
  /** Milliseconds since the epoch. */
  askedAt: number;
  answer?: InlineAnswer | undefined;
}

/** An answer that Telegram gives again without asking the bot, until `until`. */
export interface CachedInlineAnswer {
  botId: number;
  /** Absent: for everybody. */
  personId?: number | undefined;
  query: string;
  offset: string;
  until: number;
  answer: InlineAnswer;
}

export interface StoredCallbackQuery {
  id: string;
  botId: number;
  personId: number;
  askedAt: number;
  answer?: { text?: string | undefined; showAlert: boolean; url?: string | undefined } | undefined;
}

/** A whole world: plain data, so that it can be saved, shown and loaded again. */
export interface World extends RandomState {
  version: 1;
  accounts: Record<string, Account>;
  chats: Record<ChatKey, Chat>;
  messages: Record<ChatKey, History>;
  files: Record<string, StoredFile>;
  /** Bytes of files in base64, by their SHA-256. */
  blobs: Record<string, string>;
  polls: Record<string, StoredPoll>;
  inlineQueries: Record<string, StoredInlineQuery>;
  inlineCache: CachedInlineAnswer[];
  callbackQueries: Record<string, StoredCallbackQuery>;
  pending: Pending[];
  /** What waits for each bot, by its id, and how the bot wants to get it. */
  feeds: Record<string, FeedState>;
  /** Counts up for everything that needs a number unique in this world. */
  lastSerial: number;
  /** The bot, channel and discussion group that a new world begins with. */
  staff: { botId: number; channelId: number; groupId: number };
  settings: Settings;
}

/** The id that the messages of an album share: a number beyond exact arithmetic, so always text. */
export function newAlbumId(world: World): string {
  return `${13_000_000_000_000 + nextSerial(world)}${String(drawInteger(world, 0, 9999)).padStart(4, '0')}`;
}

export function nextSerial(world: World): number {
  world.lastSerial += 1;
  return world.lastSerial;
}
