import { migrate, migrationState } from '../../src/store/migrate.js';
import type { TestStore } from '../support/stores.js';
import { createEmptyStore, createMigrations, problemsOf, sha256, type MigrationsFolder } from './support.js';

const first = 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1);';
const second = 'ALTER TABLE kept ADD COLUMN note text;';

let store: TestStore;
let folder: MigrationsFolder;

beforeAll(async () => {
  store = await createEmptyStore();
});
beforeEach(async () => {
  folder = createMigrations({ '1_first': first, '2_second': second });
  await run('DROP TABLE IF EXISTS _prisma_migrations, kept, half');
});
afterEach(() => folder.remove());
afterAll(() => store.destroy());

const run = (sql: string): Promise<Record<string, unknown>[]> =>
  store.database.hold(({ query }) => query<Record<string, unknown>>(sql));
const migrateNow = (): Promise<string[]> => store.database.hold((connection) => migrate(connection, folder.path));

test('an empty database gets every migration once, in the order of their names', async () => {
  expect(await migrateNow()).toEqual(['1_first', '2_second']);
  expect(await run('SELECT * FROM kept')).toEqual([{ id: 1, note: null }]);
  expect(await migrateNow()).toEqual([]);
  expect(await run('SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1 }]);
});

test('an applied migration is recorded in the table of Prisma, as Prisma records it', async () => {
  await migrateNow();
  const rows = await run('SELECT * FROM _prisma_migrations ORDER BY migration_name');
  expect(rows).toMatchObject([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      checksum: sha256(first),
      finished_at: expect.any(Date) as Date,
      migration_name: '1_first',
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date) as Date,
      applied_steps_count: 1,
    },
    { migration_name: '2_second', checksum: sha256(second), applied_steps_count: 1 },
  ]);
});

test('a migration that fails leaves nothing behind, says why, and blocks the next start', async () => {
  folder.write('3_broken', 'CREATE TABLE half (id int); SELECT 1/0;');
  expect(await problemsOf(migrateNow())).toEqual([
    'Migration 3_broken failed, and nothing of it was kept: division by zero.',
  ]);
  expect(await run("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  expect(await run("SELECT logs, finished_at FROM _prisma_migrations WHERE migration_name = '3_broken'")).toEqual([
    { logs: 'division by zero', finished_at: null },
  ]);
  const [problem] = await problemsOf(migrateNow());
  expect(problem).toMatch(/^Migration 3_broken began and did not end;.*--rolled-back 3_broken/);
});

test('a migration that failed is applied again once it is marked as rolled back', async () => {
  folder.write('3_broken', 'SELECT 1/0;');
  await problemsOf(migrateNow());
  await run("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '3_broken'");
  folder.write('3_broken', 'SELECT 1;');
  expect(await migrateNow()).toEqual(['3_broken']);
  expect(await migrateNow()).toEqual([]);
});

test('a database that is newer than the program is refused and not touched', async () => {
  await migrateNow();
  folder.remove();
  folder = createMigrations({ '1_first': first });
  expect(await problemsOf(migrateNow())).toEqual([
    'The database is newer than this program: it has had migration 2_second. Start a version of Postdesk that knows it.',
  ]);
  expect(await run('SELECT count(*)::int AS n FROM _prisma_migrations')).toEqual([{ n: 2 }]);
});

test('a migration whose file was changed after it had been applied is refused, and later ones wait', async () => {
  await migrateNow();
  folder.write('1_first', `${first} -- changed`);
  folder.write('3_third', 'CREATE TABLE half (id int);');
  expect(await problemsOf(migrateNow())).toEqual([
    'Migration 1_first was changed after it had been applied. Restore the file as it was.',
  ]);
  expect(await run("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
});

test('every problem is reported at once', async () => {
  await migrateNow();
  folder.remove();
  folder = createMigrations({ '1_first': 'SELECT 2;' });
  expect(await problemsOf(migrateNow())).toHaveLength(2);
});

test('the state tells what would be applied and changes nothing', async () => {
  const state = (): Promise<unknown> => store.database.hold((connection) => migrationState(connection, folder.path));
  expect(await state()).toEqual({ pending: ['1_first', '2_second'], problems: [] });
  expect(await run("SELECT to_regclass('_prisma_migrations') AS t")).toEqual([{ t: null }]);
  await migrateNow();
  expect(await state()).toEqual({ pending: [], problems: [] });
  folder.write('1_first', 'SELECT 2;');
  expect(await state()).toMatchObject({ problems: [expect.stringContaining('1_first was changed')] });
});
