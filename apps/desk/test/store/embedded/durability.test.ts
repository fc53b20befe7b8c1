import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openEmbedded, type EmbeddedDatabase } from '../../../src/store/embedded/open.js';
import { embeddedTemplate as template } from '../../support/stores.js';
import { using } from '../support.js';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'postdesk-test-durability-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (): Promise<EmbeddedDatabase> => openEmbedded({ dataDir, template });

test('every commit is forced to disk before it is acknowledged', () =>
  using(open(), async ({ query, transaction, fsyncs }) => {
    await query('CREATE TABLE notes (id int)');
    for (let id = 1; id <= 20; id += 1) {
      const before = await fsyncs();
      await transaction((sql) => sql.query('INSERT INTO notes (id) VALUES ($1)', [id]));
      expect(await fsyncs()).toBeGreaterThan(before);
    }
    const before = await fsyncs();
    await query('SELECT * FROM notes');
    expect(await fsyncs()).toBe(before);
  }));

test('a process that is killed while it commits loses no acknowledged row', async () => {
  await using(open(), ({ query }) => query('CREATE TABLE notes (id int PRIMARY KEY)'));
  let last = 0;
  for (const rows of [3, 17, 40]) {
    last = await commitUntilKilled({ from: last + 1, atLeast: rows });
    const count = 'SELECT count(*)::int AS n, max(id) AS most FROM notes';
    const [found] = await using(open(), ({ query }) => query<{ n: number; most: number }>(count));
    expect(found!.most).toBeGreaterThanOrEqual(last);
    // One more than acknowledged may be there: its answer did not get out.
    expect(found!.most).toBeLessThanOrEqual(last + 1);
    expect(found!.n).toBe(found!.most);
    last = found!.most;
  }
}, 60_000);

/** Runs commits.ts, kills it in the middle, and resolves with the last number that it acknowledged. */
async function commitUntilKilled({ from, atLeast }: { from: number; atLeast: number }): Promise<number> {
  const program = fileURLToPath(new URL('./commits.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)));
  let last = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = Number(line);
    if (last - from + 1 === atLeast) child.kill('SIGKILL');
  });
  expect(await closed).toBe('SIGKILL');
  expect(last).toBeGreaterThanOrEqual(from + atLeast - 1);
  return last;
}
