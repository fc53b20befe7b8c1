import { createServer } from 'node:net';
import { openOffice, type BenchOffice } from './office.js';
import type { BenchServer } from './postgres.js';

export interface Intake {
  readonly way: 'polling' | 'webhook';
  readonly updates: number;
  /** Updates committed per second, from the first one's writing on; the desk relays them at the same time. */
  readonly perSecond: number;
}

/** How fast updates are taken in: each is committed before Telegram is told that it has arrived. */
export async function measureIntake(server: BenchServer, way: Intake['way'], updates: number): Promise<Intake> {
  const port = await freePort();
  const webhook = { WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`, WEBHOOK_SECRET: 'bench', PORT: String(port) };
  const office = await openOffice({
    store: 'postgres',
    server,
    telegram: { seed: 1 },
    ...(way === 'webhook' && { settings: webhook }),
  });
  try {
    const before = await storedUpdates(office);
    const people = Array.from({ length: 200 }, (_, number) => office.telegram.addPerson(`Customer ${number}`));
    const startedAt = performance.now();
    for (let count = 0; count < updates; count += 1) {
      const person = people[count % people.length];
      if (person !== undefined) office.telegram.writes(person, { kind: 'text', text: `message ${count}` });
    }
    while ((await storedUpdates(office)) < before + updates) await new Promise((resolve) => setTimeout(resolve, 10));
    return { way, updates, perSecond: (updates * 1_000) / (performance.now() - startedAt) };
  } finally {
    await office.close();
  }
}

/** Of customers: the desk's own posts come back as updates too. */
export async function storedUpdates({ database, telegram }: BenchOffice): Promise<number> {
  const rows = await database?.query<{ count: string }>(
    'SELECT count(*) AS count FROM updates WHERE chat_key NOT LIKE $1 AND chat_key NOT LIKE $2',
    [`%${telegram.groupId}%`, `%${telegram.channelId}%`],
  );
  return Number(rows?.[0]?.count ?? 0);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
