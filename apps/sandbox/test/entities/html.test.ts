import { formatted } from './support.js';

const html = (text: string) => formatted({ text, parseMode: 'HTML' });
const refused = (reason: string) => `Bad Request: can't parse entities: ${reason}`;

test.each([
  ['<b>bold</b> <strong>too</strong>', 'bold too', 'bold 0+4, bold 5+3'],
  ['<i>italic</i> <em>too</em>', 'italic too', 'italic 0+6, italic 7+3'],
  ['<u>under</u> <ins>too</ins>', 'under too', 'underline 0+5, underline 6+3'],
  ['<s>a</s> <strike>b</strike> <del>c</del>', 'a b c', 'strikethrough 0+1, strikethrough 2+1, strikethrough 4+1'],
  ['<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>', 'a b', 'spoiler 0+1, spoiler 2+1'],
  ['<code>x = 1</code>', 'x = 1', 'code 0+5'],
  ['<pre>x\ny</pre>', 'x\ny', 'pre 0+3'],
  ['<pre><code class="language-ts">let x</code></pre>', 'let x', 'pre 0+5 ts'],
  ['<code class="language-ts"><pre>let x</pre></code>', 'let x', 'pre 0+5 ts'],
  ['<code class="language-a"><pre><code class="language-b">x</code></pre></code>', 'x', 'pre 0+1 b'],
  ['<code class="language-ts">let x</code>', 'let x', 'code 0+5'],
  ['<blockquote>said</blockquote>', 'said', 'blockquote 0+4'],
  ['<blockquote expandable>said</blockquote>', 'said', 'expandable_blockquote 0+4'],
  ['<blockquote cite="me" expandable=no>said</blockquote>', 'said', 'expandable_blockquote 0+4'],
  ['<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', '👍', 'custom_emoji 0+2 5368324170671202286'],
  ['<tg-time unix="1791549475" format="wDT">soon</tg-time>', 'soon', 'date_time 0+4 1791549475 wDT'],
  ['<tg-time unix="1791549475" format="R">soon</tg-time>', 'soon', 'date_time 0+4 1791549475 r'],
  ['<tg-time unix="1791549475" format="TtdW">soon</tg-time>', 'soon', 'date_time 0+4 1791549475 wdt'],
  ['<tg-time unix="1791549475">soon</tg-time>', 'soon', 'date_time 0+4 1791549475'],
  ['<tg-time unix="never">soon</tg-time>', 'soon', ''],
  ['<a href="tg://user?id=7001001">Ann</a>', 'Ann', 'text_mention 0+3 7001001'],
  ['<a href="https://Example.ORG?q=1 2">go</a>', 'go', 'text_link 0+2 https://example.org/?q=1%202'],
  ["<a href='example.org'>go</a>", 'go', 'text_link 0+2 http://example.org/'],
  ['<a href=example.org>go</a>', 'go', 'text_link 0+2 http://example.org/'],
  ['<a href="a?b&amp;c&quot;">go</a>', 'go', ''],
  ['<a href="x.org/?b&amp;c&#61;d">go</a>', 'go', 'text_link 0+2 http://x.org/?b&c=d'],
  ['<a>https://example.org/x</a>', 'https://example.org/x', 'text_link 0+21 https://example.org/x'],
  ['<a href="nowhere">go</a>', 'go', ''],
  ['<B>Tags</b> in <I >any</> case', 'Tags in any case', 'bold 0+4, italic 8+3'],
  ['<b></b>empty', 'empty', ''],
])('%j reads as %j with %j', (markup, text, entities) => {
  expect(html(markup)).toEqual([text, entities]);
});

test.each([
  ['&lt;b&gt; &amp; &quot;', '<b> & "'],
  ['&lt &#65;&#x1F600;&#x41', '< A😀A'],
  ['&nbsp;&copy;&LT;', '&nbsp;&copy;&LT;'],
  ['&#0; &#1114111; &#12345678;', '&#0; &#1114111; &#12345678;'],
  ['&#00000065; &#0000065;', '&#00000065; A'],
  ['a & b', 'a & b'],
])('character references: %j is %j', (markup, text) => {
  expect(html(markup)).toEqual([text, '']);
});

test('offsets are counted in UTF-16 code units of the text without markup', () => {
  expect(html('🙂&lt;<b>😀&amp;</b>x')).toEqual(['🙂<😀&x', 'bold 3+3']);
});

test('entities nest', () => {
  expect(html('<b>a<i>b<u>c</u></i></b>')).toEqual([
    'abc',
    'bold 0+1, bold 1+1, italic 1+1, bold 2+1, italic 2+1, underline 2+1',
  ]);
});

test.each([
  ['🙂<b', 'Unclosed start tag at byte offset 4'],
  ['🙂<b class', 'Unclosed start tag "b" at byte offset 4'],
  ['🙂<b class = ', 'Unclosed start tag "b" at byte offset 4'],
  ['🙂<b class="x>', 'Unclosed start tag at byte offset 4'],
  ['ü<h1>x</h1>', 'Unsupported start tag "h1" at byte offset 2'],
  ['a<b/>', 'Unsupported start tag "b/" at byte offset 1'],
  ['a<b / >', 'Empty attribute name in the tag "b" at byte offset 1'],
  ['a<a href=x/y>z</a>', 'Unexpected end of name token at byte offset 9'],
  ['a<span>b</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 1'],
  ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
  ['<b>ü</i>', 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'],
  ['<b>x</b', 'Unclosed end tag at byte offset 4'],
  ['<tg-emoji emoji-id="x">a</tg-emoji>', 'Invalid custom emoji identifier specified'],
  ['<tg-emoji emoji-id="0">a</tg-emoji>', 'Invalid custom emoji identifier specified'],
  ['<tg-time unix="1" format="x">a</tg-time>', 'Invalid date format used'],
  ['a\0b', 'Text must not contain null bytes'],
  [
    '&#xD83D;&#xDE00;',
    'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
  ],
])('%j is refused: %s', (markup, reason) => {
  expect(html(markup)).toBe(refused(reason));
});
