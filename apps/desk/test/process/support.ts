import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/src/sandbox.js';
import { createStore, embeddedDirectory, postgresUrl } from '../support/stores.js';

// Real processes, run as people run them, and watched from outside: output, exit code, HTTP.

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const loader = new URL('../../../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;

// Each test starts up to four programs, one after the other; on two busy cores that takes most of a minute.
jest.setTimeout(180_000);

type Settings = Readonly<Record<string, string | undefined>>;

/** Every setting, so that neither this machine's environment nor a developer's `.env` gets into a test. */
const unset = Object.fromEntries(
  [
    'BOT_TOKEN BOT_TOKEN_FILE RELAY_BOT_TOKENS RELAY_BOT_TOKENS_FILE TELEGRAM_API_ROOT TELEGRAM_LIMITS STAFF_CHANNEL_ID DATABASE_URL DATABASE_URL_FILE DATA_DIR',
    'WEBHOOK_URL WEBHOOK_SECRET WEBHOOK_SECRET_FILE PORT DESK_LANGUAGE CANNED_EDITORS LOG_LEVEL NODE_ENV SANDBOX_PORT',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, '']),
);

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  readonly pid: number;
  /** Everything said so far, on standard output and standard error, line by line. */
  readonly lines: readonly string[];
  readonly ended: Promise<End>;
  /** Resolves with what `find` finds in a line, said or yet to be said. Rejects when the program ends without it. */
  until<T>(find: (line: string) => T | undefined): Promise<T>;
  /** Resolves with the first line that holds all the words. */
  says(...words: readonly string[]): Promise<string>;
  /** Sends the signal and resolves when the program has ended. */
  stop(signal?: NodeJS.Signals): Promise<End>;
  /** Sends SIGINT to the program's whole group, as Ctrl-C on a terminal does. */
  pressCtrlC(): Promise<End>;
}

const cleanUps: (() => Promise<void> | void)[] = [];

/** Done when the test ends, the last first. */
export function later(cleanUp: () => Promise<void> | void): void {
  cleanUps.push(cleanUp);
}

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A folder for one test. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postdesk-test-process-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs apps/desk/src/main.ts in a folder of its own, in which `.env` may stand. */
export function run(settings: Settings, files: { readonly dotEnv?: string } = {}): Program {
  return start([process.execPath, '--import', loader, join(root, 'apps/desk/src/main.ts')], settings, files);
}

/** Runs a script of `npm start` and the like, without npm. */
export function runScript(name: string, settings: Settings, args: readonly string[] = []): Program {
  return start([process.execPath, join(root, 'scripts', name), ...args], settings);
}

/** Runs a program that is JavaScript. */
export function runFile(path: string, settings: Settings): Program {
  return start([process.execPath, path], settings);
}

/** Runs `npm start` itself. */
export function runNpmStart(settings: Settings): Program {
  return start(['npm', 'start', '--prefix', root], settings);
}

function start(
  [command = '', ...args]: readonly string[],
  settings: Settings,
  { dotEnv }: { readonly dotEnv?: string } = {},
): Program {
  const cwd = temporary();
  if (dotEnv !== undefined) writeFileSync(join(cwd, '.env'), dotEnv);
  const env = { ...process.env, ...unset, DATA_DIR: join(cwd, 'data'), PORT: '0', ...settings };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  // Not SIGKILL: what the program has started itself would go on.
  later(async () => {
    await program.stop();
  });
  const program = watch(child);
  return program;
}

function watch(child: ChildProcess): Program {
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let end: End | undefined;
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream! }).on('line', (line) => {
      lines.push(line);
      tell();
    });
  }
  const ended = new Promise<End>((resolve) =>
    child.once('close', (code, signal) => {
      end = { code, signal };
      tell();
      resolve(end);
    }),
  );
  const until = <T>(find: (line: string) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        for (const line of lines) {
          const found = find(line);
          if (found === undefined) continue;
          listeners.delete(look);
          resolve(found);
          return;
        }
        if (end) reject(new Error(`it ended (${end.signal ?? end.code}) and had said:\n${lines.join('\n')}`));
      };
      listeners.add(look);
      look();
    });
  return {
    pid: child.pid!,
    lines,
    ended,
    until,
    says: (...words) => until((line) => (words.every((word) => line.includes(word)) ? line : undefined)),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
    pressCtrlC: () => {
      process.kill(-child.pid!, 'SIGINT');
      return ended;
    },
  };
}

/** The processes that a program has started, as Linux lists them; elsewhere by `ps`. */
export function childrenOf({ pid }: Program): readonly number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  if (existsSync(list)) return readFileSync(list, 'utf8').split(' ').filter(Boolean).map(Number);
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = processes.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}

/** The members of a log line; undefined for any other line. */
export function logLine(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  return JSON.parse(line) as Record<string, unknown>;
}

/** The URL of a desk that runs; its port is in the log. */
export async function urlOf(desk: Program): Promise<string> {
  const port = await desk.until((line) => {
    const entry = logLine(line);
    return entry?.['msg'] === 'listening' ? entry['port'] : undefined;
  });
  return `http://127.0.0.1:${String(port)}`;
}

/** Resolves when /readyz answers with this status; asks again and again. */
export async function untilReady(desk: Program, status = 200): Promise<Readonly<Record<string, unknown>>> {
  const url = `${await urlOf(desk)}/readyz`;
  for (;;) {
    const answer = await fetch(url);
    const body = (await answer.json()) as Record<string, unknown>;
    if (answer.status === status) return body;
  }
}

/** A Telegram for one test. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ autoForward: { timing: 'after_delay', delayMs: 5 }, ...options });
  later(() => sandbox.stop());
  return sandbox;
}

/** An empty, migrated database: on PostgreSQL, where there is a server, because it is quicker. */
export async function createDatabase(): Promise<Settings> {
  if (postgresUrl === undefined) return { DATA_DIR: createDataDir() };
  const store = await createStore('postgres');
  later(() => store.destroy());
  return store.env;
}

/** A data directory with an empty, migrated embedded database. */
export function createDataDir(): string {
  const dataDir = temporary();
  cpSync(embeddedDirectory, dataDir, { recursive: true });
  return dataDir;
}

/** The settings of a desk in the sandbox, on a database of its own. */
export async function settingsFor({ url, control }: Sandbox): Promise<Settings> {
  const { bot, channel } = await control.overview();
  return {
    ...(await createDatabase()),
    BOT_TOKEN: bot.token,
    TELEGRAM_API_ROOT: url,
    STAFF_CHANNEL_ID: String(channel.id),
    TELEGRAM_LIMITS: 'off',
  };
}

/** A port that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A file with this text. */
export function fileWith(text: string): string {
  const path = join(temporary(), 'file');
  writeFileSync(path, text);
  return path;
}
