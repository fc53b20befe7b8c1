import type { Log } from '../log.js';
import type { BotId } from '../relay/ids.js';
import { keepTold, readBacklog, readTold, type Backlog } from '../store/backlog.js';
import type { Database } from '../store/database.js';
import { priorities } from '../store/wanted.js';

/** What the team is told of the desk itself. */
export type Alert =
  | { readonly kind: 'delayed'; readonly waiting: number; readonly minutes: number }
  | { readonly kind: 'caught_up' }
  | { readonly kind: 'parked'; readonly updates: number };

/** What was told before. */
export interface Told {
  readonly delayed: boolean;
  readonly parked: number;
}

/**
 * What to tell, given what waits: once when messages wait longer than `afterSeconds` (0: never), once when that is over;
 * and when more updates than before could not be handled. Pure.
 */
export function alertsFor(
  { updates, deliveries }: Backlog,
  told: Told,
  afterSeconds: number,
): { readonly alerts: readonly Alert[]; readonly told: Told } {
  // The look of a post may wait: that is what it is for.
  const messages = deliveries.filter(({ priority }) => priority < priorities.look);
  const oldest = Math.max(updates.oldestSeconds, ...messages.map(({ oldestSeconds }) => oldestSeconds));
  const waiting = messages.reduce((sum, row) => sum + row.waiting, updates.waiting);
  const alerts: Alert[] = [];
  // Over only when it is well over, or it would be told again and again.
  const delayed = afterSeconds > 0 && oldest > (told.delayed ? afterSeconds / 2 : afterSeconds);
  if (delayed && !told.delayed)
    alerts.push({ kind: 'delayed', waiting, minutes: Math.max(1, Math.floor(oldest / 60)) });
  if (!delayed && told.delayed) alerts.push({ kind: 'caught_up' });
  if (updates.parked > told.parked) alerts.push({ kind: 'parked', updates: updates.parked });
  return { alerts, told: { delayed, parked: updates.parked } };
}

export interface WatchParts {
  readonly database: Database;
  readonly bot: BotId;
  readonly log: Log;
  /** Messages that wait longer are told of; 0: they are not. */
  readonly afterSeconds: number;
  /** Resolves when it was said. */
  readonly tell: (alert: Alert) => Promise<void>;
  readonly everyMs?: number;
}

export interface Watch {
  start(): void;
  stop(): void;
}

const usualMs = 10_000;

const nothing: Told = { delayed: false, parked: 0 };

/** Looks now and then at what waits. What was told before is known whichever process looks. */
export function createWatch({ database, bot, log, afterSeconds, tell, everyMs = usualMs }: WatchParts): Watch {
  /** Undefined: nobody has looked yet. */
  let told: Told | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  /** Kept only when it was said: what a process could not say any more the next one says. */
  const say = async ({ alerts, told: now }: ReturnType<typeof alertsFor>): Promise<void> => {
    for (const alert of alerts) log.warn({ alert }, 'the team is told of the desk itself');
    try {
      await Promise.all(alerts.map(tell));
      if (running) await keepTold(database, bot, now);
    } catch (error) {
      log.debug({ err: error }, 'what the team was told cannot be kept now');
    }
  };

  const look = async (): Promise<void> => {
    try {
      told ??= { ...nothing, ...(await readTold<Told>(database, bot)) };
      const found = alertsFor(await readBacklog(database, bot), told, afterSeconds);
      ({ told } = found);
      if (found.alerts.length > 0) void say(found);
    } catch (error) {
      log.debug({ err: error }, 'what waits cannot be read now');
    }
    if (running) timer = setTimeout(() => void look(), everyMs).unref();
  };
  return {
    start: () => {
      if (running) return;
      running = true;
      told = undefined;
      void look();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
    },
  };
}
