import { openOffice, refusal } from '../support/office.js';

describe('23. the other side of a private chat', () => {
  test('that blocked the bot cannot be written to; the bot hears of it, and of the unblocking', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.writes('hello');
    await bot.news();
    await ann.blocks();
    const [blocked] = await bot.news();
    expect(blocked?.my_chat_member).toEqual({
      chat: { id: ann.id, first_name: 'Ann', type: 'private' },
      from: { id: ann.id, is_bot: false, first_name: 'Ann' },
      date: blocked!.my_chat_member!.date,
      old_chat_member: {
        user: { id: bot.id, is_bot: true, first_name: 'Support', username: 'support_desk_bot' },
        status: 'member',
      },
      new_chat_member: {
        user: { id: bot.id, is_bot: true, first_name: 'Support', username: 'support_desk_bot' },
        status: 'kicked',
        until_date: 0,
      },
    });
    const send = () => bot.call('sendMessage', { chat_id: ann.id, text: 'are you there?' });
    expect(await refusal(send())).toBe('403 Forbidden: bot was blocked by the user');
    await expect(ann.writes('hello?')).rejects.toThrow('Ann has blocked the bot');
    await ann.unblocks();
    const updates = await bot.news();
    expect(updates).toMatchObject([
      { my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } } },
    ]);
    expect(await send()).toMatchObject({ text: 'are you there?' });
  });

  test('that starts again unblocks first and then says /start', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts();
    await ann.blocks();
    await bot.news();
    await ann.starts('again');
    const updates = await bot.news();
    expect(updates[0]?.my_chat_member?.new_chat_member.status).toBe('member');
    expect(updates[1]?.message?.text).toBe('/start again');
  });

  test('that has no account any more is deactivated, without a name', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann', username: 'ann_l' });
    await ann.writes('hello');
    const { message_id } = await bot.call('sendMessage', { chat_id: ann.id, text: 'hi' });
    await ann.disappears();
    const gone = '403 Forbidden: user is deactivated';
    expect(await refusal(bot.call('sendMessage', { chat_id: ann.id, text: 'x' }))).toBe(gone);
    expect(await refusal(bot.call('editMessageText', { chat_id: ann.id, message_id, text: 'x' }))).toBe(gone);
    expect(await bot.call('getChat', { chat_id: ann.id })).toMatchObject({ first_name: '' });
  });

  test('that never wrote is not found, or cannot be written to first when the bot knows the person', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const ben = await control.addPerson({ firstName: 'Ben', username: 'ben_here' });
    await ben.starts();
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const send = (chat_id: number | string) => refusal(bot.call('sendMessage', { chat_id, text: 'x' }));
    expect(await send(ann.id)).toBe('400 Bad Request: chat not found');
    expect(await send(maria.id)).toBe("403 Forbidden: bot can't initiate conversation with a user");
    expect(await send(12)).toBe('400 Bad Request: chat not found');
    expect(await send('@ben_here')).toBe('400 Bad Request: chat not found');
    expect(await send('@nobody_here')).toBe('400 Bad Request: chat not found');
    expect(await send('')).toBe('400 Bad Request: chat_id is empty');
    expect(await send(bot.id)).toBe("403 Forbidden: the bot can't send messages to the bot");
  });

  test('that refuses voice notes is told apart, in getChat and by refusals', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann', isPremium: true, refusesVoiceNotes: true });
    await ann.sends({ kind: 'voice' });
    await ann.sends({ kind: 'video_note' });
    const [voice, note] = await bot.messages();
    const chat_id = ann.id;
    expect(await refusal(bot.call('sendVoice', { chat_id, voice: voice!.voice!.file_id }))).toBe(
      '400 Bad Request: user restricted receiving of voice note messages',
    );
    expect(await refusal(bot.call('sendVideoNote', { chat_id, video_note: note!.video_note!.file_id }))).toBe(
      '400 Bad Request: user restricted receiving of video note messages',
    );
    expect(await bot.call('getChat', { chat_id })).toMatchObject({ has_restricted_voice_and_video_messages: true });
  });

  test('is shown with name, language and Premium, as it is now', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({
      firstName: 'Ann',
      lastName: 'Lee',
      username: 'ann_l',
      languageCode: 'ru',
      isPremium: true,
    });
    await ann.writes('hello');
    await ann.changesProfile({ firstName: 'Anna', lastName: null });
    await ann.writes('hello again');
    const [before, after] = await bot.messages();
    expect(before?.from).toEqual({
      id: ann.id,
      is_bot: false,
      first_name: 'Ann',
      last_name: 'Lee',
      username: 'ann_l',
      language_code: 'ru',
      is_premium: true,
    });
    expect(after?.from).toMatchObject({ first_name: 'Anna' });
    expect(after?.from).not.toHaveProperty('last_name');
    expect(after?.chat).toEqual({ id: ann.id, first_name: 'Anna', username: 'ann_l', type: 'private' });
  });
});

