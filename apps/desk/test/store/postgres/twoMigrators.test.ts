import { openPostgres, type Database } from '../../../src/store/database.js';
import { migrate } from '../../../src/store/migrate.js';
import type { TestStore } from '../../support/stores.js';
import { createEmptyStore, createMigrations, type MigrationsFolder } from '../support.js';

let store: TestStore;
let other: Database;
let folder: MigrationsFolder;

/** A lock that the test holds, so that a migration can be caught in the middle. */
const gate = 4711;
/** Prisma's own number: `prisma migrate deploy` waits for the same lock. */
const prismaLock = 72707369;

beforeAll(async () => {
  store = await createEmptyStore();
  other = openPostgres(store.env['DATABASE_URL']!);
  folder = createMigrations({ '1_slow': `SELECT pg_advisory_xact_lock(${gate}); CREATE TABLE once (id int);` });
});
afterAll(async () => {
  await other.close();
  await store.destroy();
  folder.remove();
});

/** Resolves when somebody waits for the lock. */
async function untilAwaited(database: Database, lock: number): Promise<void> {
  const waiting = (): Promise<unknown[]> =>
    database.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted`, [lock]);
  while ((await waiting()).length === 0);
}

test('of two programs that start at once one migrates, the other waits and finds nothing to do', async () => {
  const { database } = store;
  let results: Promise<string[][]> | undefined;
  await database.hold(async ({ query }) => {
    await query(`SELECT pg_advisory_lock(${gate})`);
    const one = database.hold((connection) => migrate(connection, folder.path));
    await untilAwaited(database, gate);
    const two = other.hold((connection) => migrate(connection, folder.path));
    await untilAwaited(database, prismaLock);
    results = Promise.all([one, two]);
  });
  expect(await results).toEqual([['1_slow'], []]);
  expect(await database.query('SELECT migration_name FROM _prisma_migrations')).toEqual([{ migration_name: '1_slow' }]);
});

test('a program that dies in the middle of a migration leaves nothing behind, and the next one begins it anew', async () => {
  const { database } = store;
  const killed = 'CREATE TABLE half (id int); SELECT pg_terminate_backend(pg_backend_pid()); SELECT 1;';
  folder.write('2_killed', killed);
  await expect(database.hold((connection) => migrate(connection, folder.path))).rejects.toThrow();
  expect(await database.query("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  folder.write('2_killed', 'CREATE TABLE half (id int);');
  expect(await database.hold((connection) => migrate(connection, folder.path))).toEqual(['2_killed']);
});
