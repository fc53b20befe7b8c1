import type { TelegramMenuButton, TelegramReactionType } from '@gramio/types/objects';
import type { Membership, Permissions } from './members.js';

/** Names a chat in the world: `<bot id>:<person id>` for a private chat, the chat's id for all others. */
export type ChatKey = string;

/** The private chat of one bot with one account. */
export interface PrivateChat {
  kind: 'private';
  key: ChatKey;
  botId: number;
  personId: number;
  /** The person has written to the bot or pressed START. */
  isStarted: boolean;
  isBlocked: boolean;
  pinned: number[];
  menuButton?: TelegramMenuButton | undefined;
}

export interface InviteLink {
  link: string;
  creatorId: number;
  isPrimary: boolean;
  isRevoked: boolean;
  createsJoinRequest: boolean;
  name?: string | undefined;
  expireDate?: number | undefined;
  memberLimit?: number | undefined;
}

/** What groups and channels have in common. */
export interface SharedChat {
  key: ChatKey;
  id: number;
  title: string;
  username?: string | undefined;
  description: string;
  /** By account id; who is not in here was never a member. */
  members: Record<string, Membership>;
  permissions: Permissions;
  /** Ids of pinned messages, the newest last. */
  pinned: number[];
  inviteLinks: InviteLink[];
  protectsContent: boolean;
  photo?: string[] | undefined;
  isDeleted: boolean;
}

/** A group whose messages get their ids from the counter of one bot account. */
export interface BasicGroup extends SharedChat {
  kind: 'group';
  counterBotId: number;
  migratedTo?: number | undefined;
}

export interface Supergroup extends SharedChat {
  kind: 'supergroup';
  lastMessageId: number;
  linkedChannelId?: number | undefined;
  /** Off, as Telegram sets it for discussion groups: whoever sees the channel may comment. */
  joinToSend: boolean;
  slowModeSeconds: number;
  migratedFrom?: number | undefined;
}

export interface Channel extends SharedChat {
  kind: 'channel';
  lastMessageId: number;
  linkedGroupId?: number | undefined;
  /** Posts carry the author's name. */
  hasSignatures: boolean;
}

export type Group = BasicGroup | Supergroup;
export type Chat = PrivateChat | Group | Channel;

/** A reaction somebody gave to a message. */
export interface GivenReaction {
  accountId: number;
  reactions: TelegramReactionType[];
}

export function privateKey(botId: number, personId: number): ChatKey {
  return `${botId}:${personId}`;
}

export function sharedKey(chatId: number): ChatKey {
  return String(chatId);
}

/** The id under which the bot of this private chat, or everybody, knows the chat. */
export function chatId(chat: Chat): number {
  return chat.kind === 'private' ? chat.personId : chat.id;
}