describe('membership', () => {
  test('of others is told to admins that asked for it, in the group with a line', async () => {
    const { bot, control, owner, channelId, groupId } = await openOffice();
    await bot.call('getUpdates', { allowed_updates: ['message', 'chat_member', 'my_chat_member'] });
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const joined = await bot.news();
    expect(joined.map(({ chat_member }) => chat_member?.chat.id)).toEqual([channelId, groupId, undefined]);
    expect(joined[0]?.chat_member).toMatchObject({
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'member', user: { id: maria.id } },
    });
    expect(joined[2]?.message).toMatchObject({
      new_chat_members: [{ id: maria.id }],
      new_chat_member: { id: maria.id },
      new_chat_participant: { id: maria.id },
    });
    await owner.lets(maria, 'group', { as: 'banned' });
    const [banned, line] = await bot.news();
    expect(banned?.chat_member).toMatchObject({
      from: { id: owner.id },
      new_chat_member: { status: 'kicked', until_date: 0 },
    });
    expect(line?.message).toMatchObject({ left_chat_member: { id: maria.id } });
  });

  test('of others is not told to those that did not ask', async () => {
    const { bot, control } = await openOffice();
    await control.addPerson({ firstName: 'Maria', staff: 'channel_only' });
    expect(await bot.news()).toEqual([]);
  });

  test('of the bot added to a group is my_chat_member and then a line', async () => {
    const { bot, control } = await openOffice();
    const maria = await control.addPerson({ firstName: 'Maria' });
    const chat = await maria.makesChat({ kind: 'supergroup', title: 'Club' });
    expect(await refusal(bot.call('getChat', { chat_id: chat.id }))).toBe('400 Bad Request: chat not found');
    await maria.promotes(bot, chat.id);
    const [added, line] = await bot.news();
    expect(added?.my_chat_member).toMatchObject({
      chat: { id: chat.id, title: 'Club', type: 'supergroup' },
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'administrator', can_manage_topics: true, can_manage_voice_chats: true },
    });
    expect(added!.my_chat_member!.new_chat_member).not.toHaveProperty('can_post_messages');
    expect(line?.message).toMatchObject({ new_chat_members: [{ id: bot.id }] });
    await maria.promotes(bot, chat.id);
    expect(await bot.news()).toEqual([]);
    await bot.call('leaveChat', { chat_id: chat.id });
    expect(await refusal(bot.call('getChat', { chat_id: chat.id }))).toBe(
      '403 Forbidden: bot is not a member of the supergroup chat',
    );
  });

  test('can be asked for: in a channel by admins only', async () => {
    const { bot, owner, control, channelId, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    await ann.writes('hello');
    const status = async (chat_id: number, user_id: number) =>
      (await bot.call('getChatMember', { chat_id, user_id })).status;
    expect(await status(channelId, maria.id)).toBe('member');
    expect(await status(groupId, ann.id)).toBe('left');
    expect(await status(groupId, owner.id)).toBe('creator');
    expect(await refusal(status(groupId, 12))).toBe('400 Bad Request: PARTICIPANT_ID_INVALID');
    expect(await refusal(bot.call('getChatMember', { chat_id: groupId, user_id: 'x' }))).toBe(
      '400 Bad Request: invalid user_id specified',
    );
    await owner.removes(maria, 'group');
    expect(await status(groupId, maria.id)).toBe('left');
    await owner.changesChat('channel', { username: 'acme_news' });
    await owner.demotes(bot, 'channel');
    expect(await status(channelId, bot.id)).toBe('left');
    expect(await refusal(status(channelId, maria.id))).toBe('400 Bad Request: member list is inaccessible');
  });

  test('of administrators can be listed, other bots only when asked for', async () => {
    const { bot, owner, control, groupId } = await openOffice();
    const other = await control.addBot({ firstName: 'Other', username: 'other_bot' });
    await owner.promotes(other, 'group');
    const ids = async (return_bots?: boolean) =>
      (await bot.call('getChatAdministrators', { chat_id: groupId, return_bots })).map(({ user }) => user.id);
    expect(await ids()).toEqual(expect.arrayContaining([owner.id, bot.id]));
    expect(await ids()).not.toContain(other.id);
    expect(await ids(true)).toContain(other.id);
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.writes('x');
    expect(await refusal(bot.call('getChatAdministrators', { chat_id: ann.id }))).toBe(
      '400 Bad Request: there are no administrators in the private chat',
    );
    expect(await bot.call('getChatMemberCount', { chat_id: groupId })).toBe(3);
  });

  test('can be changed by the bot with the right to', async () => {
    const { bot, owner, control, groupId, channelId } = await openOffice();
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const user = { chat_id: groupId, user_id: maria.id };
    const status = async () => (await bot.call('getChatMember', user)).status;
    await bot.call('restrictChatMember', { ...user, permissions: { can_send_messages: false } });
    expect(await status()).toBe('restricted');
    await expect(maria.writesInGroup('x')).rejects.toThrow('not enough rights to send text messages to the chat');
    await bot.call('restrictChatMember', { ...user, permissions: { can_send_messages: true } });
    await maria.writesInGroup('x');
    await expect(maria.writesInGroup({ kind: 'photo' })).rejects.toThrow(
      'not enough rights to send photos to the chat',
    );
    await bot.call('promoteChatMember', { ...user, can_pin_messages: true });
    expect(await bot.call('getChatMember', user)).toMatchObject({
      status: 'administrator',
      can_pin_messages: true,
      can_be_edited: true,
    });
    await bot.call('promoteChatMember', user);
    expect(await status()).toBe('member');
    await bot.call('banChatMember', user);
    expect(await status()).toBe('kicked');
    await bot.call('unbanChatMember', { ...user, only_if_banned: true });
    expect(await status()).toBe('left');
    const ownerBan = bot.call('banChatMember', { chat_id: channelId, user_id: owner.id });
    expect(await refusal(ownerBan)).toBe("400 Bad Request: can't remove chat owner");
    await owner.promotes(bot, 'group', { rights: { can_pin_messages: true } });
    expect(await refusal(bot.call('banChatMember', user))).toBe(
      '400 Bad Request: not enough rights to restrict/unrestrict chat member',
    );
  });
});

