import { digestOf, labelled, render } from '../../src/delivery/render.js';
import type { Content } from '../../src/relay/content.js';
import type { Author, Side } from '../../src/relay/model.js';
import { media, text } from './support/people.js';
import { message, wording } from './support/lanes.js';

const untouched: readonly Content[] = [
  text('hello', { type: 'bold', offset: 0, length: 2 }),
  media('photo', 'hello'),
  media('sticker'),
  { kind: 'location', latitude: 1, longitude: 2 },
  { kind: 'venue', latitude: 1, longitude: 2, title: 'T', address: 'A' },
  { kind: 'contact', phone: '+1', firstName: 'A' },
  { kind: 'native', name: 'story' },
];

test.each(untouched)('%j is shown as it is', (content) => {
  expect(render(message(content), 'staff', wording)).toEqual(content);
  expect(render(message(content, { author: 'agent' }), 'customer', wording)).toEqual(content);
});

test('a die is told as it fell, because a copy would be thrown anew', () => {
  expect(render(message({ kind: 'dice', emoji: '🎲', value: 6 }), 'staff', wording)).toEqual(text('🎲 6'));
});

test('what no bot copies is named', () => {
  expect(render(message({ kind: 'uncopyable', name: 'giveaway' }), 'staff', wording)).toEqual(text('[giveaway]'));
});

describe('the signature', () => {
  const signed = (content: Content, author: Author = 'agent', side: Side = 'customer'): Content =>
    render(message(content, { author, signature: 'Mary' }), side, wording);

  test('stands under the words, in italics', () => {
    expect(signed(text('Hi 👍'))).toEqual(text('Hi 👍\n\n— Mary', { type: 'italic', offset: 7, length: 6 }));
  });

  test('stands under a caption, and alone where there is none', () => {
    expect(signed(media('photo', 'Hi'))).toMatchObject({ caption: { text: 'Hi\n\n— Mary' } });
    expect(signed(media('photo'))).toMatchObject({ caption: { text: '— Mary' } });
  });

  test('moves no entity of the text', () => {
    const bold = { type: 'bold', offset: 0, length: 2 };
    expect(signed(text('Hi', bold))).toMatchObject({ entities: [bold, { type: 'italic' }] });
  });

  test.each<[Author, Side]>([
    ['agent', 'staff'],
    ['customer', 'staff'],
    ['desk', 'customer'],
    ['desk', 'staff'],
  ])('does not stand under what the %s says to the %s', (author, side) => {
    expect(signed(text('Hi'), author, side)).toEqual(text('Hi'));
  });

  test('is nobody’s when none was chosen', () => {
    expect(render(message('Hi', { author: 'agent' }), 'customer', wording)).toEqual(text('Hi'));
  });
});

describe('a digest', () => {
  test('is the same for what looks the same', () => {
    expect(digestOf({ ...media('photo', 'x'), file: 'other handle' })).toBe(digestOf(media('photo', 'x')));
  });

  test('is another for what looks different', () => {
    const all = [...untouched, text('hello'), text('hello '), media('photo', 'hello', 'B')].map(digestOf);
    expect(new Set(all).size).toBe(all.length);
  });
});

test('a label moves entities behind it', () => {
  const bold = { type: 'bold', offset: 0, length: 5 };
  expect(labelled(text('hello', bold), { text: '#t1', entities: [] })).toEqual([
    text('#t1\nhello', { ...bold, offset: 4 }),
  ]);
});
