import { ApiError } from '../../src/errors.js';
import { Params } from '../../src/http/params.js';

const params = (values: Record<string, unknown>) => Params.of(values);

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as ApiError).description;
  }
  return 'accepted';
}

test.each([
  ['17', {}, 17],
  ['-3', {}, -3],
  ['12abc', {}, 12],
  ['1.9', {}, 1],
  ['abc', {}, 0],
  ['null', {}, 0],
  ['', { default: 100 }, 100],
  ['abc', { min: 1, max: 100, default: 100 }, 1],
  ['5000', { min: 0, max: 50 }, 50],
  ['-5', { min: 0, max: 50 }, 0],
])('the integer %j within %j is %d', (text, range, value) => {
  expect(params({ n: text }).integer('n', range)).toBe(value);
});

test('an integer that was not sent is its default', () => {
  expect(params({}).integer('limit', { min: 1, max: 100, default: 100 })).toBe(100);
  expect(params({}).integer('offset')).toBe(0);
});

test.each([
  ['true', true],
  [' TRUE ', true],
  ['Yes', true],
  ['1', true],
  [true, true],
  [1, true],
  ['on', false],
  ['2', false],
  ['', false],
  [false, false],
])('the boolean %j is %j', (text, value) => {
  expect(params({ b: text }).boolean('b')).toBe(value);
});

test('JSON is read from a string and from an object alike', () => {
  const markup = { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] };
  expect(params({ reply_markup: markup }).json('reply_markup')).toEqual(markup);
  expect(params({ reply_markup: JSON.stringify(markup) }).json('reply_markup')).toEqual(markup);
});

test('JSON that cannot be read is refused by the name of the parameter', () => {
  expect(refusal(() => params({ reply_parameters: '{' }).json('reply_parameters'))).toBe(
    "Bad Request: can't parse reply parameters JSON object",
  );
  expect(refusal(() => params({ media: '[' }).json('media', 'media JSON object'))).toBe(
    "Bad Request: can't parse media JSON object",
  );
});

test('JSON that is absent or empty is undefined', () => {
  expect(params({}).json('reply_markup')).toBeUndefined();
  expect(params({ reply_markup: '' }).json('reply_markup')).toBeUndefined();
});

test('an empty parameter was sent, an undefined one was not', () => {
  expect(params({ caption: '' }).has('caption')).toBe(true);
  expect(params({ caption: undefined }).has('caption')).toBe(false);
});

test('a null in JSON is the text "null", as on the real server', () => {
  expect(params({ text: null }).string('text')).toBe('null');
});

test.each([
  ['-1002000000001', { id: -1002000000001 }],
  [42, { id: 42 }],
  ['@support_chat', { username: 'support_chat' }],
  ['somebody', { id: 0 }],
])('the chat %j is %j', (text, chat) => {
  expect(params({ chat_id: text }).chat()).toEqual(chat);
});

test('an empty chat is refused', () => {
  expect(refusal(() => params({}).chat())).toBe('Bad Request: chat_id is empty');
});

test('a message id is 0 when absent and -1 when it is none', () => {
  expect(params({}).messageId()).toBe(0);
  expect(params({ message_id: '31' }).messageId()).toBe(31);
  expect(params({ message_id: 'x' }).messageId()).toBe(-1);
});

test('a user id must be positive', () => {
  expect(params({ user_id: 7001001 }).userId()).toBe(7001001);
  expect(refusal(() => params({ user_id: '-5' }).userId())).toBe('Bad Request: invalid user_id specified');
});

test('a half of a surrogate pair is not text', () => {
  expect(refusal(() => params({ text: 'a\ud83d' }).string('text'))).toBe(
    'Bad Request: strings must be encoded in UTF-8',
  );
});
