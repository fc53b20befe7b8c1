import type { PlaceId } from '../relay/ids.js';

/** How many calls Telegram lets through: `calls` in any `seconds`. */
export interface Rate {
  readonly calls: number;
  readonly seconds: number;
}

/** What the desk believes at its start; `off` switches its own pacing off, and a 429 is obeyed all the same. */
export type Limits =
  | 'off'
  | {
      /** For each group and each channel. */
      readonly group: Rate;
      /** For each chat of any kind, with short bursts; for private chats the only rule. */
      readonly private: Rate;
      /** For the whole bot. */
      readonly global: Rate;
    };

/** What must outlive the process of one place's budget. All times are in milliseconds, counted from now. */
export interface PlaceRecord {
  readonly place: PlaceId;
  /** How long ago each call of the window was made, the longest ago first. */
  readonly ages: readonly number[];
  /** How long nothing may be sent; 0 or less: it may. */
  readonly pausedMs: number;
  /** The limit that refusals taught, and how long ago. */
  readonly learned?: { readonly calls: number; readonly ageMs: number };
}

export interface Budget {
  /**
   * Milliseconds, on the budget's clock, from which on `cost` calls to this place are allowed; now or earlier: at once.
   * `share` leaves a part of the window to others: with 0.75 only three quarters of it count.
   */
  freeAt(place: PlaceId, cost: number, share?: number): number;
  /** Notes that calls to this place begin now. To be called again when they are answered: Telegram counts in between. */
  spend(place: PlaceId, cost: number): () => void;
  /** The part of this place's window that is used, 0 to 1; 0 where no window of its own holds. */
  used(place: PlaceId): number;
  /** The calls that are believed to pass in a window; undefined where nothing is believed. */
  limit(place: PlaceId): Rate | undefined;
  /** Telegram refused: nothing more for this place until then, and the limit is taken for lower than believed. */
  refused(place: PlaceId, untilMs: number, cost: number): void;
  /** Nothing more for this place until then. */
  pause(place: PlaceId, untilMs: number): void;
  /** Nothing more for anybody until then. */
  pauseAll(untilMs: number): void;
  /** What to keep of a place; undefined where nothing is worth it. */
  record(place: PlaceId): PlaceRecord | undefined;
  restore(record: PlaceRecord): void;
}

export interface BudgetParts {
  readonly limits: Limits;
  /** Milliseconds that never jump: not the time of day. */
  readonly now: () => number;
  readonly isPrivate: (place: PlaceId) => boolean;
}

interface PlaceState {
  readonly log: number[];
  pausedUntil: number;
  learned?: { readonly calls: number; readonly at: number };
}

/** Telegram allows short bursts in one chat (Bots FAQ): three calls at once, and no more in the long run. */
const burst = 3;
/** However often Telegram refuses, this many calls per window are tried. */
const fewest = 3;
/** After each quiet stretch of so many windows one more call is tried. */
const quietWindows = 15;

/**
 * An exact log of the calls of the last window, per place and for all. A window opened by the first call and a sliding
 * one are both respected by it; token buckets and fixed windows are not. A call counts from the moment of its answer:
 * Telegram counted it at some time before.
 */
