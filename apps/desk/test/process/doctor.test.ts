import { addRelay } from '../support/cast.js';
import {
  createDataDir,
  openSandbox,
  run,
  runScript,
  settingsFor,
  temporary,
  untilReady,
  type Program,
} from './support.js';

/** The rows of the table: state and name, and the sentence by name. */
async function examine(settings: Readonly<Record<string, string | undefined>>): Promise<{
  code: number | null;
  rows: string[];
  say: ReadonlyMap<string, string>;
}> {
  const program: Program = runScript('desk.mjs', settings, ['doctor']);
  const { code } = await program.ended;
  const rows = program.lines.flatMap((line) => {
    const [, state, name, say] = /^(ok|missing|warning) +(\S+(?: \S+)*?) {2,}(\S.*)$/.exec(line) ?? [];
    return state === undefined ? [] : [{ state, name: name!, say: say! }];
  });
  expect(rows).toHaveLength(program.lines.length);
  return {
    code,
    rows: rows.map(({ state, name }) => `${state} ${name}`),
    say: new Map(rows.map(({ name, say }) => [name, say])),
  };
}

test('where everything is in order doctor says so, row by row, and ends with 0', async () => {
  const { code, rows, say } = await examine(await settingsFor(await openSandbox()));
  expect(rows).toEqual([
    'ok settings',
    'ok database',
    'ok migrations',
    'ok bot',
    'ok updates',
    'ok inline mode',
    'ok channel',
    'ok rights in the channel',
    'ok linked group',
    'ok rights in the group',
  ]);
  expect(say.get('migrations')).toBe('The tables are up to date.');
  expect(code).toBe(0);
});

test('what is missing in the channel ends doctor with 1', async () => {
  const sandbox = await openSandbox();
  const { bot } = await sandbox.control.overview();
  await (await sandbox.control.owner()).promotes(bot, 'channel', { rights: { can_edit_messages: true } });
  const { code, rows, say } = await examine(await settingsFor(sandbox));
  expect(rows).toContain('missing rights in the channel');
  expect(say.get('rights in the channel')).toContain('lacks the right to post messages');
  expect(code).toBe(1);
});

test('a warning does not end doctor with 1', async () => {
  const sandbox = await openSandbox();
  await (await sandbox.control.bot()).sets({ isInline: false });
  const { code, rows } = await examine(await settingsFor(sandbox));
  expect(rows).toContain('warning inline mode');
  expect(code).toBe(0);
});

test('each relay bot has a row: one that is not in the group is a warning that names it', async () => {
  const sandbox = await openSandbox();
  const [there, outside] = [await addRelay(sandbox.control, 1), await addRelay(sandbox.control, 2)];
  await (await sandbox.control.owner()).adds(there, 'group');
  const tokens = [there.data.token, outside.data.token].join(',');
  const { code, rows, say } = await examine({ ...(await settingsFor(sandbox)), RELAY_BOT_TOKENS: tokens });
  expect(rows.slice(-2)).toEqual(['ok relay bot @desk2_bot', 'warning relay bot @desk3_bot']);
  expect(say.get('relay bot @desk3_bot')).toContain('Add it to the group');
  expect(code).toBe(0);
});

test('wrong settings are rows too', async () => {
  const { code, rows, say } = await examine({ PORT: 'x', BOT_TOKEN: 'y' });
  expect(rows).toEqual(['missing settings', 'missing settings']);
  expect(say.get('settings')).toMatch(/^(PORT|BOT_TOKEN) /);
  expect(code).toBe(1);
});

test('a database that does not answer does not hide what Telegram says', async () => {
  const settings = await settingsFor(await openSandbox());
  const { code, rows } = await examine({ ...settings, DATABASE_URL: 'postgresql://127.0.0.1:1/desk' });
  expect(rows.slice(0, 3)).toEqual(['ok settings', 'missing database', 'ok bot']);
  expect(code).toBe(1);
});

test('a Telegram that does not answer does not hide what the database says', async () => {
  const settings = await settingsFor(await openSandbox());
  const { code, rows, say } = await examine({ ...settings, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' });
  expect(rows).toEqual(['ok settings', 'ok database', 'ok migrations', 'missing bot']);
  expect(say.get('bot')).not.toContain(settings['BOT_TOKEN']);
  expect(code).toBe(1);
});

test('a data directory in which there is nothing yet stays empty', async () => {
  const settings = await settingsFor(await openSandbox());
  const dataDir = temporary();
  const { code, say } = await examine({ ...settings, DATABASE_URL: '', DATA_DIR: dataDir });
  expect(say.get('database')).toBe(`There is none in ${dataDir} yet: the first start makes it.`);
  expect(code).toBe(0);
});

test('a desk that has the embedded database open is asked itself', async () => {
  const settings = await settingsFor(await openSandbox());
  const embedded = { ...settings, DATABASE_URL: '', DATA_DIR: createDataDir() };
  const desk = run(embedded);
  await untilReady(desk);
  const port = await desk.until((line) => /"port":(\d+)/.exec(line)?.[1]);
  const { rows, say } = await examine({ ...embedded, PORT: port });
  expect(rows).toContain('ok database');
  expect(say.get('database')).toContain('is ready');
});

test.each([
  ['no command', [], 'a command is missing'],
  ['an unknown command', ['heal'], 'there is no command heal'],
  ['an unknown option', ['doctor', '--deep'], "Unknown option '--deep'"],
  ['an argument too many', ['doctor', 'now'], "Unexpected argument 'now'"],
])('%s is wrong usage: exit code 2 and what there is', async (_, args, words) => {
  const program = runScript('desk.mjs', {}, args);
  expect((await program.ended).code).toBe(2);
  expect(program.lines[0]).toContain(words);
  expect(program.lines).toContain('Usage: npm run desk -- COMMAND');
});
