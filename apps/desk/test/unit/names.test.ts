import { safeName, shownName, ticketTag } from '../../src/relay/names.js';
import { ann } from './support/people.js';

test.each([
  ['an ordinary name stays', 'Ann Lee', 'Ann Lee'],
  ['markup is a name, not markup', '<b>x</b> *_[`', '<b>x</b> *_[`'],
  ['names of every script stay', 'Łukasz Ħ 李小龙 علي Ελένη', 'Łukasz Ħ 李小龙 علي Ελένη'],
  ['a right-to-left override goes', 'Ann\u202eeeL', 'AnneeL'],
  [
    'every mark of direction goes',
    '\u200ea\u200fb\u061cc\u202ad\u202be\u202cf\u202dg\u2066h\u2067i\u2068j\u2069',
    'abcdefghij',
  ],
  ['zero-width spaces and soft hyphens go', 'A\u200bn\u00adn\ufeff\u2060', 'Ann'],
  ['controls become a space', 'Ann\u0007Lee\u009f', 'Ann Lee'],
  ['line ends and tabs become a space', 'Ann\nLee\t\r\nJr', 'Ann Lee Jr'],
  ['separators of lines and paragraphs become a space', 'Ann\u2028Lee\u2029Jr', 'Ann Lee Jr'],
  ['many spaces become one, and none stands at the ends', '  Ann \u00a0 \u3000 Lee  ', 'Ann Lee'],
  ['two marks on a letter stay', 'e\u0323\u0302', 'e\u0323\u0302'],
  ['a tower of marks is cut to four', `Z${'\u0301'.repeat(40)}algo`, `Z${'\u0301'.repeat(4)}algo`],
  ['joiners between the marks build no tower', `Z${'\u0301\u200d'.repeat(40)}`, `Z${'\u0301\u200d'.repeat(3)}\u0301`],
  ['emoji keep their joiners', 'Ann 👨‍👩‍👧‍👦 ❤️‍🔥', 'Ann 👨‍👩‍👧‍👦 ❤️‍🔥'],
  ['letters keep their joiners', 'ශ්‍රී', 'ශ්‍රී'],
  ['joiners at the ends go', '\u200d\u200dAnn\u200d', 'Ann'],
  ['a tower of joiners is one', 'A\u200d\u200d\u200dn', 'A\u200dn'],
  ['half a surrogate pair becomes a replacement character', 'A\ud83d', 'A\ufffd'],
  ['NUL becomes a space', 'Ann\0Lee', 'Ann Lee'],
  ['what is invisible between spaces leaves one of them', 'Ann \u200b Lee', 'Ann Lee'],
])('%s', (_name, name, expected) => {
  expect(safeName(name)).toBe(expected);
});

test.each([
  ['joiners', '\u200d\u200d'],
  ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
  ['an empty braille cell', '\u2800'],
  ['variation selectors', '\ufe0f\ufe0e'],
  ['a grapheme joiner', '\u034f'],
  ['tags', '\u{e0041}\u{e007f}'],
  ['spaces', ' \u2003\u00a0'],
  ['marks with nothing under them', '\u0301\u0301'],
  ['nothing', ''],
])('a name of %s alone is no name', (_name, name) => {
  expect(safeName(name)).toBe('');
});

test('a name has at most 64 characters', () => {
  expect(safeName('x'.repeat(64))).toBe('x'.repeat(64));
  expect(safeName('x'.repeat(65))).toBe('x'.repeat(64));
  expect(safeName('👍'.repeat(100))).toBe('👍'.repeat(64));
});

test('what is not shown does not count', () => {
  expect(safeName(`  ${'x'.repeat(64)}`)).toBe('x'.repeat(64));
  expect(safeName(`\u200d\u200b${'x'.repeat(64)}`)).toBe('x'.repeat(64));
});

test('an emoji joined without end is cut inside, and ends with no joiner', () => {
  expect(safeName('👨\u200d'.repeat(100))).toBe(`${'👨\u200d'.repeat(31)}👨`);
});

test('the cut tears no emoji and leaves no space behind', () => {
  expect(safeName(`${'x'.repeat(62)}👨‍👩‍👧‍👦`)).toBe('x'.repeat(62));
  expect(safeName(`${'x'.repeat(63)} yy`)).toBe('x'.repeat(63));
});

test('the shown name is first and last name', () => {
  expect(shownName(ann)).toBe('Ann Lee');
  expect(shownName({ id: '42', place: '42', firstName: 'Ann' })).toBe('Ann');
});

test.each([['\u3164'], ['\u200d'], [''], ['\u2800 \u2800']])(
  'who has no visible name (%j) is shown by number',
  (firstName) => {
    expect(shownName({ id: '42', place: '42', firstName, lastName: '\u202e' })).toBe('42');
  },
);

test('the ticket is the number of the conversation', () => {
  expect(ticketTag('1234')).toBe('t1234');
});
