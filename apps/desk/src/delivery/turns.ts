import type { PlaceId } from '../relay/ids.js';
import type { Lane } from '../store/wanted.js';
import type { LaneView } from './lane.js';
import type { CallStep } from './perform.js';

/** A lane whose turn it may be. */
export interface Turn {
  readonly lane: Lane;
  /** Where its next call goes; a guess as long as nothing is planned. */
  readonly place: PlaceId;
  /** A smaller number goes first. */
  readonly priority: number;
  /** Milliseconds since the epoch; among equals the older goes first. */
  readonly since: number;
  /** What the lane would do. Planned late, so that a lane that waits costs little memory. */
  readonly planned?: { readonly view: LaneView; readonly step: CallStep };
}

/** Lanes that wait for their turn, by place. */
export interface Turns {
  add(turn: Turn): void;
  remove(lane: Lane): void;
  has(lane: Lane): boolean;
  /** The lane whose turn it is at this place; it stays until it is removed. */
  next(place: PlaceId): Turn | undefined;
  places(): Iterable<PlaceId>;
}

export function keyOf({ conversation, queue }: Lane): string {
  return `${conversation} ${queue}`;
}

export function createTurns(): Turns {
  const byKey = new Map<string, Turn>();
  const byPlace = new Map<PlaceId, Map<string, Turn>>();

  const remove = (lane: Lane): void => {
    const key = keyOf(lane);
    const turn = byKey.get(key);
    if (!turn) return;
    byKey.delete(key);
    const waiting = byPlace.get(turn.place);
    waiting?.delete(key);
    if (waiting?.size === 0) byPlace.delete(turn.place);
  };

  return {
    remove,
    has: (lane) => byKey.has(keyOf(lane)),
    add: (turn) => {
      remove(turn.lane);
      const key = keyOf(turn.lane);
      byKey.set(key, turn);
      const waiting = byPlace.get(turn.place) ?? new Map<string, Turn>();
      byPlace.set(turn.place, waiting.set(key, turn));
    },
    next: (place) => {
      let best: Turn | undefined;
      for (const turn of byPlace.get(place)?.values() ?? []) if (!best || goesBefore(turn, best)) best = turn;
      return best;
    },
    places: () => [...byPlace.keys()],
  };
}

function goesBefore(one: Turn, other: Turn): boolean {
  return one.priority === other.priority ? one.since < other.since : one.priority < other.priority;
}
