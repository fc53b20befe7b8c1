import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { Reached } from '../reached.js';
import type { Shown } from '../canned/manage/manager.js';
import { DeliveryError, type StaffDirectory } from '../relay/ports.js';
import type { Hint } from '../store/applyState.js';
import type { Database } from '../store/database.js';
import { isDatabaseAway } from '../store/errors.js';
import { lastHeard, learnRole } from '../store/staff.js';
import { claimUpdates, markHandled, recordFailure, waitingKeys, type WaitingUpdate } from '../store/updates.js';
import type { Lane } from '../store/wanted.js';
import { handle, RoleUnknown, TooEarly, type Handled, type HandleParts } from './handle.js';
import { createRests, type Rests } from './rests.js';

/** What handling stored updates needs. */
export interface WorkerParts extends HandleParts {
  readonly database: Database;
  readonly log: Log;
  readonly staff: StaffDirectory;
  /** Called after the commit with what to show to whoever manages something. */
  readonly show: (shown: readonly Shown[]) => void;
  /** Called after the commit with the lanes that have something new. */
  readonly wake: (lanes: readonly Lane[]) => void;
  /** Called after the commit with what somebody is to be told outside all conversations. */
  readonly hint: (hint: Hint) => void;
  readonly reached: Reached;
  /** How many keys are handled side by side. */
  readonly concurrency: number;
}

