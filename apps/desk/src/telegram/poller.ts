import { setTimeout as delay } from 'node:timers/promises';
import type { TelegramUpdate } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import { backoffMs } from '../delivery/backoff.js';
import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { BotApi } from './client.js';
import { classify } from './errors.js';
import { allowedUpdates } from './receive.js';

export interface PollerParts {
  readonly api: BotApi;
  readonly log: Log;
  /** Resolves when the updates are safe; only then are they confirmed to Telegram. */
  readonly store: (updates: readonly TelegramUpdate[]) => Promise<void>;
  /** A flood limit that meets the asking for updates is the whole bot's. */
  readonly onFlood: (waitMs: number) => void;
}

export interface Poller {
  start(): void;
  /** Asks for nothing more and resolves when nothing is under way. */
  stop(): Promise<void>;
  /** Whether the last request was answered. */
  healthy(): boolean;
}

/** Seconds that Telegram may hold a request that has nothing to answer; it allows 50. */
const holdSeconds = 30;

/**
 * Asks Telegram for updates, one request at a time, and confirms with the next request what has been stored. Starts
 * without an offset: everything unconfirmed comes again, and what is stored already is known by its key. An offset kept
 * from before would be wrong after a week of silence, when ids start anew (Bot API: Update).
 */
export function createPoller({ api, log, store, onFlood }: PollerParts): Poller {
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  let healthy = false;
  const troubles = createTroubles(log);
  let loop: Promise<void> = Promise.resolve();

  const poll = async (): Promise<void> => {
    let offset: number | undefined;
    let failures = 0;
    while (!stopped()) {
      try {
        const updates = await api.call(
          'getUpdates',
          {
            // The first answer, and the first after a failure, comes at once: it shows that Telegram is reached.
            timeout: healthy ? holdSeconds : 0,
            allowed_updates: [...allowedUpdates],
            ...(offset !== undefined && { offset }),
          },
          { timeoutMs: (holdSeconds + 10) * 1_000, signal: stopping.signal },
        );
        healthy = true;
        // Their numbers tell the order, if they ever come in another (Bot API: Update, update_id).
        const inOrder = updates.toSorted((a, b) => a.update_id - b.update_id);
        if (inOrder.length > 0) await store(inOrder);
        const last = inOrder.at(-1);
        if (last) offset = last.update_id + 1;
        failures = 0;
        troubles.over();
      } catch (error) {
        if (stopped()) return;
        healthy = false;
        failures += 1;
        troubles.met(error);
        const waitMs = waitAfter(error, failures);
        if (error instanceof TelegramError && error.code === 429) onFlood(waitMs);
        await interruptible(waitMs, stopping.signal);
      }
    }
  };

  return {
    start: () => {
      loop = poll();
    },
    stop: async () => {
      stopping.abort();
      await loop;
    },
    healthy: () => healthy,
  };
}

/** Two programs with one token take turns (Bot API server): an answer in between does not mean that it is over. */
const turnsMs = 60_000;

/** Says each trouble once, however long it lasts, and that it is over. */
function createTroubles(log: Log): { met(error: unknown): void; over(): void } {
  let last: { readonly reason: string; readonly code: number | undefined; readonly at: number } | undefined;
  return {
    met: (error) => {
      const code = error instanceof TelegramError ? error.code : undefined;
      const reason = messageOf(error);
      if (reason !== last?.reason) say(log, code, reason);
      last = { reason, code, at: performance.now() };
    },
    over: () => {
      if (!last || (last.code === 409 && performance.now() - last.at < turnsMs)) return;
      last = undefined;
      log.info('updates are fetched again');
    },
  };
}

function say(log: Log, code: number | undefined, reason: string): void {
  if (code === 409) {
    log.error(
      'Telegram says that another program asks for updates with this token. Stop it, or give this desk a token of its own.',
    );
  } else if (code === 401) {
    log.error(
      'Telegram refuses the token (BOT_TOKEN). It was revoked: set the new one and start again. Nothing is lost meanwhile.',
    );
  } else {
    log.warn({ reason }, 'updates cannot be fetched now');
  }
}

function waitAfter(error: unknown, failures: number): number {
  const { outcome } = classify(error);
  const asked = outcome.kind === 'retry' ? outcome.afterMs : undefined;
  return asked ?? backoffMs(failures, { firstMs: 500, mostMs: 15_000 });
}

async function interruptible(waitMs: number, signal: AbortSignal): Promise<void> {
  await delay(waitMs, undefined, { signal }).catch(() => undefined);
}
