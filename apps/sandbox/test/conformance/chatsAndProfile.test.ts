import { greyJpeg } from '../../src/samples/jpeg.js';
import { openOffice, refusal } from '../support/office.js';

describe('getChat', () => {
  test('tells everything about a channel and its group', async () => {
    const { bot, channelId, groupId } = await openOffice();
    expect(await bot.call('getChat', { chat_id: channelId })).toMatchObject({
      id: channelId,
      title: 'Support',
      type: 'channel',
      linked_chat_id: groupId,
    });
    const group = await bot.call('getChat', { chat_id: groupId });
    expect(group).toMatchObject({
      type: 'supergroup',
      linked_chat_id: channelId,
      permissions: { can_send_messages: true },
    });
    expect(group).not.toHaveProperty('join_to_send_messages');
  });

  test('finds public chats by their names, which a bot outside can look at but not use', async () => {
    const { bot, control } = await openOffice();
    const maria = await control.addPerson({ firstName: 'Maria' });
    const chat = await maria.makesChat({ kind: 'channel', title: 'News', username: 'acme_news' });
    expect(await bot.call('getChat', { chat_id: '@Acme_News' })).toMatchObject({ id: chat.id, username: 'acme_news' });
    const post = await maria.writes('hello', { to: { kind: 'chat', chatId: chat.id } });
    expect(await refusal(bot.call('sendMessage', { chat_id: '@acme_news', text: 'x' }))).toBe(
      '403 Forbidden: bot is not a member of the channel chat',
    );
    const copy = { chat_id: chat.id, from_chat_id: '@acme_news', message_id: post.messageId };
    await maria.promotes(bot, chat.id);
    await bot.call('copyMessage', copy);
    await maria.removes(bot, chat.id);
    const forward = { ...copy, chat_id: maria.id };
    expect(await refusal(bot.call('copyMessage', forward))).toBe('400 Bad Request: message to copy not found');
  });
});

describe('pins', () => {
  test('by the bot stand in the chat with a line, the newest first', async () => {
    const { bot, control, groupId } = await openOffice();
    const send = async (text: string) => (await bot.call('sendMessage', { chat_id: groupId, text })).message_id;
    const [one, two] = [await send('one'), await send('two')];
    await bot.call('pinChatMessage', { chat_id: groupId, message_id: one });
    await bot.call('pinChatMessage', { chat_id: groupId, message_id: two });
    const pinned = async () => (await bot.call('getChat', { chat_id: groupId })).pinned_message?.message_id;
    expect(await pinned()).toBe(two);
    await bot.call('unpinChatMessage', { chat_id: groupId });
    expect(await pinned()).toBe(one);
    await bot.call('pinChatMessage', { chat_id: groupId, message_id: two });
    await bot.call('unpinChatMessage', { chat_id: groupId, message_id: one });
    expect(await pinned()).toBe(two);
    await bot.call('unpinAllChatMessages', { chat_id: groupId });
    expect(await pinned()).toBeUndefined();
    expect((await control.chat(groupId)).filter(({ kind }) => kind === 'service')).toHaveLength(3);
    expect(await refusal(bot.call('pinChatMessage', { chat_id: groupId, message_id: 999_999 }))).toBe(
      '400 Bad Request: message to pin not found',
    );
  });

  test('need the right to', async () => {
    const { bot, owner, groupId, channelId } = await openOffice();
    const { message_id } = await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    const post = await bot.call('sendMessage', { chat_id: channelId, text: 'x' });
    await owner.promotes(bot, 'group', { rights: { can_delete_messages: true } });
    await owner.promotes(bot, 'channel', { rights: { can_post_messages: true } });
    const denied = '400 Bad Request: not enough rights to manage pinned messages in the chat';
    expect(await refusal(bot.call('pinChatMessage', { chat_id: groupId, message_id }))).toBe(denied);
    const inChannel = { chat_id: channelId, message_id: post.message_id };
    expect(await refusal(bot.call('pinChatMessage', inChannel))).toBe(denied);
  });

  test('by people are told', async () => {
    const { bot, owner, groupId } = await openOffice();
    const { message_id: messageId } = await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    await owner.pins({ chatId: groupId, messageId });
    expect((await bot.messages())[0]).toMatchObject({
      from: { id: owner.id },
      pinned_message: { message_id: messageId },
    });
  });
});

