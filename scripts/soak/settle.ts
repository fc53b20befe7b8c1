import { z } from 'zod';
import { setTimeout as wait } from 'node:timers/promises';
import type { Violation } from './history.js';
import type { Server } from './server.js';

export interface SettleParts {
  readonly server: Server;
  /** The root of the Bot API with the token. */
  readonly botUrl: string;
  readonly patienceMs: number;
}

const Info = z.object({ result: z.object({ pending_update_count: z.number() }) });
const Open = z.object({ updates: z.number(), deliveries: z.number() });

/**
 * Waits until Telegram has nothing left for the desk, every update is handled and every delivery has ended. Resolves
 * with what is still open when that does not come about.
 */
export async function settle({ server, botUrl, patienceMs }: SettleParts): Promise<Violation[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    // In this order: what Telegram no longer keeps is stored, and what is stored is looked at all at once.
    const pending = await pendingUpdates(botUrl);
    const { updates, deliveries } = await openRows(server);
    if (pending + updates + deliveries === 0) return [];
    if (Date.now() > deadline) {
      const what = `after ${patienceMs / 1_000} s without trouble ${pending} updates wait at Telegram, ${updates} are not handled, ${deliveries} deliveries have not ended:\n${await describeOpen(server)}`;
      return [{ kind: 'not settled', what }];
    }
    await wait(250);
  }
}

async function pendingUpdates(botUrl: string): Promise<number> {
  const response = await fetch(`${botUrl}/getWebhookInfo`);
  return Info.parse(await response.json()).result.pending_update_count;
}

async function openRows(server: Server): Promise<z.infer<typeof Open>> {
  const [row] = await server.query(
    `SELECT (SELECT count(*)::int FROM updates WHERE state = 'waiting') AS updates,
       (SELECT count(*)::int FROM deliveries WHERE finished_at IS NULL) AS deliveries`,
  );
  return Open.parse(row);
}

async function describeOpen(server: Server): Promise<string> {
  const rows = await server.query(
    `SELECT id, conversation_id, queue, message_id, state, attempts, error, not_before, started_at, created_at
     FROM deliveries WHERE finished_at IS NULL ORDER BY id LIMIT 10`,
  );
  return rows.map((row) => `  ${JSON.stringify(row)}`).join('\n');
}

/** Updates that the desk gave up. */
export async function parkedUpdates(server: Server): Promise<Violation[]> {
  const rows = await server.query(`SELECT id, external_id, error, payload FROM updates WHERE state = 'parked'`);
  return rows.map((row) => ({ kind: 'parked update', what: JSON.stringify(row) }));
}
