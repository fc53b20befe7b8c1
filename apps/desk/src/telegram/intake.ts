import type { TelegramUpdate } from '@gramio/types/objects';
import type { FastifyInstance } from 'fastify';
import { TelegramError } from 'telegraf';
import type { Config } from '../config.js';
import { exponential } from '../delivery/backoff.js';
import { ConfigError, messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { BotApi } from './client.js';
import { createPoller } from './poller.js';
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

interface IntakeParts {
  readonly api: BotApi;
  readonly config: Config['telegram'];
  readonly log: Log;
  readonly store: (updates: readonly TelegramUpdate[]) => Promise<void>;
}

export function createIntake({ api, config, log, store }: IntakeParts): Intake {
  const { webhook } = config;
  if (!webhook) {
    const poller = createPoller({ api, log, store });
    return {
      // A webhook that an earlier start left behind would refuse every poll.
      start: async () => {
        await untilDone(() => api.call('deleteWebhook', {}), log);
        poller.start();
      },
      stop: poller.stop,
      healthy: poller.healthy,
    };
  }
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
