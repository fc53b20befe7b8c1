import { answers, cast, conversation, opened, thread } from '../support/cast.js';
import { openOffice } from '../support/office.js';

test('a customer and an agent talk to each other through a post and its comments', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'Hello, where is my order?');
  expect(post.text).toContain('Hello, where is my order?');

  await maria.comments(post.ref, 'It is on its way');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['It is on its way']);

  await ann.writes('Thank you');
  await office.control.until('the thanks are in the thread', async () => (await thread(maria, post)).length > 1);
  expect(await thread(maria, post)).toEqual(['It is on its way', 'Thank you']);
});

test('the post tells who the customer is and what they wrote first', async () => {
  const office = await openOffice();
  const { ann, maria } = await cast(office);
  await ann.writes('Good morning');
  const post = await opened(office, maria);
  for (const fact of ['Ann Lee', '@ann_l', `id ${ann.id}`, 'language en', 'Good morning'])
    expect(post.text).toContain(fact);
});

test('a first text of up to 500 characters stands in the post and needs no comment', async () => {
  const office = await openOffice();
  const words = 'x'.repeat(500);
  const { ann, maria, post } = await conversation(office, words);
  expect(post.text).toContain(words);
  await ann.writes('second');
  await office.control.until('the second is there', async () => (await thread(maria, post)).length > 0);
  expect(await thread(maria, post)).toEqual(['second']);
});

test('a longer first text is announced in the post and follows whole as the first comment', async () => {
  const office = await openOffice();
  const words = `${'long '.repeat(120)}end`;
  const { maria, post } = await conversation(office, words);
  expect(post.text).not.toContain('end');
  expect(post.text).toContain('long long');
  await office.control.until('the whole text is there', async () => (await thread(maria, post)).length > 0);
  expect(await thread(maria, post)).toEqual([words]);
});

test('two messages in the same instant open one post', async () => {
  const office = await openOffice();
  const { ann, maria } = await cast(office);
  await Promise.all([ann.writes('one'), ann.writes('two')]);
  const post = await opened(office, maria);
  await office.control.until('the other is in the thread', async () => (await thread(maria, post)).length === 1);
  expect(await maria.seesChannel()).toHaveLength(1);
});

test('messages that come before the comments are open appear in order once they are', async () => {
  const office = await openOffice({ sandbox: { autoForward: { timing: 'after_delay', delayMs: 300 } } });
  const { ann, maria } = await cast(office);
  await ann.writes('first');
  for (let number = 1; number <= 8; number += 1) await ann.writes(`message ${number}`);
  const post = await opened(office, maria);
  await office.control.until('all are there', async () => (await thread(maria, post)).length === 8);
  expect(await thread(maria, post)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `message ${number}`));
});

test('fifty messages of a customer stay in order', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const said = Array.from({ length: 50 }, (_, number) => `message ${number}`);
  for (const words of said) await ann.writes(words);
  await office.control.until('all are there', async () => (await thread(maria, post)).length === 50);
  expect(await thread(maria, post)).toEqual(said);
});

test('/start alone opens the conversation too', async () => {
  const office = await openOffice();
  const { ann, maria } = await cast(office);
  await ann.writes('/start');
  expect((await opened(office, maria)).text).toContain('Ann Lee');
});

test('every customer has a post of their own', async () => {
  const office = await openOffice();
  const { ann, maria } = await cast(office);
  const bob = await office.control.addPerson({ firstName: 'Bob' });
  await ann.writes('I am Ann');
  await bob.writes('I am Bob');
  const posts = await office.control.until('both posts are there', async () => {
    const seen = await maria.seesChannel();
    return seen.length === 2 && seen;
  });
  const ofAnn = posts.find(({ text }) => text.includes('I am Ann'))!;
  await office.control.until('the comments are open', async () =>
    (await maria.seesChannel()).every(({ comments }) => comments !== undefined),
  );
  await maria.comments(ofAnn.ref, 'Hello Ann');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length > 0);
  expect(await answers(bob)).toEqual([]);
});

