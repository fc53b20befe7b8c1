import { TelegramError } from 'telegraf';
import { DeliveryError } from '../../src/relay/ports.js';
import { classify, isDeleted, isQuoteRefused, isUnchanged, migratedTo } from '../../src/telegram/errors.js';

type Parameters = NonNullable<ConstructorParameters<typeof TelegramError>[0]['parameters']>;

function answer(code: number, description: string, parameters?: Parameters): TelegramError {
  return new TelegramError({ error_code: code, description, ...(parameters && { parameters }) });
}

const outcome = (error: unknown, chatId?: number): DeliveryError['outcome'] => classify(error, chatId).outcome;

/** A fault of node's, or of the HTTP client's, as it is thrown. */
function fault(code: string | undefined, message = 'request to https://api.telegram.org/ failed'): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code, type: 'system' });
}

const rejections = {
  blocked: [
    [403, 'Forbidden: bot was blocked by the user'],
    [403, "Forbidden: bot can't initiate conversation with a user"],
    [403, "Forbidden: the bot can't send messages to the bot"],
    [403, "Forbidden: bot can't send messages to bots"],
    [400, 'Bad Request: USER_IS_BLOCKED'],
  ],
  gone: [
    [403, 'Forbidden: user is deactivated'],
    [400, 'Bad Request: INPUT_USER_DEACTIVATED'],
  ],
  reply_target_gone: [
    [400, 'Bad Request: message to be replied not found'],
    [400, 'Bad Request: message thread not found'],
    [400, 'Bad Request: TOPIC_DELETED'],
  ],
  message_gone: [
    [400, 'Bad Request: message to edit not found'],
    [400, 'Bad Request: message to delete not found'],
    [400, 'Bad Request: MESSAGE_ID_INVALID'],
  ],
  not_editable: [
    [400, "Bad Request: message can't be edited"],
    [400, 'Bad Request: there is no text in the message to edit'],
    [400, 'Bad Request: there is no caption in the message to edit'],
    [400, 'Bad Request: there is no live location in the message to edit'],
    [400, "Bad Request: message media can't be edited"],
    [400, "Bad Request: can't change media type in the album"],
    [400, "Bad Request: message content type can't be used in an album"],
  ],
  uncopyable: [
    [400, "Bad Request: the message can't be copied"],
    [400, 'Bad Request: message to copy not found'],
    [400, "Bad Request: messages can't be forwarded"],
    [400, "Bad Request: message has protected content and can't be forwarded"],
  ],
  too_old: [
    [400, "Bad Request: message can't be deleted"],
    [400, "Bad Request: message can't be deleted for everyone"],
    [400, 'Bad Request: MESSAGE_DELETE_FORBIDDEN'],
  ],
  voice_refused: [
    [400, 'Bad Request: user restricted receiving of voice note messages'],
    [400, 'Bad Request: user restricted receiving of video note messages'],
    [400, 'Bad Request: VOICE_MESSAGES_FORBIDDEN'],
  ],
  no_right: [
    [400, 'Bad Request: not enough rights to send photos to the chat'],
    [400, 'Bad Request: not enough rights to send voice notes to the chat'],
    [400, 'Bad Request: CHAT_SEND_MEDIA_FORBIDDEN'],
    [400, 'Bad Request: CHAT_SEND_STICKERS_FORBIDDEN'],
  ],
  refused: [
    [400, 'Bad Request: message text is empty'],
    [400, 'Bad Request: text must be non-empty'],
    [400, 'Bad Request: message is too long'],
    [400, 'Bad Request: message caption is too long'],
    [400, 'Bad Request: text is too long'],
    [400, 'Bad Request: MEDIA_CAPTION_TOO_LONG'],
    [400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'],
    [400, 'Bad Request: wrong file identifier/HTTP URL specified'],
    [400, "Bad Request: wrong remote file identifier specified: can't unserialize it"],
    [400, "Bad Request: can't use file of type Photo as Video"],
    [400, 'Bad Request: file is too big'],
    [400, 'Bad Request: failed to get HTTP URL content'],
    [400, 'Bad Request: there is no photo in the request'],
    [400, 'Bad Request: too many messages to send as an album'],
    [400, "Bad Request: document can't be mixed with other media types"],
    [400, 'Bad Request: reply markup is too long'],
    [400, 'Bad Request: BUTTON_DATA_INVALID'],
    [400, 'Bad Request: QUOTE_TEXT_INVALID'],
    [400, 'Bad Request: ENTITY_MENTION_USER_INVALID'],
    [400, 'Bad Request: USER_ID_INVALID'],
    [400, 'Bad Request: message identifier is not specified'],
    [400, 'Bad Request: chat_id is empty'],
    [400, 'Bad Request: failed to send message #2 with the error message "wrong file identifier/HTTP URL specified"'],
    [400, 'Bad Request: something of the future'],
    [403, 'Forbidden: something of the future'],
    [413, 'Request Entity Too Large'],
  ],
} as const;

test.each(
  Object.entries(rejections).flatMap(([reason, texts]) => texts.map(([code, text]) => [reason, code, text] as const)),
)('%s, for good: %d %s', (reason, code, text) => {
  expect(outcome(answer(code, text))).toEqual({ kind: 'rejected', reason });
});

test('the same reason inside the failure of an album is found', () => {
  const nested = 'Bad Request: failed to send message #1 with the error message "message to be replied not found"';
  expect(outcome(answer(400, nested))).toEqual({ kind: 'rejected', reason: 'reply_target_gone' });
});

test.each([
  [403, 'Forbidden: bot was kicked from the supergroup chat'],
  [403, 'Forbidden: bot was kicked from the channel chat'],
  [403, 'Forbidden: bot was kicked from the group chat'],
  [403, 'Forbidden: bot is not a member of the supergroup chat'],
  [403, 'Forbidden: bot is not a member of the channel chat'],
  [403, 'Forbidden: the group chat was deleted'],
  [400, 'Bad Request: group chat was upgraded to a supergroup chat'],
  [400, 'Bad Request: need administrator rights in the channel chat'],
  [400, 'Bad Request: have no write access to the chat'],
  [400, 'Bad Request: not enough rights to send text messages to the chat'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN'],
  [400, 'Bad Request: CHAT_ADMIN_REQUIRED'],
  [400, 'Bad Request: CHAT_RESTRICTED'],
  [400, 'Bad Request: CHAT_SEND_PLAIN_FORBIDDEN'],
  [400, 'Bad Request: TOPIC_CLOSED'],
  [400, 'Bad Request: chat not found'],
  [400, 'Bad Request: PEER_ID_INVALID'],
])('a person can mend it, so the place waits and nothing is lost: %d %s', (code, text) => {
  expect(outcome(answer(code, text), -1_002_000_000_002)).toEqual({ kind: 'retry', scope: 'place', afterMs: 15_000 });
});

test.each(['Bad Request: chat not found', 'Bad Request: PEER_ID_INVALID'])(
  'of a private chat it means that the customer is gone: %s',
  (text) => {
    expect(outcome(answer(400, text), 5_000_000_000)).toEqual({ kind: 'rejected', reason: 'gone' });
  },
);

test.each([
  [401, 'Unauthorized'],
  [401, 'Unauthorized: invalid token specified'],
  [404, 'Not Found'],
  [404, 'Not Found: method not found'],
  [400, 'Logged out'],
  [400, 'Bad Request: logged out'],
])('the whole bot waits half a minute: %d %s', (code, text) => {
  expect(outcome(answer(code, text))).toEqual({ kind: 'retry', scope: 'bot', afterMs: 30_000 });
});

test('while another program uses the token the bot waits, longer each time', () => {
  const text = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
  expect(outcome(answer(409, text))).toEqual({ kind: 'retry', scope: 'bot' });
});

describe('the flood limit', () => {
  const told = 'Too Many Requests: retry after 28';

  test('pauses the place for as long as Telegram says, and a little longer', () => {
    expect(outcome(answer(429, told, { retry_after: 28 }))).toEqual({
      kind: 'retry',
      scope: 'place',
      afterMs: 28_100,
      flood: true,
    });
    expect(outcome(answer(429, told))).toEqual({ kind: 'retry', scope: 'place', afterMs: 28_100, flood: true });
    expect(outcome(answer(429, told, { retry_after: 3_600 }))).toMatchObject({ afterMs: 3_600_100 });
  });

  test('without a number pauses it for a second', () => {
    expect(outcome(answer(429, 'Too Many Requests'))).toEqual({
      kind: 'retry',
      scope: 'place',
      afterMs: 1_100,
      flood: true,
    });
  });

  test('met by an album half-way leaves open what was sent, and says how long to wait', () => {
    const nested = 'Bad Request: failed to send message #3 with the error message "Too Many Requests: retry after 8"';
    expect(outcome(answer(400, nested))).toEqual({ kind: 'uncertain', afterMs: 8_100, flood: true });
  });
});

test.each([
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, ''],
  [504, 'Gateway Timeout'],
  [520, 'a proxy of the future'],
])('a server that fails may have carried it out: %d %s', (code, text) => {
  expect(outcome(answer(code, text))).toEqual({ kind: 'uncertain' });
});

test('an answer that is not Telegram’s says nothing about the call', () => {
  expect(outcome(Reflect.construct(TelegramError, [{}]))).toEqual({ kind: 'uncertain' });
  expect(outcome(Reflect.construct(TelegramError, [{ error_code: '400', description: 7 }]))).toEqual({
    kind: 'uncertain',
  });
});

test('a refusal without words is a refusal', () => {
  expect(outcome(Reflect.construct(TelegramError, [{ error_code: 400 }]))).toEqual({
    kind: 'rejected',
    reason: 'refused',
  });
});

test.each([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])('the request never left, and the bot tries again: %s', (code) => {
  expect(outcome(fault(code))).toEqual({ kind: 'retry', scope: 'bot' });
});

test.each([
  ['a connection that broke', fault('ECONNRESET')],
  ['a pipe that broke', fault('EPIPE')],
  ['a time-out below HTTP', fault('ETIMEDOUT')],
  ['a hang-up', fault(undefined, 'socket hang up')],
  ['an answer cut in the middle', fault(undefined, 'invalid json response body, reason: Unexpected end of JSON input')],
  ['a page of a proxy', fault(undefined, 'invalid json response body, reason: Unexpected token <')],
  ['a call that was given up', new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
  [
    'a call that was stopped',
    Object.assign(new Error('The user aborted a request.'), { name: 'AbortError', type: 'aborted' }),
  ],
  ['a number for a code', Object.assign(new Error('x'), { code: 20 })],
  ['a fault of the program', new TypeError('undefined is not a function')],
  ['a text', 'something'],
  ['nothing', undefined],
  ['null', null],
])('it may have been carried out: %s', (_name, error) => {
  expect(outcome(error)).toEqual({ kind: 'uncertain' });
});

test('what is classified already stays as it is', () => {
  const error = new DeliveryError({ kind: 'rejected', reason: 'too_old' }, 'x');
  expect(classify(error)).toBe(error);
});

test.each([
  [answer(400, 'Bad Request: message is too long'), 'message is too long'],
  [answer(403, 'Forbidden: bot was blocked by the user'), 'bot was blocked by the user'],
  [
    answer(400, 'Bad Request: user restricted receiving of voice note messages'),
    'user restricted receiving of voice note messages',
  ],
  [answer(429, 'Too Many Requests: retry after 5'), 'Too Many Requests: retry after 5'],
  [fault('ECONNREFUSED', 'connect ECONNREFUSED'), 'connect ECONNREFUSED'],
])('people read the words alone: %s', (error, words) => {
  expect(classify(error).message).toBe(words);
  expect(classify(error).cause).toBe(error);
});

describe('refusals that mean that all is well', () => {
  const unchanged = answer(
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  );
  const deleted = answer(400, 'Bad Request: message to delete not found');
  const quote = answer(400, 'Bad Request: QUOTE_TEXT_INVALID');
  const others = [
    answer(400, 'Bad Request: message to edit not found'),
    new Error('message is not modified'),
    undefined,
  ];

  test('an edit that changes nothing', () => {
    expect([unchanged, deleted, quote, ...others].map(isUnchanged)).toEqual([true, false, false, false, false, false]);
  });

  test('a deletion of what is gone', () => {
    expect([unchanged, deleted, quote, ...others].map(isDeleted)).toEqual([false, true, false, false, false, false]);
  });

  test('and one that means: without the quote', () => {
    expect([unchanged, deleted, quote, ...others].map(isQuoteRefused)).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });
});

test('a group that became a supergroup tells its new id', () => {
  const upgraded = 'Bad Request: group chat was upgraded to a supergroup chat';
  expect(migratedTo(answer(400, upgraded, { migrate_to_chat_id: -1_002_000_000_002 }))).toBe(-1_002_000_000_002);
  expect(migratedTo(answer(400, upgraded))).toBeUndefined();
  expect(migratedTo(new Error(upgraded))).toBeUndefined();
});
