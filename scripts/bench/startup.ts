import { fill } from './fill.js';
import { storedUpdates } from './intake.js';
import { openOffice } from './office.js';
import type { BenchServer } from './postgres.js';

export interface Startup {
  readonly updates: number;
  /** Seconds from the process's start. */
  readonly ready: number;
  readonly stored: number;
  readonly shown: number;
}

/** A desk that was away while customers wrote. */
export async function measureStartup(server: BenchServer, updates: number): Promise<Startup> {
  let shown = 0;
  const office = await openOffice({
    store: 'postgres',
    server,
    telegram: { seed: 1 },
    before: (telegram) => {
      const people = Array.from({ length: 200 }, (_, number) => telegram.addPerson(`Customer ${number}`));
      for (let count = 0; count < updates; count += 1) {
        const person = people[count % people.length];
        if (person !== undefined) telegram.writes(person, { kind: 'text', text: `message ${count}` });
      }
      telegram.onCall(({ call: { params, tookEffect, method } }) => {
        if (method === 'sendMessage' && tookEffect && /\bmessage \d+/.test(params['text'] ?? '')) shown += 1;
      });
    },
  });
  const readyAt = performance.now() - office.desk.startMs;
  const since = (): number => (performance.now() - readyAt) / 1_000;
  try {
    while ((await storedUpdates(office)) < updates) await new Promise((resolve) => setTimeout(resolve, 20));
    const stored = since();
    while (shown < updates) await new Promise((resolve) => setTimeout(resolve, 20));
    return { updates, ready: office.desk.startMs / 1_000, stored, shown: since() };
  } finally {
    await office.close();
  }
}

export interface Backlog {
  readonly waiting: number;
  /** Bytes resident at most in the first half minute, while limits hold the calls back. */
  readonly peak: number;
}

/** Memory of a desk whose group is far behind. */
export async function measureBacklog(server: BenchServer, waiting: number): Promise<Backlog> {
  const office = await openOffice({
    store: 'postgres',
    server,
    telegram: { seed: 1 },
    settings: { TELEGRAM_LIMITS: 'group=20/60,private=1/1,global=30/1' },
    prepare: (database, telegram) => fill(database, telegram, { messages: waiting, perConversation: 100, waiting }),
  });
  try {
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    return { waiting, peak: office.desk.usage().peak };
  } finally {
    await office.close();
  }
}
