import type { BotId } from '../relay/ids.js';
import type { Sql } from './database.js';

/**
 * Who does what only one process may do at a time for a bot. Times are the database's: the clocks of machines differ.
 * A lease alone is a hope, because a process can be paused in mid-work; so whatever is written under one names its
 * epoch, and is refused when a later one has begun.
 */

/** `intake` asks Telegram for updates; `sender` makes all calls that show something. */
export type LeaseName = 'intake' | 'sender';

/** What a holder names with whatever it writes. */
export interface Fence {
  readonly bot: BotId;
  readonly epoch: string;
}

interface Claim {
  readonly bot: BotId;
  readonly name: LeaseName;
  /** Unlike any other process's. */
  readonly owner: string;
  readonly leaseMs: number;
}

/**
 * Takes a lease that nobody holds, or whose holder has not been heard of in time. With `alone` no other process can be
 * at work (the embedded database), so whoever held it is gone. Resolves with the fence; undefined while it is held.
 */
export async function acquireLease(
  sql: Sql,
  { bot, name, owner, leaseMs }: Claim,
  { alone }: { readonly alone: boolean },
): Promise<Fence | undefined> {
  const [row] = await sql.query<{ epoch: string }>(
    `INSERT INTO leases AS held (bot_id, name, owner, until) VALUES ($1, $2, $3, now() + make_interval(secs => $4))
     ON CONFLICT (bot_id, name) DO UPDATE SET owner = excluded.owner, until = excluded.until,
         epoch = CASE WHEN held.owner = excluded.owner THEN held.epoch ELSE held.epoch + 1 END
       WHERE held.until < now() OR held.owner = excluded.owner OR $5
     RETURNING epoch`,
    [bot, name, owner, leaseMs / 1_000, alone],
  );
  return row && { bot, epoch: row.epoch };
}

/** Holds on to a lease. Resolves with false when another process has taken it. */
export async function renewLease(sql: Sql, { bot, name, owner, leaseMs }: Claim): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE leases SET until = now() + make_interval(secs => $4) WHERE bot_id = $1 AND name = $2 AND owner = $3
     RETURNING 1`,
    [bot, name, owner, leaseMs / 1_000],
  );
  return rows.length > 0;
}

/** Lets another process have it at once. */
export async function releaseLease(sql: Sql, { bot, name, owner }: Omit<Claim, 'leaseMs'>): Promise<void> {
  await sql.query(
    `UPDATE leases SET until = now() - interval '1 second' WHERE bot_id = $1 AND name = $2 AND owner = $3`,
    [bot, name, owner],
  );
}

/** Another process has the lease now: nothing may be written, nor any call be made. */
export class LeaseLost extends Error {
  constructor() {
    super('another process has taken over');
    this.name = 'LeaseLost';
  }
}

/** Throws LeaseLost unless the fence is the newest; keeps it so until the transaction ends. */
export async function holdFence(sql: Sql, { bot, epoch }: Fence): Promise<void> {
  const rows = await sql.query(`SELECT 1 FROM leases WHERE bot_id = $1 AND name = 'sender' AND epoch = $2 FOR SHARE`, [
    bot,
    epoch,
  ]);
  if (rows.length === 0) throw new LeaseLost();
}
