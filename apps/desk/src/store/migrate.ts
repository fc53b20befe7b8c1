import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, messageOf } from '../errors.js';
import type { HeldConnection } from './database.js';
import { isDatabaseAway } from './errors.js';

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

/** How a database stands to the migrations of this program. */
export interface MigrationState {
  readonly pending: readonly string[];
  /** Why it cannot be brought up to date; a person has to look. */
  readonly problems: readonly string[];
}

/** The number that Prisma locks while it migrates, so that two programs never migrate at once. */
const lockId = 72707369;

export const migrationsFolder = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));

/** Brings the database up to date; returns the names applied now. Throws ConfigError where a person has to look. */
export async function migrate(connection: HeldConnection, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await connection.query(`SELECT pg_advisory_lock(${lockId})`);
  try {
    await connection.query(createTable);
    const { pending, problems } = compare(migrations, await appliedMigrations(connection));
    if (problems.length > 0) throw new ConfigError(problems);
    for (const migration of pending) await apply(connection, migration);
    return pending.map((migration) => migration.name);
  } finally {
    // A connection that broke has lost its locks already.
    await connection.query(`SELECT pg_advisory_unlock(${lockId})`).catch(() => undefined);
  }
}

/** Looks only: changes nothing, waits for nobody. */
export async function migrationState(connection: HeldConnection, folder = migrationsFolder): Promise<MigrationState> {
  const migrations = await readMigrations(folder);
  const [table] = await connection.query<{ name: string | null }>(`SELECT to_regclass('_prisma_migrations') AS name`);
  const applied = typeof table?.name === 'string' ? await appliedMigrations(connection) : [];
  const { pending, problems } = compare(migrations, applied);
  return { pending: pending.map(({ name }) => name), problems };
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

/** As Prisma's schema engine makes it. */
const createTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

function appliedMigrations(connection: HeldConnection): Promise<AppliedRow[]> {
  return connection.query<AppliedRow>(`SELECT migration_name, checksum, finished_at FROM _prisma_migrations
    WHERE rolled_back_at IS NULL ORDER BY started_at`);
}

function compare(
  migrations: readonly Migration[],
  applied: readonly AppliedRow[],
): { readonly pending: readonly Migration[]; readonly problems: readonly string[] } {
  const done = new Set(applied.map((row) => row.migration_name));
  return {
    pending: migrations.filter(({ name }) => !done.has(name)),
    problems: applied.flatMap((row) => problemOf(row, migrations) ?? []),
  };
}

function problemOf(row: AppliedRow, migrations: readonly Migration[]): string | undefined {
  const name = row.migration_name;
  const migration = migrations.find((known) => known.name === name);
  if (!migration) {
    return `The database is newer than this program: it has had migration ${name}. Start a version of Postdesk that knows it.`;
  }
  if (!row.finished_at) {
    return `Migration ${name} began and did not end; _prisma_migrations.logs says why. Put the database right, then say so: npx prisma migrate resolve --rolled-back ${name}.`;
  }
  if (migration.checksum !== row.checksum) {
    return `Migration ${name} was changed after it had been applied. Restore the file as it was.`;
  }
  return undefined;
}

/**
 * One text of several statements is one transaction, and with the migration goes its record: whatever fails, or is
 * killed, leaves nothing behind. So a migration may hold nothing that refuses to run in a transaction. A failure is noted
 * afterwards.
 */
async function apply(connection: HeldConnection, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  const begin = `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('${id}', '${checksum}', '${name}')`;
  const end = `UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = '${id}'`;
  try {
    await connection.query(`${begin};\n${sql}\n;${end}`);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    const reason = messageOf(error);
    await connection.query(begin);
    await connection.query(`UPDATE _prisma_migrations SET logs = '${reason.replaceAll("'", "''")}' WHERE id = '${id}'`);
    throw new ConfigError([`Migration ${name} failed, and nothing of it was kept: ${reason}.`]);
  }
}
