import { canonical, plainText, sameContent, wordsOf, type Content, type Location } from '../../src/relay/content.js';
import { shapeOf } from '../../src/relay/ports.js';
import { media, text } from './support/people.js';

const here: Location = { kind: 'location', latitude: 1.5, longitude: -2.25 };
const live: Location = { ...here, live: { seconds: 900 } };

test.each<[string, Content, Content]>([
  ['the order of keys', { kind: 'text', text: 'x', entities: [] }, { entities: [], text: 'x', kind: 'text' }],
  ['keys deep inside', text('x', { type: 'a', offset: 0, length: 1 }), text('x', { length: 1, type: 'a', offset: 0 })],
  ['the handle of a file, which changes by itself', media('photo'), { ...media('photo'), file: 'other' }],
])('%s does not make contents differ', (_name, one, other) => {
  expect(sameContent(one, other)).toBe(true);
});

test('lists keep their order, and null is a value', () => {
  expect(canonical({ b: [10, 9, { d: 1, c: null }], a: null })).toBe('{"a":null,"b":[10,9,{"c":null,"d":1}]}');
});

test('a key without a value is a key that is absent', () => {
  expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }));
});

const different: readonly Content[] = [
  text('x'),
  text('y'),
  text('x', { type: 'bold', offset: 0, length: 1 }),
  text('xx', { type: 'bold', offset: 0, length: 1 }),
  text('xx', { type: 'bold', offset: 1, length: 1 }),
  text('xx', { type: 'bold', offset: 0, length: 1 }, { type: 'bold', offset: 1, length: 1 }),
  text('x', { type: 'text_link', offset: 0, length: 1, url: 'https://a.example/' }),
  text('x', { type: 'text_link', offset: 0, length: 1, url: 'https://b.example/' }),
  media('photo', 'x'),
  media('photo', 'y'),
  media('photo', 'x', 'B'),
  media('video', 'x'),
  { ...media('photo', 'x'), spoiler: true },
  { ...media('photo', 'x'), captionAbove: true },
  here,
  { ...here, latitude: 1.25 },
  live,
  { ...here, live: { seconds: 900, heading: 90 } },
  { kind: 'dice', emoji: '🎲', value: 1 },
  { kind: 'dice', emoji: '🎲', value: 2 },
  { kind: 'native', name: 'story' },
  { kind: 'uncopyable', name: 'story' },
  { kind: 'contact', phone: '+1', firstName: 'A' },
  { kind: 'contact', phone: '+1', firstName: 'A', lastName: 'B' },
];

test('contents that look different are different, each from each', () => {
  for (const one of different) for (const other of different) expect(sameContent(one, other)).toBe(one === other);
});

test.each<[string, Content, string]>([
  ['a text', text('hello'), 'hello'],
  ['media', media('photo', 'caption'), 'caption'],
  ['media without a caption', media('sticker'), ''],
  ['a location', here, ''],
  ['a die', { kind: 'dice', emoji: '🎲', value: 1 }, ''],
  [
    'a poll',
    {
      kind: 'poll',
      question: { text: 'Q', entities: [] },
      options: [],
      quiz: false,
      anonymous: true,
      multiple: false,
      closed: false,
    },
    '',
  ],
])('the words of %s', (_name, content, words) => {
  expect(wordsOf(content).text).toBe(words);
});

test('plain text has no entities', () => {
  expect(plainText('<b>x</b>')).toEqual({ kind: 'text', text: '<b>x</b>', entities: [] });
});

test.each<[Content, string]>([
  [text('hello'), 'text'],
  [media('photo', 'caption', 'K'), 'photo:K'],
  [media('sticker', '', 'K'), 'sticker:K'],
  [here, 'location'],
  [live, 'live_location'],
  [{ kind: 'native', name: 'story' }, 'native'],
])('%j was sent as %s', (content, shape) => {
  expect(shapeOf(content)).toBe(shape);
});
