import { untilReady } from '../../process/support.js';
import { addRelay } from '../../support/cast.js';
import { begun, inGroup, nothingOpen, openPlace, type Place } from './support.js';

// Each test kills a real process in a relay bot's call and starts another.

const killed = { code: null, signal: 'SIGKILL' };

interface RelayPlace extends Place {
  readonly relay: number;
  readonly more: Readonly<Record<string, string>>;
}

/** The desk's own bot has used up its two calls; a relay bot is in the group. */
async function usedUp(): Promise<RelayPlace & Awaited<ReturnType<typeof begun>>> {
  const place = await openPlace({ TELEGRAM_LIMITS: 'group=2/3600,private=1/1,global=30/1' });
  const people = await begun(place, ['a', 'b']);
  const relay = await addRelay(place.control);
  await (await place.control.owner()).adds(relay, 'group');
  return { ...place, ...people, relay: relay.id, more: { RELAY_BOT_TOKENS: relay.data.token } };
}

/** Which bots have sent these words. */
async function senders({ control }: Place, words: string): Promise<number[]> {
  return (await control.group.sees()).filter(({ text }) => text === words).map(({ fromId }) => fromId);
}

test.each(['before_call', 'after_call', 'after_record'] as const)(
  'killed at %s of a relay bot’s call: the comment stands there once',
  async (point) => {
    const place = await usedUp();
    await place.ann.writes('One');
    expect(await place.start(point, place.more).ended).toEqual(killed);
    expect(await inGroup(place, 'One')).toHaveLength(point === 'before_call' ? 0 : 1);
    // Asking whether it was sent takes calls as well.
    const room = { ...place.more, TELEGRAM_LIMITS: 'group=20/3600,private=1/1,global=30/1' };
    await untilReady(place.start(undefined, room));
    await nothingOpen(place, 4);
    const sent = await senders(place, 'One');
    expect(sent).toHaveLength(1);
    if (point !== 'before_call') expect(sent).toEqual([place.relay]);
  },
);

test('killed in a relay bot’s call, and started without it: flagged, and shown by the desk’s own bot', async () => {
  const place = await usedUp();
  await place.ann.writes('One');
  expect(await place.start('after_call', place.more).ended).toEqual(killed);
  await untilReady(place.start(undefined, { TELEGRAM_LIMITS: 'off' }));
  await nothingOpen(place, 4);
  const own = (await place.control.overview()).bot.id;
  expect(await senders(place, 'One')).toEqual([place.relay, own]);
  const flags = (await place.control.group.sees()).filter(({ text }) => text.includes('twice'));
  expect(flags).toHaveLength(1);
});
