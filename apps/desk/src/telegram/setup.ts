import { createHash } from 'node:crypto';
import type { TelegramChatMemberUpdated, TelegramMessage, TelegramUpdate, TelegramUser } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import type { Log } from '../log.js';
import { claimOwnership, currentBot, offerOwnership, savePlaces, type BotRecord } from '../store/bots.js';
import type { Database, Sql } from '../store/database.js';
import type { Phrases } from '../text/phrases.js';
import { checkSetup, type SetupReport } from './checks.js';
import type { BotApi } from './client.js';
import { chatOf, messagesOf, personId, placeId } from './externalId.js';
import { roleOf } from './membership.js';
import type { Places } from './read.js';

/** What finding the desk's channel and group needs. */
export interface SetupParts {
  readonly api: BotApi;
  readonly database: Database;
  readonly bot: BotRecord;
  readonly me: TelegramUser;
  readonly phrases: Phrases;
  readonly log: Log;
  /** Set by hand; else the owner shows the desk its channel. */
  readonly channelId?: number;
  /** What the owner's link carries: the same in every process of this bot, and known to nobody else. */
  readonly claim: string;
  /** Called when what the database keeps of it has changed: processes that share it are to look. */
  readonly onKept: () => void;
}

export interface Setup {
  /** Calls `listener` whenever the desk gets its channel and group, or loses one. */
  onPlaces(listener: () => void): void;
  /** The channel and its group; undefined while anything that the desk needs is missing there. */
  places(): Places | undefined;
  /**
   * The channel and its group as they were when last all was there: who they are does not depend on what is missing now,
   * nor on whether Telegram has been asked since the start. What comes from them is read by this.
   */
  known(): Places | undefined;
  /** Whether no other process has learned of other places: what comes from elsewhere is certainly not the desk's. */
  isCurrent(sql: Sql): Promise<boolean>;
  /** Looks at the channel and says in the log what is missing; prints the owner's link when there is no channel yet. */
  start(): Promise<void>;
  stop(): void;
  /** Whether this update is about the set-up only, and has been seen to. */
  handles(update: TelegramUpdate): Promise<boolean>;
  /** The discussion group has a new id. */
  moved(from: number, to: number): void;
  /** Something went wrong in the channel or the group: looks at them again. */
  recheck(): Promise<void>;
}

/** While something is missing it is looked for this often; afterwards, whether all is still there (no update tells). */
const recheckMs = { missing: 10_000, ready: 3_600_000 };
const claimPrefix = 'own_';

