import type { TelegramMessageEntity } from '@gramio/types/objects';
import { codePointLength, formatText } from '../../src/entities/formatText.js';
import { entities, formatted, shown } from './support.js';

/** What becomes of a text with entities in the notation of the tables. */
const marked = (text: string, notation: string) => formatted({ text, entities: entities(notation) });

describe('parse_mode', () => {
  test.each(['html', 'HTML', 'Html'])('%s is HTML', (parseMode) => {
    expect(formatted({ text: '<b>a</b>', parseMode })).toEqual(['a', 'bold 0+1']);
  });

  test.each(['', 'none', 'None', undefined])('%j leaves the text as it is', (parseMode) => {
    expect(formatted({ text: '<b>*a*</b>', parseMode })).toEqual(['<b>*a*</b>', '']);
  });

  test('of another name is refused', () => {
    expect(formatted({ text: 'a', parseMode: 'BBCode' })).toBe('Bad Request: unsupported parse_mode');
  });

  test('makes entities not count', () => {
    const given = { text: '<i>a</i>b', parseMode: 'HTML', entities: entities('bold 0+1') };
    expect(formatted(given)).toEqual(['ab', 'italic 0+1']);
  });
});

describe('entities', () => {
  test.each([
    ['are sorted by place, length and kind', 'abc', 'italic 0+1, bold 2+1, bold 0+1', 'bold 0+1, italic 0+1, bold 2+1'],
    ['that begin together begin with the longer', 'abc', 'bold 0+1, italic 0+3', 'italic 0+3, bold 0+1'],
    ['of one kind that touch are joined', 'abc', 'bold 1+1, bold 0+1', 'bold 0+2'],
    ['of one kind that overlap are joined', 'abc', 'bold 0+2, bold 1+2', 'bold 0+3'],
    ['of two kinds that overlap are cut', 'abc', 'italic 0+2, bold 1+2', 'italic 0+1, bold 1+2, italic 1+1'],
    ['stay as they are where they nest well', 'abcd', 'blockquote 0+4, code 1+1', 'blockquote 0+4, code 1+1'],
    ['are cut by code', 'abc', 'bold 0+3, code 1+1', 'bold 0+1, code 1+1, bold 2+1'],
    ['vanish in code', 'abc', 'pre 0+3, bold 1+1', 'pre 0+3'],
    ['of code keep the first of two', 'abc', 'code 0+2, code 1+2', 'code 0+2'],
    ['of code that hold a quote give way to it', 'abc', 'pre 0+3, blockquote 1+1', 'blockquote 1+1'],
    ['of code that cross the border of a quote vanish', 'abc', 'blockquote 0+2, code 1+2', 'blockquote 0+2'],
    ['of code that reach into a quote vanish', 'abc', 'code 0+2, blockquote 1+2', 'blockquote 1+2'],
    ['of quotes do not nest', 'abc', 'blockquote 0+3, expandable_blockquote 1+1', 'blockquote 0+3'],
    ['without a length vanish', 'abc', 'bold 1+0', ''],
    ['that Telegram finds by itself are not taken from the bot', 'abc', 'mention 0+3, hashtag 0+1', ''],
  ])('%s', (...row) => {
    const [, text, given, kept] = row;
    expect(marked(text, given)).toEqual([text, kept]);
  });

  test('that were found are cut into and go before the styles', () => {
    expect(marked('see example.org now', 'bold 0+19')).toEqual([
      'see example.org now',
      'bold 0+4, url 4+11, bold 4+11, bold 15+4',
    ]);
  });

  test('that were given win over those that were found', () => {
    expect(marked('example.org', 'code 0+3')).toEqual(['example.org', 'code 0+3']);
  });

  test('that were found stay within quotes and not across their borders', () => {
    expect(marked('example.org', 'blockquote 0+11')).toEqual(['example.org', 'blockquote 0+11, url 0+11']);
    expect(marked('example.org', 'blockquote 0+3')).toEqual(['example.org', 'blockquote 0+3']);
  });

  test.each([
    ['bold -1+1', 'receive an entity with incorrect offset -1'],
    ['bold 1000001+1', 'receive an entity with incorrect offset 1000001'],
    ['bold 0+-1', 'receive an entity with incorrect length -1'],
    ['bold 6+1', 'entity begins after the end of the text at UTF-16 offset 6'],
    ['bold 3+9', 'entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 12'],
    ['bold 2+1', 'entity begins in a middle of a UTF-16 symbol at byte offset 5'],
    ['bold 0+2', 'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5'],
  ])('like %s are refused: %s', (notation, reason) => {
    expect(marked('a😀bc', notation)).toBe(`Bad Request: ${reason}`);
  });

  test.each<[Omit<TelegramMessageEntity, 'offset' | 'length'>, string]>([
    [{ type: 'pre', language: 'ts' }, 'pre 0+1 ts'],
    [{ type: 'pre', language: '' }, 'pre 0+1'],
    [{ type: 'text_link', url: 'Example.org/A' }, 'text_link 0+1 http://example.org/A'],
    [{ type: 'text_link', url: 'tg://resolve?domain=x' }, 'text_link 0+1 tg://resolve?domain=x'],
    [{ type: 'text_link', url: 'tg://user?id=42&id=43' }, 'text_mention 0+1 42'],
    [{ type: 'text_link', url: 'tg://user?id=x' }, 'text_link 0+1 tg://user?id=x'],
    [{ type: 'text_link', url: 'https://me:x@[::1]:8080' }, 'text_link 0+1 https://me:x@[::1]:8080/'],
    [{ type: 'text_mention', user: { id: 42, is_bot: false, first_name: 'Ann' } }, 'text_mention 0+1 42'],
    [{ type: 'custom_emoji', custom_emoji_id: '5368324170671202286' }, 'custom_emoji 0+1 5368324170671202286'],
    [{ type: 'date_time', unix_time: 25, date_time_format: 'tw' }, 'date_time 0+1 25 wt'],
    [{ type: 'date_time', unix_time: 25 }, 'date_time 0+1 25'],
  ])('like %j come back as %s', (entity, kept) => {
    expect(formatted({ text: 'a', entities: [{ ...entity, offset: 0, length: 1 }] })).toEqual(['a', kept]);
  });

  test.each<[Omit<TelegramMessageEntity, 'offset' | 'length'>, string]>([
    [{ type: 'text_link', url: 'nowhere' }, "entity URL 'nowhere' is invalid: Wrong HTTP URL"],
    [{ type: 'text_link', url: '' }, "entity URL '' is invalid: URL host is empty"],
    [{ type: 'text_link', url: 'ftp://x.org' }, "entity URL 'ftp://x.org' is invalid: Unsupported URL protocol"],
    [{ type: 'text_link', url: 'x y.org' }, "entity URL 'x y.org' is invalid: Wrong URL host"],
    [
      { type: 'text_link', url: 'http://[x]' },
      "entity URL 'http://[x]' is invalid: Wrong IPv6 address specified in the URL",
    ],
    [
      { type: 'text_link', url: 'a%zz.org' },
      "entity URL 'a%zz.org' is invalid: Wrong percent-encoded symbol in URL host",
    ],
    [{ type: 'text_link', url: 'x.org:0' }, "entity URL 'x.org:0' is invalid: Wrong port number specified in the URL"],
    [{ type: 'text_link', url: 'tg://a:1' }, "entity URL 'tg://a:1' is invalid: Wrong tg URL"],
    [{ type: 'text_link', url: 'tg://a.b' }, "entity URL 'tg://a.b' is invalid: Unallowed characters in URL host"],
    [{ type: 'custom_emoji', custom_emoji_id: 'x' }, 'invalid custom emoji identifier specified'],
    [{ type: 'date_time', unix_time: 0 }, 'invalid date specified'],
    [{ type: 'date_time', unix_time: 1, date_time_format: 'x' }, 'invalid date format used'],
  ])('like %j are refused: %s', (entity, reason) => {
    expect(formatted({ text: 'a', entities: [{ ...entity, offset: 0, length: 1 }] })).toBe(`Bad Request: ${reason}`);
  });

  test('of persons name the one who was looked up, and nobody who was not found', () => {
    const ann = { id: 42, is_bot: false, first_name: 'Ann', username: 'ann_lee' };
    const { entities: found } = formatText({
      text: '<a href="tg://user?id=42">Ann</a> <a href="tg://user?id=43">Nobody</a>',
      parseMode: 'HTML',
      findUser: (id) => (id === 42 ? ann : undefined),
    });
    expect(found).toEqual([{ type: 'text_mention', offset: 0, length: 3, user: ann }]);
  });
});

