import { chatOf, messageRef, parseMessageRef, personId, placeId } from '../../src/telegram/externalId.js';

/** The greatest id Telegram promises: 52 significant bits (Bot API: User, Chat). */
const greatest = 2 ** 52 - 1;

test.each([
  [42, 7],
  [5_000_000_000, 2_147_483_647],
  [greatest, 1],
  [-1_002_000_000_002, 31],
  [-greatest, 31],
  [-4_100_000_000, 1],
])('message %2$d of chat %1$d comes back as it went in', (chat, message) => {
  expect(parseMessageRef(messageRef(chat, message))).toEqual({ chatId: chat, messageId: message });
  expect(chatOf(placeId(chat))).toBe(chat);
});

test('a person’s id is also their private chat', () => {
  expect(personId(42)).toBe(placeId(42));
});

test.each(['', '42', '42/', '/7', '42/7/9', 'a/7', '42/b', '42/7.5', '9007199254740993/1', '42/Infinity', 'null'])(
  '%j names no message',
  (ref) => {
    expect(() => parseMessageRef(ref)).toThrow(/not a Telegram/);
  },
);

test.each(['', 'x', '1.5', '9007199254740993', 'Infinity'])('%j names no chat', (place) => {
  expect(() => chatOf(place)).toThrow('not a Telegram id');
});
