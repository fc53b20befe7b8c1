import { nextUpdateId, openWebhookOffice, privately } from '../faults/support.js';
import { conversation, thread } from '../support/cast.js';
import { openOffice, settled } from '../support/office.js';

test('what comes in one answer of Telegram in the wrong order is shown in the order in which it was written', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await office.desk.stop();
  await (await office.control.bot()).disturbs({ swap: 1 });
  await ann.writes('One');
  await ann.writes('Two');
  await office.restart();
  const comments = await office.control.until('both are shown', async () => {
    const shown = await thread(maria, post);
    return shown.length === 2 && shown;
  });
  expect(comments).toEqual(['One', 'Two']);
});

test('of two edits that both overtake their message the newer one stays, also when it comes first', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const date = Math.floor(Date.now() / 1_000);
  const [older, newer] = [nextUpdateId(), nextUpdateId()];
  const edit = (text: string, { at, id }: { at: number; id: number }): ReturnType<typeof privately> =>
    privately(ann, { message_id: 90_001, date, edit_date: date + at, text }, { kind: 'edited_message', id });
  await office.post(edit('newest', { at: 2, id: newer }));
  await office.post(edit('older', { at: 1, id: older }));
  await ann.writes('and this');
  await settled(office, { messages: 3 });
  expect(await thread(maria, post)).toEqual(['newest', 'and this']);
});
