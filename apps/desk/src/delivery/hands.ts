import type { Lane } from '../store/wanted.js';
import { keyOf } from './turns.js';

/**
 * A lane is looked at or carried out by one hand at a time. One that is woken while in hand is looked at again before it
 * is let go.
 */
export interface Hands {
  /** Notes that something is new in a lane. Resolves with false when nobody has it in hand. */
  woke(lane: Lane): boolean;
  has(lane: Lane): boolean;
  /** Runs `work`, then `again` as long as the lane was woken meanwhile; lets go of it with the last result. */
  take<T>(lane: Lane, work: HandWork<T>): Promise<void>;
}

export interface HandWork<T> {
  readonly work: () => Promise<T>;
  readonly again: () => Promise<T>;
  /** Called in the moment in which the lane is let go: nothing can come between. */
  readonly letGo: (result: T) => void;
}

export function createHands(): Hands {
  const inHand = new Map<string, { woken: boolean }>();
  return {
    woke: (lane) => {
      const hand = inHand.get(keyOf(lane));
      if (hand) hand.woken = true;
      return hand !== undefined;
    },
    has: (lane) => inHand.has(keyOf(lane)),
    take: async (lane, { work, again, letGo }) => {
      const hand = { woken: false };
      inHand.set(keyOf(lane), hand);
      try {
        let result = await work();
        while (hand.woken) {
          hand.woken = false;
          result = await again();
        }
        inHand.delete(keyOf(lane));
        letGo(result);
      } finally {
        if (inHand.get(keyOf(lane)) === hand) inHand.delete(keyOf(lane));
      }
    },
  };
}
