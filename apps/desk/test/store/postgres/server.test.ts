import pg from 'pg';
import { openPostgres } from '../../../src/store/database.js';
import { isDatabaseAway } from '../../../src/store/errors.js';
import { reachPostgres } from '../../../src/store/reach.js';
import { createStore, type TestStore } from '../../support/stores.js';
import { problemsOf, using } from '../support.js';

let store: TestStore;
let url: string;

beforeAll(async () => {
  store = await createStore('postgres');
  url = store.env['DATABASE_URL']!;
  await store.database.query('CREATE TABLE pairs (id int PRIMARY KEY, n int NOT NULL)');
  await store.database.query('INSERT INTO pairs VALUES (1, 0), (2, 0)');
});
afterAll(() => store.destroy());

test('times are in UTC, whatever zone the database is set to', async () => {
  const name = new URL(url).pathname.slice(1);
  await store.database.query(`ALTER DATABASE ${name} SET timezone = 'Asia/Tokyo'`);
  await using(openPostgres(url), async ({ prisma, query }) => {
    expect(await query('SHOW timezone')).toEqual([{ TimeZone: 'UTC' }]);
    const at = new Date('2026-07-01T12:00:00Z');
    const { id } = await prisma.bot.create({ data: { externalId: 'telegram:tokyo', name: 'clock', createdAt: at } });
    expect(await query('SELECT created_at AS at FROM bots WHERE id = $1', [id])).toEqual([{ at }]);
  });
});

test('two transactions that wait for each other both end: the database ends one and it is run again', async () => {
  const { database } = store;
  const attempts = [0, 0];
  let arrived = 0;
  let open = (): void => undefined;
  const bothHaveOne = new Promise<void>((resolve) => {
    open = resolve;
  });
  const swap = (index: 0 | 1, [mine, theirs]: readonly [number, number]): Promise<void> =>
    database.transaction(async (sql) => {
      attempts[index]! += 1;
      await sql.query('UPDATE pairs SET n = n + 1 WHERE id = $1', [mine]);
      arrived += 1;
      if (arrived === 2) open();
      await bothHaveOne;
      await sql.query('UPDATE pairs SET n = n + 1 WHERE id = $1', [theirs]);
    });
  await Promise.all([swap(0, [1, 2]), swap(1, [2, 1])]);
  expect(attempts[0]! + attempts[1]!).toBeGreaterThan(2);
  expect(await database.query('SELECT n FROM pairs')).toEqual([{ n: 2 }, { n: 2 }]);
});

test('a connection that breaks between two statements of a transaction fails that transaction, and nothing else', async () => {
  await using(openPostgres(url), async (database) => {
    const broken = database.transaction(async (sql) => {
      const [mine] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      // What nobody listens to would end the process; here, the test.
      await store.database.query('SELECT pg_terminate_backend($1::int, 5000)', [mine!.pid]);
      await new Promise((resolve) => setImmediate(resolve));
      await sql.query('SELECT 1');
    });
    const error: unknown = await broken.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    // So that whoever must write something down tries again.
    expect([String(error), isDatabaseAway(error)]).toEqual([String(error), true]);
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

test('connections that the server closed are replaced, and nothing else breaks', async () => {
  await using(openPostgres(url), async (database) => {
    const [mine] = await database.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('SELECT pg_terminate_backend($1, 5000)', [mine!.pid]);
    await client.end();
    // The break may be noticed by the pool, or by the first statement on that connection; never by anybody else.
    await database.query('SELECT 1').catch(() => undefined);
    const [next] = await database.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    expect(next!.pid).not.toBe(mine!.pid);
  });
});

describe('a server that cannot serve is named in one sentence', () => {
  const problems = (address: string): Promise<readonly string[]> =>
    using(openPostgres(address), (database) => problemsOf(reachPostgres(database)));

  test('nobody listens', async () => {
    const [problem] = await problems('postgresql://someone:hidden@127.0.0.1:1/db');
    expect(problem).toMatch(
      /^DATABASE_URL: no PostgreSQL server answers there \(.*ECONNREFUSED 127\.0\.0\.1:1\)\. Is it running/,
    );
    expect(problem).not.toContain('hidden');
  });

  test('the database is not there', async () => {
    const address = new URL(url);
    address.pathname = '/nothing_here';
    expect(await problems(address.href)).toEqual([
      'DATABASE_URL: the database is not there (database "nothing_here" does not exist). Create it on the server.',
    ]);
  });

  test('the user is not there', async () => {
    const address = new URL(url);
    address.username = 'nobody_here';
    const [problem] = await problems(address.href);
    expect(problem).toMatch(/^DATABASE_URL: the PostgreSQL server refuses the user or the password/);
  });
});

test('a server that can serve tells its version', async () => {
  const { version } = await reachPostgres(store.database);
  expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(15);
});

test('a server that is too old is refused', async () => {
  const old = { ...store.database, query: <Row>() => Promise.resolve([{ server_version: '14.11' }] as Row[]) };
  expect(await problemsOf(reachPostgres(old))).toEqual([
    'DATABASE_URL: this is PostgreSQL 14.11. 15 or newer is needed.',
  ]);
});
