import type { Clock } from '../src/clock.js';
import { ApiError } from '../src/errors.js';
import { createLimits, DEFAULT_LIMITS, type LimitedCall, type LimitSettings } from '../src/limits.js';

let now: number;
const clock: Clock = { now: () => now, after: () => () => undefined };
const GROUP = -1002000000002;

beforeEach(() => {
  now = 1_800_000_000_000;
});

/** Limits with a way to make calls: 0 for one that passed, else the seconds that were asked for. */
function bench(settings: Partial<LimitSettings> = {}) {
  const limits = createLimits(clock, settings);
  const call = (asked: Partial<LimitedCall> = {}): number => {
    try {
      limits.check({ botId: 1, chat: { id: GROUP, kind: 'supergroup' }, cost: 1, ...asked });
      return 0;
    } catch (error) {
      return (error as ApiError).parameters?.retry_after ?? -1;
    }
  };
  const calls = (count: number, asked?: Partial<LimitedCall>) => Array.from({ length: count }, () => call(asked));
  return { limits, call, calls };
}

const zeros = (count: number): number[] => Array<number>(count).fill(0);
const ann: LimitedCall['chat'] = { id: 42, kind: 'private' };
const noGlobal = { global: [] };

describe('a window', () => {
  test('lets twenty calls through, and tells the twenty-first when it closes', () => {
    const { call, calls } = bench();
    expect(call()).toBe(0);
    now += 32_000;
    expect(calls(19)).toEqual(zeros(19));
    expect(call()).toBe(28);
    now += 27_001;
    expect(call()).toBe(1);
    now += 999;
    expect(calls(20)).toEqual(zeros(20));
    expect(call()).toBe(60);
  });

  test('opens with the first call, not with the clock', () => {
    const { call, calls } = bench();
    now += 45_000;
    calls(20);
    expect(call()).toBe(60);
  });

  test('counts a refused call not at all', () => {
    const { limits, calls } = bench();
    calls(25);
    expect(limits.used(1, GROUP)).toEqual({ used: 20, limit: 20, windowMs: 60_000 });
  });

  test('counts each message of an album, and refuses an album that does not fit', () => {
    const { call, calls } = bench();
    expect(calls(15)).toEqual(zeros(15));
    expect(call({ cost: 6 })).toBe(60);
    expect(call({ cost: 5 })).toBe(0);
    expect(call()).toBe(60);
  });
});

describe('a sliding log', () => {
  const sliding = { ...noGlobal, group: [{ kind: 'sliding', calls: 3, periodMs: 60_000 } as const] };

  test('has room again when enough of the oldest calls are a period old', () => {
    const { call } = bench(sliding);
    for (const pause of [0, 10_000, 10_000]) {
      now += pause;
      expect(call()).toBe(0);
    }
    expect(call()).toBe(40);
    expect(call({ cost: 2 })).toBe(50);
    now += 40_000;
    expect(call()).toBe(0);
    expect(call()).toBe(10);
  });
});

describe('a bucket', () => {
  const bucket = { ...noGlobal, private: [{ kind: 'bucket', perSecond: 0.5, burst: 3 } as const] };

  test('lets a burst through and then as much as refills', () => {
    const { limits, call, calls } = bench(bucket);
    expect(calls(3, { chat: ann })).toEqual(zeros(3));
    expect(call({ chat: ann })).toBe(2);
    now += 1000;
    expect(call({ chat: ann })).toBe(1);
    now += 1000;
    expect(call({ chat: ann })).toBe(0);
    expect(limits.used(1, 42)).toEqual({ used: 3, limit: 3, windowMs: 6000 });
    now += 60_000;
    expect(limits.used(1, 42)?.used).toBe(0);
    expect(calls(4, { chat: ann })).toEqual([0, 0, 0, 2]);
  });
});

describe('a call that costs more than the whole budget', () => {
  test.each([
    [{ kind: 'window', calls: 3, periodMs: 60_000 } as const, 60],
    [{ kind: 'sliding', calls: 3, periodMs: 60_000 } as const, 60],
    [{ kind: 'bucket', perSecond: 0.5, burst: 3 } as const, 10],
  ])('passes an untouched %j, which is then used up', (rule, seconds) => {
    const { call } = bench({ ...noGlobal, group: [rule] });
    expect(call({ cost: 7 })).toBe(0);
    expect(call()).toBe(seconds);
    expect(call({ cost: 7 })).toBeGreaterThan(0);
    now += 60_000;
    expect(call({ cost: 7 })).toBe(0);
  });
});

