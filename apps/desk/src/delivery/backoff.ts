import { setTimeout as delay } from 'node:timers/promises';

/**
 * Milliseconds to wait after the `failures`th failure in a row: doubling from `firstMs` to `mostMs`, each time a random
 * part less, so that many who failed together do not come back together.
 */
export function backoffMs(
  failures: number,
  { firstMs, mostMs }: { readonly firstMs: number; readonly mostMs: number },
): number {
  const most = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1));
  return most * (0.75 + Math.random() * 0.25);
}

/** Waits as long as `backoffMs` says. */
export async function exponential(failures: number, limits: { firstMs: number; mostMs: number }): Promise<void> {
  await delay(backoffMs(failures, limits));
}
