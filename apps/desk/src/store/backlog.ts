import type { BotId } from '../relay/ids.js';
import type { Sql } from './database.js';

/** What waits, for those who watch. Reads what is open, not what is done. */

export interface Backlog {
  readonly updates: { readonly waiting: number; readonly oldestSeconds: number; readonly parked: number };
  /** By priority of the outbox; see `priorities`. */
  readonly deliveries: readonly {
    readonly priority: number;
    readonly waiting: number;
    readonly oldestSeconds: number;
  }[];
}

const age = (column: string): string => `coalesce(extract(epoch FROM now() - min(${column})), 0)::float8`;

export async function readBacklog(sql: Sql, bot: BotId): Promise<Backlog> {
  const [updates] = await sql.query<{ waiting: number; oldest: number; parked: number }>(
    `SELECT count(*)::int AS waiting, ${age('received_at')} AS oldest,
       (SELECT count(*)::int FROM updates WHERE bot_id = $1 AND state = 'parked') AS parked
     FROM updates WHERE bot_id = $1 AND state = 'waiting'`,
    [bot],
  );
  const deliveries = await sql.query<{ priority: number; waiting: number; oldest: number }>(
    `SELECT priority, count(*)::int AS waiting, ${age('created_at')} AS oldest
     FROM deliveries WHERE bot_id = $1 AND state = ANY (ARRAY['waiting', 'sending']) GROUP BY priority`,
    [bot],
  );
  return {
    updates: {
      waiting: updates?.waiting ?? 0,
      oldestSeconds: updates?.oldest ?? 0,
      parked: updates?.parked ?? 0,
    },
    deliveries: deliveries.map(({ priority, waiting, oldest }) => ({ priority, waiting, oldestSeconds: oldest })),
  };
}

/** What the team was told of the desk itself, as it was kept last. */
export async function readTold<Told>(sql: Sql, bot: BotId): Promise<Partial<Told>> {
  const [row] = await sql.query<{ told: Partial<Told> }>(`SELECT told FROM bots WHERE id = $1`, [bot]);
  return row?.told ?? {};
}

export async function keepTold(sql: Sql, bot: BotId, told: object): Promise<void> {
  await sql.query(`UPDATE bots SET told = $2 WHERE id = $1`, [bot, JSON.stringify(told)]);
}

/** How the messenger lately did with opening threads: of the newest `limit`. Seconds; `missing` were not opened at all. */
export async function readCopyDelays(
  sql: Sql,
  bot: BotId,
  limit: number,
): Promise<{ readonly delays: readonly number[]; readonly missing: number }> {
  const rows = await sql.query<{ delay: number | null }>(
    `SELECT extract(epoch FROM root_at - posted_at)::float8 AS delay FROM (
       SELECT root_at, posted_at FROM threads WHERE bot_id = $1 AND posted_at IS NOT NULL ORDER BY id DESC LIMIT $2
     ) newest`,
    [bot, limit],
  );
  const delays = rows.flatMap(({ delay }) => (delay === null ? [] : [Math.max(0, delay)]));
  return { delays, missing: rows.length - delays.length };
}
