import { answers, conversation, thread } from '../support/cast.js';
import { openOffice } from '../support/office.js';

const blocked = /has blocked the bot\. Answers cannot/;
const returned = /is back/;

test('89. a customer who blocks the bot is told of once, and once when they are back', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.blocks();
  await office.control.until('the team is told', async () =>
    (await thread(maria, post)).some((text) => blocked.test(text)),
  );
  await ann.unblocks();
  await office.control.until('the team is told', async () =>
    (await thread(maria, post)).some((text) => returned.test(text)),
  );
  await ann.writes('hello again');
  await office.control.until('it is there', async () => (await thread(maria, post)).includes('hello again'));
  const lines = await thread(maria, post);
  expect(lines.filter((text) => blocked.test(text))).toHaveLength(1);
  expect(lines.filter((text) => returned.test(text))).toHaveLength(1);
});

test('89. an answer to a customer who has blocked the bot is told as undelivered, next to it, without a call', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.blocks();
  await office.control.until('the team is told', async () =>
    (await thread(maria, post)).some((text) => blocked.test(text)),
  );
  const before = (await office.control.calls({ method: 'sendMessage', chatId: ann.id })).length;
  const answer = await maria.comments(post.ref, 'are you there?');
  const notice = await office.control.until('the agent is told', async () =>
    (await maria.seesComments(post.ref)).find(({ text }) => text.startsWith('⚠️ Not delivered')),
  );
  expect(notice.replyTo).toEqual(answer);
  expect(await office.control.calls({ method: 'sendMessage', chatId: ann.id })).toHaveLength(before);
});

test('89. a block that is only met on delivery is told once, whatever waits', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await office.desk.stop();
  await maria.comments(post.ref, 'one');
  await maria.comments(post.ref, 'two');
  await (await office.control.bot()).disturbs({ lose: 1 });
  await ann.blocks();
  await office.restart();
  await office.control.until(
    'the agent is told of both',
    async () => (await thread(maria, post)).filter((text) => text.startsWith('⚠️ Not delivered')).length === 2,
  );
  expect((await thread(maria, post)).filter((text) => blocked.test(text))).toHaveLength(1);
  expect(await answers(ann)).toEqual([]);
});

test('91. a customer whose account is gone is told of once', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.disappears();
  await maria.comments(post.ref, 'hello?');
  await office.control.until('the team is told', async () =>
    (await thread(maria, post)).some((text) => text.includes('account no longer exists. Answers')),
  );
});

test('what a customer refuses to receive is told in the thread, in words, and the rest goes on', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.changesProfile({ refusesVoiceNotes: true });
  const voice = await maria.comments(post.ref, { kind: 'voice' });
  await maria.comments(post.ref, 'then in writing');
  await office.control.until('Ann has the text', async () => (await answers(ann)).includes('then in writing'));
  const notice = await office.control.until('the agent is told', async () =>
    (await maria.seesComments(post.ref)).find(({ text }) => text.startsWith('⚠️ Not delivered')),
  );
  expect(notice.replyTo).toEqual(voice);
  expect(notice.text).toContain('voice');
});

test('/unsend takes an answer back from the customer', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const answer = await maria.comments(post.ref, 'wrong person');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  await maria.repliesTo(answer, '/unsend');
  await office.control.until('it is gone', async () => (await answers(ann)).length === 0);
  await office.control.until('the agent is told', async () =>
    (await thread(maria, post)).some((text) => text.includes('Taken back')),
  );
});

test('47. /unsend after 48 hours says why it cannot', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const answer = await maria.comments(post.ref, 'long ago');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  await office.control.clock.advance(49 * 3_600_000);
  await maria.repliesTo(answer, '/unsend');
  await office.control.until('the agent is told', async () =>
    (await thread(maria, post)).some((text) => text.includes('48 hours')),
  );
  expect(await answers(ann)).toEqual(['long ago']);
});

test('deletions are not mirrored', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('delete me');
  const answer = await maria.comments(post.ref, 'delete me too');
  await office.control.until(
    'both are there',
    async () => (await thread(maria, post)).length + (await answers(ann)).length === 3,
  );
  await ann.deletes(message);
  await maria.deletes(answer);
  await ann.writes('marker');
  await office.control.until('the marker is there', async () => (await thread(maria, post)).includes('marker'));
  expect(await thread(maria, post)).toEqual(['delete me', 'marker']);
  expect(await answers(ann)).toEqual(['delete me too']);
});

test('92. a reply to something the customer has deleted still reaches them', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('soon gone');
  const comment = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await ann.deletes(message);
  await maria.repliesTo(comment.ref, 'to that');
  await office.control.until('Ann has it', async () => (await answers(ann)).includes('to that'));
});

test('103. the post shows that a customer has blocked the bot, and a new name', async () => {
  const office = await openOffice();
  const { ann, maria } = await conversation(office);
  await ann.blocks();
  await office.control.until('the post shows it', async () =>
    (await maria.seesChannel())[0]!.text.includes('blocked the bot'),
  );
  await ann.unblocks();
  await office.control.until(
    'the post shows it no more',
    async () => !(await maria.seesChannel())[0]!.text.includes('blocked'),
  );
  await ann.changesProfile({ firstName: 'Anna' });
  await ann.writes('hi');
  await office.control.until('the post shows the name', async () =>
    (await maria.seesChannel())[0]!.text.includes('Anna Lee'),
  );
});
