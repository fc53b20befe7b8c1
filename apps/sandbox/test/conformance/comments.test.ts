import type { TelegramMessage } from '@gramio/types/objects';
import type { Person, Ref } from '../../src/control/client.js';
import { openOffice, type Office } from '../support/office.js';

interface Thread extends Office {
  readonly maria: Person;
  readonly post: Ref;
  /** The copy of the post, as the bot got it. */
  readonly root: TelegramMessage;
}

/** A post with its copy, and an agent. */
async function openThread(): Promise<Thread> {
  const office = await openOffice();
  const { bot, control, channelId } = office;
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  await bot.news();
  const post = await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
  const [root] = await bot.messages();
  return { ...office, maria, post: { chatId: channelId, messageId: post.message_id }, root: root! };
}

describe('5. comments', () => {
  test('by a user carry the thread, and the copy that they answer', async () => {
    const { bot, maria, post, root } = await openThread();
    await maria.comments(post, 'first');
    const [comment] = await bot.messages();
    expect(comment).toMatchObject({
      from: { id: maria.id, first_name: 'Maria' },
      message_thread_id: root.message_id,
      reply_to_message: { message_id: root.message_id, is_automatic_forward: true },
      text: 'first',
    });
    expect(comment?.is_topic_message).toBeUndefined();
  });

  test('by an anonymous admin are from the group itself', async () => {
    const { bot, control, post, groupId } = await openThread();
    const boss = await control.addPerson({ firstName: 'Boss', staff: 'anonymous_admin' });
    await bot.news();
    await boss.comments(post, 'first');
    expect((await bot.messages())[0]).toMatchObject({
      from: { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
      sender_chat: { id: groupId, type: 'supergroup' },
    });
  });

  test('as the channel are from the channel, and no automatic forwards', async () => {
    const { bot, owner, post, channelId } = await openThread();
    await owner.comments(post, 'official', { as: channelId });
    const [comment] = await bot.messages();
    expect(comment).toMatchObject({
      from: { id: 136817688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' },
      sender_chat: { id: channelId, type: 'channel' },
    });
    expect(comment?.forward_origin).toBeUndefined();
    expect(comment?.is_automatic_forward).toBeUndefined();
  });

  test('by somebody who is not in the group are possible unless the group asks for membership', async () => {
    const { bot, control, owner, post, groupId } = await openThread();
    const visitor = await control.addPerson({ firstName: 'Vera' });
    await visitor.comments(post, 'hello');
    expect((await bot.messages())[0]).toMatchObject({ from: { id: visitor.id } });
    const member = await bot.call('getChatMember', { chat_id: groupId, user_id: visitor.id });
    expect(member.status).toBe('left');
    const gossip = await owner.writesInGroup('gossip');
    await expect(visitor.repliesTo(gossip, 'what?')).rejects.toThrow('Vera is not in "Support Chat"');
    await owner.changesChat('group', { joinToSend: true });
    await expect(visitor.comments(post, 'hello?')).rejects.toThrow('Vera is not in "Support Chat"');
  });

  test('that answer a comment show it, one level deep, in the same thread', async () => {
    const { bot, maria, post, root } = await openThread();
    const first = await maria.comments(post, 'first');
    await maria.repliesTo(first, 'second');
    const [, second] = await bot.messages();
    expect(second).toMatchObject({
      message_thread_id: root.message_id,
      reply_to_message: { message_id: first.messageId, text: 'first' },
    });
    expect(second?.reply_to_message?.reply_to_message).toBeUndefined();
  });

  test('that quote carry the quoted words and their place', async () => {
    const { bot, maria, post } = await openThread();
    const first = await maria.comments(post, 'one 😀 two');
    await maria.repliesTo(first, 'which?', { quote: 'two' });
    const [, second] = await bot.messages();
    expect(second?.quote).toEqual({ text: 'two', position: 7, is_manual: true });
  });

  test('through inline mode are from the agent and via the bot', async () => {
    const { bot, maria, post, root } = await openThread();
    const offered = maria.types('@bot hi');
    const [query] = await bot.news({ timeout: 5 });
    const input_message_content = { message_text: 'canned' };
    const results = [{ type: 'article', id: '1', title: 'Hi', input_message_content }];
    await bot.call('answerInlineQuery', { inline_query_id: query!.inline_query!.id, results });
    await maria.picks((await offered).results[0]!, { under: post });
    const [comment] = await bot.messages();
    expect(comment).toMatchObject({
      from: { id: maria.id },
      via_bot: { id: bot.id, is_bot: true },
      message_thread_id: root.message_id,
      reply_to_message: { message_id: root.message_id },
      text: 'canned',
    });
  });

  test('that answer a message of another chat have an external reply and no thread', async () => {
    const { bot, maria, owner, groupId } = await openThread();
    const post = await owner.posts('news');
    await bot.news();
    await maria.writes('about that', { to: { kind: 'chat', chatId: groupId }, replyTo: post });
    const [message] = await bot.messages();
    expect(message?.external_reply).toMatchObject({ origin: { type: 'channel' }, message_id: post.messageId });
    expect(message?.reply_to_message).toBeUndefined();
    expect(message?.message_thread_id).toBeUndefined();
  });
});

test('6. chains of answers that have nothing to do with a post carry a thread too', async () => {
  const { bot, maria } = await openThread();
  const question = await maria.writesInGroup('lunch?');
  const answer = await maria.repliesTo(question, 'pizza');
  await maria.repliesTo(answer, 'again?');
  const [plain, first, second] = await bot.messages();
  expect(plain?.message_thread_id).toBeUndefined();
  expect(first?.message_thread_id).toBe(question.messageId);
  expect(second?.message_thread_id).toBe(question.messageId);
});

describe('7. the bot comments', () => {
  test('by answering the copy or a comment', async () => {
    const { bot, maria, post, root, groupId } = await openThread();
    const comment = await maria.comments(post, 'hi');
    const below = { chat_id: groupId, text: 'x' };
    const first = await bot.call('sendMessage', { ...below, reply_parameters: { message_id: root.message_id } });
    const second = await bot.call('sendMessage', { ...below, reply_parameters: { message_id: comment.messageId } });
    expect(first).toMatchObject({
      message_thread_id: root.message_id,
      reply_to_message: { message_id: root.message_id },
    });
    expect(second).toMatchObject({
      message_thread_id: root.message_id,
      reply_to_message: { message_id: comment.messageId },
    });
    expect((await maria.seesComments(post)).map(({ text }) => text)).toEqual(['hi', 'x', 'x']);
  });

  test('not by message_thread_id, which leads outside of every thread without an error', async () => {
    const { bot, root, groupId } = await openThread();
    const sent = await bot.call('sendMessage', { chat_id: groupId, text: 'x', message_thread_id: root.message_id });
    expect(sent.message_thread_id).toBeUndefined();
    expect(sent.reply_to_message).toBeUndefined();
  });

  test('by the older reply_to_message_id as well', async () => {
    const { bot, root, groupId } = await openThread();
    const sent = await bot.call('sendMessage', { chat_id: groupId, text: 'x', reply_to_message_id: root.message_id });
    expect(sent.message_thread_id).toBe(root.message_id);
  });

  test('with a quote that has to stand in the message', async () => {
    const { bot, root, groupId } = await openThread();
    const reply = (quote: string) =>
      bot.call('sendMessage', {
        chat_id: groupId,
        text: 'x',
        reply_parameters: { message_id: root.message_id, quote },
      });
    expect((await reply('os')).quote).toEqual({ text: 'os', position: 1, is_manual: true });
    await expect(reply('nowhere')).rejects.toMatchObject({ description: 'Bad Request: QUOTE_TEXT_INVALID' });
  });
});

test('a comment that was deleted leaves its answers in place, with the thread and without what they answered', async () => {
  const { bot, maria, post, root, groupId } = await openThread();
  const first = await maria.comments(post, 'first');
  const second = await maria.repliesTo(first, 'second');
  await maria.deletes(first);
  await bot.news();
  await maria.edits(second, 'second!');
  const [update] = await bot.news();
  expect(update?.edited_message).toMatchObject({ chat: { id: groupId }, message_thread_id: root.message_id });
  expect(update?.edited_message?.reply_to_message).toBeUndefined();
});

test('a manual forward of a post is by its sender and no automatic forward', async () => {
  const { bot, maria, post, groupId } = await openThread();
  await maria.forwards(post, { to: { kind: 'chat', chatId: groupId } });
  const [forward] = await bot.messages();
  expect(forward).toMatchObject({ from: { id: maria.id }, forward_origin: { type: 'channel' } });
  expect(forward?.is_automatic_forward).toBeUndefined();
});

test('in privacy mode a plain member hears of commands, answers to it and service messages only', async () => {
  const { bot, maria, owner, control, groupId } = await openThread();
  await (await control.bot()).sets({ hasPrivacy: true });
  await owner.demotes(bot, 'group');
  const own = await bot.call('sendMessage', { chat_id: groupId, text: 'I am here' });
  await bot.news();
  await maria.writesInGroup('gossip');
  await maria.writesInGroup('/help');
  await maria.writesInGroup('/help@other_bot');
  await maria.repliesTo({ chatId: groupId, messageId: own.message_id }, 'good');
  await owner.changesChat('group', { title: 'Help' });
  const messages = await bot.messages();
  expect(messages.map(({ text, new_chat_title }) => text ?? new_chat_title)).toEqual(['/help', 'good', 'Help']);
});
