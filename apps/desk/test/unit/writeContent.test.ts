import type { Content, MediaKind, Poll } from '../../src/relay/content.js';
import { shapeOf } from '../../src/relay/ports.js';
import {
  albumClass,
  albumItem,
  canBecome,
  captionParams,
  cut,
  entitiesOf,
  pollParams,
  replacement,
} from '../../src/telegram/writeContent.js';
import { media, text } from './support/people.js';

const location: Content = { kind: 'location', latitude: 1, longitude: 2 };
const live: Content = { ...location, live: { seconds: 900 } };
const contact: Content = { kind: 'contact', phone: '+1', firstName: 'A' };
const venue: Content = { kind: 'venue', latitude: 1, longitude: 2, title: 'T', address: 'A' };
const dice: Content = { kind: 'dice', emoji: '🎲', value: 3 };
const native: Content = { kind: 'native', name: 'story' };
const uncopyable: Content = { kind: 'uncopyable', name: 'giveaway' };
const poll: Poll = {
  kind: 'poll',
  question: { text: 'Q?', entities: [] },
  options: [
    { text: 'yes', entities: [] },
    { text: 'no', entities: [] },
  ],
  quiz: false,
  anonymous: true,
  multiple: false,
  closed: false,
};

const sizes = (contents: readonly Content[]): [string, number][] =>
  contents.map((content) => {
    if (content.kind === 'text') return ['text', Array.from(content.text).length];
    return content.kind === 'media' ? [content.media, Array.from(content.caption.text).length] : [content.kind, 0];
  });

describe('cut', () => {
  test.each<[string, Content, [string, number][]]>([
    ['a text of 4096 is one message', text('x'.repeat(4096)), [['text', 4096]]],
    [
      'a text of 4097 is two',
      text('x'.repeat(4097)),
      [
        ['text', 4096],
        ['text', 1],
      ],
    ],
    [
      'the longest text of a Premium user is two',
      text('👍'.repeat(8192)),
      [
        ['text', 4096],
        ['text', 4096],
      ],
    ],
    ['a caption of 1024 stays with its media', media('photo', '👍'.repeat(1024)), [['photo', 1024]]],
    [
      'what a caption has beyond follows as text',
      media('photo', 'x'.repeat(1025)),
      [
        ['photo', 1024],
        ['text', 1],
      ],
    ],
    [
      'the longest caption of a Premium user is one text more',
      media('video', 'x'.repeat(4096)),
      [
        ['video', 1024],
        ['text', 3072],
      ],
    ],
    [
      'white space beyond the limit makes no empty message',
      media('photo', `${'x'.repeat(1020)}${' '.repeat(9)}`),
      [['photo', 1020]],
    ],
    ['media without a caption is one', media('voice'), [['voice', 0]]],
    ['a sticker is one', media('sticker'), [['sticker', 0]]],
    ['a location is one', location, [['location', 0]]],
    ['a poll is one', poll, [['poll', 0]]],
  ])('%s', (_name, content, expected) => {
    expect(sizes(cut(content))).toEqual(expected);
  });

  test('entities of a long caption stay with their words on both sides of the cut', () => {
    const caption = {
      text: `${'x'.repeat(1020)} ${'y'.repeat(10)}`,
      entities: [{ type: 'bold', offset: 1010, length: 21 }],
    };
    expect(cut({ ...media('photo'), caption })).toEqual([
      {
        ...media('photo'),
        caption: { text: 'x'.repeat(1020), entities: [{ type: 'bold', offset: 1010, length: 10 }] },
      },
      text('y'.repeat(10), { type: 'bold', offset: 0, length: 10 }),
    ]);
  });

  test('what is not too long comes out as it went in', () => {
    const photo = media('photo', 'hello');
    expect(cut(photo)).toEqual([photo]);
  });
});

test.each<[MediaKind, string | undefined]>([
  ['photo', 'visual'],
  ['video', 'visual'],
  ['audio', 'audio'],
  ['document', 'document'],
  ['animation', undefined],
  ['voice', undefined],
  ['video_note', undefined],
  ['sticker', undefined],
])('Bot API, sendMediaGroup: %s stands in an album of class %s', (kind, expected) => {
  expect(albumClass(media(kind))).toBe(expected);
});

test.each<[string, Content]>([
  ['text', text('x')],
  ['location', location],
  ['poll', poll],
  ['contact', contact],
])('a %s stands in no album', (_name, content) => {
  expect(albumClass(content)).toBeUndefined();
});

const captioned: readonly MediaKind[] = ['photo', 'video', 'animation', 'audio', 'voice', 'document'];
const replaceable: readonly MediaKind[] = ['photo', 'video', 'animation', 'audio', 'document'];
const allMedia: readonly MediaKind[] = [...captioned, 'video_note', 'sticker'];

