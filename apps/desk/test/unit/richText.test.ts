import type { Entity, RichText } from '../../src/relay/content.js';
import {
  beginning,
  codePoints,
  excerpt,
  join,
  sanitize,
  slice,
  split,
  splitFirst,
  styled,
} from '../../src/relay/richText.js';
import { seeded, type Random } from './support/random.js';

const bold = (offset: number, length: number): Entity => ({ type: 'bold', offset, length });
const rich = (text: string, ...entities: Entity[]): RichText => ({ text, entities });
const pieces = (text: string, limit: number): string[] => split(rich(text), limit).map((piece) => piece.text);

const family = '👨‍👩‍👧‍👦';
const flag = '🇧🇷';
const zalgo = `a${'\u0301'.repeat(5_000)}`;

describe('join', () => {
  test('entities move with their text', () => {
    expect(join(rich('ab', bold(0, 1)), ' ', rich('cd', bold(1, 1)))).toEqual(rich('ab cd', bold(0, 1), bold(4, 1)));
  });

  test('offsets count UTF-16 units, also behind an emoji', () => {
    expect(join('👍', rich('x', bold(0, 1)))).toEqual(rich('👍x', bold(2, 1)));
  });

  test('what an entity carries stays with it', () => {
    const link: Entity = { type: 'text_link', offset: 0, length: 1, url: 'https://example.org/' };
    expect(join('> ', rich('x', link)).entities).toEqual([{ ...link, offset: 2 }]);
  });

  test('nothing joined is nothing', () => {
    expect(join()).toEqual(rich(''));
  });
});

test('styled text has one entity over all of it, and no text has none', () => {
  expect(styled('italic', '👍!')).toEqual(rich('👍!', { type: 'italic', offset: 0, length: 3 }));
  expect(styled('italic', '')).toEqual(rich(''));
});

test.each([
  ['an entity inside stays', bold(3, 2), bold(1, 2)],
  ['one that begins earlier is clipped', bold(0, 4), bold(0, 2)],
  ['one that ends later is clipped', bold(4, 9), bold(2, 2)],
  ['one that is longer on both sides covers all', bold(0, 10), bold(0, 4)],
  ['one that ends where the piece begins is dropped', bold(0, 2), undefined],
  ['one that begins where the piece ends is dropped', bold(6, 2), undefined],
])('a slice from 2 to 6: %s', (_name, before, after) => {
  expect(slice(rich('0123456789', before), 2, 6)).toEqual(rich('2345', ...(after ? [after] : [])));
});

test.each([
  ['', 0],
  ['abc', 3],
  ['👍', 1],
  [flag, 2],
  [family, 7],
  ['e\u0301', 2],
  ['\ud83d', 1],
])('%j has %s code points, as Telegram counts', (text, count) => {
  expect(codePoints(text)).toBe(count);
});

