import { answers, conversation, thread } from '../support/cast.js';
import { openOffice, settled } from '../support/office.js';

/** Calls that carry no message: they are counted, because they use the connection and may meet limits too. */
const idle = new Set(['getUpdates', 'getMe', 'deleteWebhook']);

test('one call per relayed message: at most 1.1 on average over 1,000', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const before = (await office.control.calls()).filter(({ method }) => !idle.has(method)).length;
  for (let round = 0; round < 500; round += 1) {
    await ann.writes(`question ${round}`);
    await maria.comments(post.ref, `answer ${round}`);
  }
  await settled(office, { messages: 1_001 });
  expect(await thread(maria, post)).toHaveLength(1_000);
  expect(await answers(ann)).toHaveLength(500);
  const calls = (await office.control.calls()).filter(({ method }) => !idle.has(method)).length - before;
  process.stdout.write(`calls per relayed message: ${(calls / 1_000).toFixed(3)}\n`);
  expect(calls / 1_000).toBeLessThanOrEqual(1.1);
  expect(calls).toBeGreaterThanOrEqual(1_000);
}, 120_000);
