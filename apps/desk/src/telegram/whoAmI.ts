import type { TelegramUser } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import { exponential } from '../delivery/backoff.js';
import { ConfigError, messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { BotApi } from './client.js';

interface Where {
  readonly apiRoot: string;
}

/** Who the bot is (Bot API: getMe). Throws ConfigError when the token is wrong; waits while Telegram cannot be reached. */
export async function whoAmI(api: BotApi, { apiRoot, log }: Where & { readonly log: Log }): Promise<TelegramUser> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await askWhoAmI(api, { apiRoot });
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      log.warn(
        { reason: messageOf(error) },
        `Telegram cannot be reached at ${apiRoot} (TELEGRAM_API_ROOT); trying again`,
      );
      await exponential(failures, { firstMs: 500, mostMs: 15_000 });
    }
  }
}

/** The same, asked once: throws ConfigError when the token is wrong, anything else when Telegram cannot be reached. */
export async function askWhoAmI(api: BotApi, { apiRoot }: Where): Promise<TelegramUser> {
  try {
    return await api.call('getMe', undefined);
  } catch (error) {
    if (!(error instanceof TelegramError) || (error.code !== 401 && error.code !== 404)) throw error;
    throw new ConfigError([
      `BOT_TOKEN: Telegram (${apiRoot}) refuses the token: ${error.description}. Copy it again from @BotFather; a revoked token never works again.`,
    ]);
  }
}
