import { openOffice, refusal } from '../support/office.js';

describe('18. texts', () => {
  test('are limited to 4096 code points, counted after their markup is read', async () => {
    const { bot, groupId } = await openOffice();
    const send = (text: string, parse_mode?: string) => bot.call('sendMessage', { chat_id: groupId, text, parse_mode });
    expect((await send(`<b>${'😀'.repeat(4096)}</b>`, 'HTML')).text).toHaveLength(8192);
    expect(await refusal(send('x'.repeat(4097)))).toBe('400 Bad Request: message is too long');
    expect(await refusal(send('x'.repeat(32_769)))).toBe('400 Bad Request: text is too long');
  });

  test('that are empty are refused, with the reason', async () => {
    const { bot, groupId } = await openOffice();
    const send = (text: string, parse_mode?: string) =>
      refusal(bot.call('sendMessage', { chat_id: groupId, text, parse_mode }));
    expect(await send('')).toBe('400 Bad Request: message text is empty');
    expect(await send(' \n ')).toBe('400 Bad Request: text must be non-empty');
    expect(await send('<b> </b>', 'HTML')).toBe('400 Bad Request: text must be non-empty');
    expect(await send('x', 'BBCode')).toBe('400 Bad Request: unsupported parse_mode');
  });

  test('are trimmed, and their entities are counted in UTF-16', async () => {
    const { bot, groupId } = await openOffice();
    const sent = await bot.call('sendMessage', { chat_id: groupId, text: ' 😀 <b>bold</b> \n', parse_mode: 'HTML' });
    expect(sent.text).toBe('😀 bold');
    expect(sent.entities).toEqual([{ type: 'bold', offset: 3, length: 4 }]);
  });

  test('with broken markup are refused with the place in bytes', async () => {
    const { bot, groupId } = await openOffice();
    const send = (text: string, parse_mode: string) =>
      refusal(bot.call('sendMessage', { chat_id: groupId, text, parse_mode }));
    expect(await send('я <b>x', 'HTML')).toBe(
      '400 Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    );
    expect(await send('я *x', 'Markdown')).toBe(
      "400 Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 3",
    );
    expect(await send('я.', 'MarkdownV2')).toBe(
      "400 Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    );
  });

  test('mention people that the bot has seen, by name; others not', async () => {
    const { bot, control, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const stranger = await control.addPerson({ firstName: 'Strange' });
    await ann.writes('hello');
    const send = (id: number) =>
      bot.call('sendMessage', { chat_id: groupId, text: `<a href="tg://user?id=${id}">you</a>`, parse_mode: 'HTML' });
    expect((await send(ann.id)).entities).toMatchObject([
      { type: 'text_mention', user: { id: ann.id, first_name: 'Ann' } },
    ]);
    expect((await send(stranger.id)).entities).toBeUndefined();
  });

  test('keep custom emoji only of bots that may use them', async () => {
    const { bot, control, groupId } = await openOffice();
    const entities = [{ type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '5368324170671202286' }];
    const send = () => bot.call('sendMessage', { chat_id: groupId, text: '👍', entities });
    expect((await send()).entities).toBeUndefined();
    await (await control.bot()).sets({ usesCustomEmoji: true });
    expect((await send()).entities).toEqual(entities);
  });

  test('of people have their links, mentions and commands found', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts('from_site');
    await ann.writes('see example.com @someone_else #tag');
    const [start, text] = await bot.messages();
    expect(start).toMatchObject({
      text: '/start from_site',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    });
    expect(text?.entities?.map(({ type }) => type)).toEqual(['url', 'mention', 'hashtag']);
  });

  test('keep link preview options', async () => {
    const { bot, groupId } = await openOffice();
    const link_preview_options = { is_disabled: true };
    const sent = await bot.call('sendMessage', { chat_id: groupId, text: 'https://example.com', link_preview_options });
    expect(sent.link_preview_options).toEqual(link_preview_options);
    const older = await bot.call('sendMessage', { chat_id: groupId, text: 'x', disable_web_page_preview: true });
    expect(older.link_preview_options).toEqual({ is_disabled: true });
  });

  test('in captions are limited to 1024 code points', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'photo', caption: 'x'.repeat(3000) });
    const [message] = await bot.messages();
    expect(message?.caption).toHaveLength(3000);
    const photo = message!.photo!.at(-1)!.file_id;
    const send = (caption: string) => bot.call('sendPhoto', { chat_id: ann.id, photo, caption });
    expect((await send('x'.repeat(1024))).caption).toHaveLength(1024);
    expect(await refusal(send('x'.repeat(1025)))).toBe('400 Bad Request: message caption is too long');
  });
});

describe('keyboards', () => {
  test('are refused where they cannot be read', async () => {
    const { bot, groupId } = await openOffice();
    const send = (reply_markup: unknown) =>
      refusal(bot.call('sendMessage', { chat_id: groupId, text: 'x', reply_markup }));
    const button = (fields: Record<string, unknown>) => ({ inline_keyboard: [[{ text: 'b', ...fields }]] });
    expect(await send('[')).toBe("400 Bad Request: can't parse reply keyboard markup JSON object");
    expect(await send([])).toBe('400 Bad Request: object expected as reply markup');
    expect(await send(button({}))).toBe(
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    );
    expect(await send({ inline_keyboard: [[{ callback_data: 'x' }]] })).toBe(
      '400 Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"',
    );
    expect(await send(button({ callback_data: 'x'.repeat(65) }))).toBe('400 Bad Request: BUTTON_DATA_INVALID');
    expect(await send(button({ url: 'nowhere' }))).toBe('400 Bad Request: BUTTON_URL_INVALID');
    expect(
      await send({ inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'b', callback_data: 'b' }]) }),
    ).toBe('400 Bad Request: reply markup is too long');
  });

  test('below the input field are seen by people and not by bots', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts();
    const reply_markup = { keyboard: [['Yes', { text: 'My number', request_contact: true }]], one_time_keyboard: true };
    const sent = await bot.call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup });
    expect(sent).not.toHaveProperty('reply_markup');
    expect((await ann.sees()).at(-1)?.replyKeyboard).toEqual({
      keyboard: [[{ text: 'Yes' }, { text: 'My number', request_contact: true }]],
      one_time_keyboard: true,
    });
  });
});
