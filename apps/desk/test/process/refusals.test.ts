import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openEmbedded } from '../../src/store/embedded/open.js';
import { openPostgres, type Database } from '../../src/store/database.js';
import { postgresUrl } from '../support/stores.js';
import { createDataDir, fileWith, later, openSandbox, run, settingsFor, untilReady } from './support.js';
import type { Program } from './support.js';

const token = '123456789:AAHxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

/** What a program said that ended with exit code 1. */
async function refusal(program: Program): Promise<readonly string[]> {
  expect(await program.ended).toEqual({ code: 1, signal: null });
  return program.lines.filter((line) => !line.startsWith('{'));
}

test('a wrong token is refused in one sentence that names BOT_TOKEN and does not repeat it', async () => {
  const sandbox = await openSandbox();
  const desk = run({ ...(await settingsFor(sandbox)), BOT_TOKEN: token });
  expect(await refusal(desk)).toEqual([
    `postdesk: BOT_TOKEN: Telegram (${sandbox.url}) refuses the token: Unauthorized. Copy it again from @BotFather; a revoked token never works again.`,
  ]);
  expect(desk.lines.join('\n')).not.toContain(token);
});

test('every wrong setting is reported at once, each in a line that names it', async () => {
  const desk = run({
    BOT_TOKEN: 'wrong',
    STAFF_CHANNEL_ID: '42',
    DATABASE_URL: 'mysql://here',
    PORT: '70000',
    WEBHOOK_SECRET: 'secret',
    TELEGRAM_LIMITS: 'fast',
    LOG_LEVEL: 'loud',
  });
  const said = await refusal(desk);
  const names = said.map((line) => /^postdesk: ([A-Z_]+) /.exec(line)?.[1]);
  expect(names.sort()).toEqual(
    ['BOT_TOKEN', 'DATABASE_URL', 'LOG_LEVEL', 'PORT', 'STAFF_CHANNEL_ID', 'TELEGRAM_LIMITS', 'WEBHOOK_URL'].sort(),
  );
});

test('without a token there is nothing to do', async () => {
  expect(await refusal(run({}))).toEqual([
    'postdesk: BOT_TOKEN is not set. Get a token from @BotFather, or run `npm start` without one for the local sandbox.',
  ]);
});

test('a port in use is refused by its number', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  later(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const desk = run({ ...(await settingsFor(await openSandbox())), PORT: String(port) });
  expect(await refusal(desk)).toEqual([
    `postdesk: PORT ${port} is in use by another program. Stop it, or set PORT to another number.`,
  ]);
});

test('a second desk on the same DATA_DIR is refused, and the first one goes on', async () => {
  const settings = await settingsFor(await openSandbox());
  const embedded = { ...settings, DATABASE_URL: '', DATA_DIR: createDataDir() };
  const first = run(embedded);
  await untilReady(first);
  const [said] = await refusal(run(embedded));
  expect(said).toMatch(
    /^postdesk: DATA_DIR: another Postdesk runs on .*\. Stop it, or set DATA_DIR to another directory/,
  );
  await untilReady(first);
});

test('a database that is newer than the program is refused', async () => {
  const settings = await settingsFor(await openSandbox());
  const [url, dataDir] = [settings['DATABASE_URL'], settings['DATA_DIR']];
  await using(url === undefined ? await openEmbedded({ dataDir: dataDir! }) : openPostgres(url), ({ query }) =>
    query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('later', '', '29991231000000_later', now(), 1)`),
  );
  expect(await refusal(run(settings))).toEqual([
    'postdesk: The database is newer than this program: it has had migration 29991231000000_later. Start a version of Postdesk that knows it.',
  ]);
});

async function using(database: Database, work: (database: Database) => Promise<unknown>): Promise<void> {
  await work(database).finally(() => database.close());
}

test('a database that does not answer is refused in one sentence', async () => {
  const settings = await settingsFor(await openSandbox());
  const [said, ...more] = await refusal(
    run({ ...settings, DATABASE_URL: 'postgresql://desk:hidden@127.0.0.1:1/desk' }),
  );
  expect(said).toMatch(/^postdesk: DATABASE_URL: no PostgreSQL server answers there/);
  expect(said).not.toContain('hidden');
  expect(more).toEqual([]);
});

(postgresUrl === undefined ? test.skip : test)(
  'a database that goes away while the desk starts ends the start in one sentence',
  async () => {
    const settings = await settingsFor(await openSandbox());
    await using(openPostgres(settings['DATABASE_URL']!), async ({ hold, query }) => {
      let desk: Program | undefined;
      await hold(async (connection) => {
        // The number that whoever migrates locks: here the start can be caught in the middle.
        await connection.query('SELECT pg_advisory_lock(72707369)');
        desk = run(settings);
        const isCaught = `SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
        while ((await query(isCaught)).length === 0);
      });
      expect(await refusal(desk!)).toEqual([
        'postdesk: DATABASE_URL: the database went away while the desk started (terminating connection due to administrator command). Try again.',
      ]);
    });
  },
);

test('a data directory that cannot be made is refused in one sentence', async () => {
  const settings = await settingsFor(await openSandbox());
  const dataDir = join(fileWith(''), 'data');
  const said = await refusal(run({ ...settings, DATABASE_URL: '', DATA_DIR: dataDir }));
  expect(said).toEqual([expect.stringMatching(/^postdesk: DATA_DIR: .* cannot be written to \(.*ENOTDIR/)]);
});

test('a webhook that Telegram refuses is a wrong setting', async () => {
  const settings = await settingsFor(await openSandbox());
  const desk = run({ ...settings, WEBHOOK_URL: 'http://no-such-host.invalid/hook', WEBHOOK_SECRET: 'secret' });
  expect(await refusal(desk)).toEqual([
    'postdesk: WEBHOOK_URL: Telegram refuses it: Bad Request: bad webhook: Failed to resolve host: Name or service not known.',
  ]);
});

test('settings are read from .env in the working directory, and the environment goes first', async () => {
  const desk = run(
    { BOT_TOKEN: undefined, PORT: 'from the environment' },
    { dotEnv: `BOT_TOKEN=${token}\nPORT=80800\n` },
  );
  expect(await refusal(desk)).toEqual(['postdesk: PORT must be a port number, 0 to 65535.']);
});

test('a secret can stand in a file', async () => {
  const desk = run({ BOT_TOKEN_FILE: fileWith(`${token}\n`), LOG_LEVEL: 'loud' });
  expect(await refusal(desk)).toEqual([expect.stringMatching(/^postdesk: LOG_LEVEL /)]);
  const without = run({ BOT_TOKEN_FILE: '/nowhere/token', LOG_LEVEL: 'loud' });
  expect(await refusal(without)).toEqual([
    expect.stringMatching(/^postdesk: BOT_TOKEN_FILE cannot be read: .*ENOENT/),
    expect.stringMatching(/^postdesk: LOG_LEVEL /),
  ]);
});