test('26. a group that became a supergroup answers with its new id, and says so in both chats', async () => {
  const { bot, control } = await openOffice();
  const maria = await control.addPerson({ firstName: 'Maria' });
  const group = await maria.makesChat({ kind: 'group', title: 'Club' });
  await maria.adds(bot, group.id);
  await bot.call('sendMessage', { chat_id: group.id, text: 'hello' });
  await bot.news();
  const supergroup = await maria.upgrades(group.id);
  const [from, to] = await bot.messages();
  expect(from).toMatchObject({ chat: { id: group.id, type: 'group' }, migrate_to_chat_id: supergroup.id });
  expect(to).toMatchObject({ chat: { id: supergroup.id, type: 'supergroup' }, migrate_from_chat_id: group.id });
  await expect(bot.call('sendMessage', { chat_id: group.id, text: 'x' })).rejects.toMatchObject({
    code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: supergroup.id },
  });
  await bot.call('sendMessage', { chat_id: supergroup.id, text: 'hello again' });
});

test('a deleted channel or group is closed to the bot', async () => {
  const { bot, owner, channelId, control } = await openOffice();
  await owner.deletesChat('channel');
  expect(await refusal(bot.call('sendMessage', { chat_id: channelId, text: 'x' }))).toBe(
    '403 Forbidden: bot was kicked from the channel chat',
  );
  const maria = await control.addPerson({ firstName: 'Maria' });
  const group = await maria.makesChat({ kind: 'group', title: 'Club' });
  await maria.adds(bot, group.id);
  await maria.deletesChat(group.id);
  expect(await refusal(bot.call('sendMessage', { chat_id: group.id, text: 'x' }))).toBe(
    '403 Forbidden: the group chat was deleted',
  );
});

