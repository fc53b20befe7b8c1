import { busyMorning, CROWD, flakyNetwork, PRESET_MS } from '../src/presets/plans.js';
import { openOffice } from './support/office.js';

/** Numbers that come again and again, in the place of chance. */
const cycle = (numbers: readonly number[]) => {
  let at = -1;
  return () => {
    at += 1;
    return numbers[at % numbers.length]!;
  };
};

test('on a busy morning twenty customers write three to six messages each, in order, within two minutes', () => {
  const arrivals = busyMorning(cycle([0.1, 0.9, 0.3, 0.999, 0, 0.5, 0.7]));
  for (let customer = 0; customer < CROWD.length; customer += 1) {
    const theirs = arrivals.filter((arrival) => arrival.customer === customer);
    expect(theirs.length).toBeGreaterThanOrEqual(3);
    expect(theirs.length).toBeLessThanOrEqual(6);
    const times = theirs.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeLessThan(PRESET_MS / 2);
    expect(times.at(-1)).toBeLessThanOrEqual(PRESET_MS);
  }
});

test('a flaky network has a fault every few seconds, some before and some after the call took effect', () => {
  const hitches = flakyNetwork(cycle([0, 0.2, 0.4, 0.6, 0.8, 0.99]));
  expect(hitches).toHaveLength(60);
  expect(new Set(hitches.map(({ fault }) => fault.when))).toEqual(new Set(['before', 'after']));
  expect(hitches.every(({ atMs }) => atMs < PRESET_MS)).toBe(true);
});

test('a busy morning turns the limits on, lets the crowd in, and ends after two minutes', async () => {
  const { control, sandbox } = await openOffice();
  await control.presets.start('busy_morning');
  expect(await control.state()).toMatchObject({ preset: { name: 'busy_morning' }, limits: { isOn: true } });
  await control.clock.advance(PRESET_MS + 1);
  expect((await control.state()).preset).toBeUndefined();
  const crowd = (await control.roster()).slice(1);
  expect(crowd).toHaveLength(20);
  expect(crowd.every(({ chat }) => chat.isStarted)).toBe(true);
  expect(sandbox.snapshot().world.settings.limits.isOn).toBe(true);
});

test('a preset that is stopped, or replaced by another world, does nothing more', async () => {
  const { control } = await openOffice();
  const empty = await control.snapshot();
  await control.presets.start('flaky_network');
  await control.presets.stop();
  await control.clock.advance(PRESET_MS);
  expect((await control.state()).faults).toEqual([]);
  await control.presets.start('busy_morning');
  await control.load(empty);
  expect((await control.state()).preset).toBeUndefined();
  await control.clock.advance(PRESET_MS);
  expect(await control.roster()).toHaveLength(1);
});

test('a flaky network makes calls fail', async () => {
  const { control } = await openOffice();
  await control.presets.start('flaky_network');
  await control.clock.advance(10_000);
  expect((await control.state()).faults.length).toBeGreaterThanOrEqual(4);
});

test('gauges show the staff chats always, and private chats in which something was sent', async () => {
  const { control, bot, groupId } = await openOffice({ limits: 'on' });
  const ann = await control.addPerson({ firstName: 'Ann' });
  await control.addPerson({ firstName: 'Bob' });
  await ann.writes('hello');
  await bot.call('sendMessage', { chat_id: groupId, text: 'one' });
  await bot.call('sendMessage', { chat_id: ann.id, text: 'two' });
  const gauges = await control.limits.gauges();
  expect(gauges.map(({ title, used, limit }) => [title, used, limit])).toEqual([
    ['Support', 0, 20],
    ['Support Chat', 1, 20],
    ['Ann', 1, 20],
  ]);
});

test('calls and updates can be asked for by how many of the newest are wanted', async () => {
  const { control, bot } = await openOffice();
  const ann = await control.addPerson({ firstName: 'Ann' });
  for (const text of ['one', 'two', 'three']) {
    await ann.writes(text);
    await bot.call('getMe');
  }
  expect(await control.calls({ last: 2 })).toHaveLength(2);
  expect((await control.updates({ last: 1 })).at(-1)?.event).toMatchObject({ kind: 'added' });
});
