import { createTurns, keyOf, type Turn } from '../../src/delivery/turns.js';
import type { Lane, Queue } from '../../src/store/wanted.js';

const lane = (conversation: string, queue: Queue = 'staff'): Lane => ({ conversation, queue });

function turn(conversation: string, more: Partial<Turn> = {}): Turn {
  return { lane: lane(conversation), place: 'group', priority: 2, since: 1_000, ...more };
}

/** The conversations in the order in which their turn comes. */
function order(turns: ReturnType<typeof createTurns>, place = 'group'): string[] {
  const seen: string[] = [];
  for (let next = turns.next(place); next; next = turns.next(place)) {
    seen.push(next.lane.conversation);
    turns.remove(next.lane);
  }
  return seen;
}

test('the more urgent goes first, and among equals the older', () => {
  const turns = createTurns();
  turns.add(turn('young', { since: 3_000 }));
  turns.add(turn('old', { since: 1_000 }));
  turns.add(turn('look', { priority: 4, since: 500 }));
  turns.add(turn('answer', { priority: 0, since: 9_000 }));
  expect(order(turns)).toEqual(['answer', 'old', 'young', 'look']);
});

test('among lanes of the same age the one that came first goes first', () => {
  const turns = createTurns();
  for (const name of ['1', '2', '3']) turns.add(turn(name));
  expect(order(turns)).toEqual(['1', '2', '3']);
});

test('a lane keeps its turn until it is removed', () => {
  const turns = createTurns();
  turns.add(turn('1'));
  expect(turns.next('group')?.lane.conversation).toBe('1');
  expect(turns.next('group')?.lane.conversation).toBe('1');
  turns.remove(lane('1'));
  expect(turns.next('group')).toBeUndefined();
});

test('places do not see each other', () => {
  const turns = createTurns();
  turns.add(turn('1'));
  turns.add(turn('2', { place: 'channel' }));
  expect(turns.next('private')).toBeUndefined();
  expect([...turns.places()]).toEqual(['group', 'channel']);
  expect(order(turns, 'channel')).toEqual(['2']);
  expect([...turns.places()]).toEqual(['group']);
});

test('a lane waits in one place: adding it again moves it', () => {
  const turns = createTurns();
  turns.add(turn('1', { place: 'channel' }));
  turns.add(turn('1', { priority: 0 }));
  expect([...turns.places()]).toEqual(['group']);
  expect(turns.next('group')?.priority).toBe(0);
});

test('the queues of one conversation are lanes of their own', () => {
  const turns = createTurns();
  turns.add(turn('1'));
  expect(turns.has(lane('1', 'customer'))).toBe(false);
  turns.add(turn('1', { lane: lane('1', 'customer'), place: 'private' }));
  expect(turns.has(lane('1', 'customer'))).toBe(true);
  turns.remove(lane('1'));
  expect(turns.has(lane('1'))).toBe(false);
  expect(turns.has(lane('1', 'customer'))).toBe(true);
});

test('removing a lane that does not wait changes nothing', () => {
  const turns = createTurns();
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
