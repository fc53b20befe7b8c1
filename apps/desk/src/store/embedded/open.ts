import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ConfigError, messageOf } from '../../errors.js';
import { databaseOn, type Database } from '../database.js';
import { lockDirectory } from './lock.js';
import { EmbeddedSocket } from './socket.js';
import { startThread } from './thread.js';

/** The PostgreSQL major that the pinned PGlite contains; a directory belongs to one major for ever. */
const postgresMajor = '18';

export interface EmbeddedOptions {
  /** The desk's data directory; the database lives in a folder of it. */
  readonly dataDir: string;
  /** A dump that an empty directory starts from. */
  readonly template?: string;
}

export interface EmbeddedDatabase extends Database {
  /** A dump of everything, as a template for another directory. */
  dump(): Promise<Uint8Array>;
  /** How often data was forced to disk. A test holds that every commit does. */
  fsyncs(): Promise<number>;
}

/**
 * Opens the embedded database, which needs no server: PostgreSQL in a thread of this process, made durable with fsync.
 * Takes about a second on an existing directory and several on a new one. Throws ConfigError when the directory is in
 * use by another process or of another PostgreSQL major.
 */
export async function openEmbedded({ dataDir, template }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const directory = join(dataDir, 'postgres');
  makeDirectory(directory);
  const unlock = await lockDirectory(directory);
  try {
    checkMajor(directory);
    const isNew = !existsSync(join(directory, 'PG_VERSION'));
    const thread = await startThread({ dataDir: directory, ...(isNew && template !== undefined && { template }) });
    const pool = new pg.Pool({
      max: 1,
      user: 'postgres',
      database: 'postgres',
      stream: () => new EmbeddedSocket(thread),
    });
    pool.on('error', () => undefined);
    const closeStore = async (): Promise<void> => {
      await thread.ask({ kind: 'stop' });
      await thread.terminate();
      await unlock();
    };
    return {
      ...databaseOn({ kind: 'embedded', pool, closeStore }),
      dump: async () => bytes(await thread.ask({ kind: 'dump' })),
      fsyncs: async () => Number(await thread.ask({ kind: 'fsyncs' })),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw new ConfigError([
      `DATA_DIR: ${directory} cannot be written to (${messageOf(error)}). Set DATA_DIR to a directory that can.`,
    ]);
  }
}

function checkMajor(directory: string): void {
  const file = join(directory, 'PG_VERSION');
  if (!existsSync(file)) return;
  const major = readFileSync(file, 'utf8').trim();
  if (major === postgresMajor) return;
  throw new ConfigError([
    `DATA_DIR: ${directory} was made by PostgreSQL ${major}, this program contains ${postgresMajor}. Start the Postdesk version that made it, export what you need, or set DATA_DIR to a new directory.`,
  ]);
}

function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('the embedded database answered a dump with something else');
}
