import { DEFAULT_ALLOWED } from '../../src/updates/kinds.js';
import { type FeedState, newFeedState } from '../../src/updates/feed.js';
import { Params } from '../../src/http/params.js';
import { bench, type Bench, inlineQuery, message, refusal, texts } from './support.js';

const DAY = 86_400_000;
let desk: Bench;

beforeEach(() => {
  desk = bench();
});

afterEach(() => {
  desk.feed.stop();
  desk.clock.stop();
});

describe('ids', () => {
  test('begin at a large random number and go up by one', () => {
    const first = desk.says('a');
    expect(first).toBeGreaterThan(200_000);
    expect([desk.says('b'), desk.says('c')]).toEqual([first + 1, first + 2]);
  });

  test('differ from bot to bot', () => {
    const other = bench({ random: () => 0.25 });
    expect(other.says('a')).not.toBe(desk.says('a'));
    other.clock.stop();
  });

  test('are chosen anew after a week without updates, and not before', () => {
    let draw = 0.5;
    const quiet = bench({ random: () => draw });
    const first = quiet.says('a');
    draw = 0.1;
    quiet.clock.advance(7 * DAY - 60_000);
    expect(quiet.says('b')).toBe(first + 1);
    quiet.clock.advance(7 * DAY);
    expect(quiet.says('c')).toBeLessThan(first);
    quiet.clock.stop();
  });
});

describe('an offset', () => {
  test('that is absent gives what is unconfirmed, again and again', async () => {
    desk.says('a');
    desk.says('b');
    expect(await desk.polls()).toEqual(['a', 'b']);
    desk.clock.advance(1000);
    expect(await desk.polls()).toEqual(['a', 'b']);
  });

  test('confirms everything below it', async () => {
    desk.says('a');
    const b = desk.says('b');
    expect(await desk.polls({ offset: b })).toEqual(['b']);
    expect(await desk.polls()).toEqual(['b']);
    expect(await desk.polls({ offset: b + 1, timeout: 0 })).toEqual([]);
    expect(desk.feed.getWebhookInfo().pending_update_count).toBe(0);
  });

  test('that is negative keeps that many and forgets the rest', async () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) desk.says(text);
    expect(await desk.polls({ offset: -2 })).toEqual(['d', 'e']);
    expect(await desk.polls()).toEqual(['d', 'e']);
  });

  test('that is negative and waited keeps all that come', async () => {
    const poll = desk.polls({ offset: -1, timeout: 10 });
    desk.says('a');
    desk.says('b');
    expect(await poll).toEqual(['a', 'b']);
  });

  test.each([
    ['more than ten above the next id', (first: number) => first + 12],
    ['far below', (first: number) => first - 200_001],
  ])('%s starts at the head and confirms nothing', async (_, offset) => {
    const first = desk.says('a');
    expect(await desk.polls({ offset: offset(first) })).toEqual(['a']);
  });

  test('up to ten above the next id confirms all', async () => {
    const first = desk.says('a');
    expect(await desk.polls({ offset: first + 11 })).toEqual([]);
  });
});

describe('a limit', () => {
  const fill = (count: number) => Array.from({ length: count }, (_, n) => desk.says(String(n)));

  test.each([
    [{}, 100],
    [{ limit: 3 }, 3],
    [{ limit: 0 }, 1],
    [{ limit: 'all' }, 1],
    [{ limit: 1000 }, 100],
  ])('%j gives %d updates', async (params, count) => {
    fill(120);
    expect(await desk.polls(params)).toHaveLength(count);
  });

  test('of about 4 MB ends an answer early', async () => {
    for (let n = 0; n < 12; n += 1) desk.says('x'.repeat(500_000));
    expect(await desk.polls()).toHaveLength(8);
  });
});

