import { openOffice, refusal } from '../support/office.js';

const HOUR = 3_600_000;

describe('16. deletes', () => {
  test('in private go both ways for 48 hours', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    const sent = await bot.call('sendMessage', { chat_id: ann.id, text: 'x' });
    const late = await bot.call('sendMessage', { chat_id: ann.id, text: 'y' });
    await bot.call('deleteMessage', { chat_id: ann.id, message_id: hello.messageId });
    await bot.call('deleteMessage', { chat_id: ann.id, message_id: sent.message_id });
    expect((await ann.sees()).map(({ text }) => text)).toEqual(['y']);
    sandbox.clock.advance(48 * HOUR);
    const tooLate = bot.call('deleteMessage', { chat_id: ann.id, message_id: late.message_id });
    expect(await refusal(tooLate)).toBe("400 Bad Request: message can't be deleted");
  });

  test('in groups and channels end after 48 hours too, for admins as well', async () => {
    const { bot, groupId, channelId, sandbox } = await openOffice();
    const post = await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    const message = await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    sandbox.clock.advance(47 * HOUR);
    await bot.call('deleteMessage', { chat_id: groupId, message_id: message.message_id });
    sandbox.clock.advance(HOUR);
    const tooLate = bot.call('deleteMessage', { chat_id: channelId, message_id: post.message_id });
    expect(await refusal(tooLate)).toBe("400 Bad Request: message can't be deleted");
  });

  test('of what is not there, or not named, are refused', async () => {
    const { bot, groupId } = await openOffice();
    const call = (params: Record<string, unknown>) => refusal(bot.call('deleteMessage', params));
    expect(await call({ chat_id: groupId, message_id: 999_999 })).toBe('400 Bad Request: message to delete not found');
    expect(await call({ message_id: 1 })).toBe('400 Bad Request: chat identifier is not specified');
    expect(await call({ chat_id: groupId })).toBe('400 Bad Request: message identifier is not specified');
  });

  test('of others’ messages in a group need the right to', async () => {
    const { bot, owner, control, groupId } = await openOffice();
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const gossip = { chat_id: groupId, message_id: (await maria.writesInGroup('gossip')).messageId };
    const own = await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    await owner.promotes(bot, 'group', { rights: { can_pin_messages: true } });
    expect(await refusal(bot.call('deleteMessage', gossip))).toBe("400 Bad Request: message can't be deleted");
    await bot.call('deleteMessage', { chat_id: groupId, message_id: own.message_id });
    await owner.promotes(bot, 'group', { rights: { can_delete_messages: true } });
    await bot.call('deleteMessage', gossip);
  });

  test('of dice in private come after a day', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts();
    const { message_id } = await bot.call('sendDice', { chat_id: ann.id });
    const dice = { chat_id: ann.id, message_id };
    expect(await refusal(bot.call('deleteMessage', dice))).toBe(
      "400 Bad Request: message can't be deleted for everyone",
    );
    sandbox.clock.advance(25 * HOUR);
    await bot.call('deleteMessage', dice);
  });

  test('of several skip what is missing, but fail as a whole where one may not be deleted', async () => {
    const { bot, groupId, control, sandbox } = await openOffice();
    const send = async () => (await bot.call('sendMessage', { chat_id: groupId, text: 'x' })).message_id;
    const old = await send();
    sandbox.clock.advance(49 * HOUR);
    const fresh = [await send(), await send()];
    const call = (message_ids: number[]) => bot.call('deleteMessages', { chat_id: groupId, message_ids });
    expect(await refusal(call([old, ...fresh]))).toBe("400 Bad Request: message can't be deleted");
    expect(await control.chat(groupId)).toHaveLength(3);
    expect(await call([fresh[0]!, fresh[1]!, 999_999])).toBe(true);
    expect((await control.chat(groupId)).map(({ ref }) => ref.messageId)).toEqual([old]);
  });

  test('tell nobody', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const hello = await ann.writes('hello');
    await bot.news();
    await ann.deletes(hello);
    expect(await bot.news()).toEqual([]);
  });
});

describe('17. albums', () => {
  test('of people come as one update for each item, with one media_group_id, ids in a row, the caption on its item', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sendsAlbum([{ kind: 'photo', caption: 'us' }, { kind: 'video' }, { kind: 'photo' }]);
    const items = await bot.messages();
    expect(items).toHaveLength(3);
    expect(new Set(items.map(({ media_group_id }) => media_group_id)).size).toBe(1);
    const [first] = items;
    expect(items.map(({ message_id }) => message_id - first!.message_id)).toEqual([0, 1, 2]);
    expect(items.map(({ caption }) => caption)).toEqual(['us', undefined, undefined]);
    expect(new Set(items.map(({ date }) => date)).size).toBe(1);
  });

  test('arrive with gaps, in which others speak', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const ben = await control.addPerson({ firstName: 'Ben' });
    await ann.sendsAlbum([{ kind: 'photo' }, { kind: 'photo' }], { gapMs: 1_500_000 });
    await ben.writes('me too');
    expect((await bot.messages()).map(({ from }) => from!.id)).toEqual([ann.id, ben.id]);
    sandbox.clock.advance(1_500_000);
    expect((await bot.messages()).map(({ from }) => from!.id)).toEqual([ann.id]);
  });

  test('of the bot are messages with one media_group_id; one item is a plain message', async () => {
    const { bot, groupId, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'photo' });
    const [message] = await bot.messages();
    const media = { type: 'photo', media: message!.photo!.at(-1)!.file_id };
    const album = await bot.call('sendMediaGroup', { chat_id: groupId, media: [media, media] });
    expect(album).toHaveLength(2);
    expect(album[0]!.media_group_id).toBeDefined();
    expect(album[1]!.media_group_id).toBe(album[0]!.media_group_id);
    const [single] = await bot.call('sendMediaGroup', { chat_id: groupId, media: [media] });
    expect(single!.media_group_id).toBeUndefined();
  });

  test('mix only what may be mixed', async () => {
    const { bot, groupId, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'photo' });
    await ann.sends({ kind: 'video' });
    await ann.sends({ kind: 'audio' });
    await ann.sends({ kind: 'document' });
    const [photo, video, audio, document] = (await bot.messages()).map((message) => {
      const file = message.photo?.at(-1) ?? message.video ?? message.audio ?? message.document;
      const type = (['photo', 'video', 'audio', 'document'] as const).find((kind) => message[kind] !== undefined);
      return { type, media: file!.file_id };
    });
    const send = (...media: unknown[]) => bot.call('sendMediaGroup', { chat_id: groupId, media });
    expect(await send(photo, video)).toHaveLength(2);
    expect(await send(audio, audio)).toHaveLength(2);
    expect(await refusal(send(audio, photo))).toBe("400 Bad Request: audio can't be mixed with other media types");
    expect(await refusal(send(document, photo))).toBe(
      "400 Bad Request: document can't be mixed with other media types",
    );
    expect(await refusal(send(...Array.from({ length: 11 }, () => photo)))).toBe(
      '400 Bad Request: too many messages to send as an album',
    );
    expect(await refusal(send({ ...photo, type: 'animation' }, photo))).toBe(
      '400 Bad Request: can\'t parse InputMedia: type "animation" can\'t be used in sendMediaGroup',
    );
  });
});