describe('reactions', () => {
  test('of people to comments are told one by one, to posts and copies as counts, when the bot asked', async () => {
    const { bot, control, channelId, groupId } = await openOffice();
    const kinds = ['message', 'message_reaction', 'message_reaction_count'] as const;
    await bot.call('getUpdates', { allowed_updates: [...kinds] });
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const post = await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    const ref = { chatId: channelId, messageId: post.message_id };
    const comment = await maria.comments(ref, 'hi');
    await bot.news();
    await maria.reacts(comment, '👍');
    await maria.reacts(comment, '🔥');
    await maria.reacts(ref, '👍');
    const [first, second, count] = await bot.news();
    expect(first?.message_reaction).toMatchObject({
      chat: { id: groupId },
      user: { id: maria.id },
      old_reaction: [],
      new_reaction: [{ type: 'emoji', emoji: '👍' }],
    });
    expect(second?.message_reaction?.old_reaction).toEqual([{ type: 'emoji', emoji: '👍' }]);
    expect(count?.message_reaction_count).toMatchObject({
      chat: { id: channelId },
      reactions: [{ type: { type: 'emoji', emoji: '👍' }, total_count: 1 }],
    });
  });

  test('in private chats are not told, unless the sandbox is set so', async () => {
    const { bot, control } = await openOffice();
    await bot.call('getUpdates', { allowed_updates: ['message_reaction'] });
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts();
    const { message_id: messageId } = await bot.call('sendMessage', { chat_id: ann.id, text: 'x' });
    await ann.reacts({ chatId: ann.id, messageId }, '👍');
    expect(await bot.news()).toEqual([]);
    await control.settings({ privateReactions: true });
    await ann.reacts({ chatId: ann.id, messageId });
    expect((await bot.news())[0]?.message_reaction).toMatchObject({ new_reaction: [] });
  });

  test('of the bot are one at most, seen by people, and told to nobody', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    const react = (reaction: unknown, message_id = hello.messageId) =>
      bot.call('setMessageReaction', { chat_id: ann.id, message_id, reaction });
    const emoji = (text: string) => ({ type: 'emoji', emoji: text });
    await react([emoji('👀')]);
    expect((await ann.sees())[0]?.reactions).toEqual([{ emoji: '👀', count: 1 }]);
    await react([]);
    expect((await ann.sees())[0]?.reactions).toEqual([]);
    expect(await refusal(react([emoji('👍'), emoji('👎')]))).toBe('400 Bad Request: REACTIONS_TOO_MANY');
    expect(await refusal(react([emoji('🦖')]))).toBe('400 Bad Request: REACTION_INVALID');
    expect(await refusal(react([{ type: 'paid' }]))).toBe('400 Bad Request: REACTION_INVALID');
    expect(await refusal(react([{ type: 'wish' }]))).toBe(
      "400 Bad Request: can't parse ReactionType: invalid reaction type specified",
    );
    expect(await refusal(react([emoji('👍')], 999_999))).toBe('400 Bad Request: message to react not found');
  });
});
