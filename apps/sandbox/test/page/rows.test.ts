import type { ShownMessage } from '../../src/control/client.js';
import { rowsOf } from '../../page/src/chat/rows.js';

const NOON = Date.UTC(2026, 10, 20, 12) / 1000;

function message(messageId: number, changes: Partial<ShownMessage> = {}): ShownMessage {
  return {
    ref: { chatId: 1, messageId },
    from: 'Ann',
    fromId: 1,
    fromBot: false,
    authorId: 1,
    date: NOON + messageId,
    edited: false,
    kind: 'text',
    text: `${messageId}`,
    caption: '',
    entities: [],
    buttons: [],
    pinned: false,
    reactions: [],
    isProtected: false,
    ...changes,
  };
}

/** Bubbles in a short form: the ids in them, and whether they begin and end a group. */
function bubbles(messages: ShownMessage[]): string[] {
  return rowsOf(messages).map((row) => {
    if (row.kind !== 'bubble') return row.kind;
    const ids = row.messages.map(({ ref }) => ref.messageId).join('+');
    return `${row.isFirst ? '<' : ''}${ids}${row.isLast ? '>' : ''}`;
  });
}

test('messages of one sender stand together until somebody else writes or time passes', () => {
  const maria = { fromId: 2, authorId: 2 };
  expect(bubbles([message(1), message(2), message(3, maria), message(4), message(5, { date: NOON + 5000 })])).toEqual([
    'day',
    '<1',
    '2>',
    '<3>',
    '<4>',
    '<5>',
  ]);
});

test('the items of an album are one bubble', () => {
  const item = { kind: 'photo', albumId: 'a' };
  expect(bubbles([message(1, item), message(2, item), message(3, { ...item, albumId: 'b' })])).toEqual([
    'day',
    '<1+2',
    '3>',
  ]);
});

test('a new day and a service line divide', () => {
  const next = { date: NOON + 86_400 };
  expect(bubbles([message(1), message(2, { kind: 'service' }), message(3, next)])).toEqual([
    'day',
    '<1>',
    'service',
    'day',
    '<3>',
  ]);
});
