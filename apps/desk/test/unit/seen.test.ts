import { createSeenMessages } from '../../src/telegram/seen.js';
import { traceTarget } from '../../src/telegram/links.js';

const group = -1001;

test('a place of which nothing is known has no mark', () => {
  expect(createSeenMessages().mark(group, [])).toBeUndefined();
  expect(createSeenMessages().mark(group, ['-1002/5'])).toBeUndefined();
});

test('a call in a group may have become one of the next messages', () => {
  const seen = createSeenMessages();
  seen.note(group, 10);
  const mark = seen.mark(group, [])!;
  expect(seen.candidates(group, mark)).toEqual(['-1001/11', '-1001/12', '-1001/13', '-1001/14', '-1001/15']);
});

test('what is known to stand there counts, and what was written after the mark widens the search', () => {
  const seen = createSeenMessages();
  const mark = seen.mark(group, ['-1001/10', '-1002/99'])!;
  seen.note(group, 14);
  expect(seen.candidates(group, mark)[0]).toBe('-1001/11');
  expect(seen.candidates(group, mark).at(-1)).toBe('-1001/19');
});

test('private chats are believed to count together: numbers above the highest in any are looked at too', () => {
  const seen = createSeenMessages();
  seen.note(42, 10);
  seen.note(43, 100);
  const candidates = seen.candidates(42, seen.mark(42, [])!);
  expect(candidates).toContain('42/11');
  expect(candidates).toContain('42/101');
  expect(candidates).not.toContain('42/50');
});

test('an automatic copy tells the number of its post', () => {
  const seen = createSeenMessages();
  seen.noteUpdate({
    update_id: 1,
    message: {
      message_id: 5,
      date: 0,
      chat: { id: group, type: 'supergroup' },
      is_automatic_forward: true,
      forward_origin: { type: 'channel', date: 0, message_id: 70, chat: { id: -1009, type: 'channel' } },
    },
  });
  expect(seen.candidates(-1009, seen.mark(-1009, [])!)[0]).toBe('-1009/71');
});

test('what other people wrote is not asked about, and neither is what stands in other private chats', () => {
  const seen = createSeenMessages();
  const chat = { id: group, type: 'supergroup' } as const;
  const from = { id: 7, is_bot: false, first_name: 'Ann' };
  seen.note(group, 10);
  const mark = seen.mark(group, [])!;
  for (let id = 11; id <= 99; id += 1) {
    seen.noteUpdate({ update_id: id, message: { message_id: id, date: 0, chat, from } });
  }
  // Perhaps a relay bot's, and so the desk's own.
  seen.noteUpdate({ update_id: 100, message: { message_id: 100, date: 0, chat, from: { ...from, is_bot: true } } });
  expect(seen.candidates(group, mark)[0]).toBe('-1001/100');

  seen.note(42, 200);
  const privately = seen.mark(42, [])!;
  seen.noteUpdate({ update_id: 201, message: { message_id: 300, date: 0, chat: { id: 43, type: 'private' }, from } });
  expect(seen.candidates(42, privately)).toContain('42/299');
  expect(seen.candidates(42, privately)).not.toContain('42/300');
});

test.each([
  ['7001', { person: '7001' }],
  ['https://t.me/c/1234567890/42', { message: '-1001234567890/42' }],
  ['https://t.me/c/1234567890/42?thread=7', { message: '-1001234567890/42' }],
])('%s names what is to be traced', (said, target) => {
  expect(traceTarget(said)).toEqual(target);
});

test.each(['', 'ann', 'https://t.me/ann/5', 'https://example.org/c/1/2', '-1001'])('%s names nothing', (said) => {
  expect(traceTarget(said)).toBeUndefined();
});

test('what another call was answered with is not asked about', () => {
  const seen = createSeenMessages();
  seen.note(group, 10);
  const mark = seen.mark(group, [])!;
  seen.noteOwn(group, 11);
  expect(seen.candidates(group, mark)[0]).toBe('-1001/12');
});

test('a private chat of which nothing is known has the mark of all of them', () => {
  const seen = createSeenMessages();
  seen.note(43, 100);
  expect(seen.candidates(42, seen.mark(42, [])!)[0]).toBe('42/101');
});
