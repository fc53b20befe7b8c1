import { createHash, randomBytes } from 'node:crypto';
import type { TelegramChatMemberUpdated, TelegramMessage, TelegramUpdate, TelegramUser } from '@gramio/types/objects';
import type { Log } from '../log.js';
import { claimOwnership, offerOwnership, savePlaces, type BotRecord } from '../store/bots.js';
import type { Database } from '../store/database.js';
import type { Phrases } from '../text/phrases.js';
import { checkSetup, type SetupReport } from './checks.js';
import type { BotApi } from './client.js';
import { chatOf, personId, placeId } from './externalId.js';
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
}

export interface Setup {
  /** Calls `listener` whenever the desk gets its channel and group, or loses one. */
  onPlaces(listener: () => void): void;
  /** The channel and its group; undefined until everything that the desk needs is there. */
  places(): Places | undefined;
  /**
   * The channel and its group as they were when last all was there: who they are does not depend on what is missing now,
   * nor on whether Telegram has been asked since the start. What comes from them is read by this.
   */
  known(): Places | undefined;
  /** Looks at the channel and says in the log what is missing; prints the owner's link when there is no channel yet. */
  start(): Promise<void>;
  stop(): void;
  /** Whether this update is about the set-up only, and has been seen to. */
  handles(update: TelegramUpdate): Promise<boolean>;
  /** The discussion group has a new id. */
  moved(from: number, to: number): void;
}

/** While something is missing it is looked for this often; afterwards, whether all is still there (no update tells). */
const recheckMs = { missing: 10_000, ready: 3_600_000 };
const claimPrefix = 'own_';

export function createSetup(parts: SetupParts): Setup {
  const { api, database, me, phrases, log } = parts;
  let { owner } = parts.bot;
  let channel = parts.channelId ?? (parts.bot.channel === undefined ? undefined : chatOf(parts.bot.channel));
  let places: Places | undefined;
  let known = remembered(parts.bot, channel);
  let timer: NodeJS.Timeout | undefined;
  let said = '';
  let listener = (): void => undefined;

  const look = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      if (channel !== undefined) await adopt(await checkSetup(api, me, channel), channel);
    } catch (error) {
      log.warn({ err: error }, 'the channel cannot be checked now');
    }
    timer = setTimeout(() => void look(), places ? recheckMs.ready : recheckMs.missing).unref();
  };

  const adopt = async (report: SetupReport, channelId: number): Promise<void> => {
    const found = report.places;
    const changed = found?.channel !== places?.channel || found?.discussion !== places?.discussion;
    places = found;
    known = found ?? known;
    if (found)
      await savePlaces(database, parts.bot.id, { channel: placeId(channelId), discussion: placeId(found.discussion) });
    if (changed) listener();
    await announce(report);
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
    if (owner !== undefined && parts.channelId === undefined) await tell(chatOf(owner), text);
  };

  const tell = async (chatId: number, text: string): Promise<void> => {
    try {
      await api.call('sendMessage', { chat_id: chatId, text });
    } catch (error) {
      log.warn({ err: error }, 'the owner cannot be told');
    }
  };

  const offerLink = async (): Promise<void> => {
    const secret = randomBytes(18).toString('base64url');
    await offerOwnership(database, parts.bot.id, hashOf(secret));
    const link = `https://t.me/${me.username ?? ''}?start=${claimPrefix}${secret}`;
    log.warn({ link }, 'The desk has no owner yet. Open this link in Telegram to become the owner; it works once.');
  };

  const claim = async (message: TelegramMessage): Promise<boolean> => {
    const secret = new RegExp(`^/start ${claimPrefix}([A-Za-z0-9_-]+)$`).exec(message.text ?? '')?.[1];
    if (secret === undefined || message.chat.type !== 'private') return false;
    const person = personId(message.chat.id);
    const done = await claimOwnership(database, parts.bot.id, { claimHash: hashOf(secret), person });
    if (done) owner = person;
    await tell(message.chat.id, phrases.say(done ? 'owner-welcome' : 'owner-taken'));
    if (done) await look();
    return true;
  };

  const membershipChanged = async ({ chat, from }: TelegramChatMemberUpdated): Promise<void> => {
    // Only the owner's channel becomes the desk's: a stranger may make the bot administrator of theirs.
    const byOwner = owner !== undefined && personId(from.id) === owner;
    if (chat.type === 'channel' && channel === undefined && byOwner) channel = chat.id;
    said = '';
    await look();
  };

  return {
    places: () => places,
    known: () => known,
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
      if (!update.my_chat_member || update.my_chat_member.chat.type === 'private') return false;
      await membershipChanged(update.my_chat_member);
      return true;
    },
    moved: (from, to) => {
      if (known?.discussion === from) known = { ...known, discussion: to };
      if (places?.discussion !== from) return;
      places = { ...places, discussion: to };
      listener();
    },
  };
}

/** What an earlier run has kept, unless the desk was given another channel since. */
function remembered({ channel, discussion }: BotRecord, now: number | undefined): Places | undefined {
  if (channel === undefined || discussion === undefined || chatOf(channel) !== now) return undefined;
  return { channel: now, discussion: chatOf(discussion) };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
