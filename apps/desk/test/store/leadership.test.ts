import { createLeadership, type Leadership, type LeadershipParts } from '../../src/leadership.js';
import { silentLog } from '../../src/log.js';
import type { Database } from '../../src/store/database.js';
import { createBot } from '../support/bots.js';
import { eventually } from '../support/office.js';

const leaderships: Leadership[] = [];

afterEach(async () => {
  for (const leadership of leaderships.splice(0)) await leadership.stop();
});

async function open(
  on: Pick<LeadershipParts, 'onGained'> & Partial<Pick<LeadershipParts, 'onLost'>>,
  wrap: (database: Database) => Database = (database) => database,
): Promise<Leadership> {
  const { database: real, bot } = await createBot();
  const database = wrap(real);
  const parts = { database, bot, name: 'sender', log: silentLog, leaseMs: 150 } as const;
  const leadership = createLeadership({ ...parts, onLost: () => Promise.resolve(), ...on });
  leaderships.push(leadership);
  return leadership;
}

test('who cannot begin, because the database is away again, ends what began and begins anew', async () => {
  const steps: string[] = [];
  const leadership = await open({
    onGained: ({ epoch }) => {
      steps.push(`gained ${epoch}`);
      return steps.length > 1 ? Promise.resolve() : Promise.reject(new Error('away'));
    },
    onLost: () => {
      steps.push('lost');
      return Promise.resolve();
    },
  });
  await leadership.start();
  expect(leadership.holds()).toBe(false);
  await eventually('it has begun', () => Promise.resolve(leadership.holds()));
  expect(steps).toEqual(['gained 1', 'lost', 'gained 1']);
});

test('who loses it while looking for it looks once at a time all the same', async () => {
  const asked = { now: 0, most: 0, all: 0 };
  const slowly = (database: Database): Database => ({
    ...database,
    reserved: {
      query: async (text, values) => {
        asked.now += 1;
        asked.all += 1;
        asked.most = Math.max(asked.most, asked.now);
        await new Promise((resolve) => setTimeout(resolve, 80));
        return database.reserved.query<never>(text, values).finally(() => (asked.now -= 1));
      },
    },
  });
  const leadership = await open({ onGained: () => Promise.resolve() }, slowly);
  await leadership.start();
  await eventually('it looks again', () => Promise.resolve(asked.now === 1));
  leadership.lost();
  await eventually('it has looked some more', () => Promise.resolve(asked.all > 8));
  expect(asked.most).toBe(1);
});
