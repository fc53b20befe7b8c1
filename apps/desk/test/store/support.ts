import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/errors.js';
import type { Database } from '../../src/store/database.js';
import { createStore, type StoreKind, type TestStore } from '../support/stores.js';

declare const store: StoreKind;

/** The store that this run of the file uses; jest.config.ts runs every file once per store. */
export const storeKind = store;

/** A database in which nothing is, not even the tables. */
export async function createEmptyStore(): Promise<TestStore> {
  const created = await createStore(storeKind);
  await created.database.hold(async ({ query }) => {
    await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });
  return created;
}

export interface MigrationsFolder {
  readonly path: string;
  write(name: string, sql: string): void;
  remove(): void;
}

/** A folder of migrations, laid out as Prisma's. */
export function createMigrations(migrations: Readonly<Record<string, string>>): MigrationsFolder {
  const path = mkdtempSync(join(tmpdir(), 'postdesk-test-migrations-'));
  const write = (name: string, sql: string): void => {
    mkdirSync(join(path, name), { recursive: true });
    writeFileSync(join(path, name, 'migration.sql'), sql);
  };
  for (const [name, sql] of Object.entries(migrations)) write(name, sql);
  return { path, write, remove: () => rmSync(path, { recursive: true }) };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The problems of the ConfigError that `work` ends with. */
export async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('it succeeded');
}

/** Runs `work` on an open database and closes it, whatever comes of it. */
export async function using<D extends Database, T>(
  opening: D | Promise<D>,
  work: (database: D) => Promise<T>,
): Promise<T> {
  const database = await opening;
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
