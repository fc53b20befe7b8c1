import { openOffice } from './support/office.js';

test('the roster tells of everybody how they stand to the team, and what is new in their chat with the bot', async () => {
  const { control, bot } = await openOffice();
  const ann = await control.addPerson({ firstName: 'Ann', languageCode: 'en' });
  await control.addPerson({ firstName: 'Maria', staff: 'member' });
  await control.addPerson({ firstName: 'Vera', staff: 'anonymous_admin' });
  await control.addPerson({ firstName: 'Sam', staff: 'group_only' });
  await ann.writes('Hello');
  await bot.call('sendMessage', { chat_id: ann.id, text: 'Hi' });
  await ann.blocks();
  const roster = await control.roster();
  expect(roster.map(({ firstName, channel, group, isAnonymous }) => [firstName, channel, group, isAnonymous])).toEqual([
    ['Owner', 'creator', 'creator', false],
    ['Ann', 'left', 'left', false],
    ['Maria', 'member', 'member', false],
    ['Vera', 'administrator', 'administrator', true],
    ['Sam', 'left', 'member', false],
  ]);
  expect(roster[1]?.chat).toEqual({
    isStarted: true,
    isBlocked: true,
    incoming: 1,
    last: { text: 'Hi', kind: 'text', date: expect.any(Number) as number, isOwn: false },
  });
});

test('the cast comes once, and only where nobody is yet', async () => {
  const { control } = await openOffice();
  await Promise.all([control.addCast(), control.addCast()]);
  const roster = await control.roster();
  expect(roster.map(({ firstName }) => firstName)).toEqual(['Owner', 'Ann', 'João', 'Maria', 'Tom', 'Vera', 'Sam']);
});

describe('a world that is emptied', () => {
  test('keeps the bot, the chats and their owner, and the settings', async () => {
    const { control, bot } = await openOffice();
    await control.addCast();
    await control.limits.set({ isOn: true });
    const [ann] = (await control.roster()).filter(({ firstName }) => firstName === 'Ann');
    await (await control.person(ann!.id)).writes('Hello');
    await bot.call('sendMessage', { chat_id: (await control.overview()).channel.id, text: 'a post' });
    const before = await control.overview();
    await control.faults.add({ effect: { kind: 'timeout' }, when: 'before' });
    await control.network.pause();
    await control.reset();

    expect(await control.overview()).toMatchObject({ bot: before.bot, channel: before.channel, group: before.group });
    expect((await control.roster()).map(({ firstName }) => firstName)).toEqual(['Owner']);
    expect([await control.channel.sees(), await control.group.sees()]).toEqual([[], []]);
    expect(await control.state()).toMatchObject({ network: 'up', faults: [], limits: { isOn: true } });
    expect(await bot.news()).toEqual([]);
  });

  test('never gives the number of a message or an update a second time', async () => {
    const { control, bot, channelId } = await openOffice();
    const { message_id: before } = await bot.call('sendMessage', { chat_id: channelId, text: 'before' });
    await (await control.addPerson({ firstName: 'Ann' })).writes('hello');
    const [first] = await bot.news();
    await control.reset();
    const { message_id: after } = await bot.call('sendMessage', { chat_id: channelId, text: 'after' });
    expect(after).toBeGreaterThan(before);
    await (await control.addPerson({ firstName: 'Bob' })).writes('hello');
    const later = await bot.news();
    expect(later.at(-1)!.update_id).toBeGreaterThan(first!.update_id);
  });
});