test('an expensive call waits until a budget is untouched again', () => {
  const sliding = bench({ ...noGlobal, group: [{ kind: 'sliding', calls: 3, periodMs: 60_000 }] });
  sliding.call();
  now += 10_000;
  sliding.call();
  expect(sliding.call({ cost: 7 })).toBe(60);
  const bucket = bench({ ...noGlobal, group: [{ kind: 'bucket', perSecond: 0.5, burst: 3 }] });
  bucket.call();
  expect(bucket.call({ cost: 7 })).toBe(2);
});

describe('budgets', () => {
  test('are one for each chat', () => {
    const { call, calls } = bench(noGlobal);
    calls(21);
    expect(call({ chat: { id: GROUP - 1, kind: 'channel' } })).toBe(0);
    expect(call({ chat: ann })).toBe(0);
  });

  test('are one for each bot in a chat, or one for all of them', () => {
    const { limits, call, calls } = bench(noGlobal);
    calls(21);
    expect(call({ botId: 2 })).toBe(0);
    limits.set({ budget: 'per_chat' });
    calls(21);
    expect(call({ botId: 2 })).toBe(60);
  });

  test('of all chats together let thirty calls per second through', () => {
    const { call } = bench();
    for (let id = 1; id <= 30; id += 1) expect(call({ chat: { id, kind: 'private' } })).toBe(0);
    expect(call({ chat: { id: 31, kind: 'private' } })).toBe(1);
    expect(call({ botId: 2, chat: { id: 31, kind: 'private' } })).toBe(0);
    now += 1000;
    expect(call({ chat: { id: 31, kind: 'private' } })).toBe(0);
  });

  test('are not touched by a call that another budget refuses', () => {
    const { limits, calls } = bench({ global: [{ kind: 'sliding', calls: 1, periodMs: 60_000 }] });
    calls(5);
    expect(limits.used(1, GROUP)?.used).toBe(1);
  });

  test('may be lower for one chat than a bot believes', () => {
    const { limits, calls } = bench(noGlobal);
    limits.set({ chats: { [String(GROUP)]: [{ kind: 'window', calls: 12, periodMs: 60_000 }] } });
    expect(calls(13)).toEqual([...zeros(12), 60]);
    expect(limits.used(1, GROUP)?.limit).toBe(12);
    expect(limits.used(1, GROUP - 1)?.limit).toBe(20);
  });
});

describe('settings', () => {
  test('that are off let everything through', () => {
    const { calls } = bench({ isOn: false });
    expect(calls(100)).toEqual(zeros(100));
  });

  test('may make all periods pass faster', () => {
    const { limits, call, calls } = bench({ ...noGlobal, timeFactor: 60 });
    calls(20);
    expect(call()).toBe(1);
    expect(limits.used(1, GROUP)?.windowMs).toBe(1000);
    now += 1000;
    expect(call()).toBe(0);
    calls(20, { chat: ann });
    now += 100;
    expect(calls(7, { chat: ann })).toEqual([...zeros(6), 1]);
  });

  test('keep what was counted when others change', () => {
    const { limits, call, calls } = bench();
    calls(20);
    limits.set({ private: [] });
    expect(call()).toBe(60);
    limits.reset();
    expect(call()).toBe(0);
  });

  test('are those of Telegram unless they are given', () => {
    const { limits } = bench({ timeFactor: 2 });
    expect(limits.settings()).toEqual({ ...DEFAULT_LIMITS, timeFactor: 2 });
  });

  test('without a rule for a chat leave it without a gauge', () => {
    const { limits, calls } = bench({ private: [] });
    expect(calls(30, { chat: ann })).toEqual(zeros(30));
    expect(limits.used(1, 42)).toBeUndefined();
  });
});

test('a refusal says what Telegram says', () => {
  const { limits, calls } = bench();
  calls(20);
  expect(() => limits.check({ botId: 1, chat: { id: GROUP, kind: 'supergroup' }, cost: 1 })).toThrow(
    new ApiError(429, 'Too Many Requests: retry after 60', { retry_after: 60 }),
  );
});
