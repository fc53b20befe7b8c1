import { trace } from '../../src/trace.js';
import { answers, conversation, thread } from '../support/cast.js';
import { eventually, openOffice, settled, type Office } from '../support/office.js';

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

test('the team is told when messages wait for too long, once, also beyond a restart, and once when that is over', async () => {
  const office = await openOffice({ delayAlertSeconds: 1, watchMs: 100 });
  const { ann, maria, post } = await conversation(office);
  const { group } = await office.control.overview();
  await office.control.faults.add({
    effect: { kind: 'too_many_requests', seconds: 3 },
    when: 'before',
    match: { method: 'sendMessage', chatId: group.id },
  });
  await ann.writes('waits');
  await eventually('it is kept that the team was told', async () => (await keptOf(office)).delayed);
  await office.restart();
  await office.control.until('it is over', async () =>
    (await maria.seesGroup()).some(({ text }) => text.includes('without delay again')),
  );
  const told = (await maria.seesGroup()).filter(({ text }) => text.includes('have been waiting'));
  expect(told).toHaveLength(1);
  expect(await thread(maria, post)).toEqual(['waits']);
});

test('the team is told of updates that were set aside once, also when the desk starts anew', async () => {
  const office = await openOffice({ watchMs: 50 });
  const { maria } = await conversation(office);
  const { id } = await botOf(office);
  const setAside = (which: 'min' | 'max'): Promise<unknown> =>
    office.database.query(
      `UPDATE updates SET state = 'parked' WHERE id = (SELECT ${which}(id) FROM updates WHERE bot_id = $1)`,
      [id],
    );
  const told = async (): Promise<string[]> =>
    (await maria.seesGroup()).map(({ text }) => text).filter((text) => text.includes('were set aside'));
  await setAside('max');
  await office.control.until('it is told', async () => (await told()).length === 1);
  await eventually('it is kept', async () => (await keptOf(office)).parked === 1);
  await office.restart();
  await setAside('min');
  await office.control.until('the next one is told', async () => (await told()).length > 1);
  expect((await told()).map((text) => /\d+/.exec(text)?.[0])).toEqual(['1', '2']);
});

test('a hint whose message was deleted is said all the same, and holds nobody up', async () => {
  const office = await openOffice();
  const { control } = office;
  const { ann, maria, post } = await conversation(office);
  const { group } = await control.overview();
  const calls = { method: 'sendMessage', chatId: group.id };
  await control.faults.add({ effect: { kind: 'too_many_requests', seconds: 2 }, when: 'before', match: calls });
  await ann.writes('One');
  await control.until('it was refused', async () => (await control.calls(calls)).length === 1);
  await maria.deletes(await maria.writesInGroup('oops, wrong place'));
  await control.until('all is said', async () => (await maria.seesGroup()).some(({ text }) => text.startsWith('ℹ️')));
  await settled(office, { messages: 2 });
  expect(await thread(maria, post)).toEqual(['One']);
});

interface BotRow {
  readonly id: string;
  readonly told: { readonly delayed?: boolean; readonly parked?: number };
}

async function botOf({ database, control }: Office): Promise<BotRow> {
  const { bot } = await control.overview();
  const [row] = await database.query<BotRow>('SELECT id, told FROM bots WHERE external_id = $1', [
    `telegram:${bot.id}`,
  ]);
  return row!;
}

/** What the desk has kept of what it told the team. */
async function keptOf(office: Office): Promise<BotRow['told']> {
  return (await botOf(office)).told;
}