describe('split', () => {
  test.each([
    ['what fits stays whole', 'a'.repeat(10), ['a'.repeat(10)]],
    ['one more makes two', 'a'.repeat(11), ['a'.repeat(10), 'a']],
    ['between words', 'aaa bbb ccc', ['aaa bbb', 'ccc']],
    ['a line end counts more than a space', 'aaaaa\nbb ccc', ['aaaaa', 'bb ccc']],
    ['a paragraph counts more than a line end', 'aaaaa\n\nb\nccc', ['aaaaa', 'b\nccc']],
    ['only in the last half, or pieces would be small', 'aa bbbbbbbbbb', ['aa bbbbbbb', 'bbb']],
    ['white space at a cut is lost, and only there', 'aaaaaaaa     b', ['aaaaaaaa', 'b']],
    ['white space inside stays', 'a   b      c d', ['a   b', 'c d']],
    ['more than half, counted from the cut', 'aaaa bbbbbbb', ['aaaa bbbbb', 'bb']],
    ['nothing is one empty piece', '', ['']],
    ['white space alone is one empty piece', ' '.repeat(11), ['']],
    ['white space at the beginning makes no empty piece', `${' '.repeat(15)}a`, ['a']],
    ['white space at the end makes none either', `${'a'.repeat(10)} `, ['a'.repeat(10)]],
  ])('%s', (_name, text, expected) => {
    expect(pieces(text, 10)).toEqual(expected);
  });

  test.each([
    [4096, 4097],
    [1024, 1025],
  ])('the limit of %d counts code points, not UTF-16 units', (limit, over) => {
    expect(pieces('👍'.repeat(limit), limit)).toEqual(['👍'.repeat(limit)]);
    expect(pieces('👍'.repeat(over), limit)).toEqual(['👍'.repeat(limit), '👍']);
  });

  test.each([
    ['a surrogate pair', '👍', { limit: 3, perPiece: 3 }],
    ['a flag', flag, { limit: 5, perPiece: 2 }],
    ['an emoji of several people', family, { limit: 10, perPiece: 1 }],
    ['an emoji with a skin tone', '👍🏽', { limit: 5, perPiece: 2 }],
    ['a letter with its marks', 'e\u0301\u0323', { limit: 8, perPiece: 2 }],
    ['a Hangul syllable of three letters', '\u1112\u1161\u11ab', { limit: 4, perPiece: 1 }],
  ])('%s is never torn', (_name, grapheme, { limit, perPiece }) => {
    const found = pieces(grapheme.repeat(7), limit);
    expect(found.join('')).toBe(grapheme.repeat(7));
    expect(found[0]).toBe(grapheme.repeat(perPiece));
  });

  test('a space that carries a mark is not a place to cut', () => {
    expect(pieces('aaaaaaaa \u0301bb', 10)).toEqual(['aaaaaaaa \u0301', 'bb']);
    expect(pieces('aaaaaaa \u0301bbb', 9)).toEqual(['aaaaaaa \u0301', 'bbb']);
    expect(pieces('aaaaaaaa \u0301bb', 9)).toEqual(['aaaaaaaa', ' \u0301bb']);
  });

  test('a letter under more marks than a message holds is cut inside, because nothing else would end', () => {
    const found = pieces(zalgo, 4096);
    expect(found.map(codePoints)).toEqual([4096, 905]);
    expect(found.join('')).toBe(zalgo);
  });

  test('such a letter does not drag what stands before it along', () => {
    expect(pieces(`hello${zalgo}`, 4096).map(codePoints)).toEqual([5, 4096, 905]);
    expect(pieces(`h${zalgo}`, 4096).map(codePoints)).toEqual([1, 4096, 905]);
  });

  test('entities are clipped to their piece and counted from its beginning', () => {
    expect(split(rich('aaa bbb ccc', bold(4, 7)), 8)).toEqual([rich('aaa bbb', bold(4, 3)), rich('ccc', bold(0, 3))]);
  });

  test('an entity over the white space at a cut alone is lost with it', () => {
    expect(split(rich('aaaa bbbb', bold(4, 1)), 6)).toEqual([rich('aaaa'), rich('bbbb')]);
  });

  test('a link that is cut leads to the same place from both pieces', () => {
    const link: Entity = { type: 'text_link', offset: 0, length: 12, url: 'https://example.org/' };
    const [one, two] = split(rich('a'.repeat(12), link), 10);
    expect(one?.entities).toEqual([{ ...link, length: 10 }]);
    expect(two?.entities).toEqual([{ ...link, length: 2 }]);
  });

  test('the first piece can be cut off alone', () => {
    expect(splitFirst(rich('aaaa bbbb cccc', bold(3, 4)), 5)).toEqual([
      rich('aaaa', bold(3, 1)),
      rich('bbbb cccc', bold(0, 2)),
    ]);
    expect(splitFirst(rich('aaaa'), 5)).toEqual([rich('aaaa'), rich('')]);
  });

  const alphabet = [
    'a',
    'Ж',
    'ع',
    '中',
    '👍',
    '👍🏽',
    family,
    flag,
    'e\u0301',
    ' ',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\t',
    'word',
    'x'.repeat(40),
  ];

  function randomText(random: Random): RichText {
    let text = '';
    for (let count = random.between(0, 400); count > 0; count -= 1) text += random.pick(alphabet);
    const entities = Array.from({ length: random.between(0, 20) }, () => {
      const offset = random.between(0, text.length);
      return { type: random.pick(['bold', 'italic', 'code']), offset, length: random.between(0, text.length - offset) };
    });
    return { text, entities: entities.filter(({ length }) => length > 0) };
  }

  /** Which entities cover each character that is not white space, in order. */
  function coverage({ text, entities }: RichText): string[] {
    return text.split('').flatMap((unit, at) => {
      if (/\s/.test(unit)) return [];
      const over = entities.filter(({ offset, length }) => offset <= at && at < offset + length);
      return [
        `${unit} ${over
          .map(({ type }) => type)
          .sort()
          .join()}`,
      ];
    });
  }

  test.each(Array.from({ length: 60 }, (_, seed) => [seed + 1]))(
    'no text loses anything but white space (seed %d)',
    (seed) => {
      const random = seeded(seed);
      const whole = randomText(random);
      const limit = random.between(8, 120);
      const parts = split(whole, limit);
      expect(parts.flatMap(coverage)).toEqual(coverage(whole));
      for (const part of parts) {
        expect(codePoints(part.text)).toBeLessThanOrEqual(limit);
        expect(part.text.isWellFormed()).toBe(true);
        expect(
          part.entities.every(({ offset, length }) => length > 0 && offset >= 0 && offset + length <= part.text.length),
        ).toBe(true);
      }
      // In the order of the whole, with nothing between them but white space.
      let rest = whole.text;
      for (const { text } of parts) {
        const at = rest.indexOf(text);
        expect(rest.slice(0, at).trim()).toBe('');
        rest = rest.slice(at + text.length);
      }
      expect(rest.trim()).toBe('');
      if (codePoints(whole.text) > limit) expect(parts.every(({ text }) => text.trim() !== '')).toBe(true);
    },
  );
});

