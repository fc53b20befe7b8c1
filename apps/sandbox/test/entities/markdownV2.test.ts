import { formatted } from './support.js';

const markdown = (text: string) => formatted({ text, parseMode: 'MarkdownV2' });
const refused = (reason: string) => `Bad Request: can't parse entities: ${reason}`;

test.each([
  ['*bold*', 'bold', 'bold 0+4'],
  ['_italic_', 'italic', 'italic 0+6'],
  ['__under__', 'under', 'underline 0+5'],
  ['~strike~', 'strike', 'strikethrough 0+6'],
  ['||spoiler||', 'spoiler', 'spoiler 0+7'],
  ['`code * _ [`', 'code * _ [', 'code 0+10'],
  ['```\nx\ny```', 'x\ny', 'pre 0+3'],
  ['```ts\nlet x```', 'let x', 'pre 0+5 ts'],
  ['a```ts x```', 'a x', 'pre 1+2 ts'],
  ['```x```', 'x', 'pre 0+1'],
  ['[go](https://example.org/\\))', 'go', 'text_link 0+2 https://example.org/)'],
  ['[Ann](tg://user?id=7001001)', 'Ann', 'text_mention 0+3 7001001'],
  ['[example\\.org/x]', 'example.org/x', 'text_link 0+13 http://example.org/x'],
  ['[go](nowhere)', 'go', ''],
  ['![👍](tg://emoji?id=5368324170671202286)', '👍', 'custom_emoji 0+2 5368324170671202286'],
  ['![soon](tg://time?unix=1791549475&format=wDT)', 'soon', 'date_time 0+4 1791549475 wDT'],
  ['>one\n>two\nthree', 'one\ntwo\nthree', 'blockquote 0+8'],
  ['>one\n>two||', 'one\ntwo', 'expandable_blockquote 0+7'],
  ['>one||\ntwo', 'one\ntwo', 'expandable_blockquote 0+4'],
  ['>one||\r\ntwo', 'one\ntwo', 'expandable_blockquote 0+4'],
  ['>||one||\ntwo', 'one\ntwo', 'blockquote 0+4, spoiler 0+3'],
  ['>a\n**>b', 'a\nb', 'blockquote 0+2, blockquote 2+1'],
  ['\r>a', 'a', 'blockquote 0+1'],
  ['>*bold*', 'bold', 'blockquote 0+4, bold 0+4'],
  ['\\*\\_\\.\\a 1\\+1', '*_.a 1+1', ''],
  ['a\\😀\\', 'a\\😀\\', ''],
  ['*a _b __c___*', 'a b c', 'bold 0+2, bold 2+2, italic 2+2, bold 4+1, italic 4+1, underline 4+1'],
  ['*_a_*', 'a', 'bold 0+1, italic 0+1'],
  ['x**', 'x', ''],
])('%j reads as %j with %j', (markup, text, entities) => {
  expect(markdown(markup)).toEqual([text, entities]);
});

test('offsets are counted in UTF-16 code units of the text without markup', () => {
  expect(markdown('🙂\\.*😀*')).toEqual(['🙂.😀', 'bold 3+2']);
});

test.each(['=', '|', '{', '}', '.', '!', '-', '+', '#', ')', '(', ']', '>'])(
  'a bare %s is refused and an escaped one is text',
  (char) => {
    const reason = `Character '${char}' is reserved and must be escaped with the preceding '\\'`;
    expect(markdown(`a${char}`)).toBe(refused(reason));
    expect(markdown(`a\\${char}`)).toEqual([`a${char}`, '']);
  },
);

test.each([
  ['ü*bold', "Can't find end of Bold entity at byte offset 2"],
  ['😀_italic', "Can't find end of Italic entity at byte offset 4"],
  ['__under_', "Can't find end of Italic entity at byte offset 7"],
  ['_italic__', "Can't find end of Underline entity at byte offset 7"],
  ['~a', "Can't find end of Strikethrough entity at byte offset 0"],
  ['||a|', "Character '|' is reserved and must be escaped with the preceding '\\'"],
  ['||a', "Can't find end of Spoiler entity at byte offset 0"],
  ['`a', "Can't find end of Code entity at byte offset 0"],
  ['```a`', "Can't find end of Code entity at byte offset 4"],
  ['```ts a', "Can't find end of PreCode entity at byte offset 0"],
  ['[a', "Can't find end of TextUrl entity at byte offset 0"],
  ['[ü](x', "Can't find end of a URL at byte offset 5"],
  ['![a', "Can't find end of CustomEmoji entity at byte offset 0"],
  ['![a]', 'The entity must contain a tg://emoji or tg://time URL'],
  ['![a](tg://emoji?id=)', 'Invalid tg://emoji or tg://time URL specified'],
  ['![a](tg://emoji?id=99999999999999999999)', 'Invalid tg://emoji or tg://time URL specified'],
  ['![a](tg://time?unix=0)', 'Invalid tg://emoji or tg://time URL specified'],
  ['![a](tg://time?unix=1&format=x)', 'Invalid date format used'],
  ['>*a\nb*', "Can't find end of Bold entity at byte offset 1"],
  ['>||a\nb||', "Can't find end of Spoiler entity at byte offset 1"],
  ['*>a*', "Can't find end of Bold entity at byte offset 3"],
])('%j is refused: %s', (markup, reason) => {
  expect(markdown(markup)).toBe(refused(reason));
});
