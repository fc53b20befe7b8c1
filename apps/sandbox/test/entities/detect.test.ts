import { findEntities } from '../../src/entities/detect.js';

/** The pieces of one kind that Telegram marks by itself in a text. */
function found(kind: string, text: string): string[] {
  return findEntities(text)
    .filter(({ type }) => type === kind)
    .map(({ offset, length }) => text.slice(offset, offset + length));
}

const long = (length: number) => 'a'.repeat(length);

test.each([
  ['Hi @ann_lee, @maria!', ['@ann_lee', '@maria']],
  ['@ann @pic @GIF @foo', ['@pic', '@GIF']],
  ['mail@ann_lee я@ann_lee _@ann_lee', []],
  ['@ann_leeя @ann_lee😀', ['@ann_lee']],
  [`@${long(32)} @${long(33)}`, [`@${long(32)}`]],
  ['@first@second', ['@first']],
])('mentions in %j: %j', (text, mentions) => {
  expect(found('mention', text)).toEqual(mentions);
});

test.each([
  ['/start payload', ['/start']],
  ['/close@desk_bot now', ['/close@desk_bot']],
  ['do /it, please', ['/it']],
  ['/a@b', []],
  ['/a@ b', []],
  ['a/b http://x.org/y </b>', []],
  ['/x/y', []],
  [`/${long(64)} /${long(65)}`, [`/${long(64)}`]],
])('commands in %j: %j', (text, commands) => {
  expect(found('bot_command', text)).toEqual(commands);
});

test.each([
  ['#t1234 and #тег', ['#t1234', '#тег']],
  ['#123 #1a a#b #', ['#1a']],
  ['#a#b #c', ['#c']],
  ['#tag@desk_chat #tag@x', ['#tag@desk_chat', '#tag']],
  [`#${long(300)}`, [`#${long(256)}`]],
  ['#a😀b', ['#a']],
])('hashtags in %j: %j', (text, hashtags) => {
  expect(found('hashtag', text)).toEqual(hashtags);
});

test.each([
  ['$USD and $1INCH', ['$USD', '$1INCH']],
  ['$usd $ABCDEFGHI $USD1 a$USD $$USD', []],
  ['$USD@desk_chat', ['$USD@desk_chat']],
])('cashtags in %j: %j', (text, cashtags) => {
  expect(found('cashtag', text)).toEqual(cashtags);
});

test.each([
  ['Look at example.org, or www.example.org.', ['example.org', 'www.example.org']],
  ['http://example.org/a?b=c#d!', ['http://example.org/a?b=c#d']],
  ['HTTPS://EXAMPLE.ORG and ftp://example.org', ['HTTPS://EXAMPLE.ORG', 'ftp://example.org']],
  ['sftp://example.org tftp://example.org x://example.org', []],
  ['(see example.org/a_(b))', ['example.org/a_(b)']],
  ['file.txt setup.py v1.2 e.g.this', ['setup.py']],
  ['http://file.txt', ['http://file.txt']],
  ['end.So ok.SO', ['ok.SO']],
  ['example.org# example.org?# example.org/?', ['example.org', 'example.org?#', 'example.org/']],
  ['a!b.c@x.org a@b.c@x.org', ['a!b.c@x.org']],
  ['пример.рф xn--e1afmkfd.xn--p1ai', ['пример.рф', 'xn--e1afmkfd.xn--p1ai']],
  ['192.168.0.1 192.168.0.256 1.2.3', ['192.168.0.1']],
  ['example.org:8080/x example.org:99999/x', ['example.org:8080/x', 'example.org']],
  ['http://me:secret@example.org', ['http://me:secret@example.org']],
  ['@example.org #example.org x/example.org', []],
  ['a_b.org x.a_b.com', []],
  ['tg://resolve?domain=desk_bot TON://x', ['tg://resolve?domain=desk_bot', 'TON://x']],
  ['tg:resolve tg://', []],
  ['teiegram.org', []],
])('links in %j: %j', (text, urls) => {
  expect(found('url', text)).toEqual(urls);
});

test.each([
  ['Write to ann.lee@mail.example.org!', ['ann.lee@mail.example.org']],
  ['desk+ann@example.org, ann.lee+desk@example.org', ['desk+ann@example.org', '+desk@example.org']],
  ['mailto:ann@example.org', ['ann@example.org']],
  ['ann@localhost a@b@c.org @example.org', []],
])('addresses in %j: %j', (text, emails) => {
  expect(found('email', text)).toEqual(emails);
});

test.each([
  ['Call +1-212-555-0123.', ['+1-212-555-0123']],
  ['+7 (999) 123-45-67, +380441234567', ['+7 (999) 123-45-67', '+380441234567']],
  ['+123456, 1+1234567, +1234567890123456', []],
])('phone numbers in %j: %j', (text, phones) => {
  expect(found('phone_number', text)).toEqual(phones);
});

test('of entities that overlap the first is marked', () => {
  expect(findEntities('http://example.org/#tag/@name')).toHaveLength(1);
});

test('places are counted in UTF-16 code units', () => {
  expect(findEntities('😀 @ann_lee')).toEqual([{ type: 'mention', offset: 3, length: 8 }]);
});
