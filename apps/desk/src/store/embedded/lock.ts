import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { codeOf } from '../errors.js';
import { ConfigError } from '../../errors.js';

/**
 * Holds a data directory for this process alone: two processes in one embedded database would silently lose rows.
 * Resolves with what lets go of it; throws ConfigError when another process holds it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = realpathSync(directory);
  return process.platform === 'linux' ? lockBySocket(path) : lockByFile(path);
}

/** Whether another process holds it at this moment. */
export async function isInUse(directory: string): Promise<boolean> {
  try {
    const unlock = await lockDirectory(directory);
    await unlock();
    return false;
  } catch (error) {
    if (error instanceof ConfigError) return true;
    throw error;
  }
}

function taken(path: string): ConfigError {
  return new ConfigError([
    `DATA_DIR: another Postdesk runs on ${path}. Stop it, or set DATA_DIR to another directory (or DATABASE_URL to a PostgreSQL server, which several processes can share).`,
  ]);
}

/** An abstract Unix socket has no file and ends with the process, however that ends. */
async function lockBySocket(path: string): Promise<() => Promise<void>> {
  const name = createHash('sha256').update(path).digest('hex');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(codeOf(error) === 'EADDRINUSE' ? taken(path) : error));
    server.listen(`\0postdesk-${name}`, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Elsewhere: a file with the process's number in it. One that a process left behind counts for nothing. */
export function lockByFile(path: string): () => Promise<void> {
  const file = join(path, 'postdesk.pid');
  if (isHeld(file)) throw taken(path);
  rmSync(file, { force: true });
  // Fails if another process makes the file at this moment.
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  return () => {
    rmSync(file, { force: true });
    return Promise.resolve();
  };
}

function isHeld(file: string): boolean {
  if (!existsSync(file)) return false;
  const holder = Number(readFileSync(file, 'utf8'));
  return Number.isInteger(holder) && holder > 0 && isRunning(holder);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
