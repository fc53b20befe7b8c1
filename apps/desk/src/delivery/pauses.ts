import type { Log } from '../log.js';
import type { PlaceId } from '../relay/ids.js';
import { backoffMs } from './backoff.js';
import type { Budget } from './budget.js';
import type { SenderMeters } from './meters.js';
import type { Verdict } from './performer.js';

export interface PausesParts {
  readonly log: Log;
  readonly budget: Budget;
  readonly meters: SenderMeters;
  readonly now: () => number;
  readonly isPrivate: (place: PlaceId) => boolean;
}

/** Makes places rest after what failed there. */
export interface Pauses {
  /** A call was carried out: what failed there before is forgotten. */
  forget(place: PlaceId): void;
  /** A call failed for a reason that nobody named: longer with each failure in a row. Returns for how long, in ms. */
  rest(place: PlaceId): number;
  obey(place: PlaceId, verdict: Extract<Verdict, { kind: 'pause' }>, cost: number): void;
}

/** Two refusals that come so close to each other, with waits so alike, have one cause. Milliseconds. */
const atOnceMs = 2_000;
const alikeMs = 1_000;

export function createPauses({ log, budget, meters, now, isPrivate }: PausesParts): Pauses {
  const failures = new Map<PlaceId, number>();
  let lastRefusal: { readonly place: PlaceId; readonly waitMs: number; readonly at: number } | undefined;

  const countFailure = (place: PlaceId): number => {
    const count = (failures.get(place) ?? 0) + 1;
    failures.set(place, count);
    return backoffMs(count, { firstMs: 500, mostMs: 30_000 });
  };

  /** The same wait for two places at once is the whole bot's; a group and a channel may have the same by chance. */
  const obeyRefusal = (place: PlaceId, waitMs: number, cost: number): void => {
    meters.refused(place);
    const other = lastRefusal;
    lastRefusal = { place, waitMs, at: now() };
    budget.refused(place, now() + waitMs, cost);
    if (!other || other.place === place) return;
    const isSame = now() - other.at < atOnceMs && Math.abs(other.waitMs - waitMs) <= alikeMs;
    if (isSame && (isPrivate(place) || isPrivate(other.place))) budget.pauseAll(now() + waitMs);
  };

  return {
    forget: (place) => failures.delete(place),
    rest: (place) => {
      const waitMs = countFailure(place);
      budget.pause(place, now() + waitMs);
      return waitMs;
    },
    obey: (place, { afterMs, scope, refused, error }, cost) => {
      const waitMs = afterMs ?? countFailure(place);
      log.warn({ place, waitMs, scope, reason: error.message }, 'calls are paused');
      if (scope === 'bot') budget.pauseAll(now() + waitMs);
      // Of an album that was refused half-way some items count.
      else if (refused) obeyRefusal(place, waitMs, error.outcome.kind === 'uncertain' ? 0 : cost);
      else budget.pause(place, now() + waitMs);
    },
  };
}