describe('a long poll', () => {
  test('ends with the first update', async () => {
    const poll = desk.polls({ timeout: 50 });
    desk.says('a');
    expect(await poll).toEqual(['a']);
  });

  test('gives updates that were made together in one answer', async () => {
    const poll = desk.polls({ timeout: 50 });
    desk.says('a');
    desk.says('b');
    expect(await poll).toEqual(['a', 'b']);
  });

  test('ends empty after its time-out', async () => {
    const poll = desk.polls({ timeout: 20 });
    desk.clock.advance(20_000);
    expect(await poll).toEqual([]);
  });

  test('of more than 50 s ends after 50 s', async () => {
    const poll = desk.polls({ timeout: 900 });
    desk.clock.advance(50_000);
    expect(await poll).toEqual([]);
  });

  test('that another one follows gets the conflict; the new one waits on', async () => {
    const first = refusal(desk.polls({ timeout: 50 }));
    const second = desk.polls({ timeout: 50 });
    expect(await first).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    desk.says('a');
    expect(await second).toEqual(['a']);
  });

  test('gets a second conflict within three seconds three seconds later', async () => {
    const told: string[] = [];
    const note = (name: string, poll: Promise<unknown>) => refusal(poll).then(() => told.push(name));
    const first = note('first', desk.polls({ timeout: 50 }));
    const second = note('second', desk.polls({ timeout: 50, offset: 1 }));
    await first;
    const third = desk.polls({ timeout: 50, offset: 2 });
    desk.clock.advance(2900);
    await new Promise((turn) => setImmediate(turn));
    expect(told).toEqual(['first']);
    desk.clock.advance(200);
    await second;
    expect(told).toEqual(['first', 'second']);
    desk.says('a');
    expect(await third).toEqual(['a']);
  });

  test('is made of a short one when the same offset comes again within three seconds', async () => {
    expect(await desk.polls({ offset: 7 })).toEqual([]);
    const again = desk.polls({ offset: 7 });
    desk.says('a');
    expect(await again).toEqual(['a']);
  });

  test('is not made of a short one when the offset moved on or time passed', async () => {
    expect(await desk.polls({ offset: 7 })).toEqual([]);
    expect(await desk.polls({ offset: 8 })).toEqual([]);
    desk.clock.advance(3000);
    expect(await desk.polls({ offset: 8 })).toEqual([]);
  });

  test('with the same offset within half a second gets a single update', async () => {
    desk.says('a');
    desk.says('b');
    expect(await desk.polls()).toEqual(['a', 'b']);
    expect(await desk.polls()).toEqual(['a']);
  });
});

describe('an update', () => {
  test.each([
    ['a message', 'message', 24 * 3600],
    ['an inline query', 'inline_query', 30],
    ['a chosen inline result', 'chosen_inline_result', 600],
    ['a callback query', 'callback_query', 150],
  ] as const)('about %s is kept for its time', async (_, kind, seconds) => {
    const { feed, clock } = desk;
    const from = { id: 42, is_bot: false as const, first_name: 'Ann' };
    const now = Math.floor(clock.now() / 1000) + 1;
    if (kind === 'message') feed.push(kind, message('a', { date: now }));
    else if (kind === 'inline_query') feed.push(kind, inlineQuery('a'));
    else if (kind === 'chosen_inline_result') feed.push(kind, { result_id: '1', from, query: '' });
    else feed.push(kind, { id: '1', from, chat_instance: '1' });
    clock.advance(seconds * 1000 - 1000);
    expect(await desk.polls()).toHaveLength(1);
    clock.advance(3000);
    expect(await desk.polls()).toHaveLength(0);
  });

  test('about a message counts its day from when it was edited last', async () => {
    const now = Math.floor(desk.clock.now() / 1000);
    desk.feed.push('message', message('old', { date: now - 86_400 }));
    desk.feed.push('edited_message', { ...message('edited', { date: now - 86_400 }), edit_date: now });
    expect((await desk.feed.getUpdates(Params.of({}))).map((update) => Object.keys(update)[1])).toEqual([
      'edited_message',
    ]);
  });

  test('about a message of more than a day ago is not made', () => {
    const now = Math.floor(desk.clock.now() / 1000);
    expect(desk.feed.push('message', message('a', { date: now - 86_400 }))).toEqual({ outcome: 'too_old' });
  });

  test('of more than 512 KB is not kept', async () => {
    desk.says('x'.repeat(512 * 1024));
    expect(await desk.polls()).toEqual([]);
    expect(desk.events).toMatchObject([{ kind: 'added', added: { outcome: 'too_big' } }, { kind: 'polled' }]);
  });
});

