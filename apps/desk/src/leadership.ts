import { randomUUID } from 'node:crypto';
import type { Log } from './log.js';
import type { BotId } from './relay/ids.js';
import type { Database } from './store/database.js';
import { acquireLease, releaseLease, renewLease, type Fence, type LeaseName } from './store/leases.js';

export interface LeadershipParts {
  readonly database: Database;
  readonly bot: BotId;
  readonly name: LeaseName;
  readonly log: Log;
  readonly leaseMs?: number;
  /** This process is the one that does it now. When this throws, `onLost` follows, and it is gained again later. */
  readonly onGained: (fence: Fence) => Promise<void>;
  /** Another process does it now, or may: begin nothing more. */
  readonly onLost: () => Promise<void>;
}

/** What only one process may do at a time. Others stand by and take over when it is not heard of any more. */
export interface Leadership {
  /** Resolves after the first try. */
  start(): Promise<void>;
  /** Ends what this process does, and lets another have it at once. */
  stop(): Promise<void>;
  /**
   * Whether this process does it, and nobody else can have begun. Told by its own clock alone, so that a process that was
   * paused for longer than its lease knows at once.
   */
  holds(): boolean;
  /** It turned out that another process has it. */
  lost(): void;
}

/** Taken over ten seconds after a kill, and some more for the next look: within fifteen in all. */
const usualLeaseMs = 10_000;

export function createLeadership(parts: LeadershipParts): Leadership {
  const { database, bot, name, log, leaseMs = usualLeaseMs } = parts;
  const claim = { bot, name, owner: randomUUID(), leaseMs };
  const alone = database.kind === 'embedded';
  let fence: Fence | undefined;
  let heardAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let running = false;

  const look = async (): Promise<void> => {
    if (!running) return;
    try {
      if (fence) await keep();
      else await gain();
    } catch (error) {
      log.warn({ err: error, lease: name }, 'the lease cannot be looked at now');
      // The database refuses whatever is written under a lease that another process has: nothing is lost by going on, but
      // Telegram itself would be asked twice.
      if (fence && performance.now() - heardAt > leaseMs) await giveUp('the database has been away for too long');
    }
    clearTimeout(timer);
    timer = setTimeout(next, leaseMs / 3);
  };
  /** One look at a time: two at once could both gain it. */
  const next = (): void => {
    round = round.then(look, look);
  };

  const gain = async (): Promise<void> => {
    const asked = performance.now();
    const gained = await acquireLease(database.reserved, claim, { alone });
    if (!gained) return;
    fence = gained;
    heardAt = asked;
    log.info({ lease: name, epoch: gained.epoch }, 'this process does it now');
    try {
      await parts.onGained(gained);
    } catch (error) {
      await giveUp('it cannot begin now');
      throw error;
    }
  };

  const keep = async (): Promise<void> => {
    const asked = performance.now();
    if (await renewLease(database.reserved, claim)) heardAt = asked;
    else await giveUp('another process has taken over');
  };

  const giveUp = async (reason: string): Promise<void> => {
    if (!fence) return;
    fence = undefined;
    log.warn({ lease: name, reason }, 'this process does it no more');
    await parts.onLost();
  };

  return {
    start: async () => {
      running = true;
      next();
      await round;
    },
    stop: async () => {
      running = false;
      await round;
      clearTimeout(timer);
      if (!fence) return;
      fence = undefined;
      await parts.onLost();
      await releaseLease(database.reserved, claim).catch((error: unknown) =>
        log.warn({ err: error, lease: name }, 'the lease cannot be given back: it ends by itself'),
      );
    },
    holds: () => fence !== undefined && (alone || performance.now() - heardAt < leaseMs),
    lost: () => {
      round = round.then(() => giveUp('another process has taken over'));
      next();
    },
  };
}
