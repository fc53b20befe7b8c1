import type { Composition } from '../../src/control/client.js';
import { openOffice, refusal } from '../support/office.js';

const KINDS_AS_THEY_ARE: Composition[] = [
  { kind: 'text', text: 'words' },
  { kind: 'photo', caption: 'c' },
  { kind: 'video', caption: 'c' },
  { kind: 'animation', caption: 'c' },
  { kind: 'audio', caption: 'c' },
  { kind: 'voice', caption: 'c' },
  { kind: 'document', caption: 'c' },
  { kind: 'video_note' },
  { kind: 'sticker' },
  { kind: 'contact', phoneNumber: '+1', firstName: 'Bob' },
  { kind: 'venue', latitude: 1, longitude: 2, title: 'Home', address: 'Street 1' },
  { kind: 'location', latitude: 1, longitude: 2 },
  { kind: 'game' },
  { kind: 'story' },
];

const UNCOPYABLE: Composition[] = [
  { kind: 'paid_media' },
  { kind: 'giveaway' },
  { kind: 'giveaway_winners' },
  { kind: 'invoice' },
];

/** Ann sends something, the bot copies it into the group. */
async function copied(composition: Composition, params: Record<string, unknown> = {}) {
  const office = await openOffice();
  const { bot, control, groupId } = office;
  const ann = await control.addPerson({ firstName: 'Ann', isPremium: true });
  const sent = await ann.sends(composition);
  const from = { chat_id: groupId, from_chat_id: ann.id, message_id: sent.messageId };
  const { message_id } = await bot.call('copyMessage', { ...from, ...params });
  const [source] = await ann.sees();
  const copy = (await control.chat(groupId)).find(({ ref }) => ref.messageId === message_id);
  return { ...office, ann, source: source!, copy: copy! };
}