describe('allowed_updates', () => {
  const member = { user: { id: 7, is_bot: false, first_name: 'Maria' }, status: 'left' as const };
  const join = (date: number) => ({
    chat: { id: -100, type: 'supergroup' as const, title: 'Support Chat' },
    from: member.user,
    date,
    old_chat_member: member,
    new_chat_member: member,
  });

  const kindsOf = async (params: Record<string, unknown>) => {
    const now = Math.floor(desk.clock.now() / 1000);
    desk.feed.push('chat_member', join(now));
    desk.feed.push('my_chat_member', join(now));
    desk.feed.push('inline_query', inlineQuery('q'));
    const updates = await desk.feed.getUpdates(Params.of(params));
    const last = updates.at(-1)?.update_id ?? 0;
    await desk.feed.getUpdates(Params.of({ offset: last + 1 }));
    return updates.map((update) => Object.keys(update)[1]);
  };

  test('are all but three kinds by default', () => {
    expect(DEFAULT_ALLOWED).toHaveLength(24);
    expect(DEFAULT_ALLOWED).not.toContain('chat_member');
    expect(DEFAULT_ALLOWED).not.toContain('message_reaction');
    expect(DEFAULT_ALLOWED).not.toContain('message_reaction_count');
  });

  test('count for updates made after the call, and stay until they are changed', async () => {
    expect(await kindsOf({ allowed_updates: ['chat_member'] })).toEqual(['my_chat_member', 'inline_query']);
    expect(await kindsOf({})).toEqual(['chat_member']);
    expect(await kindsOf({ allowed_updates: '["INLINE_query","chat_member","unheard_of"]' })).toEqual(['chat_member']);
    expect(await kindsOf({})).toEqual(['chat_member', 'inline_query']);
  });

  test.each([[[]], [['unheard_of']]])('%j are the default ones', async (allowed) => {
    await kindsOf({ allowed_updates: ['poll'] });
    expect(await kindsOf({ allowed_updates: allowed })).toEqual([]);
    expect(await kindsOf({})).toEqual(['my_chat_member', 'inline_query']);
  });

  test.each(['oops', '7', '[7]', '{}'])('that are %s change nothing', async (allowed) => {
    await kindsOf({ allowed_updates: ['poll'] });
    await kindsOf({ allowed_updates: allowed });
    expect(await kindsOf({})).toEqual([]);
  });

  test('that were chosen stand in the webhook info, the default ones do not', async () => {
    expect(desk.feed.getWebhookInfo()).not.toHaveProperty('allowed_updates');
    await desk.polls({ allowed_updates: ['poll'] });
    expect(desk.feed.getWebhookInfo()).toHaveProperty('allowed_updates', ['poll']);
  });
});

describe('a disturbance', () => {
  const drain = async (limit = 100) => {
    const seen: string[] = [];
    let offset = 0;
    for (;;) {
      desk.clock.advance(5000);
      const updates = await desk.feed.getUpdates(Params.of({ offset, limit }));
      if (updates.length === 0) return seen;
      seen.push(...texts(updates));
      offset = Math.max(offset, ...updates.map(({ update_id }) => update_id + 1));
    }
  };

  test('delivers an update twice although it was confirmed, with the same id', async () => {
    desk.feed.disturb({ twice: 1 });
    const id = desk.says('a');
    desk.says('b');
    const first = await desk.feed.getUpdates(Params.of({ limit: 1 }));
    const second = await desk.feed.getUpdates(Params.of({ offset: id + 1 }));
    expect([...first, ...second].map(({ update_id }) => update_id)).toEqual([id, id, id + 1]);
    expect(await desk.polls({ offset: id + 2 })).toEqual([]);
  });

  test('does not let a second delivery be confirmed before it was made', async () => {
    desk.feed.disturb({ twice: 2 });
    desk.says('a');
    const offset = desk.says('b') + 1;
    expect(await desk.polls({ limit: 2 })).toEqual(['a', 'b']);
    expect(await desk.polls({ offset, limit: 1 })).toEqual(['a']);
    expect(await desk.polls({ offset, limit: 1 })).toEqual(['b']);
  });

  test.each([1, 100])('swaps two updates for a poller that takes %d at a time, and loses none', async (limit) => {
    desk.feed.disturb({ swap: 1 });
    for (const text of ['a', 'b', 'c']) desk.says(text);
    expect(await drain(limit)).toEqual(['b', 'a', 'c']);
  });

  test('keeps an update back until it is released, whatever was confirmed meanwhile', async () => {
    desk.feed.disturb({ hold: 1 });
    desk.says('a');
    desk.says('b');
    expect(await drain()).toEqual(['b']);
    desk.feed.release();
    expect(await drain()).toEqual(['a']);
  });

  test('wakes a waiting poll when an update is released', async () => {
    desk.feed.disturb({ hold: 1 });
    desk.says('a');
    const poll = desk.polls({ timeout: 50 });
    desk.feed.release();
    expect(await poll).toEqual(['a']);
  });

  test('loses an update and leaves a gap in the ids', async () => {
    desk.feed.disturb({ lose: 1 });
    const lost = desk.says('a');
    expect(desk.says('b')).toBe(lost + 1);
    expect(await drain()).toEqual(['b']);
  });
});

test('a queue that was saved and loaded as JSON goes on where it stopped', async () => {
  const state = newFeedState();
  const before = bench({ state });
  const id = before.says('a');
  before.feed.disturb({ lose: 1 });
  await before.polls({ allowed_updates: ['message'] });
  const saved = JSON.parse(JSON.stringify(state)) as FeedState;
  before.clock.stop();

  const after = bench({ state: saved });
  expect(after.says('lost')).toBe(id + 1);
  expect(after.feed.push('inline_query', inlineQuery('q'))).toEqual({ outcome: 'not_allowed' });
  expect(await after.polls()).toEqual(['a']);
  after.clock.stop();
});
