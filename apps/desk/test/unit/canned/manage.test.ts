import { readNames, readSave } from '../../../src/canned/manage/save.js';
import {
  firstPage,
  readPress,
  readState,
  writePress,
  writeState,
  type DialogueState,
} from '../../../src/canned/manage/state.js';
import { media, text } from '../support/people.js';

test.each([
  ['refund Refund policy', 'refund', 'Refund policy'],
  ['refund', 'refund', 'refund'],
  ['Refund policy', '', 'Refund policy'],
  ['Refund', '', 'Refund'],
  ['возврат Возврат товара', 'возврат', 'Возврат товара'],
  ['', '', ''],
])('/save %s names shortcut %j and title %j', (line, shortcut, title) => {
  expect(readNames(line)).toEqual({ shortcut, title });
});

test('lines below are what to keep, with their formatting', () => {
  const said = text('/save@desk_bot hi Hello\n\n Dear {first_name} ', { type: 'bold', offset: 26, length: 4 });
  expect(readSave(said)).toEqual({
    shortcut: 'hi',
    title: 'Hello',
    content: { kind: 'text', text: 'Dear {first_name}', entities: [{ type: 'bold', offset: 0, length: 4 }] },
  });
});

test('a file that carries the command is kept with the lines below it, or without words', () => {
  expect(readSave(media('photo', '/save map Map\nThe door'))).toMatchObject({
    content: { caption: { text: 'The door' } },
  });
  expect(readSave(media('photo', '/save map Map'))).toMatchObject({ title: 'Map', content: { caption: { text: '' } } });
});

test.each<DialogueState>([
  { kind: 'edit', field: 'text', reply: '9223372036854775807', version: 12, language: 'pt-br' },
  { kind: 'language', reply: '5', version: 1 },
  { kind: 'save', title: 'A & B = ü?#', shortcut: 'ab' },
  { kind: 'search' },
  { ...firstPage, query: 'two words & more', archived: true, page: 3 },
])('a state comes back as it went: %j', (state) => {
  expect(readState(writeState(state))).toEqual(state);
});

test.each(['', 'canned=', 'canned=erase', 'canned=edit&field=role', 'x'])('%j is no state', (words) => {
  expect(readState(words)).toBeUndefined();
});

test('the longest button data there is has room in 64 bytes, and comes back', () => {
  const press = { reply: '9223372036854775807', version: 999_999_999, detail: 'text.pt-br1234' };
  const data = writePress('languages', press);
  expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
  expect(readPress(data)).toEqual({ name: 'languages', ...press });
  expect(readPress(writePress('search'))).toMatchObject({ name: 'search' });
  expect(readPress(writePress('list', { detail: '3' }))).toMatchObject({ name: 'list', detail: '3' });
});

test.each([
  '',
  'canned',
  'canned fly 1 1',
  'canned view 1 1 too many words',
  'canned view 99999999999999999999 1',
  'other view 1 1',
])('%j is no press', (data) => {
  expect(readPress(data)).toBeUndefined();
});
