import type { Clock } from './clock.js';
import type { Changes } from './changes.js';
import type { Feeds } from './feeds.js';
import type { Bot } from './world/accounts.js';
import type { Chat } from './world/chats.js';
import type { Pending, World } from './world/world.js';

/** Counts what bots send; refuses with a 429 what is too much. */
export interface FloodGate {
  check(request: { bot: Bot; chat: Chat; cost: number }): void;
}

/** A running Telegram: a world and what moves it. The functions in `acts/` are what can happen in it. */
export interface Telegram {
  /** Replaced as a whole when a saved world is loaded. */
  world: World;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly updates: Feeds;
  readonly limits: FloodGate;
  /** Carries out what was due. */
  readonly runPending: (telegram: Telegram, pending: Pending) => void;
  /** Cancels the timers of what is pending, by the id of the pending thing. */
  readonly timers: Map<number, () => void>;
}

/** The sandbox's time as messages carry it: seconds since the epoch. */
export function secondsNow(telegram: Pick<Telegram, 'clock'>): number {
  return Math.floor(telegram.clock.now() / 1000);
}
