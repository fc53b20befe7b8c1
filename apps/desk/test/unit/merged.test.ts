import { layOut, textAt } from '../../src/relay/merged.js';
import { meantBy } from '../../src/relay/reply.js';
import { isOutdated } from '../../src/relay/edit.js';
import type { StoredMessage } from '../../src/relay/model.js';
import { text } from './support/people.js';

const at = (time: string): Date => new Date(`2026-11-02T${time}:00`);
const words = (said: string): { text: string; entities: [] } => ({ text: said, entities: [] });
const written = (said: string, time: string): { words: ReturnType<typeof words>; writtenAt: Date } => ({
  words: words(said),
  writtenAt: at(time),
});

test('texts stand one below the other, with the time where it has moved on', () => {
  const { words: all, starts } = layOut([written('one', '09:00'), written('two', '09:00'), written('three', '09:05')]);
  expect(all.text).toBe('one\n\ntwo\n\n09:05  three');
  expect(starts.map((start) => all.text.slice(start).split('\n')[0])).toEqual(['one', 'two', 'three']);
  expect(all.entities).toEqual([{ type: 'italic', offset: 10, length: 5 }]);
});

test('entities move with their text', () => {
  const bold = { text: 'two', entities: [{ type: 'bold', offset: 0, length: 3 }] };
  const { words: all } = layOut([written('one', '09:00'), { words: bold, writtenAt: at('09:00') }]);
  expect(all.entities).toEqual([{ type: 'bold', offset: 5, length: 3 }]);
});

test('an offset tells which text it is in', () => {
  const texts = [written('one', '09:00'), written('two', '09:00')];
  expect(textAt(texts, 0)).toEqual({ index: 0, offset: 0 });
  expect(textAt(texts, 6)).toEqual({ index: 1, offset: 1 });
});

const stored = (id: string, said: string): StoredMessage => ({
  id,
  author: 'customer',
  content: text(said),
  revision: 1,
  internal: false,
  inPost: false,
  removed: false,
});
const shown = [
  { message: stored('1', 'one'), writtenAt: at('09:00') },
  { message: stored('2', 'two'), writtenAt: at('09:00') },
];

test('a reply to a comment that several texts share means the last one', () => {
  expect(meantBy(shown, undefined)?.message.id).toBe('2');
});

test('a reply that quotes words means the text that they stand in, and the quote is counted from its beginning', () => {
  const quote = { text: words('ne'), position: 1 };
  expect(meantBy(shown, quote)).toEqual({ message: shown[0]!.message, quote });
  expect(meantBy(shown, { text: words('wo'), position: 6 })).toEqual({
    message: shown[1]!.message,
    quote: { text: words('wo'), position: 1 },
  });
});

test('a reply to a message of its own keeps its quote, and one to nothing that is known means nothing', () => {
  const quote = { text: words('ne'), position: 1 };
  expect(meantBy(shown.slice(0, 1), quote)).toEqual({ message: shown[0]!.message, quote });
  expect(meantBy([], quote)).toBeUndefined();
});

test('an edit that was overtaken on its way is known by its second, and within one by its number', () => {
  const known = { ...stored('1', 'new'), worded: { at: at('09:05'), order: 7 } };
  const edit = (time: string, order?: number) => ({
    id: '42/1',
    content: text('x'),
    at: at('09:00'),
    editedAt: at(time),
    ...(order !== undefined && { order }),
  });
  expect(isOutdated(known, edit('09:04', 9))).toBe(true);
  expect(isOutdated(known, edit('09:05', 6))).toBe(true);
  expect(isOutdated(known, edit('09:05', 8))).toBe(false);
  expect(isOutdated(known, edit('09:05'))).toBe(false);
  expect(isOutdated(known, edit('09:06', 1))).toBe(false);
  expect(isOutdated(stored('1', 'first'), edit('09:01', 1))).toBe(false);
});