export function createSetup(parts: SetupParts): Setup {
  const { api, database, me, phrases, log } = parts;
  let { owner } = parts.bot;
  let channel = parts.channelId ?? chatOfChannel(parts.bot);
  let places: Places | undefined;
  let known = placesOf(parts.bot, channel);
  let looking = Promise.resolve();
  let rechecking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let said = '';
  let listener = (): void => undefined;

  /** One look at a time: each begins when the one before has ended. */
  const look = (): Promise<void> => {
    looking = looking.then(lookOnce);
    return looking;
  };

  const lookOnce = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      learn(await currentBot(database, parts.bot.id));
      if (channel !== undefined) await adopt(await checkSetup(api, me, channel));
    } catch (error) {
      log.warn({ err: error }, 'the channel cannot be checked now');
    }
    timer = setTimeout(() => void look(), places ? recheckMs.ready : recheckMs.missing).unref();
  };

  /** Another process may have heard of the owner, or of the places, before this one. */
  const learn = (record: BotRecord): void => {
    owner = record.owner ?? owner;
    if (record.channel === undefined || record.discussion === undefined) return;
    channel = parts.channelId ?? chatOf(record.channel);
    known = placesOf(record, channel) ?? known;
  };

  const adopt = async (report: SetupReport): Promise<void> => {
    const found = report.places;
    if (found && !isSame(found, known)) await settle(found);
    const changed = !isSame(found, places);
    places = found;
    if (changed) listener();
    await announce(report);
  };

  /** From now on these are the desk's. Conversations that stand elsewhere go on here, under new posts. */
  const settle = async (found: Places): Promise<void> => {
    await savePlaces(database, parts.bot.id, {
      channel: placeId(found.channel),
      discussion: placeId(found.discussion),
      posts: messagesOf(found.channel),
      comments: messagesOf(found.discussion),
    });
    known = found;
    parts.onKept();
  };

  /** Says what is missing, or that all is there: once, in the log and to the owner. */
  const announce = async ({
    checks,
    places: found,
    channelTitle = '',
    groupTitle = '',
  }: SetupReport): Promise<void> => {
    const problems = checks.filter((check) => check.state === 'missing').map((check) => check.say);
    const text = found
      ? phrases.say('setup-ready', { channel: channelTitle, group: groupTitle })
      : [phrases.say('setup-missing'), ...problems].join('\n');
    if (text === said) return;
    said = text;
    if (found) log.info({ channel: found.channel, discussion: found.discussion }, 'the desk is set up');
    for (const problem of problems) log.error(problem);
    for (const { say } of checks.filter((check) => check.state === 'warning')) log.warn(say);
    if (owner !== undefined && (parts.channelId === undefined || !found)) await tell(chatOf(owner), text);
  };

  const tell = async (chatId: number, text: string): Promise<void> => {
    try {
      await api.call('sendMessage', { chat_id: chatId, text });
    } catch (error) {
      log.warn({ err: error }, 'the owner cannot be told');
    }
  };

  const offerLink = async (): Promise<void> => {
    await offerOwnership(database, parts.bot.id, hashOf(parts.claim));
    const link = `https://t.me/${me.username ?? ''}?start=${claimPrefix}${parts.claim}`;
    log.warn({ link }, 'The desk has no owner yet. Open this link in Telegram to become the owner; it works once.');
  };

  const claim = async (message: TelegramMessage): Promise<boolean> => {
    const secret = new RegExp(`^/start ${claimPrefix}([A-Za-z0-9_-]+)$`).exec(message.text ?? '')?.[1];
    if (secret === undefined || message.chat.type !== 'private') return false;
    const person = personId(message.chat.id);
    const done = await claimOwnership(database, parts.bot.id, { claimHash: hashOf(secret), person });
    if (done) {
      owner = person;
      parts.onKept();
    }
    await tell(message.chat.id, phrases.say(done ? 'owner-welcome' : 'owner-taken'));
    if (done) await look();
    return true;
  };

  const membershipChanged = async (update: TelegramChatMemberUpdated): Promise<void> => {
    const { chat, from } = update;
    // Only the owner's channel becomes the desk's: a stranger may make the bot administrator of theirs.
    const byOwner = owner !== undefined && personId(from.id) === owner;
    if (chat.type === 'channel' && byOwner && (channel === undefined || isReplacement(chat.id))) channel = chat.id;
    said = '';
    await look();
    if (isInside(update) && !byOwner && (await isForeign(update))) await leave(update);
  };

  /**
   * Whether nobody of this desk has put the bot there. Nobody is asked before the desk has a channel, and an administrator
   * of it may be about to link another group to it; who acts in the name of a group cannot be asked about.
   */
  const isForeign = async ({ chat, from }: TelegramChatMemberUpdated): Promise<boolean> => {
    if (channel === undefined || chat.id === channel || chat.id === known?.discussion || from.is_bot) return false;
    try {
      const member = await api.call('getChatMember', { chat_id: channel, user_id: from.id });
      return roleOf(member) !== 'admin';
    } catch (error) {
      return error instanceof TelegramError && error.code === 400;
    }
  };

  const leave = async ({ chat, from }: TelegramChatMemberUpdated): Promise<void> => {
    log.warn({ by: from.id, kind: chat.type }, 'the bot was put into a chat that is not of this desk; it leaves');
    await api
      .call('leaveChat', { chat_id: chat.id })
      .catch((error: unknown) => log.warn({ err: error }, 'the chat cannot be left now'));
  };

  /** A channel in which nothing works any more gives way to the next one that the owner shows. */
  const isReplacement = (chatId: number): boolean =>
    parts.channelId === undefined && places === undefined && chatId !== channel;

  const moved = (from: number, to: number): void => {
    if (known?.discussion !== from) return;
    settle({ ...known, discussion: to })
      .then(look)
      .catch((error: unknown) => log.warn({ err: error }, 'the new id of the group cannot be kept now'));
    if (places?.discussion === from) places = { ...places, discussion: to };
    listener();
  };

  return {
    places: () => places,
    known: () => known,
    isCurrent: async (sql) => {
      const record = await currentBot(sql, parts.bot.id);
      const kept = placesOf(record, parts.channelId ?? chatOfChannel(record));
      return kept === undefined || isSame(kept, known);
    },
    onPlaces: (called) => {
      listener = called;
    },
    start: async () => {
      if (channel === undefined && owner === undefined) await offerLink();
      await look();
    },
    stop: () => clearTimeout(timer),
    handles: async (update) => {
      if (update.message && (await claim(update.message))) return true;
      const { chat, migrate_to_chat_id: to } = update.message ?? {};
      if (chat && to !== undefined) moved(chat.id, to);
      if (!update.my_chat_member || update.my_chat_member.chat.type === 'private') return false;
      await membershipChanged(update.my_chat_member);
      return true;
    },
    moved,
    recheck: () => {
      rechecking ??= look().finally(() => {
        rechecking = undefined;
      });
      return rechecking;
    },
  };
}

/** What the database keeps, if it is about the channel that the desk is to have. */
function placesOf(bot: BotRecord, channel: number | undefined): Places | undefined {
  if (channel === undefined || bot.channel !== placeId(channel) || bot.discussion === undefined) return undefined;
  return { channel, discussion: chatOf(bot.discussion) };
}

function chatOfChannel({ channel }: BotRecord): number | undefined {
  return channel === undefined ? undefined : chatOf(channel);
}

function isInside({ new_chat_member: { status } }: TelegramChatMemberUpdated): boolean {
  return status === 'member' || status === 'administrator';
}

function isSame(one: Places | undefined, other: Places | undefined): boolean {
  return one?.channel === other?.channel && one?.discussion === other?.discussion;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
