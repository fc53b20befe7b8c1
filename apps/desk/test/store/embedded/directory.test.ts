import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockByFile, lockDirectory } from '../../../src/store/embedded/lock.js';
import { openEmbedded, type EmbeddedDatabase } from '../../../src/store/embedded/open.js';
import { embeddedTemplate as template } from '../../support/stores.js';
import { problemsOf, using } from '../support.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postdesk-test-directory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const taken = [expect.stringMatching(/^DATA_DIR: another Postdesk runs on .*\. Stop it, or set DATA_DIR/)];

const open = (): Promise<EmbeddedDatabase> => openEmbedded({ dataDir: folder, template });

test('a directory in use cannot be opened a second time, until it is closed', async () => {
  await using(open(), async (first) => {
    expect(await problemsOf(open())).toEqual(taken);
    expect(await first.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
  await using(open(), (second) => second.query('SELECT 1'));
});

test('what was committed is there after closing and opening', async () => {
  await using(open(), async ({ query }) => {
    await query('CREATE TABLE notes (id int)');
    await query('INSERT INTO notes VALUES (7)');
  });
  expect(await using(open(), ({ query }) => query('SELECT id FROM notes'))).toEqual([{ id: 7 }]);
});

test('a directory of another PostgreSQL release is refused before it is touched', async () => {
  mkdirSync(join(folder, 'postgres'));
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
  expect(await problemsOf(open())).toEqual([
    `DATA_DIR: ${folder}/postgres was made by PostgreSQL 17, this program contains 18. Start the Postdesk version that made it, export what you need, or set DATA_DIR to a new directory.`,
  ]);
  expect(existsSync(join(folder, 'postgres', 'base'))).toBe(false);
  // The refusal let go of the directory.
  rmSync(join(folder, 'postgres'), { recursive: true });
  await using(open(), ({ query }) => query('SELECT 1'));
});

test('the release that is looked for is the one that the database is', async () => {
  const [row] = await using(open(), ({ query }) => query<{ server_version: string }>('SHOW server_version'));
  expect(row?.server_version).toMatch(/^18\b/);
});

test('a directory that cannot be made is named', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await problemsOf(openEmbedded({ dataDir: join(folder, 'file') }))).toEqual([
    expect.stringMatching(/^DATA_DIR: .*\/file\/postgres cannot be written to \(.*ENOTDIR/),
  ]);
});

test('a directory is one, whichever path leads to it', async () => {
  mkdirSync(join(folder, 'data'));
  symlinkSync(join(folder, 'data'), join(folder, 'link'));
  const unlock = await lockDirectory(join(folder, 'data'));
  expect(await problemsOf(lockDirectory(join(folder, 'link')))).toEqual(taken);
  await unlock();
  await (
    await lockDirectory(join(folder, 'link'))
  )();
});

describe('the lock of systems without abstract sockets', () => {
  const file = (): string => join(folder, 'postdesk.pid');

  test('holds while the process runs, and goes with it', async () => {
    const unlock = lockByFile(folder);
    expect(() => lockByFile(folder)).toThrow('another Postdesk runs');
    await unlock();
    expect(existsSync(file())).toBe(false);
    await lockByFile(folder)();
  });

  test('a file left behind by a process that is gone counts for nothing', async () => {
    const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((resolve) => gone.once('exit', resolve));
    writeFileSync(file(), String(gone.pid));
    await lockByFile(folder)();
  });

  test('a file in which there is no number counts for nothing', async () => {
    writeFileSync(file(), '');
    await lockByFile(folder)();
  });
});
