import type { TelegramUpdate } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import { exponential } from '../delivery/backoff.js';
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
export function createPoller({ api, log, store }: PollerParts): Poller {
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  let healthy = false;
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
      } catch (error) {
        if (stopped()) return;
        healthy = false;
        failures += 1;
        report(log, error);
        await waitAfter(error, failures, stopping.signal);
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

function report(log: Log, error: unknown): void {
  const code = error instanceof TelegramError ? error.code : undefined;
  if (code === 409) {
    log.error(
      'Telegram says that another program asks for updates with this token. Stop it, or give this desk a token of its own.',
    );
  } else if (code === 401) {
    log.error(
      'Telegram refuses the token (BOT_TOKEN). It was revoked: set the new one and start again. Nothing is lost meanwhile.',
    );
  } else {
    log.warn({ reason: messageOf(error) }, 'updates cannot be fetched now');
  }
}

async function waitAfter(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
  const { outcome } = classify(error);
  const asked = outcome.kind === 'retry' ? outcome.afterMs : undefined;
  const limits = asked === undefined ? { firstMs: 500, mostMs: 15_000 } : { firstMs: asked, mostMs: asked };
  await Promise.race([exponential(failures, limits), aborted(signal)]);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
