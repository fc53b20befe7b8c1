import type { TelegramUpdate } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import type { Config } from '../config.js';
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
import { createIntake, type Intake, type IntakeParts } from './intake.js';
import { answerInteractive } from './interactive.js';
import { roleOf } from './membership.js';
import { guarded } from './messenger.js';
import { readUpdate, type Places } from './read.js';
import { isInteractive, toReceived } from './receive.js';
import { createSeenMessages } from './seen.js';
import { createSetup, type Setup } from './setup.js';
import { isUpdate } from './shape.js';
import { createCustomerChannel, createStaffSurface } from './surface.js';
import { whoAmI } from './whoAmI.js';

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
  /** Learns from stored updates which messages there are: the latest are enough. */
  recall(payloads: readonly unknown[]): void;
  createIntake(
    store: (updates: readonly TelegramUpdate[]) => Promise<void>,
    parts: Pick<IntakeParts, 'lease' | 'onFlood'>,
  ): Intake;
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
  const seen = createSeenMessages();
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
      customers: createCustomerChannel(api, seen),
      surface: createStaffSurface({ api, phrases, places: setup.places, onMoved: setup.moved, seen }),
    }),
    staff: (setup) => ({ role: (person) => askRole(api, setup.places(), chatOf(person)) }),
    read: (payload, places) => readUpdate(payload, { botName, ...(places && { places }) }),
    sort: async (updates, setup) => {
      const rest: ReceivedUpdate[] = [];
      for (const update of updates) {
        if (isUpdate(update)) seen.noteUpdate(update);
        if (isUpdate(update) && (await setup.handles(update))) continue;
        if (isInteractive(update)) answerInteractive(api, update, log);
        else rest.push(toReceived(update));
      }
      return rest;
    },
    recall: (payloads) => {
      for (const update of payloads) if (isUpdate(update)) seen.noteUpdate(update);
    },
    createIntake: (store, parts) => createIntake({ api, config, log, store, ...parts }),
  };
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
