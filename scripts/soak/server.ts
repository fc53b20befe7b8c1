import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '../../apps/desk/test/support/postgresServer.mjs';

/** The database server of a soak. */
export interface Server {
  readonly url: string;
  /** Runs one statement; tries again while the server is away. 64-bit integers are strings. */
  query(text: string): Promise<Readonly<Record<string, unknown>>[]>;
  /** Ends it as `pg_ctl stop -m HOW` does, and starts it again after a while. */
  restart(how: 'immediate' | 'fast', awayMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** What is committed outlives the end of the server's processes. The machine itself does not fail here: no fsync. */
const settings = ['fsync=off', 'synchronous_commit=on'];

export async function startServer(): Promise<Server> {
  const server = await startPostgres({ settings });
  if (!server) {
    throw new Error('no PostgreSQL server was found. Install PostgreSQL, or run npm install, which brings one.');
  }
  const once = async (text: string): Promise<Readonly<Record<string, unknown>>[]> => {
    const client = new pg.Client({ connectionString: server.url });
    // Told of by the query as well.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url: server.url,
    query: async (text) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(text);
        } catch (error) {
          if (tries === 240) throw error;
          await wait(250);
        }
      }
    },
    restart: async (how, awayMs) => {
      await server.away(how);
      await wait(awayMs);
      await server.back();
    },
    stop: () => server.stop(),
  };
}
