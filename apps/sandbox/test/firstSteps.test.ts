import { startSandbox, type Sandbox } from '../src/sandbox.js';
import { TestBot } from './support/bot.js';

let sandbox: Sandbox;
let bot: TestBot;

beforeEach(async () => {
  sandbox = await startSandbox({ autoForward: { timing: 'before_answer' } });
  bot = new TestBot(sandbox.url, (await sandbox.control.overview()).bot.token);
});

afterEach(() => sandbox.stop());

test('a customer and an agent talk through a bot that relays', async () => {
  const { control } = sandbox;
  const { channel, group } = await control.overview();
  const ann = await control.addPerson({ firstName: 'Ann', lastName: 'Lee', languageCode: 'en' });
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  await bot.news();

  const hello = await ann.writes('Hello');
  const [first] = await bot.news();
  expect(first?.message).toMatchObject({ message_id: hello.messageId, text: 'Hello', chat: { id: ann.id } });

  await bot.call('sendMessage', { chat_id: channel.id, text: 'Ann says: Hello' });
  const [copy] = await bot.news();
  expect(copy?.message).toMatchObject({ is_automatic_forward: true, chat: { id: group.id } });

  const post = (await control.channel.sees()).at(-1)!;
  await maria.comments(post.ref, 'Hi Ann');
  const [comment] = await bot.news();
  expect(comment?.message).toMatchObject({
    text: 'Hi Ann',
    message_thread_id: copy?.message?.message_id,
    reply_to_message: { message_id: copy?.message?.message_id },
  });

  const answer = await bot.call('sendMessage', {
    chat_id: ann.id,
    text: 'Hi Ann',
    reply_parameters: { message_id: hello.messageId },
  });
  await bot.call('editMessageText', { chat_id: ann.id, message_id: answer.message_id, text: 'Hi, Ann!' });
  const seen = await ann.sees();
  expect(seen.map(({ text, edited, fromBot }) => ({ text, edited, fromBot }))).toEqual([
    { text: 'Hello', edited: false, fromBot: false },
    { text: 'Hi, Ann!', edited: true, fromBot: true },
  ]);
});

test('a fact that is waited for is found as soon as it is there', async () => {
  const { control } = sandbox;
  const ann = await control.addPerson({ firstName: 'Ann' });
  const seen = control.until('Ann sees an answer', async () => (await ann.sees()).find(({ fromBot }) => fromBot));
  await ann.writes('Hello');
  await bot.call('sendMessage', { chat_id: ann.id, text: 'Welcome' });
  expect((await seen).text).toBe('Welcome');
});
