import type { TelegramMessage } from '@gramio/types/objects';
import { openOffice, refusal, type Office } from '../support/office.js';

type Legacy = TelegramMessage & Record<string, unknown>;

/** Posts as the bot and returns the post with the copy that came of it. */
async function postedWithCopy(
  { bot, channelId }: Office,
  text = 'post',
): Promise<{ post: TelegramMessage; copy: Legacy }> {
  const post = await bot.call('sendMessage', { chat_id: channelId, text });
  const copy = (await bot.messages()).find(({ is_automatic_forward }) => is_automatic_forward);
  return { post, copy: copy! as Legacy };
}

describe('1. a post by the bot in the linked channel', () => {
  test('gives no channel_post to the bot, and one copy in the group', async () => {
    const { bot, channelId, groupId } = await openOffice();
    const post = await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    expect(post).toMatchObject({ sender_chat: { id: channelId }, text: 'post' });
    expect(post.from).toBeUndefined();
    const updates = await bot.news();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['message']);
    expect(updates[0]?.message).toMatchObject({ chat: { id: groupId }, is_automatic_forward: true });
  });

  test('is copied after the delay and not before', async () => {
    const { bot, channelId, sandbox } = await openOffice({ autoForward: { timing: 'after_delay', delayMs: 60_000 } });
    await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    sandbox.clock.advance(59_000);
    expect(await bot.messages()).toEqual([]);
    sandbox.clock.advance(1_500);
    expect(await bot.messages()).toMatchObject([{ text: 'post' }]);
  });

  test('is never copied while copies are lost', async () => {
    const { bot, channelId, groupId, sandbox, control } = await openOffice({ autoForward: { timing: 'lost' } });
    await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    sandbox.clock.advance(3_600_000);
    expect(await bot.news()).toEqual([]);
    expect(await control.chat(groupId)).toEqual([]);
  });

  test('can be told to the bot twice, as two updates of one copy', async () => {
    const { bot, channelId, control } = await openOffice({ autoForward: { timing: 'twice', delayMs: 0 } });
    await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    await control.until('two updates are made', async () => (await control.updates()).length === 2);
    const [first, second] = await bot.news();
    expect(second!.update_id).toBe(first!.update_id + 1);
    expect(second!.message).toEqual(first!.message);
  });

  test('is not heard of in the group by a plain member with privacy mode', async () => {
    const { bot, channelId, owner, control, groupId } = await openOffice();
    await (await control.bot()).sets({ hasPrivacy: true });
    await owner.demotes(bot, 'group');
    await bot.news();
    await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    expect(await bot.messages()).toEqual([]);
    expect((await control.chat(groupId)).at(-1)).toMatchObject({ text: 'post' });
  });

  test('is heard of in the group by a plain member without privacy mode', async () => {
    const { bot, channelId, owner } = await openOffice();
    await owner.demotes(bot, 'group');
    await bot.news();
    await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    expect(await bot.messages()).toMatchObject([{ text: 'post' }]);
  });
});

test('2. a post by a human is a channel_post and a copy, each with an update id of its own', async () => {
  const { bot, owner, channelId } = await openOffice();
  const post = await owner.posts('news');
  const [first, second] = await bot.news();
  expect(first).toMatchObject({
    channel_post: { message_id: post.messageId, sender_chat: { id: channelId }, text: 'news' },
  });
  expect(first?.channel_post?.from).toBeUndefined();
  expect(second?.message).toMatchObject({ is_automatic_forward: true, text: 'news' });
  expect(second?.update_id).not.toBe(first?.update_id);
});

test('2. signatures stand on posts when the channel shows them', async () => {
  const { bot, owner } = await openOffice();
  await owner.changesChat('channel', { hasSignatures: true });
  await owner.posts('news');
  const [first, second] = await bot.news();
  expect(first?.channel_post?.author_signature).toBe('Owner');
  expect(second?.message?.forward_origin).toMatchObject({ type: 'channel', author_signature: 'Owner' });
});

