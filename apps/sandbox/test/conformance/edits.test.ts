import type { Composition, Ref } from '../../src/control/client.js';
import { TestBot } from '../support/bot.js';
import { openOffice, refusal, type Office } from '../support/office.js';
import { greyJpeg } from '../../src/samples/jpeg.js';

const NOT_MODIFIED =
  '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
const CANNOT = "400 Bad Request: message can't be edited";
const keyboard = { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] };

interface Chatting extends Office {
  readonly chat_id: number;
  /** Copies what Ann sends into her chat: a message of the bot's own of any kind. */
  own(composition: Composition): Promise<number>;
  shown(messageId: number): Promise<Record<string, unknown>>;
}

async function openChat(): Promise<Chatting> {
  const office = await openOffice();
  const { bot, control } = office;
  const ann = await control.addPerson({ firstName: 'Ann' });
  const own = async (composition: Composition): Promise<number> => {
    const { messageId } = await ann.sends(composition);
    const copy = await bot.call('copyMessage', { chat_id: ann.id, from_chat_id: ann.id, message_id: messageId });
    return copy.message_id;
  };
  const shown = async (messageId: number) => (await ann.sees()).find(({ ref }) => ref.messageId === messageId)!;
  await ann.starts();
  return { ...office, chat_id: ann.id, own, shown };
}

describe('15. who can be edited', () => {
  test('a message that is unknown or deleted cannot', async () => {
    const { bot, chat_id, own } = await openChat();
    const message_id = await own({ kind: 'text', text: 'x' });
    await bot.call('deleteMessage', { chat_id, message_id });
    const gone = '400 Bad Request: message to edit not found';
    expect(await refusal(bot.call('editMessageText', { chat_id, message_id, text: 'y' }))).toBe(gone);
    expect(await refusal(bot.call('editMessageText', { chat_id, message_id: 999_999, text: 'y' }))).toBe(gone);
    expect(await refusal(bot.call('editMessageText', { text: 'y' }))).toBe(
      '400 Bad Request: message identifier is not specified',
    );
  });

  test('a message of somebody else cannot', async () => {
    const { bot, chat_id, control } = await openChat();
    const [start] = await control.chat(chat_id);
    const edit = { chat_id, message_id: start!.ref.messageId, text: 'y' };
    expect(await refusal(bot.call('editMessageText', edit))).toBe(CANNOT);
  });

  test('a message that brought a reply keyboard cannot', async () => {
    const { bot, chat_id } = await openChat();
    const reply_markup = { keyboard: [[{ text: 'Yes' }]] };
    const { message_id } = await bot.call('sendMessage', { chat_id, text: 'x', reply_markup });
    expect(await refusal(bot.call('editMessageText', { chat_id, message_id, text: 'y' }))).toBe(CANNOT);
  });

  test('a message that an agent sent through the bot cannot, by its id in the chat', async () => {
    const { bot, control, groupId } = await openOffice();
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    await bot.news();
    const picked = await pickedMessage({ bot, maria }, { kind: 'chat', chatId: groupId });
    const edit = bot.call('editMessageText', { chat_id: groupId, message_id: picked.messageId, text: 'y' });
    expect(await refusal(edit)).toBe(CANNOT);
  });

  test('a post that came through another bot cannot, not even by who may edit posts', async () => {
    const { bot, control, owner, channelId, sandbox } = await openOffice();
    const { data } = await control.addBot({ firstName: 'Other', username: 'other_bot' });
    const other = new TestBot(sandbox.url, data.token);
    const offered = owner.types('@other_bot hi');
    const [update] = await other.news({ timeout: 5 });
    const results = [{ type: 'article', id: '1', title: 'Hi', input_message_content: { message_text: 'canned' } }];
    await other.call('answerInlineQuery', { inline_query_id: update!.inline_query!.id, results });
    const { messageId } = await owner.picks((await offered).results[0]!, { to: { kind: 'chat', chatId: channelId } });
    const edit = bot.call('editMessageText', { chat_id: channelId, message_id: messageId, text: 'y' });
    expect(await refusal(edit)).toBe(CANNOT);
  });

  test('a message of the bot’s own can, however old it is', async () => {
    const { bot, chat_id, own, shown, sandbox } = await openChat();
    const message_id = await own({ kind: 'text', text: 'x' });
    sandbox.clock.advance(400 * 24 * 3_600_000);
    await bot.call('editMessageText', { chat_id, message_id, text: 'y' });
    expect(await shown(message_id)).toMatchObject({ text: 'y', edited: true });
  });

  test('a human’s post can, with the right to edit posts', async () => {
    const { bot, owner, channelId } = await openOffice();
    const { messageId } = await owner.posts('news');
    const edit = { chat_id: channelId, message_id: messageId, text: 'old news' };
    await bot.call('editMessageText', edit);
    await owner.promotes(bot, 'channel', { rights: { can_post_messages: true } });
    expect(await refusal(bot.call('editMessageText', { ...edit, text: 'older' }))).toBe(CANNOT);
  });
});

