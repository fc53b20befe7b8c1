import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@prisma/client';
import pg from 'pg';
import { codeOf, isDatabaseAway } from './errors.js';
import { listen } from './listen.js';

/** Something that runs SQL: the database, or a transaction in it. */
export interface Sql {
  /** `values` replace $1, $2, ... Rows are shaped as the statement names its columns; 64-bit integers are strings. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** One connection for a while: locks and settings of the session belong to it. Several statements may stand in a text. */
export interface HeldConnection {
  query<Row = unknown>(text: string): Promise<Row[]>;
}

export interface Database extends Sql {
  readonly kind: 'postgres' | 'embedded';
  /** For all that is not on the hot path. Never inside `transaction`. */
  readonly prisma: PrismaClient;
  /**
   * Runs `work` in one transaction and commits; rolls back when it throws. Runs it again, as a whole, when the database
   * says that it clashed with another, so `work` must have no effect outside the database.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Hears what other processes say on a channel, from now on, whatever breaks in between; `onLost` is called when
   * something may have been missed. Resolves with what ends it. Says nothing in an embedded database: nobody else is there.
   */
  listen(
    channel: string,
    on: { readonly heard: (text: string) => void; readonly onLost: () => void },
  ): () => Promise<void>;
  /**
   * Connections of their own for what must not queue behind everything else: taking updates in, and holding leases. In an
   * embedded database there is but one connection.
   */
  readonly reserved: Sql;
  /** Runs `work` on one connection without a time limit, outside any transaction. */
  hold<T>(work: (connection: HeldConnection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface DatabaseParts {
  readonly kind: Database['kind'];
  readonly pool: pg.Pool;
  readonly reservedPool?: pg.Pool;
  readonly closeStore?: () => Promise<void>;
  readonly listen?: Database['listen'];
}

/** How often a transaction that clashed is run again before the clash is reported. */
const maxClashes = 5;

export function databaseOn({
  kind,
  pool,
  reservedPool = pool,
  closeStore,
  listen = () => () => Promise.resolve(),
}: DatabaseParts): Database {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    kind,
    prisma,
    query: (text, values) => retryClashes(() => run(pool, text, values)),
    reserved: { query: (text, values) => retryClashes(() => run(reservedPool, text, values)) },
    transaction: (work) => retryClashes(() => transaction(pool, work)),
    hold: (work) => hold(pool, work),
    listen,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
      if (reservedPool !== pool) await reservedPool.end();
      await closeStore?.();
    },
  };
}

/** Opens a PostgreSQL server. Does not connect yet: the first query does. */
export function openPostgres(url: string, { connections = 10 } = {}): Database {
  const settings = {
    connectionString: url,
    keepAlive: true,
    // A server that is gone without a word is noticed within ten seconds.
    connectionTimeoutMillis: 5_000,
    statement_timeout: 8_000,
    query_timeout: 10_000,
    lock_timeout: 8_000,
    // And the server lets go of what a process held that is gone without a word.
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'postdesk',
    // Prisma and pg disagree about times in any other zone (prisma issues 26786 and 28629).
    // Each statement is a look-up by an index whatever its values are: planned once per connection, not each time.
    options: '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan',
  };
  const open = (max: number): pg.Pool => {
    const pool = new pg.Pool({ ...settings, max });
    // An idle connection that breaks must not end the process: the pool opens another when one is needed.
    pool.on('error', () => undefined);
    return pool;
  };
  return databaseOn({
    kind: 'postgres',
    pool: open(connections),
    reservedPool: open(reservedConnections),
    listen: (channel, on) => listen(settings, channel, on),
  });
}

const reservedConnections = 2;

/** Each statement is prepared once per connection, under a name of its own. */
const statementNames = new Map<string, string>();

function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  const name = `postdesk_${statementNames.size + 1}`;
  statementNames.set(text, name);
  return name;
}

async function run<Row>(on: pg.Pool | pg.PoolClient, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  // pg types rows as `any`: the statement's author names the shape.
  const { rows } = await on.query<Row & pg.QueryResultRow>({ name: statementName(text), text, values: [...values] });
  return rows;
}

async function transaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await borrow(pool);
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work({ query: (text, values) => run(client, text, values) });
    const { command } = await client.query('COMMIT');
    // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed.
    if (command !== 'COMMIT') throw new Error(`the database answered ${command} to COMMIT`);
    return result;
  } catch (error) {
    // A connection that does not answer is given up, not asked once more: without it the server rolls back by itself.
    if (error instanceof Error && isDatabaseAway(error)) broken = error;
    else {
      await client.query('ROLLBACK').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error(String(failure));
      });
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * A connection that breaks while it is lent out says so twice: the statement fails, and the connection emits an error, which
 * ends the process unless somebody listens. The pool listens only to those that it has.
 */
async function borrow(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect();
  if (client.listenerCount('error') === 0) client.on('error', () => undefined);
  return client;
}

async function hold<T>(pool: pg.Pool, work: (connection: HeldConnection) => Promise<T>): Promise<T> {
  const client = await borrow(pool);
  try {
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0');
    return await work({
      query: async <Row>(text: string) => (await client.query<Row & pg.QueryResultRow>(text)).rows,
    });
  } finally {
    // Never used again: its settings are not those of the others.
    client.release(true);
  }
}

async function retryClashes<T>(attempt: () => Promise<T>): Promise<T> {
  for (let clashes = 1; ; clashes += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isClash(error) || clashes >= maxClashes) throw error;
    }
  }
}

/** Serialization failure or deadlock: the same work may succeed if done again. */
function isClash(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}
