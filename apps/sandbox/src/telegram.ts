import type { Clock } from './clock.js';
import type { Changes } from './changes.js';
import type { Feeds } from './feeds.js';
import type { Limits } from './limits.js';
import type { Pending, World } from './world/world.js';

/** A running Telegram: a world and what moves it. The functions in `acts/` are what can happen in it. */
export interface Telegram {
  /** Replaced as a whole when a saved world is loaded. */
  world: World;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly updates: Feeds;
  /** Refuses with a 429 what bots send too fast. */
  readonly limits: Limits;
  /** Carries out what was due. */
  readonly runPending: (telegram: Telegram, pending: Pending) => void;
  /** Cancels the timers of what is pending, by the id of the pending thing. */
  readonly timers: Map<number, () => void>;
}

/** The sandbox's time as messages carry it: seconds since the epoch. */
export function secondsNow(telegram: Pick<Telegram, 'clock'>): number {
  return Math.floor(telegram.clock.now() / 1000);
}