async function pickedMessage(
  { bot, maria }: { bot: Office['bot']; maria: Awaited<ReturnType<Office['control']['addPerson']>> },
  to: { kind: 'chat'; chatId: number },
): Promise<Ref> {
  const offered = maria.types('@bot hi');
  const [update] = await bot.news({ timeout: 5 });
  const results = [{ type: 'article', id: '1', title: 'Hi', input_message_content: { message_text: 'canned' } }];
  await bot.call('answerInlineQuery', { inline_query_id: update!.inline_query!.id, results });
  return maria.picks((await offered).results[0]!, { to });
}

describe('15. what an edit changes', () => {
  test('nothing new is refused, and a changed keyboard alone is new', async () => {
    const { bot, chat_id, own } = await openChat();
    const message_id = await own({ kind: 'text', text: 'x' });
    const edit = { chat_id, message_id, text: 'x' };
    expect(await refusal(bot.call('editMessageText', edit))).toBe(NOT_MODIFIED);
    expect(await refusal(bot.call('editMessageText', { ...edit, text: ' x ' }))).toBe(NOT_MODIFIED);
    const edited = await bot.call('editMessageText', { ...edit, reply_markup: keyboard });
    expect(edited).toMatchObject({ text: 'x', reply_markup: keyboard });
    expect(await refusal(bot.call('editMessageText', { ...edit, reply_markup: keyboard }))).toBe(NOT_MODIFIED);
  });

  test('the keyboard goes when the edit names none', async () => {
    const { bot, chat_id } = await openChat();
    const { message_id } = await bot.call('sendMessage', { chat_id, text: 'x', reply_markup: keyboard });
    const edited = await bot.call('editMessageText', { chat_id, message_id, text: 'y' });
    expect(edited).not.toHaveProperty('reply_markup');
  });

  test('editMessageReplyMarkup changes the keyboard only', async () => {
    const { bot, chat_id, own, shown } = await openChat();
    const message_id = await own({ kind: 'sticker' });
    const edited = await bot.call('editMessageReplyMarkup', { chat_id, message_id, reply_markup: keyboard });
    expect(edited).toMatchObject({ reply_markup: keyboard, sticker: {} });
    expect(await shown(message_id)).toMatchObject({ buttons: [['b']], edited: false });
    expect(await refusal(bot.call('editMessageReplyMarkup', { chat_id, message_id, reply_markup: keyboard }))).toBe(
      NOT_MODIFIED,
    );
  });

  test('the result does not show what the message answers', async () => {
    const { bot, chat_id, control } = await openChat();
    const [start] = await control.chat(chat_id);
    const reply_parameters = { message_id: start!.ref.messageId };
    const sent = await bot.call('sendMessage', { chat_id, text: 'x', reply_parameters });
    expect(sent.reply_to_message).toBeDefined();
    const edited = await bot.call('editMessageText', { chat_id, message_id: sent.message_id, text: 'y' });
    expect(edited).not.toHaveProperty('reply_to_message');
    expect((await control.chat(chat_id)).at(-1)?.replyTo).toEqual(start!.ref);
  });

  test('the bot hears nothing of its own edits', async () => {
    const { bot, chat_id, own } = await openChat();
    const message_id = await own({ kind: 'text', text: 'x' });
    await bot.news();
    await bot.call('editMessageText', { chat_id, message_id, text: 'y' });
    expect(await bot.news()).toEqual([]);
  });

  test.each<[string, Composition, string]>([
    ['text of media', { kind: 'photo', caption: 'c' }, 'there is no text in the message to edit'],
    ['text of a sticker', { kind: 'sticker' }, 'there is no text in the message to edit'],
  ])('%s is refused', async (_, composition, reason) => {
    const { bot, chat_id, own } = await openChat();
    const message_id = await own(composition);
    const edit = bot.call('editMessageText', { chat_id, message_id, text: 'y' });
    expect(await refusal(edit)).toBe(`400 Bad Request: ${reason}`);
  });

  test.each<Composition>([
    { kind: 'text', text: 'x' },
    { kind: 'sticker' },
    { kind: 'video_note' },
    { kind: 'dice' },
    { kind: 'location', latitude: 1, longitude: 2 },
  ])('a caption of $kind is refused', async (composition) => {
    const { bot, chat_id, own } = await openChat();
    const message_id = await own(composition);
    const edit = bot.call('editMessageCaption', { chat_id, message_id, caption: 'y' });
    expect(await refusal(edit)).toBe('400 Bad Request: there is no caption in the message to edit');
  });

  test('captions change, and go when they are empty', async () => {
    const { bot, chat_id, own, shown } = await openChat();
    const message_id = await own({ kind: 'voice', caption: 'old' });
    await bot.call('editMessageCaption', { chat_id, message_id, caption: 'new' });
    expect(await shown(message_id)).toMatchObject({ caption: 'new' });
    await bot.call('editMessageCaption', { chat_id, message_id });
    expect(await shown(message_id)).toMatchObject({ caption: '' });
  });

  test('an edit that is too long, or empty, is refused', async () => {
    const { bot, chat_id, own } = await openChat();
    const text = await own({ kind: 'text', text: 'x' });
    const photo = await own({ kind: 'photo' });
    const long = bot.call('editMessageText', { chat_id, message_id: text, text: 'y'.repeat(4097) });
    expect(await refusal(long)).toBe('400 Bad Request: message is too long');
    const empty = bot.call('editMessageText', { chat_id, message_id: text, text: '' });
    expect(await refusal(empty)).toBe('400 Bad Request: message text is empty');
    const caption = bot.call('editMessageCaption', { chat_id, message_id: photo, caption: 'y'.repeat(1025) });
    expect(await refusal(caption)).toBe('400 Bad Request: message caption is too long');
  });
});

