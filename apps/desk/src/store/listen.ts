import pg from 'pg';
import type { Database } from './database.js';

/** How long after a break the next connection is tried, in milliseconds. */
const reconnectMs = 1_000;
/** A connection that only listens is asked this often whether it still is one. */
const aliveMs = 5_000;

/** Hears notifications on a connection of its own, which is made again whenever it breaks. */
export function listen(
  settings: pg.ClientConfig,
  channel: string,
  { heard, onLost }: Parameters<Database['listen']>[1],
): () => Promise<void> {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  const connect = async (): Promise<void> => {
    // Half of the time that others have: a connection that is silent for good must be told from one that has nothing to say.
    const fresh = new pg.Client({ ...settings, query_timeout: aliveMs });
    client = fresh;
    fresh.on('notification', ({ payload }) => heard(payload ?? ''));
    fresh.on('error', () => broken(fresh));
    fresh.on('end', () => broken(fresh));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${channel}`);
      onLost();
      stayAlive(fresh);
    } catch {
      broken(fresh);
    }
  };
  const stayAlive = (of: pg.Client): void => {
    timer = setTimeout(() => {
      of.query('SELECT 1').then(
        () => stayAlive(of),
        () => broken(of),
      );
    }, aliveMs).unref();
  };
  const broken = (of: pg.Client): void => {
    if (ended || client !== of) return;
    client = undefined;
    clearTimeout(timer);
    of.end().catch(() => undefined);
    timer = setTimeout(() => void connect(), reconnectMs).unref();
  };

  void connect();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
