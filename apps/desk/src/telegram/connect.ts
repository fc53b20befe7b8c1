import { createHmac } from 'node:crypto';
import type { TelegramUpdate } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import type { Config } from '../config.js';
import type { Library } from '../canned/library.js';
import type { Manager, Shown } from '../canned/manage/manager.js';
import type { StoredReply } from '../canned/reply.js';
import type { Gate } from '../ingest/gate.js';
import type { Log } from '../log.js';
import type { RelayEvent } from '../relay/events.js';
import type { ExternalId, PlaceId } from '../relay/ids.js';
import type { CustomerChannel, StaffDirectory, StaffSurface } from '../relay/ports.js';
import type { Database } from '../store/database.js';
import type { ReceivedUpdate } from '../store/updates.js';
import type { Phrases } from '../text/phrases.js';
import { createBotApi, type BotApi } from './client.js';
import { chatOf, parseMessageRef } from './externalId.js';
import { createIntake, type Intake, type IntakeParts } from './intake.js';
import { createCallback } from './canned/callback.js';
import { createInline } from './canned/inline.js';
import { createPresenter } from './canned/present.js';
import { createInteractive } from './interactive.js';
import { roleOf } from './membership.js';
import { guarded } from './messenger.js';
import { createRelayBots, relayIds, type RelayBots } from './relayBots.js';
import { readUpdate, type Places } from './read.js';
import { stateLink } from './readCanned.js';
import { isInteractive, toReceived } from './receive.js';
import { createSeenMessages } from './seen.js';
import { createSetup, type Setup, type SetupParts } from './setup.js';
import { isUpdate } from './shape.js';
import { commentManner, createCustomerChannel, createStaffSurface } from './surface.js';
import { whoAmI } from './whoAmI.js';

/** Telegram, as the composition root takes it apart. */
export interface TelegramAdapter {
  readonly bot: { readonly externalId: string; readonly name: string };
  isPrivate(place: PlaceId): boolean;
  createSetup(parts: Pick<SetupParts, 'database' | 'bot' | 'onKept'>): Setup;
  plugs(setup: Setup): { readonly customers: CustomerChannel; readonly surface: StaffSurface };
  /** Further bots of the group; none unless the settings name some. */
  createRelayBots(setup: Setup, onChange: () => void): RelayBots;
  staff(setup: Setup): StaffDirectory;
  read(payload: unknown, places: Places | undefined): RelayEvent;
  /**
   * Sees to what is about the set-up only. `stored` is to be stored, in the form in which it is; then, because it may
   * depend on what is stored, `waiting` is to be answered.
   */
  sort(updates: readonly TelegramUpdate[], setup: Setup): Promise<Sorted>;
  /** Answers inline queries and buttons. */
  createInteractive(parts: InteractiveDesk): (update: TelegramUpdate) => void;
  /** Shows screens to whoever manages canned replies. */
  present(shown: readonly Shown[]): Promise<void>;
  /** An address that carries the state of a dialogue with a message. */
  stateLink(state: string): string;
  /** Learns from stored updates, and from where messages are known to stand, which there are: the latest are enough. */
  recall(known: { readonly payloads: readonly unknown[]; readonly standing: readonly ExternalId[] }): void;
  createIntake(
    store: (updates: readonly TelegramUpdate[]) => Promise<void>,
    parts: Pick<IntakeParts, 'lease' | 'onFlood'>,
  ): Intake;
}

export interface Sorted {
  readonly stored: readonly ReceivedUpdate[];
  readonly waiting: readonly TelegramUpdate[];
}

/** What answering whoever waits on the screen needs of the desk. */
export interface InteractiveDesk {
  readonly database: Database;
  readonly gate: Gate;
  readonly library: Library;
  readonly manager: Manager;
  readonly onRefused: (reply: StoredReply, reason: string) => Promise<void>;
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
  const relays = relayIds(config.relayTokens);
  const seen = createSeenMessages();
  const present = createPresenter(api, { log, seen });
  return {
    bot: { externalId: `telegram:${me.id}`, name: botName },
    // Groups and channels have negative ids (Bot API: Chat).
    isPrivate: (place) => chatOf(place) > 0,
    createSetup: ({ database, bot, onKept }) =>
      createSetup({
        api,
        database,
        bot,
        onKept,
        claim: createHmac('sha256', config.token).update('the owner').digest('base64url').slice(0, 24),
        me,
        phrases,
        log,
        ...(config.staffChannelId !== undefined && { channelId: config.staffChannelId }),
      }),
    plugs: (setup) => ({
      customers: createCustomerChannel(api, seen),
      surface: createStaffSurface({
        api,
        phrases,
        places: setup.places,
        onMoved: setup.moved,
        onTrouble: () => void setup.recheck(),
        seen,
      }),
    }),
    createRelayBots: (setup, onChange) =>
      createRelayBots({
        tokens: config.relayTokens,
        apiRoot: config.apiRoot,
        places: setup.places,
        manner: { ...commentManner, onMoved: setup.moved, seen },
        log,
        onChange,
      }),
    staff: (setup) => ({ role: (person) => askRole(api, setup.known(), chatOf(person)) }),
    read: (payload, places) => readUpdate(payload, { botName, relays, ...(places && { places }) }),
    sort: async (updates, setup) => {
      const rest: TelegramUpdate[] = [];
      for (const update of updates) {
        if (isUpdate(update)) seen.noteUpdate(update);
        if (!isUpdate(update) || !(await setup.handles(update))) rest.push(update);
      }
      return {
        stored: rest.filter((update) => !isInteractive(update)).map(toReceived),
        waiting: rest.filter(isInteractive),
      };
    },
    createInteractive: ({ database, gate, library, manager, onRefused }) =>
      createInteractive({
        inline: createInline({ api, gate, library, phrases, log, onRefused }),
        callback: createCallback({ api, botName, database, gate, manager, phrases, present }),
        log,
      }),
    present,
    stateLink: (state) => stateLink(botName, state),
    recall: ({ payloads, standing }) => {
      for (const update of payloads) if (isUpdate(update)) seen.noteUpdate(update);
      for (const ref of standing) {
        const { chatId, messageId } = parseMessageRef(ref);
        seen.note(chatId, messageId);
      }
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
