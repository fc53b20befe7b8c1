import { backoffMs } from '../delivery/backoff.js';

/**
 * Keys whose next update cannot be handled now. Each is left alone for a while, longer after each failure in a row, and
 * takes nobody's place meanwhile.
 */
export interface Rests {
  /** The key failed once more: it rests from now on. */
  begin(key: string): void;
  /** The key did not fail: its failures are forgotten. */
  forget(key: string): void;
  has(key: string): boolean;
  stop(): void;
}

/** `onOver` is called when a key has rested. */
export function createRests(onOver: (key: string) => void): Rests {
  const failures = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    begin: (key) => {
      const count = (failures.get(key) ?? 0) + 1;
      failures.set(key, count);
      const over = (): void => {
        timers.delete(key);
        onOver(key);
      };
      clearTimeout(timers.get(key));
      timers.set(key, setTimeout(over, backoffMs(count, { firstMs: 100, mostMs: 5_000 })));
    },
    forget: (key) => {
      failures.delete(key);
    },
    has: (key) => timers.has(key),
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
