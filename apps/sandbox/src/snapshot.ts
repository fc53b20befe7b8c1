import type { Runtime } from './runtime.js';
import { loadWorld } from './runtime.js';
import type { Snapshot } from './savedWorld.js';

export function takeSnapshot({ telegram: { world, clock } }: Runtime): Snapshot {
  return { world: structuredClone(world), now: clock.now() };
}

/** Puts a saved world in the place of the present one. Time never goes back: a world from the future takes it along. */
export function loadSnapshot(runtime: Runtime, { world, now }: Snapshot): void {
  const ahead = now - runtime.clock.now();
  loadWorld(runtime, structuredClone(world));
  if (ahead > 0) runtime.clock.advance(ahead);
}
