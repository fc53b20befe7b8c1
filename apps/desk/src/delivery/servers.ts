import type { Log } from '../log.js';
import type { BotId, PlaceId, RelayBotId } from '../relay/ids.js';
import type { RelayBot, StaffSurface } from '../relay/ports.js';
import type { Database } from '../store/database.js';
import { loadPacing, savePacing } from '../store/pacing.js';
import type { Budget } from './budget.js';
import { createPauses, type Pauses, type PausesParts } from './pauses.js';

/** A bot that makes calls. Its budget, its pauses and its call under way in each place are nobody else's. */
export interface Server {
  /** Absent: it is the desk's own bot. */
  readonly relay?: RelayBot;
  readonly budget: Budget;
  readonly pauses: Pauses;
  /** Where a call of its own is under way. */
  readonly busy: Set<PlaceId>;
  /** Where it has the next lane planned meanwhile. */
  readonly preparing: Set<PlaceId>;
  /** Where it waits for room. */
  readonly alarms: Map<PlaceId, NodeJS.Timeout>;
}

/** The bots that serve one queue: the desk's own and, for comments, the relay bots that are there. */
export interface Servers {
  readonly own: Server;
  /** Those that may make calls in a place now, the desk's own first. */
  at(place: PlaceId): readonly Server[];
  /** Whether a relay bot was taken out of the settings or cannot write any more. */
  isGone(relay: RelayBotId): boolean;
  /** The part of the window that is used of the bot that has used the least, 0 to 1. */
  leastUsed(place: PlaceId): number;
  /** Takes up every budget where it was left. */
  restore(): Promise<void>;
  /** What is used of a budget outlives the process. */
  remember(server: Server, place: PlaceId): Promise<void>;
  /** Nobody is waited for any more. */
  halt(): void;
}

export interface ServersParts extends Omit<PausesParts, 'budget'> {
  readonly database: Database;
  readonly bot: BotId;
  readonly log: Log;
  readonly surface: Pick<StaffSurface, 'places'>;
  readonly relayBots: readonly RelayBot[];
  /** A budget in which nothing is used: limits are per bot and chat. */
  readonly createBudget: () => Budget;
}

export function createServers(parts: ServersParts): Servers {
  const { database, bot, log } = parts;
  const own = createServer(parts);
  const relays = parts.relayBots.map((relay) => createServer(parts, relay));
  const relayOf = (id: RelayBotId): Server | undefined => relays.find(({ relay }) => relay?.id === id);
  const at = (place: PlaceId): readonly Server[] => {
    if (relays.length === 0 || place !== parts.surface.places()?.comments) return [own];
    return [own, ...relays.filter(({ relay }) => relay?.standing() === 'ready')];
  };

  return {
    own,
    at,
    isGone: (id) => (relayOf(id)?.relay?.standing() ?? 'gone') === 'gone',
    leastUsed: (place) => Math.min(...at(place).map(({ budget }) => budget.used(place))),
    restore: async () => {
      for (const { sender, ...record } of await loadPacing(database, bot)) {
        const server = sender === undefined ? own : relayOf(sender);
        server?.budget.restore(record);
      }
    },
    remember: async ({ relay, budget }, place) => {
      const record = budget.record(place);
      if (!record) return;
      await savePacing(database, bot, { ...record, ...(relay && { sender: relay.id }) }).catch((error: unknown) =>
        log.warn({ err: error, place, relay: relay?.id }, 'the pacing of a place cannot be kept now'),
      );
    },
    halt: () => {
      for (const { alarms } of [own, ...relays]) for (const alarm of alarms.values()) clearTimeout(alarm);
    },
  };
}

function createServer(parts: ServersParts, relay?: RelayBot): Server {
  const budget = parts.createBudget();
  return {
    ...(relay && { relay }),
    budget,
    pauses: createPauses({ ...parts, budget }),
    busy: new Set(),
    preparing: new Set(),
    alarms: new Map(),
  };
}