describe('settings of chats', () => {
  test('can be changed by the bot, and refused where nothing changes', async () => {
    const { bot, groupId } = await openOffice();
    await bot.call('setChatTitle', { chat_id: groupId, title: 'Help' });
    await bot.call('setChatDescription', { chat_id: groupId, description: 'Ask us' });
    const description = bot.call('setChatDescription', { chat_id: groupId, description: 'Ask us' });
    expect(await refusal(description)).toBe('400 Bad Request: chat description is not modified');
    expect(await refusal(bot.call('setChatTitle', { chat_id: groupId, title: ' ' }))).toBe(
      "400 Bad Request: title can't be empty",
    );
    await bot.call('setChatPermissions', { chat_id: groupId, permissions: { can_send_other_messages: true } });
    expect(await bot.call('getChat', { chat_id: groupId })).toMatchObject({
      title: 'Help',
      description: 'Ask us',
      permissions: { can_send_messages: true, can_send_photos: true, can_send_polls: false },
    });
    const photo = { bytes: greyJpeg(640, 640), name: 'p.jpg', type: 'image/jpeg' };
    expect(await bot.upload('setChatPhoto', { chat_id: String(groupId), photo })).toBe(true);
    const { photo: shown } = await bot.call('getChat', { chat_id: groupId });
    expect(await bot.call('getFile', { file_id: shown!.big_file_id })).toHaveProperty('file_path');
    await bot.call('deleteChatPhoto', { chat_id: groupId });
    expect((await bot.messages()).at(-1)).toMatchObject({ delete_chat_photo: true });
  });

  test('need rights', async () => {
    const { bot, owner, groupId } = await openOffice();
    await owner.promotes(bot, 'group', { rights: { can_pin_messages: true } });
    expect(await refusal(bot.call('setChatTitle', { chat_id: groupId, title: 'x' }))).toBe(
      '400 Bad Request: not enough rights to change chat title',
    );
    expect(await refusal(bot.call('exportChatInviteLink', { chat_id: groupId }))).toBe(
      '400 Bad Request: not enough rights to manage chat invite link',
    );
  });

  test('include links to come in by', async () => {
    const { bot, channelId } = await openOffice();
    const first = await bot.call('exportChatInviteLink', { chat_id: channelId });
    expect(first).toMatch(/^https:\/\/t\.me\/\+[\w-]{16}$/);
    expect(await bot.call('getChat', { chat_id: channelId })).toMatchObject({ invite_link: first });
    const second = await bot.call('exportChatInviteLink', { chat_id: channelId });
    expect(await bot.call('getChat', { chat_id: channelId })).toMatchObject({ invite_link: second });
    const named = await bot.call('createChatInviteLink', { chat_id: channelId, name: 'staff', member_limit: 1 });
    expect(named).toMatchObject({ name: 'staff', member_limit: 1, is_primary: false, creator: { id: bot.id } });
    const { invite_link } = named;
    expect(await bot.call('revokeChatInviteLink', { chat_id: channelId, invite_link })).toMatchObject({
      is_revoked: true,
    });
  });
});

