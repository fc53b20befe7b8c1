import type { Ref } from '../../../sandbox/src/control/client.js';
import { answers, conversation, thread } from '../support/cast.js';
import { openOffice } from '../support/office.js';
import { openDesk } from '../faults/deskSupport.js';
import { openFront } from '../faults/front.js';

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

test('89. what a customer has who blocks the bot is neither edited nor taken back; the agent is told which', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const edited = await maria.comments(post.ref, 'as it was');
  const unsent = await maria.comments(post.ref, 'wrong person');
  await office.control.until('Ann has both', async () => (await answers(ann)).length === 2);
  await office.desk.stop();
  await maria.comments(post.ref, 'meets the block');
  await maria.edits(edited, 'as it is now');
  await (await office.control.bot()).disturbs({ lose: 1 });
  await ann.blocks();
  await office.restart();
  const noticeOf = (answer: Ref): Promise<string> =>
    office.control.until('the agent is told', async () => {
      const all = await maria.seesComments(post.ref);
      return all.find(({ fromBot, replyTo }) => fromBot && replyTo?.messageId === answer.messageId)?.text;
    });
  expect(await noticeOf(edited)).toMatch(/^⚠️ The edit was not delivered: the customer cannot be reached/);
  await maria.repliesTo(unsent, '/unsend');
  expect(await noticeOf(unsent)).toMatch(/^⚠️ Not taken back: the customer cannot be reached/);

  await ann.unblocks();
  await office.control.until('the team is told', async () =>
    (await thread(maria, post)).some((text) => returned.test(text)),
  );
  await maria.repliesTo(edited, '/send');
  await maria.repliesTo(unsent, '/unsend');
  await office.control.until('Ann has the new wording alone', async () => (await answers(ann)).length === 1);
  expect(await answers(ann)).toEqual(['as it is now']);
});

test('89. a block that the team is told of while an answer is under way is not told again', async () => {
  const office = await openOffice({ closed: true });
  const team: { tells?: () => Promise<unknown> } = {};
  const front = await openFront(office.sandbox.url, ({ method, params, pass }) => {
    const { tells } = team;
    if (!tells || method !== 'sendMessage' || Number(params['chat_id']) < 0) return undefined;
    delete team.tells;
    return tells().then(() => pass());
  });
  await openDesk(office, { apiRoot: front.url });
  const { ann, maria, post } = await conversation(office);
  const told = async (): Promise<string[]> => (await thread(maria, post)).filter((text) => blocked.test(text));
  team.tells = async () => {
    await ann.blocks();
    await office.control.until('the team is told', async () => (await told()).length === 1);
  };
  await maria.comments(post.ref, 'are you there?');
  await office.control.until('the agent is told', async () =>
    (await thread(maria, post)).some((text) => text.startsWith('⚠️ Not delivered')),
  );
  expect(await told()).toHaveLength(1);
  await front.close();
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