describe('15. editMessageMedia', () => {
  /** The ids of files that the bot has sent already, by kind. */
  async function openFiles() {
    const chatting = await openChat();
    const { bot, chat_id } = chatting;
    const file = { bytes: greyJpeg(100, 100), name: 'a.jpg', type: 'image/jpeg' };
    const photo = await bot.upload('sendPhoto', { chat_id: String(chat_id), photo: file });
    const video = await bot.upload('sendVideo', { chat_id: String(chat_id), video: { ...file, type: 'video/mp4' } });
    return { ...chatting, photo: photo.photo!.at(-1)!.file_id, video: video.video!.file_id };
  }

  test.each<Composition>([
    { kind: 'text', text: 'x' },
    { kind: 'photo' },
    { kind: 'video' },
    { kind: 'animation' },
    { kind: 'audio' },
    { kind: 'document' },
  ])('turns a $kind into a photo', async (composition) => {
    const { bot, chat_id, own, shown, photo } = await openFiles();
    const message_id = await own(composition);
    const media = { type: 'photo', media: photo, caption: 'now' };
    const edited = await bot.call('editMessageMedia', { chat_id, message_id, media });
    expect(edited).toMatchObject({ caption: 'now', photo: [{}, {}] });
    expect(await shown(message_id)).toMatchObject({ kind: 'photo', caption: 'now', edited: true });
  });

  test.each<Composition>([
    { kind: 'sticker' },
    { kind: 'voice' },
    { kind: 'video_note' },
    { kind: 'contact', phoneNumber: '+1', firstName: 'Bob' },
    { kind: 'location', latitude: 1, longitude: 2 },
    { kind: 'poll', question: 'q', options: ['a'] },
    { kind: 'dice' },
  ])('does not touch a $kind', async (composition) => {
    const { bot, chat_id, own, photo } = await openFiles();
    const message_id = await own(composition);
    const edit = bot.call('editMessageMedia', { chat_id, message_id, media: { type: 'photo', media: photo } });
    expect(await refusal(edit)).toBe("400 Bad Request: message media can't be edited");
  });

  test('never leads back to text', async () => {
    const { bot, chat_id, own, photo } = await openFiles();
    const message_id = await own({ kind: 'text', text: 'x' });
    await bot.call('editMessageMedia', { chat_id, message_id, media: { type: 'photo', media: photo } });
    const back = bot.call('editMessageText', { chat_id, message_id, text: 'x' });
    expect(await refusal(back)).toBe('400 Bad Request: there is no text in the message to edit');
  });

  test('keeps items of an album to the kinds of the album', async () => {
    const { bot, chat_id, photo, video } = await openFiles();
    const media = [1, 2].map(() => ({ type: 'photo', media: photo }));
    const [item] = await bot.call('sendMediaGroup', { chat_id, media });
    const edit = { chat_id, message_id: item!.message_id };
    await bot.call('editMessageMedia', { ...edit, media: { type: 'video', media: video } });
    const file = { bytes: Buffer.from('x'), name: 'a.txt', type: 'text/plain' };
    const asDocument = bot.upload('editMessageMedia', {
      chat_id: String(chat_id),
      message_id: String(item!.message_id),
      media: JSON.stringify({ type: 'document', media: 'attach://a' }),
      a: file,
    });
    expect(await refusal(asDocument)).toBe("400 Bad Request: can't change media type in the album");
    const asAnimation = bot.upload('editMessageMedia', {
      chat_id: String(chat_id),
      message_id: String(item!.message_id),
      media: JSON.stringify({ type: 'animation', media: 'attach://a' }),
      a: file,
    });
    expect(await refusal(asAnimation)).toBe("400 Bad Request: message content type can't be used in an album");
  });
});