test.each([
  ['hello', 5, 'hello'],
  ['hello', 4, 'hell'],
  [`ab${family}`, 8, 'ab'],
  ['👍👍', 1, '👍'],
])('the beginning of %j of %d characters', (text, limit, expected) => {
  expect(beginning(text, limit)).toBe(expected);
});

describe('excerpt', () => {
  test('what fits is shown as it is', () => {
    expect(excerpt(rich('hello', bold(0, 5)), 5)).toEqual(rich('hello', bold(0, 5)));
  });

  test('what does not fit ends with an ellipsis inside the limit, at a word', () => {
    expect(excerpt(rich('hello there world', bold(0, 17)), 14)).toEqual(rich('hello there…', bold(0, 11)));
  });

  test('without a word to end at it is cut hard', () => {
    const { text } = excerpt(rich('x'.repeat(300)), 200);
    expect(text).toBe(`${'x'.repeat(199)}…`);
  });

  test('no emoji is torn', () => {
    expect(excerpt(rich(family.repeat(3)), 9).text).toBe(`${family}…`);
  });
});

describe('sanitize', () => {
  test.each<[string, Entity, Entity | undefined]>([
    ['inside stays', bold(1, 3), bold(1, 3)],
    ['over all stays', bold(0, 6), bold(0, 6)],
    ['beyond the end is clipped', bold(4, 100), bold(4, 2)],
    ['before the beginning is clipped', bold(-2, 4), bold(0, 2)],
    ['wholly before the beginning is dropped', bold(-9, 4), undefined],
    ['wholly beyond the end is dropped', bold(6, 1), undefined],
    ['far beyond is dropped', bold(1e15, 1e15), undefined],
    ['of no length is dropped', bold(2, 0), undefined],
    ['of negative length is dropped', bold(3, -2), undefined],
    ['at NaN is dropped', bold(NaN, 3), undefined],
    ['of NaN length is dropped', bold(1, NaN), undefined],
    ['at infinity is dropped', bold(Infinity, 1), undefined],
    ['of infinite length is clipped', bold(1, Infinity), bold(1, 5)],
    ['at half a character is dropped', bold(0.5, 2), undefined],
    ['of half a character is dropped', bold(0, 2.5), undefined],
  ])('an entity %s', (_name, entity, expected) => {
    expect(sanitize(rich('abcdef', entity)).entities).toEqual(expected ? [expected] : []);
  });

  // 0: a, 1 and 2: thumb, 3: b.
  test.each<[string, Entity, Entity | undefined]>([
    ['that begins inside a surrogate pair takes the whole of it', bold(2, 2), bold(1, 3)],
    ['that ends inside one leaves it out', bold(0, 2), bold(0, 1)],
    ['over one exactly stays', bold(1, 2), bold(1, 2)],
    ['over its first half only is dropped', bold(1, 1), undefined],
    ['over its second half only takes the whole', bold(2, 1), bold(1, 2)],
  ])('an entity %s', (_name, entity, expected) => {
    expect(sanitize(rich('a👍b', entity)).entities).toEqual(expected ? [expected] : []);
    // The first and the last character that need a pair, which begin with the least and the greatest half.
    for (const pair of ['\u{10000}', '\u{10ffff}']) {
      expect(sanitize(rich(`a${pair}b`, entity)).entities).toEqual(expected ? [expected] : []);
    }
  });

  test.each([
    ['NUL becomes a space', 'a\0b\0', 'a b '],
    ['half a surrogate pair becomes a replacement character', '\ud83dx\udc4d', '\ufffdx\ufffd'],
    ['whole pairs stay', 'a👍', 'a👍'],
  ])('%s, and no offset moves', (_name, text, expected) => {
    const whole = bold(0, text.length);
    expect(sanitize(rich(text, whole))).toEqual(rich(expected, whole));
  });

  test('after a hundred entities the rest is dropped, as Telegram does', () => {
    const many = Array.from({ length: 150 }, (_, at) => bold(at, 1));
    const { entities } = sanitize(rich('x'.repeat(150), ...many));
    expect(entities).toEqual(many.slice(0, 100));
  });

  test('entities that are dropped do not count', () => {
    const many = Array.from({ length: 100 }, () => bold(0, 0));
    expect(sanitize(rich('abc', ...many, bold(0, 3))).entities).toEqual([bold(0, 3)]);
  });

  test.each(Array.from({ length: 30 }, (_, seed) => [seed + 1]))(
    'whatever comes in, what comes out is safe (seed %d)',
    (seed) => {
      const random = seeded(seed);
      const units = ['a', '\0', '\ud83d', '\udc4d', '👍', '\u0301', '\n'];
      const text = Array.from({ length: random.between(0, 60) }, () => random.pick(units)).join('');
      const numbers = [-1, 0, 1, 2, 7, 59, 1e9, -1e9, NaN, Infinity, -Infinity, 0.5];
      const entities = Array.from({ length: 120 }, () => bold(random.pick(numbers), random.pick(numbers)));
      const safe = sanitize({ text, entities });
      expect(safe.text.isWellFormed() && !safe.text.includes('\0')).toBe(true);
      expect(safe.text).toHaveLength(text.length);
      expect(safe.entities.length).toBeLessThanOrEqual(100);
      for (const { offset, length } of safe.entities) {
        expect(Number.isInteger(offset) && Number.isInteger(length) && offset >= 0 && length > 0).toBe(true);
        expect(offset + length).toBeLessThanOrEqual(text.length);
        expect(safe.text.slice(offset, offset + length).isWellFormed()).toBe(true);
      }
      expect(sanitize(safe)).toEqual(safe);
    },
  );
});
