import type { TelegramBotCommand, TelegramBotCommandScope, TelegramMenuButton } from '@gramio/types/objects';

import type { Rights } from './members.js';

/** Telegram's own account: the author of automatic forwards. */
export const TELEGRAM_ID = 777000;
/** GroupAnonymousBot: the `from` of anonymous admins. */
export const ANONYMOUS_ADMIN_ID = 1087968824;
/** Channel_Bot: the `from` of messages sent as a channel. */
export const AS_CHANNEL_ID = 136817688;

export interface Person {
  kind: 'person';
  id: number;
  /** Counts up, so that lists can show people in the order in which they came; worlds of old have none. */
  arrival?: number | undefined;
  firstName: string;
  lastName?: string | undefined;
  username?: string | undefined;
  languageCode?: string | undefined;
  bio?: string | undefined;
  isPremium: boolean;
  /** The account was deleted: no name is left, and nobody can write to it. */
  isDeleted: boolean;
  /** Premium privacy setting: voice and video notes are refused. */
  refusesVoiceNotes: boolean;
  /** Forwards of this person's messages name the person without linking to the account. */
  hidesInForwards: boolean;
  /** Profile photos, the newest first: the sizes of each, as file keys. */
  photos: string[][];
}

/** Commands that a bot set for one scope and language. */
export interface CommandList {
  scope: TelegramBotCommandScope;
  languageCode: string;
  commands: TelegramBotCommand[];
}

/** Texts of a bot's profile by language; the empty language is the default. */
export interface ProfileTexts {
  name: Record<string, string>;
  description: Record<string, string>;
  shortDescription: Record<string, string>;
}

export interface DefaultRights {
  rights: Rights;
  isAnonymous: boolean;
}

export interface Bot {
  kind: 'bot';
  id: number;
  token: string;
  firstName: string;
  username: string;
  /** BotFather /setprivacy: on, a plain member of a group gets only what is meant for it. */
  hasPrivacy: boolean;
  /** BotFather /setjoingroups. */
  canJoinGroups: boolean;
  /** BotFather /setinline. */
  isInline: boolean;
  /** BotFather /setinlinefeedback. */
  hasInlineFeedback: boolean;
  /** Custom emoji are kept in what the bot sends: its owner has Premium, or it has bought a username. */
  usesCustomEmoji: boolean;
  /** The one counter from which messages of all private chats and basic groups of this account get their ids. */
  lastMessageId: number;
  /** Accounts that the bot has seen anywhere: only those can be mentioned, or be told apart from strangers. */
  knows: Record<string, true>;
  commands: CommandList[];
  profile: ProfileTexts;
  menuButton: TelegramMenuButton;
  /** The rights that the bot suggests when it is added as an administrator. */
  defaultRights: { groups: DefaultRights; channels: DefaultRights };
  /** Milliseconds since the epoch: what was sent before is never delivered. */
  createdAt: number;
  isLoggedOut: boolean;
}

export type Account = Person | Bot;

/** A name as Telegram's clients show it. */
export function shownName(account: Account): string {
  if (account.kind === 'bot') return account.firstName;
  if (account.isDeleted) return 'Deleted Account';
  return account.lastName === undefined ? account.firstName : `${account.firstName} ${account.lastName}`;
}