describe('what a message can be edited into', () => {
  test('text into other text', () => {
    expect(canBecome('text', text('y'))).toBe(true);
  });

  test.each(allMedia)('text into %s only where Telegram replaces it', (kind) => {
    expect(canBecome('text', media(kind))).toBe(replaceable.includes(kind));
  });

  test.each(allMedia)('%s never into text', (kind) => {
    expect(canBecome(shapeOf(media(kind)), text('x'))).toBe(false);
  });

  test.each(allMedia)('another caption of the same %s only where it has one', (kind) => {
    expect(canBecome(shapeOf(media(kind, 'a')), media(kind, 'b'))).toBe(captioned.includes(kind));
  });

  test.each(allMedia.flatMap((from) => allMedia.map((to) => [from, to] as const)))(
    'a file of kind %s into another of kind %s only where Telegram replaces both',
    (from, to) => {
      const expected = replaceable.includes(from) && replaceable.includes(to);
      expect(canBecome(shapeOf(media(from, '', 'A')), media(to, '', 'B'))).toBe(expected);
    },
  );

  test.each<[string, Content, Content]>([
    ['moves', live, { ...live, latitude: 5 }],
    ['ends', live, location],
  ])('a live location that %s is edited', (_name, from, to) => {
    expect(canBecome(shapeOf(from), to)).toBe(true);
  });

  test.each<[string, Content, Content]>([
    ['a location that stands', location, { ...location, latitude: 5 }],
    ['a location that comes alive', location, live],
    ['text that becomes a location', text('x'), live],
    ['a location that becomes text', live, text('x')],
    ['a venue', venue, { ...venue, title: 'U' }],
    ['a contact', contact, { ...contact, phone: '+2' }],
    ['a poll', poll, { ...poll, closed: true }],
    ['a story', native, native],
    ['a thrown die', dice, dice],
    ['what no bot copies', uncopyable, uncopyable],
  ])('%s cannot be edited', (_name, from, to) => {
    expect(canBecome(shapeOf(from), to)).toBe(false);
  });

  test('what was to be replaced can become nothing', () => {
    for (const content of [text('x'), media('photo'), live]) expect(canBecome('replaced', content)).toBe(false);
  });
});

describe('entities', () => {
  test('those that Telegram finds by itself are not sent', () => {
    const found = ['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number'];
    const entities = [...found, 'bold'].map((type) => ({ type, offset: 0, length: 1 }));
    expect(entitiesOf({ text: 'x', entities })).toEqual([{ type: 'bold', offset: 0, length: 1 }]);
  });

  test('each keeps what it carries, in the words of the Bot API', () => {
    const place = { offset: 0, length: 1 };
    const entities = [
      { ...place, type: 'text_link', url: 'https://example.org/' },
      { ...place, type: 'pre', language: 'ts' },
      { ...place, type: 'custom_emoji', customEmojiId: '5368324170671202286' },
      { ...place, type: 'text_mention', person: '5000000000' },
      { ...place, type: 'date_time', unixTime: 1_800_000_000, dateTimeFormat: 'D' },
      { ...place, type: 'kind_of_the_future' },
    ];
    expect(entitiesOf({ text: 'x', entities })).toEqual([
      { ...place, type: 'text_link', url: 'https://example.org/' },
      { ...place, type: 'pre', language: 'ts' },
      { ...place, type: 'custom_emoji', custom_emoji_id: '5368324170671202286' },
      { ...place, type: 'text_mention', user: { id: 5_000_000_000, is_bot: false, first_name: '' } },
      { ...place, type: 'date_time', unix_time: 1_800_000_000, date_time_format: 'D' },
      { ...place, type: 'kind_of_the_future' },
    ]);
  });
});

describe('media', () => {
  const look = { spoiler: true, captionAbove: true };

  test('caption, spoiler and the place of the caption are sent where they are set', () => {
    expect(captionParams({ ...media('photo', 'hi'), ...look })).toEqual({
      caption: 'hi',
      caption_entities: [],
      has_spoiler: true,
      show_caption_above_media: true,
    });
    expect(captionParams(media('photo'))).toEqual({});
  });

  test.each<[MediaKind, string]>([
    ['photo', 'photo'],
    ['video', 'video'],
    ['audio', 'audio'],
    ['document', 'document'],
  ])('in an album %s is an item of type %s with its own caption', (kind, type) => {
    expect(albumItem(media(kind, 'hi'))).toEqual({ type, media: 'handle of A', caption: 'hi', caption_entities: [] });
  });

  test.each<MediaKind>(['photo', 'video'])('the looks of a %s in an album are kept', (kind) => {
    expect(albumItem({ ...media(kind), ...look })).toMatchObject({ has_spoiler: true, show_caption_above_media: true });
  });

  test('what replaces a message may be an animation too', () => {
    expect(replacement({ ...media('animation', 'hi'), ...look })).toEqual({
      type: 'animation',
      media: 'handle of A',
      caption: 'hi',
      caption_entities: [],
      has_spoiler: true,
      show_caption_above_media: true,
    });
    expect(replacement(media('photo'))).toMatchObject({ type: 'photo' });
  });

  test('an empty caption is sent when something is replaced, or the old one would stay', () => {
    expect(replacement(media('photo'))).toMatchObject({ caption: '' });
  });
});

test('a poll becomes a new one with the same question, options and manner', () => {
  const emoji = { type: 'custom_emoji', offset: 0, length: 2, customEmojiId: '1' };
  const content: Poll = {
    ...poll,
    question: { text: '👍?', entities: [emoji] },
    options: [{ text: '👍', entities: [emoji] }],
    anonymous: false,
    multiple: true,
    closed: true,
  };
  const sent = { type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '1' };
  expect(pollParams(content)).toEqual({
    question: '👍?',
    question_entities: [sent],
    options: [{ text: '👍', text_entities: [sent] }],
    is_anonymous: false,
    allows_multiple_answers: true,
    is_closed: true,
  });
});

test('a quiz becomes an ordinary poll: its right answer is its author’s secret', () => {
  expect(pollParams({ ...poll, quiz: true })).not.toHaveProperty('type');
});