export function createBudget({ limits, now, isPrivate }: BudgetParts): Budget {
  const places = new Map<PlaceId, PlaceState>();
  const all: number[] = [];
  let allPaused = 0;

  const stateOf = (place: PlaceId): PlaceState => {
    const known = places.get(place);
    if (known) return known;
    const fresh: PlaceState = { log: [], pausedUntil: 0 };
    places.set(place, fresh);
    return fresh;
  };
  const windowOf = (place: PlaceId): Rate | undefined => {
    if (limits === 'off' || isPrivate(place)) return undefined;
    const { learned } = stateOf(place);
    const { calls, seconds } = limits.group;
    if (!learned) return limits.group;
    const quiet = Math.floor((now() - learned.at) / (quietWindows * seconds * 1_000));
    return { calls: Math.min(calls, learned.calls + quiet), seconds };
  };
  const ratesOf = (place: PlaceId, share = 1): readonly Rate[] => {
    if (limits === 'off') return [];
    const single = bursting(limits.private);
    const window = windowOf(place);
    if (!window) return [single];
    const shared = { ...window, calls: Math.max(1, Math.floor(window.calls * share)) };
    // A group that was set faster than a private chat is meant to be.
    return isFaster(limits.group, limits.private) ? [shared] : [shared, single];
  };
  const recent = (place: PlaceId, { seconds }: Rate): readonly number[] => {
    const from = now() - seconds * 1_000;
    return stateOf(place).log.filter((at) => at > from);
  };
  const pause = (place: PlaceId, untilMs: number): void => {
    const state = stateOf(place);
    state.pausedUntil = Math.max(state.pausedUntil, untilMs);
  };

  return {
    freeAt: (place, cost, share) => {
      const { log, pausedUntil } = stateOf(place);
      const own = ratesOf(place, share).map((rate) => freeIn(log, { rate, cost, now: now() }));
      const global = limits === 'off' ? 0 : freeIn(all, { rate: limits.global, cost, now: now() });
      return Math.max(...own, global, pausedUntil, allPaused);
    },
    spend: (place, cost) => {
      if (limits === 'off') return () => undefined;
      const { log } = stateOf(place);
      note(log, { rates: ratesOf(place), cost, at: now() });
      note(all, { rates: [limits.global], cost, at: now() });
      return () => {
        // One call at a time is under way in a place, so the newest entries are its own.
        if (cost > 0) log.splice(-cost, cost, ...Array.from({ length: cost }, now));
      };
    },
    used: (place) => {
      const window = windowOf(place);
      return window ? Math.min(1, recent(place, window).length / window.calls) : 0;
    },
    limit: windowOf,
    refused: (place, untilMs, cost) => {
      pause(place, untilMs);
      const window = windowOf(place);
      if (!window) return;
      const { log } = stateOf(place);
      log.splice(-cost, cost);
      // A refusal while little was sent has another cause: the limit is not taken for less than half of what it was.
      const passed = Math.max(fewest, recent(place, window).length, Math.floor(window.calls / 2));
      if (passed < window.calls) stateOf(place).learned = { calls: passed, at: now() };
      else stateOf(place).learned = { calls: Math.max(fewest, window.calls - 1), at: now() };
    },
    pause,
    pauseAll: (untilMs) => {
      allPaused = Math.max(allPaused, untilMs);
    },
    record: (place) => {
      const { pausedUntil, learned } = stateOf(place);
      const window = windowOf(place);
      const pausedMs = pausedUntil - now();
      if (!window && pausedMs <= 0) return undefined;
      return {
        place,
        ages: window ? recent(place, window).map((at) => now() - at) : [],
        pausedMs,
        ...(learned && { learned: { calls: learned.calls, ageMs: now() - learned.at } }),
      };
    },
    restore: ({ place, ages, pausedMs, learned }) => {
      const state = stateOf(place);
      const at = (ageMs: number): number => now() - ageMs;
      state.log.splice(0, state.log.length, ...ages.map(at), ...state.log);
      pause(place, now() + pausedMs);
      if (learned) state.learned = { calls: learned.calls, at: at(learned.ageMs) };
    },
  };
}

function bursting({ calls, seconds }: Rate): Rate {
  return { calls: calls * burst, seconds: seconds * burst };
}

function isFaster(one: Rate, other: Rate): boolean {
  return one.calls / one.seconds > other.calls / other.seconds;
}

/** When the window has room for `cost` more. A cost above the whole window waits for an empty one. */
function freeIn(log: readonly number[], { rate, cost, now }: { rate: Rate; cost: number; now: number }): number {
  const windowMs = rate.seconds * 1_000;
  const recent = log.filter((at) => at > now - windowMs);
  const over = recent.length + Math.min(cost, rate.calls) - rate.calls;
  const last = over > 0 ? recent[over - 1] : undefined;
  return last === undefined ? now : last + windowMs;
}

function note(log: number[], { rates, cost, at }: { rates: readonly Rate[]; cost: number; at: number }): void {
  const longestMs = Math.max(...rates.map((rate) => rate.seconds)) * 1_000;
  const expired = log.findIndex((when) => when > at - longestMs);
  log.splice(0, expired === -1 ? log.length : expired);
  for (let call = 0; call < cost; call += 1) log.push(at);
}
