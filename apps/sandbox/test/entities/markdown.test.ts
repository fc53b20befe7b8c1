import { formatted } from './support.js';

const markdown = (text: string) => formatted({ text, parseMode: 'Markdown' });

test.each([
  ['*bold* and _italic_', 'bold and italic', 'bold 0+4, italic 9+6'],
  ['`code *`', 'code *', 'code 0+6'],
  ['```\nx```', 'x', 'pre 0+1'],
  ['```ts\r\nx```', 'x', 'pre 0+1 ts'],
  ['[go](example.org)', 'go', 'text_link 0+2 http://example.org/'],
  ['[Ann](tg://user?id=7001001)', 'Ann', 'text_mention 0+3 7001001'],
  ['[example.org]', 'example.org', 'text_link 0+11 http://example.org/'],
  ['[go](example.org', 'go', 'text_link 0+2 http://example.org/'],
  ['[](x)', '(x)', ''],
  ['*a _b* c', 'a _b c', 'bold 0+4'],
  ['1. a-b! (c) ~d~ ||e||', '1. a-b! (c) ~d~ ||e||', ''],
  ['\\*a\\* \\_ \\[ \\` \\-', '*a* _ [ ` \\-', ''],
  ['🙂*😀*', '🙂😀', 'bold 2+2'],
  ['**a', 'a', ''],
])('%j reads as %j with %j', (markup, text, entities) => {
  expect(markdown(markup)).toEqual([text, entities]);
});

test.each([
  ['😀*bold', 4],
  ['a_b', 1],
  ['[text', 0],
  ['ü`code', 2],
  ['```a`', 0],
])('%j is refused at byte %d', (markup, offset) => {
  const reason = `Can't find end of the entity starting at byte offset ${offset}`;
  expect(markdown(markup)).toBe(`Bad Request: can't parse entities: ${reason}`);
});
