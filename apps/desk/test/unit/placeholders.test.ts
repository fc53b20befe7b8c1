import type { Entity } from '../../src/relay/content.js';
import { fill, unknownPlaceholders, type PlaceholderValues } from '../../src/relay/placeholders.js';
import { seeded } from './support/random.js';

const ann: PlaceholderValues = { first_name: 'Ann', date: '2 November' };

function filled(text: string, values = ann): string {
  return fill({ text, entities: [] }, values).text;
}

test.each([
  ['Hello {first_name}!', 'Hello Ann!'],
  ['{first_name}{first_name}', 'AnnAnn'],
  ['Hello {first_name|there}!', 'Hello Ann!'],
  ['Hello {last_name|there}!', 'Hello there!'],
  ['Hello { last_name | dear friend }!', 'Hello dear friend!'],
  ['Hello {last_name}!', 'Hello!'],
  ['Hello {last_name}, welcome', 'Hello, welcome'],
  ['Hello {last_name}', 'Hello'],
  ['{last_name} hello', ' hello'],
  ['a {last_name}b', 'a b'],
  ['{first_name} {last_name}', 'Ann'],
  ['{last_name|}', ''],
  ['{unknown} {unknown|x} {} {first name}', '{unknown} {unknown|x} {} {first name}'],
  ['{{first_name}}', '{Ann}'],
  ['On {date}', 'On 2 November'],
])('%s becomes %j', (text, expected) => {
  expect(filled(text)).toBe(expected);
});

test('what is filled in is not looked at again', () => {
  expect(filled('Hi {first_name}', { first_name: '{agent}', agent: 'secret' })).toBe('Hi {agent}');
});

test('no value ever shows as undefined or null', () => {
  expect(filled('{first_name}{last_name}{agent}{date}', {})).toBe('');
});

describe('formatting', () => {
  const after = (text: string, entity: readonly [number, number], values = ann): string | undefined => {
    const [offset, length] = entity;
    const { text: result, entities } = fill({ text, entities: [{ type: 'bold', offset, length }] }, values);
    const [moved] = entities;
    return moved && result.slice(moved.offset, moved.offset + moved.length);
  };

  test.each([
    ['before a placeholder stays', 'Hello {first_name}', [0, 5], 'Hello'],
    ['after it moves', '{first_name}, hello', [14, 5], 'hello'],
    ['over it covers the name', 'Hi {first_name}!', [3, 12], 'Ann'],
    ['that reaches over its end shrinks', 'Hi {first_name}!', [0, 16], 'Hi Ann!'],
    ['that begins inside it covers the name', 'Hi {first_name}!', [6, 10], 'Ann!'],
    ['that ends inside it covers the name', 'Hi {first_name}!', [0, 8], 'Hi Ann'],
    ['on a placeholder without a value goes', 'Hi {last_name}!', [3, 11], undefined],
    ['around a placeholder without a value closes', 'Hi {last_name}!', [0, 15], 'Hi!'],
    ['over an emoji counts its halves', '👍 {first_name} 👍', [3, 15], 'Ann 👍'],
  ] as const)('%s', (...[, text, entity, expected]) => {
    expect(after(text, entity)).toBe(expected);
  });

  test('always lies in the text, whatever the values', () => {
    const random = seeded(9);
    const parts = ['{first_name}', '{last_name}', '{date|soon}', ' ', 'a', '👍', ', ', '\n', '{x}'];
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: random.between(1, 12) }, () => random.pick(parts)).join('');
      const entities = Array.from({ length: 4 }, (): Entity => {
        const offset = random.between(0, text.length - 1);
        return { type: 'bold', offset, length: random.between(1, text.length - offset) };
      });
      const result = fill({ text, entities }, { first_name: random.pick(['', 'Jo', 'Maximiliane 👍']) });
      for (const { offset, length } of result.entities) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(length).toBeGreaterThan(0);
        expect(offset + length).toBeLessThanOrEqual(result.text.length);
      }
    }
  });
});

test('what looks like a placeholder and is none is named', () => {
  const text = 'Hi {frist_name}, {first_name|x}, {name|y} {frist_name}';
  expect(unknownPlaceholders({ text, entities: [] })).toEqual(['frist_name', 'name']);
});