test('57. text of customers is shown literally, their formatting is kept', async () => {
  const office = await openOffice();
  const { maria } = await cast(office);
  const eve = await office.control.addPerson({ firstName: '<b>Eve</b>', lastName: '*x* [y](z)' });
  await eve.writes('hi');
  const post = await opened(office, maria);
  expect(post.text).toContain('<b>Eve</b> *x* [y](z)');
  await eve.sends({ kind: 'text', text: '<i>not</i> but bold', entities: [{ type: 'bold', offset: 15, length: 4 }] });
  const comment = await office.control.until(
    'the comment is there',
    async () => (await maria.seesComments(post.ref))[0],
  );
  expect(comment.text).toBe('<i>not</i> but bold');
  expect(comment.entities).toEqual([expect.objectContaining({ type: 'bold', offset: 15, length: 4 })]);
});

test('replies point at the right message on both sides', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.writes('question one');
  const two = await ann.writes('question two');
  const [one] = await office.control.until('both are there', async () => {
    const comments = await maria.seesComments(post.ref);
    return comments.length === 2 && comments;
  });
  await maria.repliesTo(one!.ref, 'answer to one');
  const answer = await office.control.until('the answer is there', async () =>
    (await ann.sees()).find(({ text }) => text === 'answer to one'),
  );
  expect((await ann.sees()).find(({ ref }) => ref.messageId === answer.replyTo?.messageId)?.text).toBe('question one');

  await ann.writes('about the answer', { replyTo: answer.ref });
  const about = await office.control.until('the reply is in the thread', async () =>
    (await maria.seesComments(post.ref)).find(({ text }) => text === 'about the answer'),
  );
  const target = (await maria.seesComments(post.ref)).find(({ ref }) => ref.messageId === about.replyTo?.messageId);
  expect(target?.text).toBe('answer to one');
  expect(two).toBeDefined();
});

test('a reply to the words in the post points at the thread itself', async () => {
  const office = await openOffice();
  const { ann, maria, post, first } = await conversation(office);
  await ann.writes('as I said', { replyTo: first });
  const comment = await office.control.until(
    'it is in the thread',
    async () => (await maria.seesComments(post.ref))[0],
  );
  expect(comment.replyTo).toEqual(post.comments?.root);
});

test('a note and a command stay inside', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.comments(post.ref, '// she called twice already');
  await maria.comments(post.ref, '/whatever this is');
  await maria.comments(post.ref, 'Hello Ann');
  await office.control.until('Ann has an answer', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['Hello Ann']);
});

test("the agent's name never reaches the customer, unless they sign with a name they chose", async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.comments(post.ref, 'anonymous');
  await maria.comments(post.ref, '/alias Mary');
  await maria.comments(post.ref, 'signed');
  await maria.comments(post.ref, '/alias');
  await maria.comments(post.ref, 'anonymous again');
  await office.control.until('all are there', async () => (await answers(ann)).length === 3);
  expect(await answers(ann)).toEqual(['anonymous', 'signed\n\n— Mary', 'anonymous again']);
});

test('several agents answer the same customer', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const joao = await office.control.addPerson({ firstName: 'João', staff: 'administrator' });
  await maria.comments(post.ref, 'from Maria');
  await joao.comments(post.ref, 'from João');
  await office.control.until('both are there', async () => (await answers(ann)).length === 2);
  expect((await answers(ann)).sort()).toEqual(['from João', 'from Maria']);
});

test('a conversation goes on after a restart', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await office.desk.stop();
  await ann.writes('while you were away');
  await maria.comments(post.ref, 'we were away');
  await office.restart();
  await office.control.until(
    'both sides have it',
    async () => (await answers(ann)).length + (await thread(maria, post)).length === 3,
  );
  expect(await answers(ann)).toEqual(['we were away']);
  expect(await thread(maria, post)).toEqual(['we were away', 'while you were away']);
});
