import { readConfig } from '../../src/config.js';
import { scrub, scrubError } from '../../src/secrets.js';

const tokens = [
  '123456789:AAHxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  '1:abcdefghij_KLMNOPQ-0',
  '98765432101:AAH-_'.padEnd(60, '9'),
];

describe.each(tokens)('the token %s', (token) => {
  test('is one that the desk takes', () => {
    expect(readConfig({ BOT_TOKEN: token }).telegram.token).toBe(token);
  });

  test.each([
    ['alone', token],
    ['in a URL', `request to https://api.telegram.org/bot${token}/getMe failed`],
    ['in the path of a file', `https://api.telegram.org/file/bot${token}/photos/1.jpg`],
    ['in an encoded URL', `https://proxy.example/?to=bot${token.replace(':', '%3A')}`],
    ['in JSON', JSON.stringify({ token })],
    ['twice', `${token} and ${token}`],
  ])('%s is taken out of a text', (_name, text) => {
    const clean = scrub(text);
    expect(clean).toContain('[token]');
    expect(clean).not.toContain(token.slice(-12));
  });

  test('is taken out of an error, and the error stays the one that it was', () => {
    const error = new TypeError(`invalid json at /bot${token}/getMe`);
    expect(error.stack).toContain(token);
    expect(scrubError(error)).toBe(error);
    expect(error.message).toBe('invalid json at /bot[token]/getMe');
    expect(error.stack).not.toContain(token);
  });
});

test.each([
  'connect ECONNREFUSED 127.0.0.1:8081',
  '2026-11-02T09:00:00.000Z at file:///srv/desk/main.js:10:15',
  'chat -1002000000002 thread 31',
  'postgresql://db:5432/desk',
])('what is no token stays: %s', (text) => {
  expect(scrub(text)).toBe(text);
});

test.each([['a text'], [undefined], [null], [5]])('what is no error (%j) stays', (thrown) => {
  expect(scrubError(thrown)).toBe(thrown);
});
