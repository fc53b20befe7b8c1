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

export interface Budget {
  /** Milliseconds, on the budget's clock, from which on `cost` calls to this place are allowed; now or earlier: at once. */
  freeAt(place: PlaceId, cost: number): number;
  /** Notes that calls to this place are made now. */
  spend(place: PlaceId, cost: number): void;
  /** Nothing more for this place until then. */
  pause(place: PlaceId, untilMs: number): void;
  /** Nothing more for anybody until then. */
  pauseAll(untilMs: number): void;
}

export interface BudgetParts {
  readonly limits: Limits;
  /** Milliseconds that never jump: not the time of day. */
  readonly now: () => number;
  readonly isPrivate: (place: PlaceId) => boolean;
}

/**
 * An exact log of the calls of the last window, per place and for all. A window opened by the first call and a sliding
 * one are both respected by it; token buckets and fixed windows are not.
 */
export function createBudget({ limits, now, isPrivate }: BudgetParts): Budget {
  const logs = new Map<PlaceId, number[]>();
  const all: number[] = [];
  const paused = new Map<PlaceId, number>();
  let allPaused = 0;

  const ratesOf = (place: PlaceId): readonly Rate[] => {
    if (limits === 'off') return [];
    const single = bursting(limits.private);
    if (isPrivate(place)) return [single];
    // A group that was set faster than a private chat is meant to be.
    return isFaster(limits.group, limits.private) ? [limits.group] : [limits.group, single];
  };
  const logOf = (place: PlaceId): number[] => {
    const known = logs.get(place);
    if (known) return known;
    const fresh: number[] = [];
    logs.set(place, fresh);
    return fresh;
  };

  return {
    freeAt: (place, cost) => {
      const own = ratesOf(place).map((rate) => freeIn(logOf(place), { rate, cost, now: now() }));
      const global = limits === 'off' ? 0 : freeIn(all, { rate: limits.global, cost, now: now() });
      return Math.max(...own, global, paused.get(place) ?? 0, allPaused);
    },
    spend: (place, cost) => {
      if (limits === 'off') return;
      const at = now();
      note(logOf(place), { rates: ratesOf(place), cost, at });
      note(all, { rates: [limits.global], cost, at });
    },
    pause: (place, untilMs) => paused.set(place, Math.max(paused.get(place) ?? 0, untilMs)),
    pauseAll: (untilMs) => {
      allPaused = Math.max(allPaused, untilMs);
    },
  };
}

/** Telegram allows short bursts in one chat (Bots FAQ): three calls at once, and no more in the long run. */
const burst = 3;

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
