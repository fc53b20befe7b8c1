import { answers, conversation } from '../support/cast.js';
import { openOffice } from '../support/office.js';

const waited = { patienceMs: 20_000 };

test('a comment that comes before Telegram has told the desk of its channel again is an answer like any other', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await office.desk.stop();
  await maria.comments(post.ref, 'On its way');
  const fault = { kind: 'error', code: 500, description: 'Internal Server Error' } as const;
  await office.control.faults.add({ effect: fault, when: 'before', match: { method: 'getChat' } });
  await office.restart();
  await office.control.until('the answer is there', async () => (await answers(ann)).includes('On its way'), waited);
});

test('a comment is an answer also while the bot lacks a right in the channel', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const owner = await office.control.owner();
  const { bot } = await office.control.overview();
  await owner.promotes(bot, 'channel', { rights: { can_edit_messages: true } });
  await maria.comments(post.ref, 'On its way');
  await office.control.until('the answer is there', async () => (await answers(ann)).includes('On its way'), waited);
});