describe('13. copyMessage', () => {
  test.each(KINDS_AS_THEY_ARE)('copies a $kind as it is', async (composition) => {
    const { source, copy } = await copied(composition);
    const said = ({ kind, text, caption, file, details }: typeof copy) => ({ kind, text, caption, file, details });
    expect(said(copy)).toEqual(said(source));
    expect(copy).toMatchObject({ fromBot: true });
    expect(copy.forwardedFrom).toBeUndefined();
  });

  test.each(UNCOPYABLE)('refuses a $kind', async (composition) => {
    expect(await refusal(copied(composition))).toBe("400 Bad Request: the message can't be copied");
  });

  test('refuses service messages', async () => {
    const { bot, control, groupId } = await openOffice();
    await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const [joined] = await bot.messages();
    const copy = { chat_id: groupId, from_chat_id: groupId, message_id: joined!.message_id };
    expect(await refusal(bot.call('copyMessage', copy))).toBe("400 Bad Request: the message can't be copied");
  });

  test('throws dice anew', async () => {
    const { bot, control, groupId } = await openOffice({ seed: 1 });
    const ann = await control.addPerson({ firstName: 'Ann' });
    const { messageId } = await ann.sends({ kind: 'dice' });
    for (let copies = 0; copies < 12; copies += 1) {
      await bot.call('copyMessage', { chat_id: groupId, from_chat_id: ann.id, message_id: messageId });
    }
    const values = (await control.chat(groupId)).map(({ details }) => (details as { value: number }).value);
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  test('makes a live location a still one', async () => {
    const { source, copy } = await copied({ kind: 'live_location', latitude: 1, longitude: 2, periodSeconds: 600 });
    expect(source.details).toMatchObject({ live_period: 600 });
    expect(copy.details).toEqual({ latitude: 1, longitude: 2 });
  });

  test('makes a poll of its own without votes', async () => {
    const { bot, control, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const poll = await ann.sends({ kind: 'poll', question: 'Tea?', options: ['yes', 'no'] });
    await ann.votes(poll, 0);
    await bot.call('copyMessage', { chat_id: groupId, from_chat_id: ann.id, message_id: poll.messageId });
    const [source] = await ann.sees();
    const [copy] = await control.chat(groupId);
    expect(source?.details).toMatchObject({ total_voter_count: 1 });
    expect(copy?.details).toMatchObject({ question: 'Tea?', total_voter_count: 0 });
    expect((copy?.details as { id: string }).id).not.toBe((source?.details as { id: string }).id);
  });

  test('copies a quiz only where the right answer is known', async () => {
    const { copy } = await copied({ kind: 'poll', question: '1+1', options: ['2', '3'], correctOption: 0 });
    expect(copy.details).toMatchObject({ type: 'quiz' });
    const { bot, control, groupId } = await openOffice();
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const quiz = await maria.writesInGroup({ kind: 'poll', question: '1+1', options: ['2', '3'], correctOption: 0 });
    const again = bot.call('copyMessage', { chat_id: groupId, from_chat_id: groupId, message_id: quiz.messageId });
    expect(await refusal(again)).toBe("400 Bad Request: the message can't be copied");
  });

  test('clears the ticks of a checklist', async () => {
    const { copy } = await copied({ kind: 'checklist', title: 'To do', tasks: ['one', 'two'] });
    expect(copy.details).toEqual({
      title: 'To do',
      tasks: [
        { id: 1, text: 'one' },
        { id: 2, text: 'two' },
      ],
    });
  });

  test('lets a Premium caption through, but not when the copy answers, has buttons or another caption', async () => {
    const { bot, ann, source, copy, groupId } = await copied({ kind: 'photo', caption: 'x'.repeat(2000) });
    expect(copy.caption).toHaveLength(2000);
    const from = { chat_id: groupId, from_chat_id: ann.id, message_id: source.ref.messageId };
    const reply_parameters = { message_id: copy.ref.messageId };
    const tooLong = '400 Bad Request: message caption is too long';
    expect(await refusal(bot.call('copyMessage', { ...from, reply_parameters }))).toBe(tooLong);
    const reply_markup = { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] };
    expect(await refusal(bot.call('copyMessage', { ...from, reply_markup }))).toBe(tooLong);
    expect(await refusal(bot.call('copyMessage', { ...from, caption: 'y'.repeat(1025) }))).toBe(tooLong);
  });

  test('lets a Premium text through, but not as an answer', async () => {
    const { bot, ann, source, copy, groupId } = await copied({ kind: 'text', text: 'x'.repeat(5000) });
    expect(copy.text).toHaveLength(5000);
    const from = { chat_id: groupId, from_chat_id: ann.id, message_id: source.ref.messageId };
    const reply = bot.call('copyMessage', { ...from, reply_parameters: { message_id: copy.ref.messageId } });
    expect(await refusal(reply)).toBe('400 Bad Request: message is too long');
  });

  test('replaces the caption when one is given, and removes it when it is empty', async () => {
    expect(
      (await copied({ kind: 'photo', caption: 'old' }, { caption: '<b>new</b>', parse_mode: 'HTML' })).copy,
    ).toMatchObject({
      caption: 'new',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
    });
    expect((await copied({ kind: 'photo', caption: 'old' }, { caption: '' })).copy.caption).toBe('');
    expect((await copied({ kind: 'photo', caption: 'old' })).copy.caption).toBe('old');
  });

  test('copies protected messages, which cannot be forwarded', async () => {
    const { bot, control, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const secret = await ann.writes('secret', { isProtected: true });
    const from = { chat_id: groupId, from_chat_id: ann.id, message_id: secret.messageId };
    await bot.call('copyMessage', from);
    const forward = bot.call('forwardMessage', from);
    expect(await refusal(forward)).toBe("400 Bad Request: message has protected content and can't be forwarded");
  });

  test('says that a missing message is not there', async () => {
    const { bot, control, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    const from = { chat_id: groupId, from_chat_id: ann.id };
    const missing = '400 Bad Request: message to copy not found';
    expect(await refusal(bot.call('copyMessage', { ...from, message_id: hello.messageId + 1 }))).toBe(missing);
    await ann.deletes(hello);
    expect(await refusal(bot.call('copyMessage', { ...from, message_id: hello.messageId }))).toBe(missing);
  });

  test('makes a message of the bot’s own: edits of the source do not touch it, the bot can edit it', async () => {
    const { bot, ann, source, copy, control, groupId } = await copied({ kind: 'text', text: 'old' });
    await ann.edits(source.ref, 'new');
    expect((await control.chat(groupId))[0]?.text).toBe('old');
    await bot.call('editMessageText', { chat_id: groupId, message_id: copy.ref.messageId, text: 'mine' });
    expect((await control.chat(groupId))[0]?.text).toBe('mine');
  });
});

describe('14. copyMessages', () => {
  /** Ann has sent an album of two pictures and a text. */
  async function openAlbum() {
    const office = await openOffice();
    const ann = await office.control.addPerson({ firstName: 'Ann' });
    const album = await ann.sendsAlbum([{ kind: 'photo', caption: 'one' }, { kind: 'photo' }]);
    const text = await ann.writes('words');
    const from = { chat_id: office.groupId, from_chat_id: ann.id };
    return { ...office, ann, ids: [...album, text].map(({ messageId }) => messageId), from };
  }

  test('wants ids in strictly increasing order', async () => {
    const { bot, ids, from } = await openAlbum();
    const order = '400 Bad Request: message identifiers must be in a strictly increasing order';
    const reversed = bot.call('copyMessages', { ...from, message_ids: ids.toReversed() });
    expect(await refusal(reversed)).toBe(order);
    const doubled = bot.call('copyMessages', { ...from, message_ids: [ids[0], ids[0]] });
    expect(await refusal(doubled)).toBe(order);
  });

  test('keeps albums together, and skips what is missing or cannot be copied', async () => {
    const { bot, ann, ids, from, control, groupId } = await openAlbum();
    const bill = await ann.sends({ kind: 'invoice' });
    const message_ids = [...ids, bill.messageId, bill.messageId + 1000];
    const results = await bot.call('copyMessages', { ...from, message_ids });
    expect(results).toHaveLength(3);
    const copies = await control.chat(groupId);
    expect(copies.map(({ ref }) => ref.messageId)).toEqual(results.map(({ message_id }) => message_id));
    expect(copies[0]!.albumId).toBeDefined();
    expect(copies[1]!.albumId).toBe(copies[0]!.albumId);
    expect(copies[2]!.albumId).toBeUndefined();
  });

  test('takes captions away when asked to', async () => {
    const { bot, ids, from, control, groupId } = await openAlbum();
    await bot.call('copyMessages', { ...from, message_ids: ids.slice(0, 2), remove_caption: true });
    expect((await control.chat(groupId)).map(({ caption }) => caption)).toEqual(['', '']);
  });

  test('knows no answers: the copies stand outside of every thread', async () => {
    const { bot, ids, from, control, groupId } = await openAlbum();
    const root = await bot.call('sendMessage', { chat_id: groupId, text: 'root' });
    const reply_parameters = { message_id: root.message_id };
    await bot.call('copyMessages', { ...from, message_ids: ids, reply_parameters });
    const copies = (await control.chat(groupId)).slice(1);
    expect(copies.map(({ replyTo, threadId }) => [replyTo, threadId])).toEqual(
      copies.map(() => [undefined, undefined]),
    );
  });

  test('fails when nothing is left to copy', async () => {
    const { bot, from, ids } = await openAlbum();
    const none = bot.call('copyMessages', { ...from, message_ids: [ids[2]! + 5] });
    expect(await refusal(none)).toBe("400 Bad Request: messages can't be forwarded");
    const empty = bot.call('copyMessages', { ...from, message_ids: [] });
    expect(await refusal(empty)).toBe('400 Bad Request: message identifiers are not specified');
    const many = Array.from({ length: 101 }, (_, index) => index + 1);
    expect(await refusal(bot.call('copyMessages', { ...from, message_ids: many }))).toBe(
      '400 Bad Request: too many message identifiers specified',
    );
  });
});

describe('forwards', () => {
  test('name their first author, even when they are forwarded again', async () => {
    const { bot, control, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    const once = await bot.call('forwardMessage', {
      chat_id: groupId,
      from_chat_id: ann.id,
      message_id: hello.messageId,
    });
    const twice = await bot.call('forwardMessage', {
      chat_id: groupId,
      from_chat_id: groupId,
      message_id: once.message_id,
    });
    expect(twice.forward_origin).toMatchObject({ type: 'user', sender_user: { id: ann.id } });
    expect(twice).toMatchObject({ forward_from: { id: ann.id } });
  });

  test('of people who hide show their name only', async () => {
    const { bot, control, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann', lastName: 'Lee', hidesInForwards: true });
    const hello = await ann.writes('hello');
    const forward = await bot.call('forwardMessage', {
      chat_id: groupId,
      from_chat_id: ann.id,
      message_id: hello.messageId,
    });
    expect(forward.forward_origin).toMatchObject({ type: 'hidden_user', sender_user_name: 'Ann Lee' });
    expect(forward).toMatchObject({ forward_sender_name: 'Ann Lee' });
  });

  test('cannot be edited by the bot that made them', async () => {
    const { bot, control, groupId } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    const from = { chat_id: groupId, from_chat_id: ann.id, message_id: hello.messageId };
    const { message_id } = await bot.call('forwardMessage', from);
    const edit = bot.call('editMessageText', { chat_id: groupId, message_id, text: 'x' });
    expect(await refusal(edit)).toBe("400 Bad Request: message can't be edited");
  });
});
