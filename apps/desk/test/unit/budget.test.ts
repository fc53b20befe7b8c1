import { createBudget, type Budget, type Limits } from '../../src/delivery/budget.js';
import { seeded } from './support/random.js';

const telegram: Limits = {
  group: { calls: 20, seconds: 60 },
  private: { calls: 1, seconds: 1 },
  global: { calls: 30, seconds: 1 },
};

/** A clock that stands until it is moved. */
function open(limits: Limits = telegram, start = 0): { clock: { ms: number }; budget: Budget } {
  const clock = { ms: start };
  const isPrivate = (place: string): boolean => !place.startsWith('-');
  return { clock, budget: createBudget({ limits, now: () => clock.ms, isPrivate }) };
}

/** Waits as the budget says, calls, and tells when the call was made. */
function callAt({ clock, budget }: ReturnType<typeof open>, place: string, cost = 1): number {
  clock.ms = Math.max(clock.ms, budget.freeAt(place, cost));
  budget.spend(place, cost);
  return clock.ms;
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** The most calls that any window of this length holds; a call stands in the windows that begin with it or end after it. */
function densest(calls: readonly number[], windowMs: number): number {
  return Math.max(...calls.map((first) => calls.filter((at) => at >= first && at < first + windowMs).length));
}

test('three calls to one chat go at once and the next waits for the window, one per second in the long run', () => {
  const desk = open();
  expect(times(7, () => callAt(desk, '42'))).toEqual([0, 0, 0, 3_000, 3_000, 3_000, 6_000]);
});

test('a private chat knows no minute: sixty calls take about a minute', () => {
  const desk = open();
  expect(times(60, () => callAt(desk, '42')).at(-1)).toBe(57_000);
});

test('the twenty-first call to a group waits until the first is a minute old', () => {
  const desk = open();
  const calls = times(21, () => callAt(desk, '-1'));
  expect(calls[19]).toBe(18_000);
  expect(calls[20]).toBe(60_000);
});

test('groups do not share their minute', () => {
  const desk = open();
  times(20, () => callAt(desk, '-1'));
  expect(desk.budget.freeAt('-2', 1)).toBeLessThanOrEqual(desk.clock.ms);
});

test.each(times(20, () => 0).map((_, index) => index + 1))(
  'never more than 20 calls to a group in any 60 seconds, whenever they are wanted (seed %d)',
  (seed) => {
    const random = seeded(seed);
    const desk = open(telegram, random.between(0, 1_000_000));
    const calls: number[] = [];
    for (let wanted = 0; wanted < 200; wanted += 1) {
      desk.clock.ms += random.next() < 0.3 ? random.between(0, 20_000) : random.between(0, 500);
      const cost = random.next() < 0.2 ? random.between(2, 10) : 1;
      const at = callAt(desk, '-1', cost);
      calls.push(...times(cost, () => at));
    }
    expect(densest(calls, 60_000)).toBeLessThanOrEqual(20);
  },
);

test.each([1, 2, 3, 4, 5])('never more than 30 calls in any second for all chats together (seed %d)', (seed) => {
  const random = seeded(seed);
  const desk = open();
  const calls = times(500, () => {
    desk.clock.ms += random.between(0, 20);
    return callAt(desk, String(random.between(1, 400)));
  });
  expect(densest(calls, 1_000)).toBe(30);
});

test('a backlog uses the window up: no call waits longer than it has to', () => {
  const desk = open();
  const calls = times(200, () => callAt(desk, '-1'));
  expect(calls.at(-1)).toBe(9 * 60_000 + 18_000);
});

test('an album costs as many calls as it has items', () => {
  const desk = open();
  callAt(desk, '-1', 10);
  callAt(desk, '-1', 10);
  expect(callAt(desk, '-1')).toBe(60_000);
});

test('an album waits until there is room for all of it', () => {
  const fast: Limits = { ...telegram, private: { calls: 100, seconds: 1 }, group: { calls: 20, seconds: 60 } };
  const desk = open(fast);
  for (let call = 0; call < 15; call += 1) {
    callAt(desk, '-1');
    desk.clock.ms += 1_000;
  }
  // Five are left; for an album of seven the two oldest have to leave the window.
  expect(desk.budget.freeAt('-1', 5)).toBeLessThanOrEqual(desk.clock.ms);
  expect(desk.budget.freeAt('-1', 7)).toBe(61_000);
});

test('what costs more than a whole window waits for an empty one, and is made all the same', () => {
  const desk = open({ ...telegram, group: { calls: 4, seconds: 60 } });
  callAt(desk, '-1');
  expect(callAt(desk, '-1', 10)).toBe(60_000);
  // All ten are in the log, and the next call waits for them.
  expect(callAt(desk, '-1')).toBe(120_000);
});

test('a chat that was paused waits, others do not', () => {
  const desk = open(telegram, 500);
  desk.budget.pause('-1', 28_600);
  expect(desk.budget.freeAt('-1', 1)).toBe(28_600);
  expect(desk.budget.freeAt('-2', 1)).toBeLessThanOrEqual(500);
});

test('a shorter pause never ends a longer one', () => {
  const { budget } = open();
  budget.pause('-1', 30_000);
  budget.pause('-1', 10_000);
  expect(budget.freeAt('-1', 1)).toBe(30_000);
  budget.pauseAll(60_000);
  budget.pauseAll(50_000);
  expect(budget.freeAt('42', 1)).toBe(60_000);
});

test('a pause of the bot stops every chat', () => {
  const { budget } = open();
  budget.pauseAll(5_000);
  expect([budget.freeAt('-1', 1), budget.freeAt('42', 1)]).toEqual([5_000, 5_000]);
});

test('when pacing is off any number of calls goes at once, and pauses are obeyed all the same', () => {
  const desk = open('off', 7_000);
  times(1_000, () => callAt(desk, '-1', 10));
  expect(desk.clock.ms).toBe(7_000);
  desk.budget.pause('-1', 9_000);
  expect(desk.budget.freeAt('-1', 1)).toBe(9_000);
  desk.budget.pauseAll(11_000);
  expect(desk.budget.freeAt('42', 1)).toBe(11_000);
});

test('a group that was set faster than a private chat has its own limit only', () => {
  const desk = open({ ...telegram, group: { calls: 25, seconds: 1 } });
  expect(times(26, () => callAt(desk, '-1')).slice(23)).toEqual([0, 0, 1_000]);
});

test('asking costs nothing', () => {
  const { budget } = open();
  times(100, () => budget.freeAt('-1', 1));
  expect(budget.freeAt('-1', 3)).toBeLessThanOrEqual(0);
});

test('a clock far from zero changes nothing', () => {
  const start = 5_000_000;
  const desk = open(telegram, start);
  expect(times(4, () => callAt(desk, '42') - start)).toEqual([0, 0, 0, 3_000]);
});

test.each([1, 2, 3])('a minute after the last call any call is free, whatever it costs (seed %d)', (seed) => {
  const random = seeded(seed);
  const desk = open();
  times(50, () => callAt(desk, '-1', random.between(1, 10)));
  desk.clock.ms += 60_000;
  expect(desk.budget.freeAt('-1', random.between(1, 30))).toBeLessThanOrEqual(desk.clock.ms);
});

describe('a refusal', () => {
  const minute = 60_000;

  test('pauses the place and no other', () => {
    const { budget } = open();
    budget.spend('-1', 1);
    budget.refused('-1', 5_000, 1);
    expect(budget.freeAt('-1', 1)).toBe(5_000);
    expect(budget.freeAt('-2', 1)).toBe(0);
  });

  test('teaches that no more pass than passed, and not less than half of what was believed', () => {
    const desk = open();
    times(13, () => callAt(desk, '-1'));
    desk.budget.refused('-1', desk.clock.ms, 1);
    expect(desk.budget.limit('-1')).toEqual({ calls: 12, seconds: 60 });
    const spurious = open();
    callAt(spurious, '-1');
    spurious.budget.refused('-1', 0, 1);
    expect(spurious.budget.limit('-1')?.calls).toBe(10);
  });

  test('after another and another leaves three calls in the end', () => {
    const { budget } = open();
    times(8, () => budget.refused('-1', 0, 0));
    expect(budget.limit('-1')?.calls).toBe(3);
  });

  test('is forgotten call by call, one in fifteen quiet minutes', () => {
    const desk = open();
    times(13, () => callAt(desk, '-1'));
    desk.budget.refused('-1', desk.clock.ms, 1);
    desk.clock.ms += 15 * minute;
    expect(desk.budget.limit('-1')?.calls).toBe(13);
    desk.clock.ms += 300 * minute;
    expect(desk.budget.limit('-1')?.calls).toBe(20);
  });

  test('where nothing is paced teaches nothing and pauses all the same', () => {
    const { budget } = open('off');
    budget.refused('-1', 700, 1);
    expect(budget.limit('-1')).toBeUndefined();
    expect(budget.freeAt('-1', 1)).toBe(700);
  });

  test('never lets a hidden limit of twelve be met more than ten times in two hours', () => {
    const desk = open();
    const passed: number[] = [];
    let refusals = 0;
    while (desk.clock.ms < 120 * minute) {
      desk.clock.ms = Math.max(desk.clock.ms, desk.budget.freeAt('-1', 1));
      const answered = desk.budget.spend('-1', 1);
      const recent = passed.filter((at) => at > desk.clock.ms - minute);
      if (recent.length < 12) {
        passed.push(desk.clock.ms);
        desk.clock.ms += 50;
        answered();
        continue;
      }
      refusals += 1;
      desk.budget.refused('-1', recent[0]! + minute + 100, 1);
    }
    expect(refusals).toBeLessThanOrEqual(10);
    expect(passed.length).toBeGreaterThan(0.9 * 12 * 120);
  });
});

test('a call counts from its answer, not from its beginning: Telegram counted it somewhere between', () => {
  const { clock, budget } = open();
  const answered = budget.spend('-1', 20);
  clock.ms = 9_000;
  answered();
  expect(budget.freeAt('-1', 1)).toBe(69_000);
});

test('a share of the window leaves the rest to others', () => {
  const desk = open();
  times(15, () => callAt(desk, '-1'));
  expect(desk.budget.freeAt('-1', 1)).toBeLessThanOrEqual(desk.clock.ms + 3_000);
  expect(desk.budget.freeAt('-1', 1, 0.75)).toBe(60_000);
  expect(desk.budget.used('-1')).toBe(0.75);
});

test('what is used outlives the process', () => {
  const before = open();
  times(20, () => callAt(before, '-1'));
  before.budget.refused('-1', before.clock.ms + 30_000, 1);
  const record = before.budget.record('-1')!;
  const after = open(telegram, 1_000_000);
  after.budget.restore(record);
  const wait = (desk: ReturnType<typeof open>): number => desk.budget.freeAt('-1', 1) - desk.clock.ms;
  expect(wait(after)).toBe(wait(before));
  expect(after.budget.limit('-1')).toEqual(before.budget.limit('-1'));
});

test('of a private chat nothing is kept but a pause', () => {
  const { budget } = open();
  budget.spend('42', 1);
  expect(budget.record('42')).toBeUndefined();
  budget.pause('42', 3_600_000);
  expect(budget.record('42')).toMatchObject({ place: '42', pausedMs: 3_600_000 });
});
