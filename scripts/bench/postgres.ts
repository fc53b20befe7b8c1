import { readFileSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { startPostgres } from '../../apps/desk/test/support/postgresServer.mjs';

/** A durable PostgreSQL server for the bench: every commit is forced to disk, as in production. */
export interface BenchServer {
  readonly version: string;
  /** An empty database of its own. */
  createDatabase(name: string): Promise<BenchDatabase>;
  /** Seconds of processor time that the server has used so far; 0 where that cannot be read. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

export interface BenchDatabase {
  readonly url: string;
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Statements one after the other on a connection that is not used again. */
  run(statements: readonly string[]): Promise<void>;
  drop(): Promise<void>;
}

/** Throws when this machine has no PostgreSQL server to start. */
export async function startServer(): Promise<BenchServer> {
  const settings = [
    'shared_preload_libraries=pg_stat_statements',
    'shared_buffers=512MB',
    'pg_stat_statements.track_planning=on',
    'max_wal_size=8GB',
  ];
  const server = await startPostgres({ isDurable: true, settings });
  if (!server) throw new Error('there is no PostgreSQL server on this machine: install PostgreSQL, or run npm install');
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const { rows } = await admin.query<{ server_version: string }>('SHOW server_version');
  return {
    version: rows[0]?.server_version ?? '',
    createDatabase: async (name) => {
      await admin.query(`CREATE DATABASE ${name}`);
      return openDatabase(server.url, name, admin);
    },
    cpuSeconds: () => cpuOfFamily(server.pid),
    stop: async () => {
      await admin.end();
      await server.stop();
    },
  };
}

async function openDatabase(server: string, name: string, admin: pg.Client): Promise<BenchDatabase> {
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  // When the bench fails the server stops first.
  pool.on('error', () => undefined);
  await pool.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  return {
    url: url.href,
    query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(text, [...values])).rows,
    run: async (statements) => {
      const client = await pool.connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        client.release(true);
      }
    },
    drop: async () => {
      await pool.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Of a process and its children, living ones and ended ones that were waited for (proc(5): stat). */
function cpuOfFamily(pid: number): number {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return all.reduce((sum, name) => sum + cpuIfOf(name, pid), 0);
  } catch {
    return 0;
  }
}

function cpuIfOf(name: string, family: number): number {
  try {
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    if (Number(name) !== family && parent !== family) return 0;
    const own = (fields[11] ?? 0) + (fields[12] ?? 0);
    const ended = Number(name) === family ? (fields[13] ?? 0) + (fields[14] ?? 0) : 0;
    return (own + ended) / 100;
  } catch {
    return 0;
  }
}