describe('more than a hundred entities', () => {
  const many = (count: number, entity: TelegramMessageEntity): TelegramMessageEntity[] =>
    Array.from({ length: count }, (_, n) => ({ ...entity, offset: n * 2, length: 1 }));
  const text = 'a '.repeat(130);

  test('of one kind lose the last', () => {
    const { entities: kept } = formatText({ text, entities: many(130, { type: 'code', offset: 0, length: 1 }) });
    expect(kept).toHaveLength(100);
    expect(kept.at(-1)).toEqual({ type: 'code', offset: 198, length: 1 });
  });

  test('lose styles before all others', () => {
    const given = [...many(60, { type: 'bold', offset: 0, length: 1 }), ...entities('code 200+1, code 202+1')];
    const links = many(95, { type: 'text_link', url: 'x.org', offset: 0, length: 1 });
    const { entities: kept } = formatText({ text, entities: [...given, ...links] });
    expect(kept.filter(({ type }) => type === 'bold')).toHaveLength(3);
    expect(kept.filter(({ type }) => type !== 'bold')).toHaveLength(97);
  });

  test('do not count custom emoji and what was found', () => {
    const emoji = many(120, { type: 'custom_emoji', custom_emoji_id: '1', offset: 0, length: 1 });
    const { entities: kept } = formatText({ text: `${text} @ann_lee`, entities: emoji });
    expect(kept).toHaveLength(121);
  });
});

