import { answers, cast, conversation, opened, thread } from '../support/cast.js';
import { openOffice, settled } from '../support/office.js';

const lost = ['timeout', 'reset', 'cut', 'html', 'empty'] as const;

test.each(lost)(
  'an answer lost by %s after the comment was sent shows it once',
  async (kind) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    const { group } = await office.control.overview();
    const match = { method: 'sendMessage', chatId: group.id };
    await office.control.faults.add({ effect: { kind }, when: 'after', match, next: 1 });
    await ann.writes('One');
    await ann.writes('Two');
    await settled(office, { messages: 3 });
    expect(await thread(maria, post)).toEqual(['One', 'Two']);
  },
  90_000,
);

test.each(lost)(
  'a comment that was not sent, as after a %s, is sent once',
  async (kind) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    const { group } = await office.control.overview();
    const match = { method: 'sendMessage', chatId: group.id };
    await office.control.faults.add({ effect: { kind }, when: 'before', match, next: 1 });
    await ann.writes('One');
    await ann.writes('Two');
    await settled(office, { messages: 3 });
    expect(await thread(maria, post)).toEqual(['One', 'Two']);
  },
  90_000,
);

test.each(['before', 'after'] as const)(
  'an answer to a customer that is lost %s it was sent arrives once',
  async (when) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    await office.control.faults.add({
      effect: { kind: 'reset' },
      when,
      match: { method: 'sendMessage', chatId: ann.id },
      next: 1,
    });
    await maria.comments(post.ref, 'First');
    await maria.comments(post.ref, 'Second');
    await settled(office, { messages: 3 });
    expect(await answers(ann)).toEqual(['First', 'Second']);
  },
);

test.each(['before', 'after'] as const)(
  'a post whose answer is lost %s it was sent stands there once',
  async (when) => {
    const office = await openOffice({ copyPatienceMs: 600 });
    const { channel } = await office.control.overview();
    await office.control.faults.add({
      effect: { kind: 'html' },
      when,
      match: { method: 'sendMessage', chatId: channel.id },
      next: 1,
    });
    const ann = await office.control.addPerson({ firstName: 'Ann' });
    await ann.writes('Hello');
    await ann.writes('More');
    await settled(office, { messages: 2 });
    const posts = (await office.control.channel.sees()).filter(({ text }) => text.includes('Hello'));
    expect(posts).toHaveLength(1);
    const [post] = posts;
    const comments = (await office.control.group.sees()).filter(({ text }) => text === 'More');
    expect(comments).toHaveLength(1);
    expect(post?.comments?.count).toBe(1);
  },
);

test('an answer to a comment whose call is not known to have worked replies to the right message all the same', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'Hello');
  const { group } = await office.control.overview();
  const match = { method: 'sendMessage', chatId: group.id };
  // People see the comment two seconds before the desk hears that it is there.
  await office.control.faults.add({ effect: { kind: 'slow', ms: 2_000 }, when: 'after', match });
  const question = await ann.writes('One');
  const comment = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await maria.repliesTo(comment.ref, 'to that');
  await maria.comments(post.ref, 'and this');
  await settled(office, { messages: 4 });
  const [first, second] = (await ann.sees()).filter(({ fromBot }) => fromBot);
  expect(first).toMatchObject({ text: 'to that', replyTo: question });
  expect(second).toMatchObject({ text: 'and this' });
});

test('a question about an answer whose call is not known to have worked replies to the right comment all the same', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'Hello');
  const match = { method: 'sendMessage', chatId: ann.id };
  await office.control.faults.add({ effect: { kind: 'slow', ms: 2_000 }, when: 'after', match });
  const answer = await maria.comments(post.ref, 'Twelve');
  const shown = await office.control.until('Ann has it', async () => (await ann.sees()).find(({ fromBot }) => fromBot));
  await ann.writes('Twelve what?', { replyTo: shown.ref });
  await settled(office, { messages: 3 });
  const comments = await maria.seesComments(post.ref);
  expect(comments.find(({ text }) => text === 'Twelve what?')?.replyTo).toEqual(answer);
});

test('an answer does not wait for long for what it replies to', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'Hello');
  const { group } = await office.control.overview();
  const match = { method: 'sendMessage', chatId: group.id };
  await office.control.faults.add({ effect: { kind: 'slow', ms: 9_000 }, when: 'after', match });
  await ann.writes('One');
  const comment = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await maria.repliesTo(comment.ref, 'to that');
  await office.control.until('Ann has it', async () => (await answers(ann)).includes('to that'));
  // The other call still hangs.
  const [found] = await office.database.query<{ hanging: number }>(
    `SELECT count(*)::int AS hanging FROM deliveries d JOIN bots b ON b.id = d.bot_id
     WHERE b.external_id = $1 AND d.queue = 'staff' AND d.state = 'sending'`,
    [`telegram:${(await office.control.overview()).bot.id}`],
  );
  expect(found?.hanging).toBe(1);
});

test.each(['timeout', 'reset'] as const)(
  'an answer written under a post whose own answer is lost by %s, before that is known, arrives',
  async (kind) => {
    const office = await openOffice({ copyPatienceMs: 2_000 });
    const { ann, maria } = await cast(office);
    const { channel } = await office.control.overview();
    await office.control.faults.add({
      effect: { kind },
      when: 'after',
      match: { method: 'sendMessage', chatId: channel.id },
      next: 1,
    });
    await ann.writes('Hello');
    const post = await opened(office, maria);
    await maria.comments(post.ref, 'Good morning');
    await office.control.until('Ann has it', async () => (await answers(ann)).length > 0);
    expect(await answers(ann)).toEqual(['Good morning']);
    expect(await thread(maria, post)).toEqual(['Good morning']);
  },
);