describe('15. live locations', () => {
  const place = { latitude: 1, longitude: 2 };

  test('move, stop, and cannot be moved after that', async () => {
    const { bot, chat_id, sandbox } = await openChat();
    const sent = await bot.call('sendLocation', { chat_id, ...place, live_period: 600 });
    const edit = { chat_id, message_id: sent.message_id };
    const moved = await bot.call('editMessageLiveLocation', { ...edit, latitude: 3, longitude: 4 });
    expect(moved).toMatchObject({ location: { latitude: 3, longitude: 4, live_period: 600 } });
    const stopped = await bot.call('stopMessageLiveLocation', edit);
    expect(stopped).toMatchObject({ location: { latitude: 3, longitude: 4 } });
    expect(await refusal(bot.call('editMessageLiveLocation', { ...edit, ...place }))).toBe(CANNOT);
    const other = await bot.call('sendLocation', { chat_id, ...place, live_period: 600 });
    sandbox.clock.advance(601_000);
    const late = bot.call('editMessageLiveLocation', { chat_id, message_id: other.message_id, ...place });
    expect(await refusal(late)).toBe(CANNOT);
  });

  test('are not what a still location is', async () => {
    const { bot, chat_id } = await openChat();
    const { message_id } = await bot.call('sendLocation', { chat_id, ...place });
    expect(await refusal(bot.call('stopMessageLiveLocation', { chat_id, message_id }))).toBe(
      '400 Bad Request: there is no live location in the message to edit',
    );
  });

  test('of people come as edited_message, the last one without live_period', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const live = await ann.sends({ kind: 'live_location', ...place });
    await ann.moves(live, { latitude: 5, longitude: 6 });
    await ann.endsLiveLocation(live);
    const [sent, moved, ended] = await bot.news();
    expect(sent?.message?.location).toMatchObject({ ...place, live_period: 900 });
    expect(moved?.edited_message?.location).toMatchObject({ latitude: 5, longitude: 6, live_period: 900 });
    expect(ended?.edited_message?.location).toEqual({ latitude: 5, longitude: 6 });
  });
});

describe('edits by people', () => {
  test('are edited_message with an edit_date, of text, caption and kind', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const text = await ann.writes('helo');
    const photo = await ann.sends({ kind: 'photo', caption: 'me' });
    await bot.news();
    sandbox.clock.advance(60_000);
    await ann.edits(text, 'hello');
    await ann.edits(photo, 'me at sea');
    await ann.edits(text, { kind: 'photo', caption: 'hello' });
    const edits = (await bot.news()).map(({ edited_message }) => edited_message!);
    expect(edits[0]).toMatchObject({ message_id: text.messageId, text: 'hello' });
    expect(edits[0]!.edit_date).toBe(edits[0]!.date + 60);
    expect(edits[1]).toMatchObject({ message_id: photo.messageId, caption: 'me at sea' });
    expect(edits[2]).toMatchObject({ message_id: text.messageId, caption: 'hello', photo: [{}, {}, {}] });
    expect(edits[2]).not.toHaveProperty('text');
  });

  test('are possible for 48 hours, of their own messages', async () => {
    const { control, sandbox, bot } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    const { message_id: messageId } = await bot.call('sendMessage', { chat_id: ann.id, text: 'hi' });
    await expect(ann.edits({ chatId: ann.id, messageId }, 'x')).rejects.toThrow('the message is not by Ann');
    sandbox.clock.advance(48 * 3_600_000 + 2_000);
    await expect(ann.edits(hello, 'x')).rejects.toThrow('older than 48 hours');
  });
});
