import type { TelegramUpdate } from '@gramio/types/objects';
import type { FastifyInstance } from 'fastify';
import { TelegramError } from 'telegraf';
import type { Config } from '../config.js';
import { exponential } from '../delivery/backoff.js';
import { ConfigError, messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { BotApi } from './client.js';
import { createLeadership, type LeadershipParts } from '../leadership.js';
import { createPoller, type Poller } from './poller.js';
import { allowedUpdates } from './receive.js';
import { addWebhook } from './webhook.js';

/** How updates come in: by polling or by webhook. */
export interface Intake {
  readonly addRoutes?: (server: FastifyInstance) => void;
  /** Resolves when updates can come; waits while Telegram cannot be reached. Throws ConfigError when it refuses. */
  start(): Promise<void>;
  stop(): Promise<void>;
  healthy(): boolean;
}

export interface IntakeParts {
  readonly api: BotApi;
  readonly config: Config['telegram'];
  readonly log: Log;
  readonly store: (updates: readonly TelegramUpdate[]) => Promise<void>;
  /** Telegram answers one who asks for updates at a time; with a webhook any number of processes takes them. */
  readonly lease: Pick<LeadershipParts, 'database' | 'bot' | 'log' | 'leaseMs'>;
  readonly onFlood: (waitMs: number) => void;
}

export function createIntake(parts: IntakeParts): Intake {
  const { api, config, log, store } = parts;
  const { webhook } = config;
  if (!webhook) return createPolling(parts);
  const { url, secret } = webhook;
  const settings = { url: url.href, secret_token: secret, allowed_updates: [...allowedUpdates] };
  let set = false;
  return {
    addRoutes: (server) => addWebhook(server, { path: url.pathname, secret, log, store }),
    start: async () => {
      await untilDone(() => api.call('setWebhook', settings), log);
      set = true;
    },
    stop: () => Promise.resolve(),
    healthy: () => set,
  };
}

/** Of several processes one asks; the others stand by. */
function createPolling({ api, log, store, lease, onFlood }: IntakeParts): Intake {
  let poller: Poller | undefined;
  let looked = false;
  const stopPolling = async (): Promise<void> => {
    const stopping = poller;
    poller = undefined;
    await stopping?.stop();
  };
  const polling = createLeadership({
    ...lease,
    name: 'intake',
    onGained: async () => {
      // A webhook that an earlier start left behind would refuse every poll.
      await untilDone(() => api.call('deleteWebhook', {}), log);
      poller = createPoller({ api, log, store, onFlood });
      poller.start();
    },
    onLost: stopPolling,
  });
  return {
    start: async () => {
      await polling.start();
      looked = true;
    },
    stop: polling.stop,
    // One that stands by is ready to take over.
    healthy: () => looked && (!polling.holds() || poller?.healthy() === true),
  };
}

/** Calls until Telegram has done it. What it refuses for good (Bot API: 400) is the fault of a setting. */
async function untilDone(call: () => Promise<unknown>, log: Log): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    try {
      await call();
      return;
    } catch (error) {
      if (error instanceof TelegramError && error.code === 400) {
        throw new ConfigError([`WEBHOOK_URL: Telegram refuses it: ${error.description}.`]);
      }
      log.warn({ reason: messageOf(error) }, 'Telegram cannot be told how to deliver updates; trying again');
      await exponential(failures, { firstMs: 500, mostMs: 15_000 });
    }
  }
}
