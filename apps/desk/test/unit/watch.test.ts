import { alertsFor, type Told } from '../../src/delivery/watch.js';
import { priorities } from '../../src/store/wanted.js';

const nothing: Told = { delayed: false, parked: 0 };
const backlog = (oldestSeconds: number, priority: number = priorities.comment, parked = 0) => ({
  updates: { waiting: 0, oldestSeconds: 0, parked },
  deliveries: [{ priority, waiting: 7, oldestSeconds }],
});

test('a delay is told once, and its end once', () => {
  const first = alertsFor(backlog(130), nothing, 120);
  expect(first.alerts).toEqual([{ kind: 'delayed', waiting: 7, minutes: 2 }]);
  expect(alertsFor(backlog(500), first.told, 120).alerts).toEqual([]);
  expect(alertsFor(backlog(90), first.told, 120).alerts).toEqual([]);
  const over = alertsFor(backlog(10), first.told, 120);
  expect(over.alerts).toEqual([{ kind: 'caught_up' }]);
  expect(alertsFor(backlog(10), over.told, 120).alerts).toEqual([]);
});

test('what waits for less is no delay, and neither is the look of a post', () => {
  expect(alertsFor(backlog(119), nothing, 120).alerts).toEqual([]);
  expect(alertsFor(backlog(9_999, priorities.look), nothing, 120).alerts).toEqual([]);
  expect(alertsFor(backlog(9_999), nothing, 0).alerts).toEqual([]);
});

test('updates that were set aside are told of whenever there are more', () => {
  const first = alertsFor(backlog(0, priorities.comment, 2), nothing, 120);
  expect(first.alerts).toEqual([{ kind: 'parked', updates: 2 }]);
  expect(alertsFor(backlog(0, priorities.comment, 2), first.told, 120).alerts).toEqual([]);
  expect(alertsFor(backlog(0, priorities.comment, 3), first.told, 120).alerts).toHaveLength(1);
});
