import { type FaultCall, type FaultEffect, Faults, readSentinel } from '../src/faults.js';
import { Params } from '../src/http/params.js';

const call = (params: Record<string, unknown> = {}, method = 'sendMessage'): FaultCall => ({
  botId: 1,
  method,
  params: Params.of(params),
});
const reset: FaultEffect = { kind: 'reset' };
const before = (effect: FaultEffect) => ({ effect, when: 'before' });
const after = (effect: FaultEffect) => ({ effect, when: 'after' });
let faults: Faults;

beforeEach(() => {
  faults = new Faults();
});

describe('a rule', () => {
  test('meets the next call, or as many as it says, and is gone', () => {
    faults.add({ effect: reset, when: 'before' });
    faults.add({ effect: { kind: 'empty' }, when: 'after', next: 2 });
    expect(faults.take(call())).toEqual(before(reset));
    expect(faults.take(call())).toEqual(after({ kind: 'empty' }));
    expect(faults.list()).toMatchObject([{ next: 1 }]);
    expect(faults.take(call())).toEqual(after({ kind: 'empty' }));
    expect(faults.take(call())).toBeUndefined();
    expect(faults.list()).toEqual([]);
  });

  test.each([
    [{ method: 'SENDMESSAGE' }, call(), true],
    [{ method: 'sendPhoto' }, call(), false],
    [{ chatId: -1002000000001 }, call({ chat_id: '-1002000000001' }), true],
    [{ chatId: -1002000000001 }, call({ chat_id: -1002000000001 }), true],
    [{ chatId: 7 }, call({ chat_id: 8 }), false],
    [{ chatId: 7 }, call(), false],
    [{ botId: 1 }, call(), true],
    [{ botId: 2 }, call(), false],
    [{ method: 'sendMessage', chatId: 7 }, call({ chat_id: 8 }), false],
    [{}, call({}, 'getMe'), true],
  ])('for %j and the call %j: %s', (match, made, isMet) => {
    faults.add({ effect: reset, when: 'before', match });
    expect(faults.take(made) !== undefined).toBe(isMet);
    expect(faults.list()).toHaveLength(isMet ? 0 : 1);
  });

  test('is passed over by calls that it is not for', () => {
    faults.add({ effect: reset, when: 'before', match: { method: 'sendPhoto' } });
    faults.add({ effect: { kind: 'html' }, when: 'before' });
    expect(faults.take(call())).toEqual(before({ kind: 'html' }));
    expect(faults.take(call({}, 'sendPhoto'))).toEqual(before(reset));
  });

  test('can be taken back alone or with all others', () => {
    const first = faults.add({ effect: reset, when: 'before' });
    faults.add({ effect: { kind: 'html' }, when: 'before' });
    faults.add({ effect: { kind: 'cut' }, when: 'before' });
    faults.clear(first.id);
    expect(faults.list().map(({ effect }) => effect.kind)).toEqual(['html', 'cut']);
    faults.clear();
    expect(faults.take(call())).toBeUndefined();
  });
});

describe('a sentinel', () => {
  test.each([
    ['[[fault 500]]', before({ kind: 'error', code: 500, description: 'Internal Server Error' }), 1],
    ['[[fault 502 after]]', after({ kind: 'error', code: 502, description: 'Bad Gateway' }), 1],
    ['[[fault 429:3 before]]', before({ kind: 'too_many_requests', seconds: 3 }), 1],
    ['[[fault 429]]', before({ kind: 'too_many_requests', seconds: 1 }), 1],
    ['Hi [[fault timeout after]] there', after({ kind: 'timeout' }), 1],
    ['[[fault reset]]', before(reset), 1],
    ['[[fault cut after x3]]', after({ kind: 'cut' }), 3],
    ['[[fault html x2]]', before({ kind: 'html' }), 2],
    ['[[fault empty]]', before({ kind: 'empty' }), 1],
    ['[[fault slow:1500 after]]', after({ kind: 'slow', ms: 1500 }), 1],
    ['[[fault slow]]', before({ kind: 'slow', ms: 1000 }), 1],
  ])('%s is a fault', (text, fault, times) => {
    expect(readSentinel(text)).toEqual({ fault, times });
  });

  test.each(['[[fault]]', '[[fault 999]]', '[[fault gone]]', '[fault 500]', '[[fault 500 never]]', 'fault 500'])(
    '%s is just text',
    (text) => {
      expect(readSentinel(text)).toBeUndefined();
    },
  );

  test('counts in any parameter', () => {
    expect(faults.take(call({ caption: '[[fault reset]]' }))).toEqual(before(reset));
    expect(faults.take(call({ media: [{ type: 'photo', caption: 'a "[[fault reset]]"' }] }))).toEqual(before(reset));
  });

  test('is met once by a call that is repeated, and again by another one', () => {
    const made = { chat_id: 7, text: '[[fault 500 after]]' };
    expect(faults.take(call(made))).toBeDefined();
    expect(faults.take(call(made))).toBeUndefined();
    expect(faults.take(call(made, 'SENDMESSAGE'))).toBeUndefined();
    expect(faults.take(call(made, 'editMessageText'))).toBeDefined();
    expect(faults.take(call({ ...made, chat_id: 8 }))).toBeDefined();
    expect(faults.take({ ...call(made), botId: 2 })).toBeDefined();
  });

  test('is met as often as it says', () => {
    const made = () => faults.take(call({ text: '[[fault 500 x2]]' })) !== undefined;
    expect([made(), made(), made()]).toEqual([true, true, false]);
  });

  test('waits for its turn behind a rule', () => {
    faults.add({ effect: reset, when: 'before' });
    expect(faults.take(call({ text: '[[fault html]]' }))).toEqual(before(reset));
    expect(faults.take(call({ text: '[[fault html]]' }))).toEqual(before({ kind: 'html' }));
  });
});

describe('a network', () => {
  test('that hangs or refuses keeps every call from its effect, and uses up no rule', () => {
    faults.add({ effect: { kind: 'html' }, when: 'after' });
    faults.network = 'hang';
    expect(faults.take(call())).toEqual(before({ kind: 'timeout' }));
    faults.network = 'refuse';
    expect(faults.take(call())).toEqual(before(reset));
    faults.network = 'up';
    expect(faults.take(call())).toEqual(after({ kind: 'html' }));
  });

  test('stays as it is when rules are taken back', () => {
    faults.network = 'refuse';
    faults.clear();
    expect(faults.take(call())).toEqual(before(reset));
  });
});
