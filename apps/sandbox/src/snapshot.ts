import type { Runtime } from './runtime.js';
import { loadWorld } from './runtime.js';
import type { World } from './world/world.js';

/** A world as it stood at one moment; loaded again it goes on from there. */
export interface Snapshot {
  readonly world: World;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly now: number;
}

export function takeSnapshot({ telegram: { world, clock } }: Runtime): Snapshot {
  return { world: structuredClone(world), now: clock.now() };
}

/** Puts a saved world in the place of the present one. Time never goes back: a world from the future takes it along. */
export function loadSnapshot(runtime: Runtime, { world, now }: Snapshot): void {
  const ahead = now - runtime.clock.now();
  loadWorld(runtime, structuredClone(world));
  if (ahead > 0) runtime.clock.advance(ahead);
}

/** True for what `takeSnapshot` made, perhaps by way of JSON. */
export function isSnapshot(value: unknown): value is Snapshot {
  if (!isObject(value) || typeof value['now'] !== 'number') return false;
  const { world } = value;
  return isObject(world) && world['version'] === 1 && isObject(world['accounts']) && isObject(world['chats']);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
