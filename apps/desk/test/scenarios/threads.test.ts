import type { Person, ShownMessage } from '../../../sandbox/src/control/client.js';
import { answers, cast, conversation, opened, postOf, thread } from '../support/cast.js';
import { openOffice, settled, type Office } from '../support/office.js';
import { postWith } from '../faults/support.js';

test.each(['before_answer', 'with_answer', 'after_delay', 'twice'] as const)(
  '42. comments find their thread when the copy comes %s',
  async (timing) => {
    const office = await openOffice({ sandbox: { autoForward: { timing, delayMs: 20 } } });
    const { ann, maria } = await cast(office);
    await ann.writes('first');
    await ann.writes('second');
    const post = await opened(office, maria);
    await office.control.until('it is there', async () => (await thread(maria, post)).length === 1);
    await maria.comments(post.ref, 'answer');
    await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
    expect(await maria.seesChannel()).toHaveLength(1);
  },
);

const impatient = { askMs: 50, alarmMs: 150 };

/** A conversation whose thread was opened without the desk being told. */
async function unreported(office: Office): Promise<{ ann: Person; maria: Person; post: ShownMessage }> {
  const { ann, maria } = await cast(office);
  await ann.writes('first');
  await ann.writes('second');
  await postOf(office, maria);
  await (await office.control.bot()).disturbs({ lose: 1 });
  return { ann, maria, post: await opened(office, maria) };
}

test('43. a thread whose opening was not reported is found by the copy that Telegram pinned', async () => {
  const office = await openOffice({
    rootPatience: { askMs: 600, alarmMs: 60_000 },
    sandbox: { autoForward: { timing: 'after_delay', delayMs: 400 } },
  });
  const { maria, post } = await unreported(office);
  await office.control.until('it is there', async () => (await thread(maria, post)).length === 1);
  expect(await thread(maria, post)).toEqual(['second']);
});

test('43. a thread that never opens: the team is told once, messages appear in the group with their ticket', async () => {
  const office = await openOffice({ rootPatience: impatient, sandbox: { autoForward: { timing: 'lost' } } });
  const { ann, maria } = await cast(office);
  await ann.writes('first');
  await ann.writes('second');
  await ann.writes('third');
  await office.control.until('the messages are in the group', async () =>
    (await maria.seesGroup()).some(({ text }) => text.includes('third')),
  );
  const group = (await maria.seesGroup()).map(({ text }) => text);
  expect(group.filter((text) => text.includes('has not opened'))).toHaveLength(1);
  expect(group.some((text) => /^#t\d+ Ann Lee\nsecond$/.test(text))).toBe(true);
});

test('43. an answer to a message outside its thread reaches the customer', async () => {
  const office = await openOffice({ rootPatience: impatient, sandbox: { autoForward: { timing: 'lost' } } });
  const { ann, maria } = await cast(office);
  await ann.writes('first');
  await ann.writes('second');
  const outside = await office.control.until('it is in the group', async () =>
    (await maria.seesGroup()).find(({ text }) => text.includes('second')),
  );
  // Nobody answers in the instant in which a message appears; the desk has to have noted where it stands.
  await settled(office, { messages: 2 });
  await maria.repliesTo(outside.ref, 'here I am');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).includes('here I am'));
});

test('43. a thread heals from the first comment under its post', async () => {
  const office = await openOffice({
    rootPatience: { askMs: 60_000, alarmMs: 60_000 },
    sandbox: { autoForward: { timing: 'after_delay', delayMs: 400 } },
  });
  const { ann, maria, post } = await unreported(office);
  await maria.comments(post.ref, 'I see your post');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
  await office.control.until('what waited is there', async () => (await thread(maria, post)).length === 2);
  expect(await thread(maria, post)).toEqual(['I see your post', 'second']);
});

const secondPost = (office: Office, member: Person): Promise<ShownMessage> => postWith(office, member, 'continued');

test('93. a thread whose root was deleted goes on under a new post', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const admin = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
  await admin.deletes(post.comments!.root);
  await ann.writes('are you there?');
  const next = await secondPost(office, maria);
  await office.control.until('the message is there', async () => (await thread(maria, next)).length === 1);
  expect(await thread(maria, next)).toEqual(['are you there?']);
  await maria.comments(next.ref, 'yes');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).includes('yes'));
});

test('94. a post that was deleted is replaced when there is something to say', async () => {
  const office = await openOffice();
  const { ann, maria, post, first } = await conversation(office, 'first words');
  const admin = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
  await admin.deletes(post.ref);
  await ann.edits(first, 'first words, edited');
  const next = await secondPost(office, maria);
  await office.control.until('the edit is there', async () => (await thread(maria, next)).length === 1);
  expect(await thread(maria, next)).toEqual(['first words, edited']);
});

test.each([
  ['before', 0],
  ['after', 1],
])(
  '94. first words that were edited %s another message met the loss of the post are shown in their new wording',
  async (_, first) => {
    const office = await openOffice();
    const { ann, maria, post, first: words } = await conversation(office, 'first words');
    const admin = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
    await office.desk.stop();
    await admin.deletes(post.ref);
    const deeds = [() => ann.edits(words, 'first words, edited'), () => ann.writes('are you there?')];
    await deeds[first]!();
    await deeds[1 - first]!();
    await office.restart();
    const next = await secondPost(office, maria);
    await office.control.until('both are there', async () => (await thread(maria, next)).length === 2);
    expect((await thread(maria, next)).toSorted()).toEqual(['are you there?', 'first words, edited']);
  },
);

test('a reply to a comment that was deleted still reaches the thread', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.comments(post.ref, 'answer');
  const answer = await office.control.until('Ann has it', async () =>
    (await ann.sees()).find(({ text }) => text === 'answer'),
  );
  const comment = (await maria.seesComments(post.ref))[0]!;
  await maria.deletes(comment.ref);
  await ann.writes('to that', { replyTo: answer.ref });
  await office.control.until('it is there', async () => (await thread(maria, post)).includes('to that'));
  expect(await maria.seesChannel()).toHaveLength(1);
});