describe('white space', () => {
  test.each([
    ['at both ends is trimmed', ' \n a \n ', 'bold 3+1', 'a', 'bold 0+1'],
    ['at the end clips an entity', 'ab  ', 'bold 1+3', 'ab', 'bold 1+1'],
    ['at the end takes an entity with it', 'ab  ', 'bold 2+2', 'ab', ''],
    ['at the beginning stays from the first entity on', '  ab', 'code 1+2', ' ab', 'code 0+2'],
    ['of other kinds is not trimmed', '\u00a0a\u3000', 'bold 1+1', '\u00a0a\u3000', 'bold 1+1'],
    ['becomes plain spaces where it is a control character', 'a\tb\vc', 'bold 2+1', 'a b c', 'bold 2+1'],
    ['that vanishes lets entities touch', 'a\rb', 'bold 0+1, bold 2+1', 'ab', 'bold 0+2'],
    ['that vanishes takes its entity with it', 'a\rb', 'bold 1+1', 'ab', ''],
    ['that is a carriage return vanishes', 'a\r\nb\r', 'bold 3+2', 'a\nb', 'bold 2+1'],
  ])('%s', (...row) => {
    const [, text, given, kept, moved] = row;
    expect(marked(text, given)).toEqual([kept, moved]);
  });

  test('moves what is found in the text along', () => {
    expect(formatted({ text: '  @ann_lee  ' })).toEqual(['@ann_lee', 'mention 0+8']);
  });
});

test.each(['', ' \n ', '\u200b\u200d', '\u3000\u00a0', '\u{e0020}', '\r'])(
  'nothing can be seen of %j: it is empty',
  (text) => {
    expect(formatted({ text, entities: text === '' ? [] : entities(`bold 0+${text.length}`) })).toEqual(['', '']);
  },
);

test('a caption may consist of invisible characters', () => {
  expect(formatted({ text: '\u200b', isCaption: true })).toEqual(['\u200b', '']);
});

test.each([
  ['direction overrides vanish', 'a\u202eb\u2028c', 'abc'],
  ['marks that strike through vanish', 'Z\u0333\u033f\u030a', 'Z'],
  ['of direction marks in a row the last one counts', '\u200f\u200e\u200fa', '\u200c\u200c\u200fa'],
])('%s', (_, text, kept) => {
  expect(formatted({ text })).toEqual([kept, '']);
});

test('a text of more than 35 000 bytes is cut off at a whole character, with the entities that reach beyond', () => {
  const { text, entities: kept } = formatText({
    text: `a${'я'.repeat(20_000)}`,
    entities: entities('bold 0+10, code 17000+3000'),
  });
  expect(Buffer.byteLength(text)).toBe(34_999);
  expect(shown(kept)).toBe('bold 0+10');
});

test('a length is counted in code points', () => {
  expect(codePointLength('a😀é')).toBe(3);
  expect(codePointLength('👨‍👩‍👧')).toBe(5);
});
