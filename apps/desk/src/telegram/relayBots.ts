import { TelegramError } from 'telegraf';
import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { RelayBot } from '../relay/ports.js';
import { botNumber } from '../relayTokens.js';
import { createBotApi, type BotApi } from './client.js';
import { isPlaceLost } from './errors.js';
import { createMessenger, type Manner } from './messenger.js';
import type { Places } from './read.js';
import { checkRelayBot, type RelayCheck } from './relayCheck.js';

/** Further bots of the discussion group. They send and change comments, and are asked for no updates. */
export interface RelayBots {
  readonly bots: readonly RelayBot[];
  /** Looks who of them may write, and goes on looking now and then. */
  start(): void;
  stop(): void;
  /** The places are others now, or something went wrong: looks again. */
  recheck(): Promise<void>;
}

export interface RelayBotsParts {
  readonly tokens: readonly string[];
  readonly apiRoot: string;
  readonly places: () => Places | undefined;
  /** How comments are written. */
  readonly manner: Omit<Manner, 'onTrouble'>;
  readonly log: Log;
  /** Called when one of them can write from now on, or cannot any more. */
  readonly onChange: () => void;
}

/** One that cannot write is looked at this often; the others, whether they still can. */
const recheckMs = { gone: 60_000, ready: 3_600_000 };

interface Relay extends RelayBot {
  /** Asks Telegram; resolves with whether its standing has changed. */
  check(discussion: number): Promise<boolean>;
}

/** The numbers of relay bots, which their tokens begin with. */
export function relayIds(tokens: readonly string[]): ReadonlySet<number> {
  return new Set(tokens.map((token) => Number(botNumber(token))));
}

export function createRelayBots(parts: RelayBotsParts): RelayBots {
  const { places } = parts;
  let looking: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const lookOnce = async (): Promise<void> => {
    clearTimeout(timer);
    const found = places();
    if (found) {
      const changed = await Promise.all(bots.map((bot) => bot.check(found.discussion)));
      if (changed.includes(true)) parts.onChange();
    }
    const allReady = bots.every((bot) => bot.standing() === 'ready');
    if (running) timer = setTimeout(() => void recheck(), allReady ? recheckMs.ready : recheckMs.gone).unref();
  };
  /** One look at a time; whoever asks while one has not begun waits for that one. */
  const recheck = (): Promise<void> => {
    if (bots.length === 0 || !running) return Promise.resolve();
    waiting ??= looking = looking.then(() => {
      waiting = undefined;
      return lookOnce();
    });
    return waiting;
  };
  const bots = parts.tokens.map((token) => createRelay(parts, token, () => void recheck()));

  return {
    bots,
    start: () => {
      running = true;
      void recheck();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
    },
    recheck,
  };
}

function createRelay({ apiRoot, manner, log }: RelayBotsParts, token: string, onTrouble: () => void): Relay {
  const number = botNumber(token);
  const api = createBotApi({ token, root: apiRoot });
  let found: RelayCheck | undefined;

  const say = ({ name, check }: RelayCheck): void => {
    if (check.state === 'ok') log.info({ bot: name }, check.say);
    else log.warn({ bot: name }, check.say);
  };
  return {
    id: `telegram:${number}`,
    name: () => found?.name ?? number,
    messenger: createMessenger(watched(api, onTrouble), manner),
    standing: () => {
      if (!found) return 'unknown';
      return found.canWrite ? 'ready' : 'gone';
    },
    check: async (discussion) => {
      try {
        const before = found;
        found = await checkRelayBot(api, { number, discussion });
        if (found.check.say !== before?.check.say) say(found);
        return found.canWrite !== before?.canWrite;
      } catch (error) {
        log.warn({ bot: number, reason: messageOf(error) }, 'a relay bot cannot be checked now');
        return false;
      }
    },
  };
}

/** Tells of answers which say that the bot is not what it was: no token any more, or no place in the group. */
function watched(api: BotApi, onTrouble: () => void): BotApi {
  return {
    call: (method, params, options) =>
      api.call(method, params, options).catch((error: unknown) => {
        if (isPlaceLost(error) || isTokenRefused(error)) onTrouble();
        throw error;
      }),
  };
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof TelegramError && (error.code === 401 || error.code === 404);
}
