import { answers, conversation, thread } from '../support/cast.js';
import { openOffice } from '../support/office.js';
import { count, nextUpdateId, openWebhookOffice, privately } from './support.js';

test('36. a message that Telegram accepts without a number is delivered once; what cannot follow it is told', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const unnumbered = { effect: { kind: 'unnumbered' }, when: 'after', match: { method: 'sendMessage' } } as const;
  await office.control.faults.add(unnumbered);
  const answer = await maria.comments(post.ref, 'an answer');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  await maria.edits(answer, 'an answer, edited');
  await office.control.until('the agent is told', async () =>
    (await thread(maria, post)).some((text) => text.includes('The edit was not delivered')),
  );
  await maria.repliesTo(answer, 'and another');
  await office.control.until('Ann has that', async () => (await answers(ann)).length === 2);
  expect(await answers(ann)).toEqual(['an answer', 'and another']);

  await office.control.faults.add(unnumbered);
  const question = await ann.writes('a question');
  await office.control.until('it is there', async () => (await thread(maria, post)).includes('a question'));
  await ann.edits(question, 'another question');
  await office.control.until('the new wording is there', async () =>
    (await thread(maria, post)).includes('another question'),
  );
  expect((await thread(maria, post)).filter((text) => text === 'a question')).toHaveLength(1);
  // There is no message 0: nobody is asked about it.
  const about = (await office.control.calls()).map(({ params }) => params['message_id']);
  expect(about).not.toContain('0');
});

test('37. kinds of updates and fields that nobody has heard of are kept as they came, and nothing else happens', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const future = { update_id: nextUpdateId(), telepathy: { from: { id: ann.id }, thought: 'hello' } };
  expect(await office.post(future)).toBe(200);
  expect(await office.post(privately(ann, { text: 'and more', mood: { kind: 'new', nested: [1] } }))).toBe(200);
  await office.control.until('the message is there', async () => (await thread(maria, post)).includes('and more'));
  expect(await count(office, 'updates', `payload->'telepathy'->>'thought' = 'hello'`)).toBe(1);
  expect(await count(office, 'updates', `payload->'message'->'mood'->>'kind' = 'new'`)).toBe(1);
  expect(await count(office, 'updates', `state = 'parked'`)).toBe(0);
});

test('38. ids beyond 32 bits come back whole, in the post and in every call', async () => {
  const office = await openOffice();
  const id = 2 ** 51 - 19;
  const ann = await office.control.addPerson({ firstName: 'Ann', id });
  const maria = await office.control.addPerson({ firstName: 'Maria', staff: 'member', id: 2 ** 40 + 1 });
  await ann.writes('Hello');
  const post = await office.control.until('the post is there', async () =>
    (await maria.seesChannel()).find(({ comments }) => comments),
  );
  expect(post.text).toContain(`id ${id}`);
  await maria.comments(post.ref, 'Hi');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).includes('Hi'));
  const [call] = await office.control.calls({ method: 'sendMessage', chatId: id });
  expect(call!.params['chat_id']).toBe(String(id));
});
