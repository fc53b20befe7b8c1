import { readMarks, writeMarks } from '../../page/src/chat/marks.js';

test.each([
  ['no marks', 'no marks', []],
  ['a **b** c', 'a b c', [{ type: 'bold', offset: 2, length: 1 }]],
  [
    '__i__ and ~~s~~',
    'i and s',
    [
      { type: 'italic', offset: 0, length: 1 },
      { type: 'strikethrough', offset: 6, length: 1 },
    ],
  ],
  [
    '**a __b__**',
    'a b',
    [
      { type: 'bold', offset: 0, length: 3 },
      { type: 'italic', offset: 2, length: 1 },
    ],
  ],
  ['`**code**`', '**code**', [{ type: 'code', offset: 0, length: 8 }]],
  ['```\nline\n```', '\nline\n', [{ type: 'pre', offset: 0, length: 6 }]],
  ['||psst||', 'psst', [{ type: 'spoiler', offset: 0, length: 4 }]],
  [
    '[our page](https://example.com)',
    'our page',
    [{ type: 'text_link', offset: 0, length: 8, url: 'https://example.com' }],
  ],
  ['2 ** 3 is 8', '2 ** 3 is 8', []],
  ['**open', '**open', []],
  ['****', '****', []],
  ['[x](javascript:alert(1))', '[x](javascript:alert(1))', []],
  ['😀 **b**', '😀 b', [{ type: 'bold', offset: 3, length: 1 }]],
])('%j is typed for %j', (typed, text, entities) => {
  expect(readMarks(typed)).toEqual({ text, entities });
});

test.each(['a **b** c', '**a __b__**', '__**x**__', '**a**__b__', '`c` ||d|| ~~e~~', '[l](https://example.com) **b**'])(
  '%j comes back from an edit as it was typed',
  (typed) => {
    const { text, entities } = readMarks(typed);
    expect(writeMarks(text, entities)).toBe(typed);
  },
);
