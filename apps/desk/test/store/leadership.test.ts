import { createLeadership, type Leadership, type LeadershipParts } from '../../src/leadership.js';
import { silentLog } from '../../src/log.js';
import { createBot } from '../support/bots.js';
import { eventually } from '../support/office.js';

const leaderships: Leadership[] = [];

afterEach(async () => {
  for (const leadership of leaderships.splice(0)) await leadership.stop();
});

async function open(
  on: Pick<LeadershipParts, 'onGained'> & Partial<Pick<LeadershipParts, 'onLost'>>,
): Promise<Leadership> {
  const { database, bot } = await createBot();
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