export interface Worker {
  /** Something new was stored under these keys. */
  notify(keys: readonly string[]): void;
  /** Looks for everything that waits, from now on. */
  start(): Promise<void>;
  /** Takes nothing new and resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** After this many failures an update is parked. A database that is away, or a network, does not count. */
const maxFailures = 5;
/** So many updates of a key are handled in one transaction; more would hold others up, for whom its conversation is locked. */
const usualBatch = 16;
/** Keys that other processes stored, or that a wake-up missed, are found this often. */
const sweepMs = 5_000;

/** The memberships that others depend on are handled before anything else. */
export const staffKey = 'staff';

/**
 * Handles stored updates: in order per key, keys side by side, those that wait under one key in one transaction that also
 * marks them handled.
 */
export function createWorker(parts: WorkerParts): Worker {
  const { database, bot, log } = parts;
  const waiting = new Set<string>();
  const active = new Map<string, Promise<void>>();
  let running = false;
  let sweeper: NodeJS.Timeout | undefined;

  const rests = createRests((key) => notify([key]));

  const pump = (): void => {
    while (running && active.size < parts.concurrency) {
      const key = nextKey({ waiting, active, rests });
      if (key === undefined) return;
      waiting.delete(key);
      const work = handleKey(parts, { key, rests }, () => running)
        .catch((error: unknown) => log.error({ err: error, key }, 'handling updates failed'))
        .finally(() => {
          active.delete(key);
          pump();
        });
      active.set(key, work);
    }
  };
  const notify = (keys: readonly string[]): void => {
    for (const key of keys) waiting.add(key);
    pump();
  };
  const sweep = async (): Promise<void> => {
    try {
      notify(await waitingKeys(database, bot));
    } catch (error) {
      log.warn({ err: error }, 'waiting updates cannot be read now');
    }
    if (running) sweeper = setTimeout(() => void sweep(), sweepMs);
  };

  return {
    notify,
    start: async () => {
      running = true;
      await sweep();
    },
    stop: async () => {
      running = false;
      clearTimeout(sweeper);
      rests.stop();
      await Promise.all(active.values());
    },
  };
}

interface Keys {
  readonly waiting: ReadonlySet<string>;
  readonly active: ReadonlyMap<string, unknown>;
  readonly rests: Pick<Rests, 'has'>;
}

/** The staff's key alone while it waits or runs; else any key that neither is being handled nor rests. */
function nextKey({ waiting, active, rests }: Keys): string | undefined {
  if (active.has(staffKey)) return undefined;
  if (waiting.has(staffKey) && !rests.has(staffKey)) return staffKey;
  for (const key of waiting) if (!active.has(key) && !rests.has(key)) return key;
  return undefined;
}

/** Handles all that waits under one key, until nothing does or the next of it can only be handled later. */
async function handleKey(
  parts: WorkerParts,
  { key, rests }: { readonly key: string; readonly rests: Rests },
  running: () => boolean,
): Promise<void> {
  let most = usualBatch;
  while (running()) {
    const result = await handleNext(parts, { key, most });
    if (result === 'later') {
      if (running()) rests.begin(key);
      return;
    }
    rests.forget(key);
    if (result === 'empty') return;
    most = typeof result === 'number' ? result : usualBatch;
  }
}

/** `handled` and `again` go on at once, `later` after a rest; a number: at once, with no more than so many. */
async function handleNext(
  parts: WorkerParts,
  batch: { readonly key: string; readonly most: number },
): Promise<'empty' | 'handled' | 'again' | 'later' | number> {
  let current: WaitingUpdate | undefined;
  try {
    const handled = await handleBatch(parts, batch, (update) => {
      current = update;
    });
    handled.forEach((one) => tell(parts, one));
    return handled.length === 0 ? 'empty' : 'handled';
  } catch (error) {
    if (error instanceof BatchTooLong) return error.most;
    if (error instanceof RoleUnknown) return askRole(parts, error);
    return noteFailure(parts, error, current);
  }
}

function tell(parts: WorkerParts, { update, lanes, ignored, hints, shown }: Handled): void {
  for (const reason of ignored) parts.log.debug({ update, reason }, 'update ignored');
  parts.wake(lanes);
  parts.show(shown);
  hints.forEach(parts.hint);
}

function handleBatch(
  parts: WorkerParts,
  { key, most }: { readonly key: string; readonly most: number },
  onTurn: (update: WaitingUpdate) => void,
): Promise<readonly Handled[]> {
  const { database, bot } = parts;
  return database.transaction(async (sql) => {
    const handled: Handled[] = [];
    for (const update of await claimUpdates(sql, bot, { chatKey: key, most })) {
      onTurn(update);
      try {
        handled.push(await handle(parts, sql, update));
      } catch (error) {
        if (handled.length === 0 || isDatabaseAway(error)) throw error;
        throw new BatchTooLong(handled.length);
      }
    }
    if (handled.length === 0) return [];
    await markHandled(
      sql,
      handled.map(({ update }) => update),
    );
    parts.reached('in_apply');
    return handled;
  });
}

/** One that cannot be handled now undid those before it: they are handled without it, and it is the first after them. */
class BatchTooLong extends Error {
  constructor(readonly most: number) {
    super('the batch is handled again without the update that could not be');
  }
}

async function askRole(
  { database, bot, staff, log }: WorkerParts,
  { person }: RoleUnknown,
): Promise<'again' | 'later'> {
  try {
    const heardBefore = await lastHeard(database, bot, person);
    const answer = await staff.role(person);
    await learnRole(database, bot, { person, ...answer, ...(heardBefore !== undefined && { heardBefore }) });
    return 'again';
  } catch (error) {
    log.warn({ err: error }, 'the messenger cannot be asked who is staff; it is asked again');
    return 'later';
  }
}

async function noteFailure(
  { database, log }: WorkerParts,
  error: unknown,
  update: WaitingUpdate | undefined,
): Promise<'again' | 'later'> {
  if (!update || isDatabaseAway(error) || error instanceof DeliveryError || error instanceof TooEarly) {
    log.warn({ err: error, update: update?.id }, 'an update cannot be handled now; it is tried again');
    return 'later';
  }
  try {
    const state = await recordFailure(database, { id: update.id, error: messageOf(error), limit: maxFailures });
    log.error({ err: error, update: update.id, attempt: update.attempts + 1 }, `update ${state} after a failure`);
    return state === 'parked' ? 'again' : 'later';
  } catch (failure) {
    log.warn({ err: failure, update: update.id }, 'a failure cannot be noted now');
    return 'later';
  }
}
