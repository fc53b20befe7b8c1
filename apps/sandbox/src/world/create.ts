import { DEFAULT_LIMITS } from '../limits.js';
import { ANONYMOUS_ADMIN_ID, AS_CHANNEL_ID, type Bot, type Person, TELEGRAM_ID } from './accounts.js';
import { type BasicGroup, type Channel, sharedKey, type Supergroup } from './chats.js';
import { ALL_PERMISSIONS, ALL_RIGHTS, type Membership, NO_RIGHTS } from './members.js';
import { drawInteger, drawText } from './random.js';
import type { Settings, World } from './world.js';

export interface WorldOptions {
  /** The same seed makes the same world; chosen at random when not given. */
  readonly seed?: number | undefined;
  /** The token of the first bot, with the bot's id before the colon. */
  readonly botToken?: string | undefined;
  readonly settings?: Partial<Settings>;
}

/** Telegram's own delay between a post and its copy, as measured. */
export const AUTO_FORWARD_DELAY_MS = 3500;

/**
 * A new world: one bot, a channel with its linked discussion group, and the owner of both. The bot is administrator
 * with all rights in both.
 */
export function createWorld({ seed, botToken, settings }: WorldOptions, now: number): World {
  const world = emptyWorld(seed ?? Math.floor(Math.random() * 2 ** 32), settings);
  const owner = createPerson(world, { firstName: 'Owner' });
  const bot = createBot(world, { token: botToken, now, firstName: 'Support', username: 'support_desk_bot' });
  const members = (): Record<string, Membership> => ({
    [owner.id]: { status: 'creator', isAnonymous: false },
    [bot.id]: { status: 'administrator', rights: { ...ALL_RIGHTS }, isAnonymous: false, promotedBy: owner.id },
  });
  const channel = createChannel(world, { title: 'Support', members: members() });
  const group = createSupergroup(world, { title: 'Support Chat', members: members() });
  channel.linkedGroupId = group.id;
  group.linkedChannelId = channel.id;
  bot.knows[owner.id] = true;
  world.staff = { botId: bot.id, channelId: channel.id, groupId: group.id };
  return world;
}

function emptyWorld(seed: number, settings: Partial<Settings> = {}): World {
  return {
    version: 1,
    random: seed,
    accounts: {},
    chats: {},
    messages: {},
    files: {},
    blobs: {},
    polls: {},
    inlineQueries: {},
    inlineCache: [],
    callbackQueries: {},
    pending: [],
    feeds: {},
    lastSerial: seed >>> 12,
    staff: { botId: 0, channelId: 0, groupId: 0 },
    settings: {
      autoForward: { timing: 'after_delay', delayMs: AUTO_FORWARD_DELAY_MS },
      limits: { ...DEFAULT_LIMITS, isOn: false },
      privateReactions: false,
      ...settings,
    },
  };
}

type Given<T> = { [K in keyof T]?: T[K] | undefined };

/** What may be chosen of a new person; the rest is as with most people. */
export type NewPerson = Pick<Person, 'firstName'> &
  Given<Omit<Person, 'kind' | 'firstName' | 'arrival' | 'isDeleted' | 'photos'>>;

/** Ids of people are larger than 32 bits as often as not. */
export function createPerson(world: World, given: NewPerson): Person {
  const person: Person = {
    ...given,
    kind: 'person',
    id: given.id ?? freeAccountId(world),
    arrival: Object.keys(world.accounts).length,
    isPremium: given.isPremium ?? false,
    refusesVoiceNotes: given.refusesVoiceNotes ?? false,
    hidesInForwards: given.hidesInForwards ?? false,
    isDeleted: false,
    photos: [],
  };
  world.accounts[person.id] = person;
  return person;
}

export interface NewBot {
  readonly token?: string | undefined;
  readonly now: number;
  readonly firstName: string;
  readonly username: string;
}

export function createBot(world: World, { token, now, firstName, username }: NewBot): Bot {
  const id = token === undefined ? freeAccountId(world) : Number(token.split(':')[0]);
  const bot: Bot = {
    kind: 'bot',
    id,
    token: token ?? `${id}:AA${drawText(world, 33)}`,
    firstName,
    username,
    hasPrivacy: false,
    canJoinGroups: true,
    isInline: true,
    hasInlineFeedback: true,
    usesCustomEmoji: false,
    lastMessageId: drawInteger(world, 1, 20_000),
    knows: {},
    commands: [],
    profile: { name: { '': firstName }, description: {}, shortDescription: {} },
    menuButton: { type: 'default' },
    defaultRights: {
      groups: { rights: { ...NO_RIGHTS }, isAnonymous: false },
      channels: { rights: { ...NO_RIGHTS }, isAnonymous: false },
    },
    createdAt: now,
    isLoggedOut: false,
  };
  world.accounts[id] = bot;
  return bot;
}

export interface NewSharedChat {
  readonly title: string;
  readonly members: Record<string, Membership>;
  readonly username?: string | undefined;
}

export function createChannel(world: World, shared: NewSharedChat): Channel {
  const channel: Channel = {
    kind: 'channel',
    ...sharedParts(world, shared),
    lastMessageId: drawInteger(world, 1, 5_000),
    hasSignatures: false,
  };
  world.chats[channel.key] = channel;
  return channel;
}

export function createSupergroup(world: World, shared: NewSharedChat): Supergroup {
  const group: Supergroup = {
    kind: 'supergroup',
    ...sharedParts(world, shared),
    lastMessageId: drawInteger(world, 1, 90_000),
    joinToSend: false,
    slowModeSeconds: 0,
  };
  world.chats[group.key] = group;
  return group;
}

/** A basic group; its messages are counted by the first bot of the world. */
export function createGroup(world: World, shared: NewSharedChat): BasicGroup {
  const id = -drawInteger(world, 1_000_000, 5_900_000_000);
  const group: BasicGroup = {
    kind: 'group',
    ...sharedParts(world, shared),
    key: sharedKey(id),
    id,
    counterBotId: world.staff.botId,
  };
  world.chats[group.key] = group;
  return group;
}

function sharedParts(world: World, { title, members, username }: NewSharedChat) {
  const id = -(1_000_000_000_000 + drawInteger(world, 1_100_000_000, 3_900_000_000));
  return {
    key: sharedKey(id),
    id,
    title,
    username,
    description: '',
    members,
    permissions: { ...ALL_PERMISSIONS },
    pinned: [],
    inviteLinks: [],
    protectsContent: false,
    isDeleted: false,
  };
}

const TAKEN: readonly number[] = [TELEGRAM_ID, ANONYMOUS_ADMIN_ID, AS_CHANNEL_ID];

function freeAccountId(world: World): number {
  for (;;) {
    const id = drawInteger(world, 100_000_000, 8_900_000_000);
    if (world.accounts[id] === undefined && !TAKEN.includes(id)) return id;
  }
}
