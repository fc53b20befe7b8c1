import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig, type Config } from '../../src/config.js';
import { ConfigError } from '../../src/errors.js';

const token = '123456789:AAHxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
const relays = Array.from({ length: 20 }, (_, index) => `${index + 1}:${'r'.repeat(35)}`);
const secret = 'a-long-random-text';
const url = 'postgresql://desk:p%40ss@db.example:5433/desk?sslmode=require';

type Settings = Readonly<Record<string, string | undefined>>;

const read = (settings: Settings): Config => readConfig({ BOT_TOKEN: token, ...settings });

/** Every problem that is reported. */
function problems(settings: Settings): readonly string[] {
  try {
    readConfig(settings);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('a token is all that has to be set', () => {
  expect(readConfig({ BOT_TOKEN: token })).toEqual({
    telegram: {
      token,
      relayTokens: [],
      apiRoot: 'https://api.telegram.org',
      limits: {
        group: { calls: 20, seconds: 60 },
        private: { calls: 1, seconds: 1 },
        global: { calls: 30, seconds: 1 },
      },
    },
    database: { kind: 'embedded', dataDir: resolve('data') },
    port: 8080,
    roles: new Set(['intake', 'worker', 'sender']),
    delayAlertSeconds: 120,
    language: 'en',
    cannedEditors: 'agents',
    logLevel: 'info',
  });
});

test.each<[string, Settings, object]>([
  [
    'TELEGRAM_API_ROOT',
    { TELEGRAM_API_ROOT: 'http://localhost:8081' },
    { telegram: { apiRoot: 'http://localhost:8081' } },
  ],
  [
    'RELAY_BOT_TOKENS',
    { RELAY_BOT_TOKENS: ` ${relays[0]!} ,${relays[1]!},` },
    { telegram: { relayTokens: relays.slice(0, 2) } },
  ],
  ['STAFF_CHANNEL_ID', { STAFF_CHANNEL_ID: '-1002000000001' }, { telegram: { staffChannelId: -1_002_000_000_001 } }],
  ['DATABASE_URL', { DATABASE_URL: url }, { database: { kind: 'postgres', url } }],
  [
    'DATABASE_URL by its short name',
    { DATABASE_URL: 'postgres://db/desk' },
    { database: { url: 'postgres://db/desk' } },
  ],
  ['DATA_DIR', { DATA_DIR: '/var/lib/desk' }, { database: { kind: 'embedded', dataDir: '/var/lib/desk' } }],
  [
    'DATA_DIR beside DATABASE_URL',
    { DATA_DIR: '/var/lib/desk', DATABASE_URL: url },
    { database: { kind: 'postgres' } },
  ],
  ['PORT', { PORT: '9000' }, { port: 9_000 }],
  ['PORT, any that is free', { PORT: '0' }, { port: 0 }],
  ['TELEGRAM_LIMITS, off', { TELEGRAM_LIMITS: 'off' }, { telegram: { limits: 'off' } }],
  [
    'TELEGRAM_LIMITS',
    { TELEGRAM_LIMITS: 'private=3/1, global=25/0.5 ,group=10/30' },
    {
      telegram: {
        limits: {
          group: { calls: 10, seconds: 30 },
          private: { calls: 3, seconds: 1 },
          global: { calls: 25, seconds: 0.5 },
        },
      },
    },
  ],
  ['DESK_LANGUAGE', { DESK_LANGUAGE: 'pt' }, { language: 'pt' }],
  ['CANNED_EDITORS', { CANNED_EDITORS: 'admins' }, { cannedEditors: 'admins' }],
  ['PORT, the greatest', { PORT: '65535' }, { port: 65_535 }],
  ...['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'].map(
    (level) => [`LOG_LEVEL ${level}`, { LOG_LEVEL: level }, { logLevel: level }] satisfies [string, Settings, object],
  ),
])('%s is read', (_name, settings, expected) => {
  expect(read(settings)).toMatchObject(expected);
});

test('with WEBHOOK_URL and WEBHOOK_SECRET updates come by webhook', () => {
  const { webhook } = read({ WEBHOOK_URL: 'https://desk.example/hook', WEBHOOK_SECRET: secret }).telegram;
  expect([webhook?.url.href, webhook?.secret]).toEqual(['https://desk.example/hook', secret]);
});

test('a webhook may be plain http for a server of one’s own', () => {
  const local = {
    TELEGRAM_API_ROOT: 'http://localhost:8081',
    WEBHOOK_URL: 'http://localhost:9000/',
    WEBHOOK_SECRET: secret,
  };
  expect(read(local).telegram.webhook?.url.port).toBe('9000');
});

test.each(['', '  ', '\n'])('a setting that is %j is not set', (value) => {
  const empty = { STAFF_CHANNEL_ID: value, DATABASE_URL: value, WEBHOOK_URL: value, PORT: value, LOG_LEVEL: value };
  expect(read(empty)).toEqual(read({}));
});

test('white space around a value does not count', () => {
  expect(readConfig({ BOT_TOKEN: ` ${token}\n`, PORT: ' 9000 ' })).toMatchObject({ telegram: { token }, port: 9_000 });
});

test('what is not a setting of the desk is left alone', () => {
  expect(read({ HOME: '/root', PATH: '/bin' })).toEqual(read({}));
});

/** What is wrong with each setting, by the words that have to stand in the problem: its name, and what to do. */
const wrong: [settings: Settings, name: string, ...words: string[]][] = [
  [{}, 'BOT_TOKEN', '@BotFather'],
  [{ BOT_TOKEN: 'hello' }, 'BOT_TOKEN', 'looks like'],
  [{ BOT_TOKEN: '123456789:short' }, 'BOT_TOKEN', 'looks like'],
  [{ BOT_TOKEN: token, RELAY_BOT_TOKENS: `${relays[0]!},short` }, 'RELAY_BOT_TOKENS', 'number 2', '@BotFather'],
  [{ BOT_TOKEN: token, RELAY_BOT_TOKENS: `${relays[6]!}, 7:${'s'.repeat(35)}` }, 'RELAY_BOT_TOKENS', 'the bot 7 twice'],
  [{ BOT_TOKEN: token, RELAY_BOT_TOKENS: `${relays[0]!},${token}` }, 'RELAY_BOT_TOKENS', 'BOT_TOKEN', 'further bots'],
  [{ BOT_TOKEN: token, RELAY_BOT_TOKENS: relays.join(',') }, 'RELAY_BOT_TOKENS', '20 bots', '19'],
  [{ BOT_TOKEN: token, TELEGRAM_API_ROOT: 'localhost' }, 'TELEGRAM_API_ROOT', 'http'],
  [{ BOT_TOKEN: token, TELEGRAM_API_ROOT: 'ftp://example.org' }, 'TELEGRAM_API_ROOT', 'http'],
  [{ BOT_TOKEN: token, STAFF_CHANNEL_ID: '@support' }, 'STAFF_CHANNEL_ID', '-100'],
  [{ BOT_TOKEN: token, STAFF_CHANNEL_ID: '-42' }, 'STAFF_CHANNEL_ID', '-100'],
  [{ BOT_TOKEN: token, STAFF_CHANNEL_ID: '-1009999999999999999999' }, 'STAFF_CHANNEL_ID', '-100'],
  [{ BOT_TOKEN: token, DATABASE_URL: 'mysql://db/desk' }, 'DATABASE_URL', 'postgresql://'],
  [{ BOT_TOKEN: token, DATABASE_URL: 'desk' }, 'DATABASE_URL', 'postgresql://'],
  [{ BOT_TOKEN: token, WEBHOOK_URL: 'desk.example', WEBHOOK_SECRET: secret }, 'WEBHOOK_URL', 'URL'],
  [{ BOT_TOKEN: token, WEBHOOK_URL: 'http://desk.example/', WEBHOOK_SECRET: secret }, 'WEBHOOK_URL', 'https://'],
  [{ BOT_TOKEN: token, WEBHOOK_URL: 'https://desk.example/' }, 'WEBHOOK_SECRET', 'long random text'],
  [{ BOT_TOKEN: token, WEBHOOK_SECRET: secret }, 'WEBHOOK_URL', 'both'],
  [{ BOT_TOKEN: token, WEBHOOK_URL: 'https://desk.example/', WEBHOOK_SECRET: 'a b' }, 'WEBHOOK_SECRET', 'A-Z'],
  [
    { BOT_TOKEN: token, WEBHOOK_URL: 'https://desk.example/', WEBHOOK_SECRET: 'x'.repeat(257) },
    'WEBHOOK_SECRET',
    '256',
  ],
  ...['http', '80.5', '-1', '65536', '1e9', 'NaN'].map(
    (port) => [{ BOT_TOKEN: token, PORT: port }, 'PORT', '65535'] satisfies [Settings, string, string],
  ),
  ...['on', 'group=20/60', 'group=0/60,private=1/1,global=30/1', 'group=20/0,private=1/1,global=30/1'].map(
    (limits) =>
      [{ BOT_TOKEN: token, TELEGRAM_LIMITS: limits }, 'TELEGRAM_LIMITS', 'off', 'group=20/60'] satisfies [
        Settings,
        string,
        ...string[],
      ],
  ),
  [{ BOT_TOKEN: token, TELEGRAM_LIMITS: 'group=20/60,private=1/1,global=30/1,world=1/1' }, 'TELEGRAM_LIMITS', 'like'],
  [{ BOT_TOKEN: token, TELEGRAM_LIMITS: 'group=20/60,private=1/1,global=-30/1' }, 'TELEGRAM_LIMITS', 'like'],
  [{ BOT_TOKEN: token, DESK_LANGUAGE: 'tlh' }, 'DESK_LANGUAGE', 'en, pt'],
  [{ BOT_TOKEN: token, CANNED_EDITORS: 'everybody' }, 'CANNED_EDITORS', 'agents, admins'],
  [{ BOT_TOKEN: token, LOG_LEVEL: 'loud' }, 'LOG_LEVEL', 'info'],
];

test.each(wrong)('%j is one problem, which names %s and says what to do', (settings, name, ...words) => {
  const [problem = '', ...more] = problems(settings);
  expect(more).toEqual([]);
  expect(problem.startsWith(name)).toBe(true);
  for (const word of words) expect(problem).toContain(word);
});

test('every problem is reported at once, whatever its kind', () => {
  const found = problems({
    TELEGRAM_API_ROOT: 'x',
    STAFF_CHANNEL_ID: 'x',
    DATABASE_URL: 'x',
    WEBHOOK_URL: 'http://desk.example/',
    PORT: 'x',
    TELEGRAM_LIMITS: 'x',
    DESK_LANGUAGE: 'x',
    LOG_LEVEL: 'x',
  });
  const named = found.map((problem) => problem.split(' ')[0]);
  expect(named.sort()).toEqual([
    'BOT_TOKEN',
    'DATABASE_URL',
    'DESK_LANGUAGE',
    'LOG_LEVEL',
    'PORT',
    'STAFF_CHANNEL_ID',
    'TELEGRAM_API_ROOT',
    'TELEGRAM_LIMITS',
    'WEBHOOK_SECRET',
  ]);
});

test('a missing token and half a webhook are two problems', () => {
  expect(problems({ WEBHOOK_SECRET: secret }).map((problem) => problem.split(' ')[0])).toEqual([
    'BOT_TOKEN',
    'WEBHOOK_URL',
  ]);
});

test('a webhook without TLS and without a secret is two problems', () => {
  const found = problems({ BOT_TOKEN: token, WEBHOOK_URL: 'http://desk.example/' });
  expect(found.map((problem) => problem.split(' ')[0]).sort()).toEqual(['WEBHOOK_SECRET', 'WEBHOOK_URL']);
});

test('no problem repeats a secret', () => {
  const all = [
    problems({ BOT_TOKEN: `${token}!`, DATABASE_URL: 'mysql://desk:p4ss@db', WEBHOOK_SECRET: 'secret secret' }),
    problems({ BOT_TOKEN: token, RELAY_BOT_TOKENS: `${token},${relays[0]!}!,${relays[0]!}` }),
    problems({ BOT_TOKEN: `${token}!`, WEBHOOK_SECRET: 'secret secret', WEBHOOK_URL: 'https://desk.example' }),
  ].join();
  expect(all).toContain('BOT_TOKEN');
  for (const hidden of ['AAH', 'rrr', 'p4ss', 'secret secret']) expect(all).not.toContain(hidden);
});

test('the error reads as its problems, one on each line', () => {
  expect(() => readConfig({ PORT: 'x' })).toThrow(/^BOT_TOKEN .*\nPORT .*$/);
});

describe('a secret in a file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'postdesk-config-'));
  const file = (content: string): string => {
    const path = join(dir, `secret-${content.length}`);
    writeFileSync(path, content);
    return path;
  };
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  test('is read, without the line end', () => {
    const config = readConfig({
      BOT_TOKEN_FILE: file(`${token}\n`),
      RELAY_BOT_TOKENS_FILE: file(`${relays[0]!}\n${relays[1]!}\n`),
      DATABASE_URL_FILE: file(`${url}\n`),
      WEBHOOK_URL: 'https://desk.example/',
      WEBHOOK_SECRET_FILE: file(`${secret}\n`),
    });
    expect(config).toMatchObject({
      telegram: { token, relayTokens: relays.slice(0, 2), webhook: { secret } },
      database: { url },
    });
  });

  test('does not count when the setting itself is there', () => {
    expect(readConfig({ BOT_TOKEN: token, BOT_TOKEN_FILE: join(dir, 'none') }).telegram.token).toBe(token);
  });

  test('that cannot be read is one problem, with the others', () => {
    const found = problems({ BOT_TOKEN_FILE: join(dir, 'none'), PORT: 'x' });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^BOT_TOKEN_FILE cannot be read: .*none/);
    expect(found[1]).toMatch(/^PORT /);
  });

  test('that is empty is one problem', () => {
    expect(problems({ BOT_TOKEN_FILE: file('') })).toEqual([expect.stringMatching(/^BOT_TOKEN_FILE .*empty/)]);
  });
});

test.each([
  ['all', ['intake', 'worker', 'sender']],
  ['worker', ['worker']],
  ['sender, intake', ['intake', 'sender']],
])('ROLE %s takes on a part of the work', (value, roles) => {
  expect([...readConfig({ BOT_TOKEN: token, ROLE: value }).roles]).toEqual(roles);
});

test.each(['every', 'worker,worker', 'worker,cook'])('ROLE %s is refused', (value) => {
  expect(() => readConfig({ BOT_TOKEN: token, ROLE: value })).toThrow(
    'ROLE must be `all`, or some of intake, worker, sender with commas between.',
  );
});
