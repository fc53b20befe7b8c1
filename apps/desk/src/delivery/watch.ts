import type { Log } from '../log.js';
import type { BotId } from '../relay/ids.js';
import { readBacklog, type Backlog } from '../store/backlog.js';
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
 * What to tell, given what waits: once when messages wait longer than `afterSeconds`, once when that is over; and when
 * more updates than before could not be handled. Pure.
 */
export function alertsFor(
  { updates, deliveries }: Backlog,
  told: Told,
  afterSeconds: number,
): { readonly alerts: readonly Alert[]; readonly told: Told } {
  // The look of a post may wait: that is what it is for.
  const messages = deliveries.filter(({ priority }) => priority < priorities.look);
  const oldest = Math.max(0, ...messages.map(({ oldestSeconds }) => oldestSeconds));
  const waiting = messages.reduce((sum, row) => sum + row.waiting, 0);
  const alerts: Alert[] = [];
  // Over only when it is well over, or it would be told again and again.
  const delayed = told.delayed ? oldest > afterSeconds / 2 : oldest > afterSeconds;
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
  /** Messages that wait longer are told of; 0: none are. */
  readonly afterSeconds: number;
  readonly tell: (alert: Alert) => void;
  readonly everyMs?: number;
}

export interface Watch {
  start(): void;
  stop(): void;
}

const usualMs = 10_000;

/** Looks now and then at what waits. */
export function createWatch({ database, bot, log, afterSeconds, tell, everyMs = usualMs }: WatchParts): Watch {
  let told: Told = { delayed: false, parked: 0 };
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const look = async (): Promise<void> => {
    try {
      const found = alertsFor(await readBacklog(database, bot), told, afterSeconds);
      ({ told } = found);
      for (const alert of found.alerts) {
        log.warn({ alert }, 'the team is told of the desk itself');
        tell(alert);
      }
    } catch (error) {
      log.debug({ err: error }, 'what waits cannot be read now');
    }
    if (running) timer = setTimeout(() => void look(), everyMs).unref();
  };
  return {
    start: () => {
      if (afterSeconds === 0 || running) return;
      running = true;
      void look();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
    },
  };
}
