import { fill } from './fill.js';
import { openConversations, openOffice } from './office.js';
import type { BenchServer } from './postgres.js';
import { measureOverhead, measureThroughput, type Overhead, type Throughput } from './relay.js';

export interface Grown {
  readonly stored: number;
  /** Seconds that making the rows and indexes took. */
  readonly fillSeconds: number;
  readonly databaseBytes: number;
  readonly overhead: Overhead;
  readonly throughput: Throughput;
}

/** The relay's figures on a database that has so many messages already. */
export async function measureGrown(server: BenchServer, stored: number, messages: number): Promise<Grown> {
  let fillSeconds = 0;
  const office = await openOffice({
    store: 'postgres',
    server,
    telegram: { seed: 1 },
    prepare: async (database, telegram) => {
      const startedAt = performance.now();
      await fill(database, telegram, { messages: stored, perConversation: 50 });
      fillSeconds = (performance.now() - startedAt) / 1_000;
    },
  });
  try {
    const customers = await openConversations(office, 20);
    const overhead = await measureOverhead(office, customers, messages / 4);
    const throughput = await measureThroughput(office, customers, { direction: 'to staff', messages });
    const [size] = (await office.database?.query<{ size: string }>(
      'SELECT pg_database_size(current_database()) AS size',
    )) ?? [{ size: '0' }];
    return { stored, fillSeconds, databaseBytes: Number(size?.size ?? 0), overhead, throughput };
  } finally {
    await office.close();
  }
}