describe('3. the copy of a post', () => {
  test('has the documented members and the legacy ones, in Telegram’s order, without buttons', async () => {
    const office = await openOffice();
    const { bot, channelId, groupId } = office;
    const reply_markup = { inline_keyboard: [[{ text: 'Take', callback_data: 'take' }]] };
    const post = await bot.call('sendMessage', { chat_id: channelId, text: 'post', reply_markup });
    const [copy] = await bot.messages();
    const channel = { id: channelId, title: 'Support', type: 'channel' };
    expect(post.reply_markup).toEqual(reply_markup);
    expect(copy).toEqual({
      message_id: copy!.message_id,
      from: { id: 777000, is_bot: false, first_name: 'Telegram' },
      sender_chat: channel,
      chat: { id: groupId, title: 'Support Chat', type: 'supergroup' },
      date: copy!.date,
      edit_date: copy!.date,
      forward_origin: { type: 'channel', chat: channel, message_id: post.message_id, date: post.date },
      is_automatic_forward: true,
      forward_from_chat: channel,
      forward_from_message_id: post.message_id,
      forward_date: post.date,
      text: 'post',
    });
    expect(Object.keys(copy!).slice(0, 8)).toEqual([
      'message_id',
      'from',
      'sender_chat',
      'chat',
      'date',
      'edit_date',
      'forward_origin',
      'is_automatic_forward',
    ]);
  });

  test('inside a comment has neither edit_date nor what it answers', async () => {
    const office = await openOffice();
    const { post, copy } = await postedWithCopy(office);
    const maria = await office.control.addPerson({ firstName: 'Maria', staff: 'member' });
    await office.bot.news();
    await maria.comments({ chatId: office.channelId, messageId: post.message_id }, 'hi');
    const [comment] = await office.bot.messages();
    const nested = Object.fromEntries(Object.entries(copy).filter(([name]) => name !== 'edit_date'));
    expect(comment!.reply_to_message).toEqual(nested);
  });

  test('of an album keeps its items together under a new album id', async () => {
    const { bot, owner, channelId } = await openOffice();
    await owner.sendsAlbum([{ kind: 'photo', caption: 'one' }, { kind: 'photo' }], {
      to: { kind: 'chat', chatId: channelId },
    });
    const updates = await bot.news();
    const posts = updates.flatMap(({ channel_post }) => channel_post ?? []);
    const copies = updates.flatMap(({ message }) => message ?? []);
    expect(posts).toHaveLength(2);
    expect(new Set(copies.map(({ media_group_id }) => media_group_id)).size).toBe(1);
    expect(copies[0]!.media_group_id).not.toBe(posts[0]!.media_group_id);
    expect(copies[1]!.message_id).toBe(copies[0]!.message_id + 1);
  });

  test('of a forward names the first author, not the post', async () => {
    const { bot, control, channelId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    await bot.news();
    await bot.call('forwardMessage', { chat_id: channelId, from_chat_id: ann.id, message_id: hello.messageId });
    const [copy] = await bot.messages();
    expect(copy?.forward_origin).toMatchObject({ type: 'user', sender_user: { id: ann.id } });
  });

  test('is pinned without a service message', async () => {
    const office = await openOffice();
    const { copy } = await postedWithCopy(office);
    const chat = await office.bot.call('getChat', { chat_id: office.groupId });
    expect(chat.pinned_message?.message_id).toBe(copy.message_id);
    expect(await office.control.chat(office.groupId)).toHaveLength(1);
  });

  test('cannot be edited by the bot', async () => {
    const office = await openOffice();
    const { copy } = await postedWithCopy(office);
    const edit = office.bot.call('editMessageText', {
      chat_id: office.groupId,
      message_id: copy.message_id,
      text: 'x',
    });
    expect(await refusal(edit)).toBe("400 Bad Request: message can't be edited");
  });
});

describe('4. edits of posts', () => {
  test('by the bot reach the group as an edited copy, and nothing else is told', async () => {
    const office = await openOffice();
    const { post, copy } = await postedWithCopy(office);
    const { bot, channelId, sandbox } = office;
    sandbox.clock.advance(5_000);
    await bot.call('editMessageText', { chat_id: channelId, message_id: post.message_id, text: 'new words' });
    const updates = await bot.news();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['edited_message']);
    expect(updates[0]?.edited_message).toMatchObject({ message_id: copy.message_id, text: 'new words' });
    expect(updates[0]!.edited_message!.edit_date).toBeGreaterThan(copy.date);
  });

  test('by a human of the bot’s post are told by the copy alone', async () => {
    const office = await openOffice();
    const { post } = await postedWithCopy(office);
    const { bot, owner, channelId } = office;
    await owner.editsPost({ chatId: channelId, messageId: post.message_id }, 'new words');
    const updates = await bot.news();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['edited_message']);
  });

  test('by a human of a human’s post are edited_channel_post and edited_message', async () => {
    const { bot, owner } = await openOffice();
    const post = await owner.posts('news');
    await bot.news();
    await owner.editsPost(post, 'old news');
    const updates = await bot.news();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['edited_channel_post', 'edited_message']);
  });

  test('before the copy is made show in the copy when it comes', async () => {
    const { bot, channelId, sandbox } = await openOffice({ autoForward: { timing: 'after_delay', delayMs: 10_000 } });
    const post = await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    await bot.call('editMessageText', { chat_id: channelId, message_id: post.message_id, text: 'edited' });
    sandbox.clock.advance(11_000);
    expect(await bot.messages()).toMatchObject([{ text: 'edited' }]);
  });
});

test('8. a reply to a deleted copy is refused, or stands outside of the thread when it may', async () => {
  const office = await openOffice();
  const { copy } = await postedWithCopy(office);
  const { bot, owner, groupId } = office;
  await owner.deletes({ chatId: groupId, messageId: copy.message_id });
  const reply_parameters = { message_id: copy.message_id };
  const reply = bot.call('sendMessage', { chat_id: groupId, text: 'x', reply_parameters });
  expect(await refusal(reply)).toBe('400 Bad Request: message to be replied not found');
  const loose = await bot.call('sendMessage', {
    chat_id: groupId,
    text: 'x',
    reply_parameters: { ...reply_parameters, allow_sending_without_reply: true },
  });
  expect(loose.message_thread_id).toBeUndefined();
  expect(loose.reply_to_message).toBeUndefined();
});

