import type { PlaceId } from '../relay/ids.js';
import type { Lane } from '../store/wanted.js';
import type { Carriage } from './carriage.js';
import type { LaneView } from './lane.js';
import type { CallStep } from './call.js';
import type { Limits, Rate } from './budget.js';

/** A lane whose turn it may be. */
export interface Turn {
  readonly lane: Lane;
  /** Where its next call goes; a guess as long as nothing is planned. */
  readonly place: PlaceId;
  /** A smaller number goes first. */
  readonly priority: number;
  /** Milliseconds on a clock that never jumps; among equals the older goes first. */
  readonly since: number;
  /** Who may make the call; absent as long as nobody has looked. */
  readonly carriage?: Carriage;
  /** What the lane would do. Planned late, so that a lane that waits costs little memory. */
  readonly planned?: Planned;
}

export interface Planned {
  readonly view: LaneView;
  readonly step: CallStep;
  /** How long a comment may become for which waiting texts were put together; 0: they were not. */
  readonly merging: number;
  /** When the lane was looked at: the ages in its view are of that moment. */
  readonly asked: number;
}

/** A call of unknown outcome goes before everything else in its place: nothing may be sent there until it is known. */
export const unsettledPriority = -1;

/** Lanes that wait for their turn, by place. */
export interface Turns {
  add(turn: Turn): void;
  remove(lane: Lane): void;
  get(lane: Lane): Turn | undefined;
  /** The lane whose turn it is at this place; it stays until it is removed. */
  next(place: PlaceId, accepts?: (turn: Turn) => boolean): Turn | undefined;
  /** Calls were made for a lane: who had many lately lets others go first. */
  served(place: PlaceId, lane: Lane, cost: number): void;
  places(): Iterable<PlaceId>;
  /** How many lanes wait at a place, and since when the oldest does. */
  waiting(place: PlaceId): { readonly lanes: number; readonly since?: number };
}

export interface TurnsParts {
  readonly now: () => number;
  /** In each place, a conversation that had more calls than this lets the others go first. */
  readonly quota: Rate;
}

/** A quarter of a group's calls for one conversation, as long as others wait. */
export function quotaOf(limits: Limits): Rate {
  if (limits === 'off') return { calls: 5, seconds: 60 };
  return { calls: Math.max(1, Math.floor(limits.group.calls / 4)), seconds: limits.group.seconds };
}

export function keyOf({ conversation, queue }: Lane): string {
  return `${conversation} ${queue}`;
}

/**
 * Plans that look at more deliveries than this, all together, are not kept: the lanes that were planned first are planned
 * again when their turn comes.
 */
const mostDeliveries = 5_000;

function withoutPlan({ lane, place, priority, since, carriage }: Turn): Turn {
  return { lane, place, priority, since, ...(carriage && { carriage }) };
}

export function createTurns({ now, quota }: TurnsParts): Turns {
  const byKey = new Map<string, Turn>();
  const byPlace = new Map<PlaceId, Map<string, Turn>>();
  /** How many deliveries the plan of a turn looks at, by its key, the newest plan last. */
  const planned = new Map<string, number>();
  let deliveries = 0;
  const calls = createCallLog({ now, quota });

  const forgetPlan = (key: string): void => {
    deliveries -= planned.get(key) ?? 0;
    planned.delete(key);
  };
  const remove = (lane: Lane): void => {
    const key = keyOf(lane);
    const turn = byKey.get(key);
    if (!turn) return;
    byKey.delete(key);
    forgetPlan(key);
    const waiting = byPlace.get(turn.place);
    waiting?.delete(key);
    if (waiting?.size === 0) byPlace.delete(turn.place);
  };

  const keep = (turn: Turn): void => {
    const key = keyOf(turn.lane);
    byKey.set(key, turn);
    const waiting = byPlace.get(turn.place) ?? new Map<string, Turn>();
    byPlace.set(turn.place, waiting.set(key, turn));
  };
  /** Never the newest plan: it may be the one that is carried out next. */
  const forgetOldestPlan = (): void => {
    const [oldest = ''] = planned.keys();
    forgetPlan(oldest);
    const turn = byKey.get(oldest);
    if (turn) keep(withoutPlan(turn));
  };

  return {
    remove,
    get: (lane) => byKey.get(keyOf(lane)),
    add: (wanted) => {
      remove(wanted.lane);
      keep(wanted);
      if (!wanted.planned) return;
      const looksAt = wanted.planned.view.deliveries.length;
      planned.set(keyOf(wanted.lane), looksAt);
      deliveries += looksAt;
      while (deliveries > mostDeliveries && planned.size > 1) forgetOldestPlan();
    },
    next: (place, accepts = () => true) => {
      const excess = calls.excess(place);
      let best: Turn | undefined;
      for (const turn of byPlace.get(place)?.values() ?? []) {
        if ((!best || goesBefore(turn, best, excess)) && accepts(turn)) best = turn;
      }
      return best;
    },
    served: calls.note,
    places: () => [...byPlace.keys()],
    waiting: (place) => {
      const lanes = [...(byPlace.get(place)?.values() ?? [])];
      const since = lanes.reduce((oldest, turn) => Math.min(oldest, turn.since), Infinity);
      return { lanes: lanes.length, ...(lanes.length > 0 && { since }) };
    },
  };
}

/**
 * By importance; then whoever has had no more than the quota lately, or less above it than others; then the oldest.
 * Oldest first alone would let one who writes without pause starve everybody else.
 */
function goesBefore(one: Turn, other: Turn, excess: (lane: Lane) => number): boolean {
  if (one.priority !== other.priority) return one.priority < other.priority;
  const more = excess(one.lane) - excess(other.lane);
  return more === 0 ? one.since < other.since : more < 0;
}

interface CallLog {
  note(place: PlaceId, lane: Lane, cost: number): void;
  /** How far a lane's conversation is above the quota in a place; 0: it is not. */
  excess(place: PlaceId): (lane: Lane) => number;
}

/** The calls of the last stretch in one place, and how many of them each conversation had. */
interface PlaceCalls {
  readonly calls: { readonly conversation: string; readonly at: number }[];
  readonly counts: Map<string, number>;
}

function createCallLog({ now, quota }: TurnsParts): CallLog {
  const byPlace = new Map<PlaceId, PlaceCalls>();

  const forget = ({ calls, counts }: PlaceCalls): void => {
    const from = now() - quota.seconds * 1_000;
    const kept = calls.findIndex(({ at }) => at > from);
    for (const { conversation } of calls.splice(0, kept === -1 ? calls.length : kept)) {
      const left = (counts.get(conversation) ?? 1) - 1;
      if (left > 0) counts.set(conversation, left);
      else counts.delete(conversation);
    }
  };

  return {
    note: (place, { conversation, queue }, cost) => {
      // A customer's own chat is nobody else's.
      if (queue === 'customer') return;
      const known = byPlace.get(place) ?? { calls: [], counts: new Map<string, number>() };
      byPlace.set(place, known);
      for (let call = 0; call < cost; call += 1) known.calls.push({ conversation, at: now() });
      known.counts.set(conversation, (known.counts.get(conversation) ?? 0) + cost);
    },
    excess: (place) => {
      const known = byPlace.get(place);
      if (!known) return () => 0;
      forget(known);
      return ({ conversation }) => Math.max(0, (known.counts.get(conversation) ?? 0) - quota.calls);
    },
  };
}
