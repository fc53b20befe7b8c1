import type { TelegramUpdate, TelegramUser } from '@gramio/types/objects';
import type { FastifyInstance } from 'fastify';
import { TelegramError } from 'telegraf';
import type { Config } from '../config.js';
import { exponential } from '../delivery/backoff.js';
import { ConfigError, messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { RelayEvent } from '../relay/events.js';
import type { PlaceId } from '../relay/ids.js';
import type { CustomerChannel, StaffDirectory, StaffSurface } from '../relay/ports.js';
import type { BotRecord } from '../store/bots.js';
import type { Database } from '../store/database.js';
import type { ReceivedUpdate } from '../store/updates.js';
import type { Phrases } from '../text/phrases.js';
import { createBotApi, type BotApi } from './client.js';
import { chatOf } from './externalId.js';
import { answerInteractive } from './interactive.js';
import { roleOf } from './membership.js';
import { guarded } from './messenger.js';
import { createPoller } from './poller.js';
import { readUpdate, type Places } from './read.js';
import { allowedUpdates, isInteractive, toReceived } from './receive.js';
import { createSetup, type Setup } from './setup.js';
import { isUpdate } from './shape.js';
import { createCustomerChannel, createStaffSurface } from './surface.js';
import { addWebhook } from './webhook.js';

/** Telegram, as the composition root takes it apart. */
export interface TelegramAdapter {
  readonly bot: { readonly externalId: string; readonly name: string };
  isPrivate(place: PlaceId): boolean;
  createSetup(parts: { readonly database: Database; readonly bot: BotRecord }): Setup;
  plugs(setup: Setup): { readonly customers: CustomerChannel; readonly surface: StaffSurface };
  staff(setup: Setup): StaffDirectory;
  read(payload: unknown, places: Places | undefined): RelayEvent;
  /** Sees to what is not stored, and gives the rest the form in which it is. */
  sort(updates: readonly TelegramUpdate[], setup: Setup): Promise<ReceivedUpdate[]>;
  createIntake(store: (updates: readonly TelegramUpdate[]) => Promise<void>): Intake;
}

/** How updates come in: by polling or by webhook. */
export interface Intake {
  readonly addRoutes?: (server: FastifyInstance) => void;
  start(): Promise<void>;
  stop(): Promise<void>;
  healthy(): boolean;
}

interface ConnectParts {
  readonly config: Config['telegram'];
  readonly phrases: Phrases;
  readonly log: Log;
}

/** Reaches Telegram and learns who the bot is. Throws ConfigError when the token is wrong; waits while the network is. */
export async function connect({ config, phrases, log }: ConnectParts): Promise<TelegramAdapter> {
  const api = createBotApi({ token: config.token, root: config.apiRoot });
  const me = await whoAmI(api, { apiRoot: config.apiRoot, log });
  const botName = me.username ?? '';
  return {
    bot: { externalId: `telegram:${me.id}`, name: botName },
    // Groups and channels have negative ids (Bot API: Chat).
    isPrivate: (place) => chatOf(place) > 0,
    createSetup: ({ database, bot }) =>
      createSetup({
        api,
        database,
        bot,
        me,
        phrases,
        log,
        ...(config.staffChannelId !== undefined && { channelId: config.staffChannelId }),
      }),
    plugs: (setup) => ({
      customers: createCustomerChannel(api),
      surface: createStaffSurface({ api, phrases, places: setup.places, onMoved: setup.moved }),
    }),
    staff: (setup) => ({ role: (person) => askRole(api, setup.places(), chatOf(person)) }),
    read: (payload, places) => readUpdate(payload, { botName, ...(places && { places }) }),
    sort: async (updates, setup) => {
      const rest: ReceivedUpdate[] = [];
      for (const update of updates) {
        if (isUpdate(update) && (await setup.handles(update))) continue;
        if (isInteractive(update)) answerInteractive(api, update, log);
        else rest.push(toReceived(update));
      }
      return rest;
    },
    createIntake: (store) => createIntake({ api, config, log, store }),
  };
}

async function whoAmI(api: BotApi, { apiRoot, log }: { apiRoot: string; log: Log }): Promise<TelegramUser> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await api.call('getMe', undefined);
    } catch (error) {
      if (error instanceof TelegramError && (error.code === 401 || error.code === 404)) {
        throw new ConfigError([
          `BOT_TOKEN: Telegram (${apiRoot}) refuses the token: ${error.description}. Copy it again from @BotFather; a revoked token never works again.`,
        ]);
      }
      log.warn(
        { reason: messageOf(error) },
        `Telegram cannot be reached at ${apiRoot} (TELEGRAM_API_ROOT); trying again`,
      );
      await exponential(failures, { firstMs: 500, mostMs: 15_000 });
    }
  }
}

/** Whether somebody is a member of the staff channel now (Bot API: getChatMember). */
async function askRole(
  api: BotApi,
  places: Places | undefined,
  userId: number,
): Promise<Awaited<ReturnType<StaffDirectory['role']>>> {
  if (!places) return { role: 'none', name: '' };
  try {
    const member = await api.call('getChatMember', { chat_id: places.channel, user_id: userId });
    return { role: roleOf(member), name: member.user.first_name };
  } catch (error) {
    // Somebody Telegram has never seen there is certainly not a member.
    if (
      error instanceof TelegramError &&
      /member not found|user not found|PARTICIPANT_ID_INVALID/.test(error.description)
    ) {
      return { role: 'none', name: '' };
    }
    return guarded({}, places.channel, () => Promise.reject(error instanceof Error ? error : new Error(String(error))));
  }
}

interface IntakeParts {
  readonly api: BotApi;
  readonly config: Config['telegram'];
  readonly log: Log;
  readonly store: (updates: readonly TelegramUpdate[]) => Promise<void>;
}

function createIntake({ api, config, log, store }: IntakeParts): Intake {
  const { webhook } = config;
  if (!webhook) {
    const poller = createPoller({ api, log, store });
    return {
      // A webhook that an earlier start left behind would refuse every poll.
      start: async () => {
        await api.call('deleteWebhook', {});
        poller.start();
      },
      stop: poller.stop,
      healthy: poller.healthy,
    };
  }
  const { url, secret } = webhook;
  let set = false;
  return {
    addRoutes: (server) => addWebhook(server, { path: url.pathname, secret, log, store }),
    start: async () => {
      await api.call('setWebhook', { url: url.href, secret_token: secret, allowed_updates: [...allowedUpdates] });
      set = true;
    },
    stop: () => Promise.resolve(),
    healthy: () => set,
  };
}
