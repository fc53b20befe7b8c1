import { createTurns, keyOf, quotaOf, type Turn, type Turns } from '../../src/delivery/turns.js';
import type { Lane, Queue } from '../../src/store/wanted.js';
import { delivery, lane as laneOf, plan } from './support/lanes.js';

const lane = (conversation: string, queue: Queue = 'staff'): Lane => ({ conversation, queue });

function turn(conversation: string, more: Partial<Turn> = {}): Turn {
  return { lane: lane(conversation), place: 'group', priority: 2, since: 1_000, ...more };
}

const clock = { ms: 0 };

function open(): Turns {
  clock.ms = 0;
  return createTurns({ now: () => clock.ms, quota: { calls: 5, seconds: 60 } });
}

/** The conversations in the order in which their turn comes. */
function order(turns: Turns, place = 'group'): string[] {
  const seen: string[] = [];
  for (let next = turns.next(place); next; next = turns.next(place)) {
    seen.push(next.lane.conversation);
    turns.remove(next.lane);
  }
  return seen;
}

test('the more urgent goes first, and among equals the older', () => {
  const turns = open();
  turns.add(turn('young', { since: 3_000 }));
  turns.add(turn('old', { since: 1_000 }));
  turns.add(turn('look', { priority: 4, since: 500 }));
  turns.add(turn('answer', { priority: 0, since: 9_000 }));
  expect(order(turns)).toEqual(['answer', 'old', 'young', 'look']);
});

test('among lanes of the same age the one that came first goes first', () => {
  const turns = open();
  for (const name of ['1', '2', '3']) turns.add(turn(name));
  expect(order(turns)).toEqual(['1', '2', '3']);
});

test('a lane keeps its turn until it is removed', () => {
  const turns = open();
  turns.add(turn('1'));
  expect(turns.next('group')?.lane.conversation).toBe('1');
  expect(turns.next('group')?.lane.conversation).toBe('1');
  turns.remove(lane('1'));
  expect(turns.next('group')).toBeUndefined();
});

test('plans are kept as long as they look at few deliveries in all, and the newest is; old ones are made anew', () => {
  const turns = open();
  const view = laneOf(Array.from({ length: 10 }, () => delivery('Hello')));
  const step = plan(view);
  if (step.kind !== 'send') throw new Error(`it would ${step.kind}`);
  const planned = { view, step, merging: 0, asked: 0 };
  for (let index = 0; index < 2_000; index += 1) turns.add(turn(String(index)));
  for (let index = 0; index < 600; index += 1) turns.add(turn(String(index), { planned }));
  expect(turns.get(lane('599'))?.planned).toBe(planned);
  expect(turns.get(lane('100'))?.planned).toBe(planned);
  expect(turns.get(lane('99'))).toEqual(turn('99'));
});

test('places do not see each other', () => {
  const turns = open();
  turns.add(turn('1'));
  turns.add(turn('2', { place: 'channel' }));
  expect(turns.next('private')).toBeUndefined();
  expect([...turns.places()]).toEqual(['group', 'channel']);
  expect(order(turns, 'channel')).toEqual(['2']);
  expect([...turns.places()]).toEqual(['group']);
});

test('a lane waits in one place: adding it again moves it', () => {
  const turns = open();
  turns.add(turn('1', { place: 'channel' }));
  turns.add(turn('1', { priority: 0 }));
  expect([...turns.places()]).toEqual(['group']);
  expect(turns.next('group')?.priority).toBe(0);
});

test('the queues of one conversation are lanes of their own', () => {
  const turns = open();
  turns.add(turn('1'));
  expect(turns.get(lane('1', 'customer'))).toBeUndefined();
  turns.add(turn('1', { lane: lane('1', 'customer'), place: 'private' }));
  expect(turns.get(lane('1', 'customer'))).toBeDefined();
  turns.remove(lane('1'));
  expect(turns.get(lane('1'))).toBeUndefined();
  expect(turns.get(lane('1', 'customer'))).toBeDefined();
});

test('removing a lane that does not wait changes nothing', () => {
  const turns = open();
  turns.add(turn('1'));
  turns.remove(lane('2'));
  expect(order(turns)).toEqual(['1']);
});

test('no two lanes share a key', () => {
  const keys = ['1', '12'].flatMap((id) =>
    (['customer', 'staff', 'card'] as const).map((queue) => keyOf(lane(id, queue))),
  );
  expect(new Set(keys).size).toBe(6);
});

test('who had more calls than the quota lets the others go first, until it is forgotten', () => {
  const turns = open();
  for (let call = 0; call < 6; call += 1) turns.served('group', lane('talkative'), 1);
  turns.add(turn('talkative', { since: 1 }));
  turns.add(turn('quiet', { since: 9_000 }));
  expect(turns.next('group')?.lane.conversation).toBe('quiet');
  clock.ms = 60_000;
  expect(turns.next('group')?.lane.conversation).toBe('talkative');
});

test('up to the quota the oldest goes first', () => {
  const turns = open();
  for (let call = 0; call < 5; call += 1) turns.served('group', lane('talkative'), 1);
  turns.add(turn('talkative', { since: 1 }));
  turns.add(turn('quiet', { since: 9_000 }));
  expect(turns.next('group')?.lane.conversation).toBe('talkative');
});

test('of two beyond the quota the one that had less goes first', () => {
  const turns = open();
  for (let call = 0; call < 9; call += 1) turns.served('group', lane('most'), 1);
  for (let call = 0; call < 7; call += 1) turns.served('group', lane('less'), 1);
  turns.add(turn('most', { since: 1 }));
  turns.add(turn('less', { since: 2 }));
  expect(order(turns)).toEqual(['less', 'most']);
});

test('calls in one place do not count in another, and importance goes before fairness', () => {
  const turns = open();
  for (let call = 0; call < 9; call += 1) turns.served('group', lane('1'), 1);
  turns.add(turn('1', { place: 'channel', since: 1 }));
  turns.add(turn('2', { place: 'channel', since: 2 }));
  expect(order(turns, 'channel')).toEqual(['1', '2']);
  turns.add(turn('1', { priority: 2 }));
  turns.add(turn('2', { priority: 3 }));
  expect(order(turns)).toEqual(['1', '2']);
});

test('what a customer is answered is nobody else’s turn', () => {
  const turns = open();
  for (let call = 0; call < 9; call += 1) turns.served('42', lane('1', 'customer'), 1);
  turns.add(turn('1', { place: '42', since: 1 }));
  turns.add(turn('2', { place: '42', since: 2 }));
  expect(order(turns, '42')).toEqual(['1', '2']);
});

test('only a choice of the lanes is asked for, where that is wanted', () => {
  const turns = open();
  turns.add(turn('1', { since: 1 }));
  turns.add(turn('2', { since: 2 }));
  expect(turns.next('group', ({ lane: { conversation } }) => conversation !== '1')?.lane.conversation).toBe('2');
});

test('a place tells how many lanes wait and since when', () => {
  const turns = open();
  expect(turns.waiting('group')).toEqual({ lanes: 0 });
  turns.add(turn('1', { since: 7 }));
  turns.add(turn('2', { since: 5 }));
  expect(turns.waiting('group')).toEqual({ lanes: 2, since: 5 });
});

test('the quota is a quarter of a group’s calls', () => {
  const rate = { calls: 1, seconds: 1 };
  expect(quotaOf({ group: { calls: 20, seconds: 6 }, private: rate, global: rate })).toEqual({ calls: 5, seconds: 6 });
  expect(quotaOf({ group: { calls: 2, seconds: 60 }, private: rate, global: rate }).calls).toBe(1);
});
