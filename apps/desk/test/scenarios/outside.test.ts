import { trace } from '../../src/trace.js';
import { answers, conversation, thread } from '../support/cast.js';
import { openOffice } from '../support/office.js';

test('/metrics tells what is received, shown, refused and waiting', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await office.control.faults.add({
    effect: { kind: 'reset' },
    when: 'after',
    match: { method: 'sendMessage', chatId: ann.id },
  });
  await maria.comments(post.ref, 'answer');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  const read = async (): Promise<string> => (await fetch(`http://127.0.0.1:${office.desk.port}/metrics`)).text();
  await office.control.until('it is told', async () =>
    (await read()).includes('postdesk_unknown_outcomes_total{settlement="found"} 1'),
  );
  const figures = await read();
  const figure = (name: string): number =>
    Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(figures)?.[1]);
  expect(figure('postdesk_updates_total')).toBeGreaterThanOrEqual(3);
  expect(figure('postdesk_lease_held{lease="sender"}')).toBe(1);
  expect(figure('postdesk_deliveries_waiting{lane="comment"}')).toBe(0);
  expect(figure('postdesk_updates_parked')).toBe(0);
  expect(figure('postdesk_intake_lag_seconds')).toBe(0);
  expect(figure('postdesk_window_used_ratio{place="comments"}')).toBe(0);
  expect(figure('postdesk_copies_missing')).toBe(0);
});

test('trace tells the steps of each message of a customer, by number or link, and no words', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'secret words');
  const comment = await maria.comments(post.ref, 'an answer');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  await maria.edits(comment, 'another answer');
  await office.control.until('Ann has that', async () => (await answers(ann))[0] === 'another answer');

  const all = (await trace(office.database, office.config, String(ann.id)))!.join('\n');
  for (const step of ['written', 'stored', 'handled', 'edited', 'wanted to customer', 'confirmed to customer'])
    expect(all).toContain(step);
  expect(all).toContain('text by the customer');
  expect(all).not.toMatch(/secret words|answer/);

  const link = `https://t.me/c/${String(comment.chatId).slice(4)}/${comment.messageId}`;
  const one = (await trace(office.database, office.config, link))!.join('\n');
  expect(one).toContain('text by the agent');
  expect(one).not.toContain('by the customer');
  expect(await trace(office.database, office.config, '4711')).toBeUndefined();
});

test('the team is told when messages wait for too long, once, and once when that is over', async () => {
  const office = await openOffice({ delayAlertSeconds: 1, watchMs: 100 });
  const { ann, maria, post } = await conversation(office);
  const { group } = await office.control.overview();
  await office.control.faults.add({
    effect: { kind: 'too_many_requests', seconds: 3 },
    when: 'before',
    match: { method: 'sendMessage', chatId: group.id },
  });
  await ann.writes('waits');
  await office.control.until('it is over', async () =>
    (await maria.seesGroup()).some(({ text }) => text.includes('without delay again')),
  );
  const told = (await maria.seesGroup()).filter(({ text }) => text.includes('have been waiting'));
  expect(told).toHaveLength(1);
  expect(await thread(maria, post)).toEqual(['waits']);
});
