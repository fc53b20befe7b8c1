import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isSnapshot, type Snapshot } from './savedWorld.js';

/** The file holds something else than a saved world. */
export class StateFileError extends Error {}

/** Reads a saved world; undefined when there is no file yet. Throws StateFileError for any other file. */
export function readStateFile(path: string): Snapshot | undefined {
  if (!existsSync(path)) return undefined;
  const value = parse(path);
  if (!isSnapshot(value)) throw new StateFileError(`${path} is not a saved world of the sandbox`);
  return value;
}

/** Writes a world so that the file is either the old or the new one, whatever happens in between. */
export function writeStateFile(path: string, snapshot: Snapshot): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify(snapshot), { mode: 0o600 });
  renameSync(draft, path);
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new StateFileError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
