import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../errors.js';
import type { HeldConnection } from './database.js';

/**
 * Applies the migrations of `prisma/migrations` by Prisma's own rules (its lock, its table, its checksums), because
 * Prisma's command needs a download. `prisma migrate deploy` finds nothing to do afterwards.
 */

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** The number that Prisma locks while it migrates, so that two programs never migrate at once. */
const lockId = 72707369;

export const migrationsFolder = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));

/** Brings the database up to date; returns the names applied now. Throws ConfigError where a person has to look. */
export async function migrate(connection: HeldConnection, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await connection.query(`SELECT pg_advisory_lock(${lockId})`);
  try {
    const applied = await appliedMigrations(connection);
    check(migrations, applied);
    const done = new Set(applied.map((row) => row.migration_name));
    const pending = migrations.filter((migration) => !done.has(migration.name));
    for (const migration of pending) await apply(connection, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await connection.query(`SELECT pg_advisory_unlock(${lockId})`);
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string): Promise<Migration> => {
    const bytes = await readFile(join(folder, name, 'migration.sql'));
    return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
  };
  return Promise.all(names.sort().map(read));
}

async function appliedMigrations(connection: HeldConnection): Promise<AppliedRow[]> {
  await connection.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`);
  return connection.query<AppliedRow>(`SELECT migration_name, checksum, finished_at FROM _prisma_migrations
    WHERE rolled_back_at IS NULL ORDER BY started_at`);
}

function check(migrations: readonly Migration[], applied: readonly AppliedRow[]): void {
  const problems = applied.flatMap((row) => {
    const migration = migrations.find(({ name }) => name === row.migration_name);
    if (!migration) {
      return `The database is newer than this program: it has had migration ${row.migration_name}. Start a version of Postdesk that knows it.`;
    }
    if (!row.finished_at) {
      return `Migration ${row.migration_name} began and did not end. Look at the database, then resolve it with \`prisma migrate resolve\`.`;
    }
    if (migration.checksum !== row.checksum) {
      return `Migration ${row.migration_name} was changed after it had been applied. Restore the file as it was.`;
    }
    return [];
  });
  if (problems.length > 0) throw new ConfigError(problems);
}

async function apply(connection: HeldConnection, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await connection.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('${id}', '${checksum}', '${name}')`,
  );
  await connection.query(sql);
  await connection.query(
    `UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = '${id}'`,
  );
}
