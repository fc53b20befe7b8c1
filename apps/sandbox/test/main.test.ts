import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SandboxClient } from '../src/control/client.js';
import { readOptions } from '../src/options.js';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Process {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
  /** Resolves with what stands behind `name=` in the greeting. */
  said(name: string): Promise<string>;
}

function run(...args: string[]): Process {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args]);
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const said = (name: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = new RegExp(`${name}=(\\S+)\\n`).exec(output);
        if (found !== null) resolve(found[1]!);
      };
      listeners.add(look);
      look();
    });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { child, ended, output: () => output, said };
}

test('the sandbox runs alone, greets, stops on SIGTERM, and goes on from its file', async () => {
  const file = join(folder, 'world.json');
  const first = run('--port', '0', '--state', file);
  const control = new SandboxClient(await first.said('TELEGRAM_API_ROOT'));
  const token = await first.said('BOT_TOKEN');
  const ann = await control.addPerson({ firstName: 'Ann' });
  await ann.writes('hello');
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(readdirSync(folder)).toEqual(['world.json']);

  const second = run('--port', '0', '--state', file);
  const again = new SandboxClient(await second.said('TELEGRAM_API_ROOT'));
  expect(await second.said('BOT_TOKEN')).toBe(token);
  expect(await (await again.person(ann.id)).sees()).toMatchObject([{ text: 'hello' }]);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
});

test('a file that is no world is refused with exit code 2', async () => {
  const file = join(folder, 'other.json');
  writeFileSync(file, '{"some": "thing"}');
  const refused = run('--state', file);
  expect(await refused.ended).toBe(2);
  expect(refused.output()).toContain(`${file} is not a saved world of the sandbox`);
  rmSync(file);
});

test.each([
  [['--bogus'], "Unknown option '--bogus'"],
  [['--port', 'x'], '--port takes a number from 0 to 65535, not "x"'],
  [['--port', '70000'], '--port takes a number from 0 to 65535, not "70000"'],
  [['--time-factor', '0'], '--time-factor takes a number from 0.001 to 100000, not "0"'],
  [['file'], "Unexpected argument 'file'"],
])('the options %j are refused', (args, reason) => {
  expect(() => readOptions(args, undefined)).toThrow(reason);
});

test('a token that is none is refused', () => {
  expect(() => readOptions([], 'secret')).toThrow('BOT_TOKEN does not look like a token');
});

test('options are read', () => {
  const token = `123456:${'A'.repeat(35)}`;
  expect(readOptions(['--port', '0', '--limits', '--forward-delay', '0', '--seed', '5'], token)).toEqual({
    kind: 'run',
    host: '127.0.0.1',
    port: 0,
    state: undefined,
    seed: 5,
    forwardDelayMs: 0,
    timeFactor: 1,
    limits: true,
    botToken: token,
  });
});
