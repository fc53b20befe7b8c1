import type { World } from './world/world.js';

/** A world as it stood at one moment; loaded again it goes on from there. */
export interface Snapshot {
  readonly world: World;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly now: number;
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
