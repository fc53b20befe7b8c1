import { untilReady } from '../../process/support.js';
import { begun, inGroup, nothingOpen, openPlace, probes, queued } from './support.js';

// Each test kills a real process between two steps and starts another.

const killed = { code: null, signal: 'SIGKILL' };

test.each([
  ['1. killed with updates fetched and not stored: Telegram delivers them again, each is stored once', 'before_store'],
  ['2. killed after the updates were stored, before they were confirmed: delivered again, to no effect', 'after_store'],
] as const)('%s', async (_name, point) => {
  const place = await openPlace();
  const { ann } = await begun(place);
  await ann.writes('One');
  expect(await place.start(point).ended).toEqual(killed);
  const next = place.start();
  await untilReady(next);
  await nothingOpen(place, 2);
  expect(await inGroup(place, 'One')).toEqual(['One']);
  const stored = await place.database.query(
    `SELECT count(*)::int AS times FROM updates WHERE payload->'message'->>'text' = 'One' GROUP BY external_id`,
  );
  expect(stored).toEqual([{ times: 1 }]);
});

test('3. killed inside the transaction that handles an update: rolled back, and another worker does it anew', async () => {
  const place = await openPlace();
  const { ann } = await begun(place);
  const first = place.start('in_apply');
  await untilReady(first);
  const second = place.start();
  await untilReady(second);
  await ann.writes('One');
  expect(await first.ended).toEqual(killed);
  const died = performance.now();
  await nothingOpen(place, 2);
  expect(performance.now() - died).toBeLessThan(30_000);
  expect(await inGroup(place, 'One')).toEqual(['One']);
});

test('4. killed when a call was marked and not made: asked for, not found, sent once', async () => {
  const place = await openPlace();
  const { ann } = await begun(place);
  await ann.writes('One');
  expect(await place.start('before_call').ended).toEqual(killed);
  expect(await inGroup(place, 'One')).toEqual([]);
  await untilReady(place.start());
  await nothingOpen(place, 2);
  expect(await inGroup(place, 'One')).toEqual(['One']);
  expect(await probes(place)).toBeGreaterThan(0);
});

test('5. killed after Telegram executed and before it was written down: found by asking, not sent again', async () => {
  const place = await openPlace();
  const { ann } = await begun(place);
  await ann.writes('One');
  expect(await place.start('after_call').ended).toEqual(killed);
  await untilReady(place.start());
  await nothingOpen(place, 2);
  expect(await inGroup(place, 'One')).toEqual(['One']);
  expect(await place.control.calls({ method: 'sendMessage', chatId: place.groupId })).toHaveLength(1);
});

test.each(['after_call', 'after_record'] as const)(
  '6. killed at %s of a comment that two messages share: both are linked to it, or neither',
  async (point) => {
    // Two of four calls are used up: what waits is put together.
    const place = await openPlace({ TELEGRAM_LIMITS: 'group=4/60,private=1/1,global=30/1' });
    const { ann } = await begun(place, ['a', 'b']);
    await queued(place, async () => [await ann.writes('One'), await ann.writes('Two')], 5);
    expect(await place.start(point).ended).toEqual(killed);
    const states = `SELECT d.state, count(l.id)::int AS links, count(DISTINCT l.external_id)::int AS comments
      FROM deliveries d JOIN messages m ON m.id = d.message_id
      LEFT JOIN message_links l ON l.message_id = m.id AND l.side = 'staff'
      WHERE m.content->>'text' IN ('One', 'Two') AND d.queue = 'staff' GROUP BY d.state`;
    const unknown = { state: 'sending', links: 0, comments: 0 };
    const known = { state: 'sent', links: 2, comments: 1 };
    expect(await place.database.query(states)).toEqual([point === 'after_call' ? unknown : known]);
    await untilReady(place.start());
    await nothingOpen(place, 5);
    expect(await place.database.query(states)).toEqual([known]);
    const shown = (await place.control.group.sees()).filter(({ text }) => text.includes('One'));
    expect(shown).toHaveLength(1);
    expect(shown[0]!.text).toContain('Two');
  },
);