describe('the bot’s profile', () => {
  test('has commands by scope and language', async () => {
    const { bot, groupId, control } = await openOffice();
    const commands = [{ command: 'help', description: 'Help' }];
    const scope = { type: 'chat', chat_id: groupId };
    await bot.call('setMyCommands', { commands });
    await bot.call('setMyCommands', {
      commands: [{ command: 'close', description: 'Close' }],
      scope,
      language_code: 'en',
    });
    expect(await bot.call('getMyCommands')).toEqual(commands);
    expect(await bot.call('getMyCommands', { scope })).toEqual([]);
    expect(await bot.call('getMyCommands', { scope, language_code: 'en' })).toMatchObject([{ command: 'close' }]);
    await bot.call('deleteMyCommands');
    expect(await bot.call('getMyCommands')).toEqual([]);
    const ann = await control.addPerson({ firstName: 'Ann' });
    const set = (params: Record<string, unknown>) => refusal(bot.call('setMyCommands', { commands, ...params }));
    expect(await set({ scope: { type: 'chat', chat_id: ann.id } })).toBe('400 Bad Request: chat not found');
    expect(await set({ scope: { type: 'moon' } })).toBe(
      "400 Bad Request: can't parse BotCommandScope: unsupported type specified",
    );
    expect(await set({ commands: {} })).toBe('400 Bad Request: expected an Array of BotCommand');
    expect(await set({ commands: [{ command: 'Ünknown', description: 'x' }] })).toBe(
      '400 Bad Request: BOT_COMMAND_INVALID',
    );
    expect(await set({ commands: [{ command: 'x', description: '' }] })).toBe(
      '400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
    );
  });

  test('has names and descriptions by language', async () => {
    const { bot } = await openOffice();
    await bot.call('setMyDescription', { description: 'We help' });
    await bot.call('setMyDescription', { description: 'Wir helfen', language_code: 'de' });
    expect(await bot.call('getMyDescription')).toEqual({ description: 'We help' });
    expect(await bot.call('getMyDescription', { language_code: 'de' })).toEqual({ description: 'Wir helfen' });
    expect(await bot.call('getMyDescription', { language_code: 'fr' })).toEqual({ description: 'We help' });
    expect(await bot.call('getMyShortDescription')).toEqual({ short_description: '' });
    await bot.call('setMyName', { name: 'Acme' });
    expect(await bot.call('getMe')).toMatchObject({ first_name: 'Acme' });
    expect(await bot.call('getMyName')).toEqual({ name: 'Acme' });
  });

  test('has a menu button, for all and for one person', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts();
    const menu_button = { type: 'web_app', text: 'Open', web_app: { url: 'https://example.com' } };
    expect(await bot.call('getChatMenuButton')).toEqual({ type: 'commands' });
    await bot.call('setChatMenuButton', { chat_id: ann.id, menu_button });
    expect(await bot.call('getChatMenuButton', { chat_id: ann.id })).toEqual(menu_button);
    expect(await bot.call('getChatMenuButton')).toEqual({ type: 'commands' });
  });

  test('suggests rights to whoever adds it', async () => {
    const { bot } = await openOffice();
    const rights = { can_post_messages: true, can_edit_messages: true };
    await bot.call('setMyDefaultAdministratorRights', { rights, for_channels: true });
    expect(await bot.call('getMyDefaultAdministratorRights', { for_channels: true })).toMatchObject({
      ...rights,
      can_delete_messages: false,
    });
    expect(await bot.call('getMyDefaultAdministratorRights')).not.toHaveProperty('can_post_messages');
  });

  test('tells what it may, and when it can be closed', async () => {
    const { bot, control, sandbox } = await openOffice();
    expect(await bot.call('getMe')).toMatchObject({
      id: bot.id,
      is_bot: true,
      can_join_groups: true,
      can_read_all_group_messages: true,
      supports_inline_queries: true,
    });
    await (await control.bot()).sets({ hasPrivacy: true });
    expect(await bot.call('getMe')).toMatchObject({ can_read_all_group_messages: false });
    expect(await refusal(bot.call('close'))).toMatch('429 Too Many Requests: retry after');
    sandbox.clock.advance(600_000);
    expect(await bot.call('close')).toBe(true);
  });
});

test('small things are sent as they are asked for', async () => {
  const { bot, groupId } = await openOffice();
  const chat_id = groupId;
  expect(await bot.call('sendContact', { chat_id, phone_number: '+1', first_name: 'Bob' })).toMatchObject({
    contact: { phone_number: '+1', first_name: 'Bob' },
  });
  const place = { latitude: 1.5, longitude: -2.5 };
  const venue = { ...place, title: 'Home', address: 'Street 1' };
  expect(await bot.call('sendVenue', { chat_id, ...venue })).toMatchObject({
    venue: { title: 'Home' },
    location: place,
  });
  const dice = await bot.call('sendDice', { chat_id, emoji: '🏀' });
  expect(dice.dice?.value).toBeLessThanOrEqual(5);
  expect(await refusal(bot.call('sendDice', { chat_id, emoji: '🐟' }))).toBe('400 Bad Request: EMOTICON_INVALID');
  expect(await bot.call('sendChatAction', { chat_id, action: 'typing' })).toBe(true);
  expect(await refusal(bot.call('sendChatAction', { chat_id, action: 'sleeping' }))).toBe(
    '400 Bad Request: wrong parameter action in request',
  );
  expect(await refusal(bot.call('sendContact', { chat_id, first_name: 'Bob' }))).toBe(
    '400 Bad Request: parameter "phone_number" is required',
  );
  expect(await refusal(bot.call('sendLocation', { chat_id, latitude: 1 }))).toBe('400 Bad Request: longitude is empty');
});
