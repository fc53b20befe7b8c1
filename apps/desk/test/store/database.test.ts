import { createStore, type TestStore } from '../support/stores.js';
import { storeKind } from './support.js';

let store: TestStore;

beforeAll(async () => {
  store = await createStore(storeKind);
  await store.database.query('CREATE TABLE notes (id bigint PRIMARY KEY, at timestamptz)');
});
beforeEach(() => store.database.query('TRUNCATE notes'));
afterAll(() => store.destroy());

const ids = (): Promise<{ id: string }[]> => store.database.query<{ id: string }>('SELECT id FROM notes ORDER BY id');
/** Fails with the SQLSTATE of a clash between transactions. */
const clash = `DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '40001'; END $$`;

test('a transaction commits all that was done in it and answers with the result', async () => {
  const result = await store.database.transaction(async (sql) => {
    await sql.query('INSERT INTO notes (id) VALUES ($1)', [1]);
    await sql.query('INSERT INTO notes (id) VALUES ($1)', [2]);
    return 'done';
  });
  expect(result).toBe('done');
  expect(await ids()).toEqual([{ id: '1' }, { id: '2' }]);
});

test('a transaction whose work throws leaves nothing behind', async () => {
  const work = store.database.transaction(async (sql) => {
    await sql.query('INSERT INTO notes (id) VALUES (1)');
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await ids()).toEqual([]);
});

test('a transaction in which a failing statement was caught is refused, not lost in silence', async () => {
  const work = store.database.transaction(async (sql) => {
    await sql.query('INSERT INTO notes (id) VALUES (1)');
    await sql.query('INSERT INTO notes (id) VALUES (1)').catch(() => undefined);
  });
  await expect(work).rejects.toThrow('the database answered ROLLBACK to COMMIT');
  expect(await ids()).toEqual([]);
});

test('a transaction that clashed is run again as a whole', async () => {
  let attempts = 0;
  await store.database.transaction(async (sql) => {
    attempts += 1;
    await sql.query('INSERT INTO notes (id) VALUES ($1)', [attempts]);
    if (attempts < 3) await sql.query(clash);
  });
  expect(await ids()).toEqual([{ id: '3' }]);
});

test('a transaction that clashes every time is reported after five attempts', async () => {
  let attempts = 0;
  const work = store.database.transaction(async (sql) => {
    attempts += 1;
    await sql.query(clash);
  });
  await expect(work).rejects.toThrow('clash');
  expect(attempts).toBe(5);
});

test('after a failure the connection serves the next statement', async () => {
  await expect(store.database.query('SELECT 1/0')).rejects.toThrow('division by zero');
  await expect(store.database.query('SELECT wrong')).rejects.toThrow('wrong');
  expect(await store.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('64-bit integers come as text, because a number would round them', async () => {
  expect(await store.database.query('SELECT 9007199254740993::bigint AS id')).toEqual([{ id: '9007199254740993' }]);
});

test('a time is the same whether Prisma or SQL writes or reads it', async () => {
  const { prisma, query } = store.database;
  const at = new Date('2026-07-01T12:34:56.789Z');
  const { id } = await prisma.bot.create({ data: { externalId: 'telegram:1', name: 'clock', createdAt: at } });
  const [row] = await query<{ ms: number; at: Date }>(
    'SELECT (extract(epoch FROM created_at) * 1000)::float8 AS ms, created_at AS at FROM bots WHERE id = $1',
    [id],
  );
  expect(row).toEqual({ ms: at.getTime(), at });
  await query(`UPDATE bots SET created_at = '2026-07-01T00:00:00Z' WHERE id = $1`, [id]);
  const bot = await prisma.bot.findUniqueOrThrow({ where: { id } });
  expect(bot.createdAt.toISOString()).toBe('2026-07-01T00:00:00.000Z');
});

test('what a held connection sets does not reach the others', async () => {
  await store.database.hold(({ query }) => query(`SET search_path = nowhere`));
  expect(await ids()).toEqual([]);
});

test('a text of several statements runs as one transaction on a held connection', async () => {
  const work = store.database.hold(({ query }) => query('INSERT INTO notes (id) VALUES (1); SELECT 1/0;'));
  await expect(work).rejects.toThrow('division by zero');
  expect(await ids()).toEqual([]);
});