test('9. a deleted post takes its copy along, comments stay, and nobody is told', async () => {
  const office = await openOffice();
  const { post } = await postedWithCopy(office);
  const { bot, owner, control, channelId, groupId } = office;
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  const ref = { chatId: channelId, messageId: post.message_id };
  const comment = await maria.comments(ref, 'hi');
  await bot.news();
  await owner.deletesPost(ref);
  expect(await bot.news()).toEqual([]);
  const shown = (await control.chat(groupId)).filter(({ kind }) => kind !== 'service');
  expect(shown.map(({ ref: { messageId } }) => messageId)).toEqual([comment.messageId]);
  await maria.repliesTo(comment, 'still here');
  const [reply] = await bot.messages();
  expect(reply?.reply_to_message?.reply_to_message).toBeUndefined();
  expect(reply?.message_thread_id).toBe(shown[0]!.threadId);
});

test('10. without a linked group posts are not copied, and getChat names no linked chat', async () => {
  const { bot, owner, channelId, groupId } = await openOffice();
  expect((await bot.call('getChat', { chat_id: channelId })).linked_chat_id).toBe(groupId);
  expect((await bot.call('getChat', { chat_id: groupId })).linked_chat_id).toBe(channelId);
  await owner.unlinksGroup();
  expect((await bot.call('getChat', { chat_id: channelId })).linked_chat_id).toBeUndefined();
  expect((await bot.call('getChat', { chat_id: groupId })).linked_chat_id).toBeUndefined();
  await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
  expect(await bot.news()).toEqual([]);
  await owner.linksGroup();
  await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
  expect(await bot.messages()).toHaveLength(1);
});

describe('11. the bot in the channel', () => {
  test('without the right to post is told so', async () => {
    const { bot, owner, channelId } = await openOffice();
    await owner.promotes(bot, 'channel', { rights: { can_edit_messages: true } });
    const post = bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    expect(await refusal(post)).toBe('400 Bad Request: need administrator rights in the channel chat');
    const [update] = await bot.news();
    expect(update?.my_chat_member).toMatchObject({
      from: { id: owner.id },
      old_chat_member: { status: 'administrator', can_post_messages: true },
      new_chat_member: { status: 'administrator', can_post_messages: false, can_edit_messages: true },
    });
  });

  test('removed is told so, by my_chat_member and by refusals', async () => {
    const { bot, owner, channelId } = await openOffice();
    await owner.removes(bot, 'channel');
    expect((await bot.news())[0]?.my_chat_member?.new_chat_member.status).toBe('left');
    const post = bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    expect(await refusal(post)).toBe('403 Forbidden: bot is not a member of the channel chat');
  });

  test('banned is told so', async () => {
    const { bot, owner, channelId, groupId } = await openOffice();
    await owner.lets(bot, 'channel', { as: 'banned' });
    await owner.lets(bot, 'group', { as: 'banned' });
    expect(await refusal(bot.call('getChat', { chat_id: channelId }))).toBe(
      '403 Forbidden: bot was kicked from the channel chat',
    );
    expect(await refusal(bot.call('getChat', { chat_id: groupId }))).toBe(
      '403 Forbidden: bot was kicked from the supergroup chat',
    );
  });
});

describe('12. what a bot never hears of', () => {
  test('its own messages, and those of other bots', async () => {
    const { bot, owner, control, groupId, sandbox } = await openOffice();
    const other = await control.addBot({ firstName: 'Other', username: 'other_bot' });
    await owner.promotes(other, 'group');
    await bot.news();
    const { TestBot } = await import('../support/bot.js');
    await new TestBot(sandbox.url, other.data.token).call('sendMessage', { chat_id: groupId, text: 'beep' });
    await bot.call('sendMessage', { chat_id: groupId, text: 'boop' });
    expect(await bot.news()).toEqual([]);
  });

  test('only some service messages of its own are told', async () => {
    const { bot, groupId } = await openOffice();
    const sent = await bot.call('sendMessage', { chat_id: groupId, text: 'boop' });
    await bot.call('pinChatMessage', { chat_id: groupId, message_id: sent.message_id });
    await bot.call('setChatTitle', { chat_id: groupId, title: 'Help' });
    const messages = await bot.messages();
    expect(messages.map((message) => message.pinned_message?.message_id ?? message.new_chat_title)).toEqual([
      sent.message_id,
      'Help',
    ]);
  });

  test('media that destroys itself, and kinds that the Bot API does not know', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'self_destructing' });
    await ann.sends({ kind: 'unsupported' });
    expect(await bot.news()).toEqual([]);
    expect(await ann.sees()).toHaveLength(2);
  });

  test('messages that have waited for more than a day', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.writes('hello');
    sandbox.clock.advance(24 * 3_600_000 + 2_000);
    await ann.writes('anybody there?');
    expect((await bot.messages()).map(({ text }) => text)).toEqual(['anybody there?']);
  });
});
