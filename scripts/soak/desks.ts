import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import type { Violation } from './history.js';
import { wordingsIn } from './wording.js';

const program = fileURLToPath(new URL('../../apps/desk/src/main.ts', import.meta.url));

/** A desk, as a process that may be ended in every way and is started again when it ends by itself. */
export interface Desk {
  /** Starts it unless it runs. */
  start(): void;
  /** Resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop, and resolves when it has. */
  term(): Promise<void>;
  /** Has it stand still for a while. */
  freeze(forMs: number): Promise<void>;
  /** What it said last, on both outputs. */
  lastLines(): readonly string[];
  readonly counts: DeskCounts;
}

export interface DeskCounts {
  starts: number;
  /** Ended at its start with a clear message because the database was away. */
  refusedStarts: number;
  /** Lines of its log from level error on, by their message. */
  errors: Map<string, number>;
  slowestStopMs: number;
}

export interface DeskParts {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  /** A folder without a `.env`. */
  readonly cwd: string;
  readonly say: (text: string) => void;
  readonly onViolation: (violation: Violation) => void;
  readonly verbose: boolean;
}

/** What a stop may take (npm run soak is one of the tests of this promise). */
const stopMs = 10_000;
const keptLines = 400;

export function createDesk(parts: DeskParts): Desk {
  const { name, say, onViolation } = parts;
  const lines: string[] = [];
  const counts: DeskCounts = { starts: 0, refusedStarts: 0, errors: new Map(), slowestStopMs: 0 };
  let child: ChildProcess | undefined;
  let gone: Promise<void> = Promise.resolve();
  let wanted = false;
  let spoken = false;

  const hear = (line: string): void => {
    spoken = true;
    lines.push(line);
    if (lines.length > keptLines) lines.splice(0, lines.length - keptLines);
    if (parts.verbose) say(`${name} | ${line}`);
    const leak = leakIn(line, tokensOf(parts.settings));
    if (leak !== undefined) onViolation({ kind: 'leak', what: `${name} wrote ${leak} to its log: ${line}` });
    const error = errorIn(line);
    if (error !== undefined) counts.errors.set(error, (counts.errors.get(error) ?? 0) + 1);
  };
  const endedByItself = (code: number | null): void => {
    if (code === 1 && (lines.at(-1) ?? '').startsWith('postdesk: DATABASE_URL')) counts.refusedStarts += 1;
    else {
      const what = `${name} ended by itself with ${code ?? 'a signal'}:\n${lines.slice(-15).join('\n')}`;
      onViolation({ kind: 'desk ended', what });
    }
    setTimeout(start, 500);
  };
  const start = (): void => {
    wanted = true;
    if (child) return;
    counts.starts += 1;
    spoken = false;
    const started = launch(parts);
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', hear);
    }
    gone = new Promise((resolve) => {
      started.once('close', (code) => {
        child = undefined;
        if (wanted) endedByItself(code);
        resolve();
      });
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    wanted = false;
    child?.kill(signal);
    await gone;
  };
  const term = async (): Promise<void> => {
    // Before it has said anything it may not yet hear the signal, which then ends it like any program.
    if (!child || !spoken) return end('SIGKILL');
    const stopping = child;
    const began = performance.now();
    const tooLong = setTimeout(() => stopping.kill('SIGKILL'), 3 * stopMs);
    const ended = new Promise<string>((resolve) =>
      stopping.once('exit', (code, signal) => resolve(signal ?? String(code))),
    );
    await end('SIGTERM');
    clearTimeout(tooLong);
    const ms = Math.round(performance.now() - began);
    counts.slowestStopMs = Math.max(counts.slowestStopMs, ms);
    const how = await ended;
    say(`${name} stopped in ${ms} ms with ${how}`);
    if (how === '0' && ms <= stopMs) return;
    const what = `${name} was asked to stop and ended after ${ms} ms with ${how}:\n${lines.slice(-15).join('\n')}`;
    onViolation({ kind: 'slow stop', what });
  };
  return {
    start,
    kill: () => end('SIGKILL'),
    term,
    freeze: async (forMs) => {
      const frozen = child;
      frozen?.kill('SIGSTOP');
      await wait(forMs);
      frozen?.kill('SIGCONT');
    },
    lastLines: () => lines,
    counts,
  };
}

function launch({ settings, cwd }: DeskParts): ChildProcess {
  return spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program], {
    cwd,
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function tokensOf({ BOT_TOKEN = '', RELAY_BOT_TOKENS = '' }: DeskParts['settings']): string[] {
  return [BOT_TOKEN, ...RELAY_BOT_TOKENS.split(',')].filter(Boolean);
}

/** What may never stand in a log: a token, and words of people. */
function leakIn(line: string, tokens: readonly string[]): string | undefined {
  if (tokens.some((token) => line.includes(token))) return 'a token';
  return wordingsIn(line).length > 0 ? 'what somebody said' : undefined;
}

function errorIn(line: string): string | undefined {
  if (!line.startsWith('{')) return line === '' ? undefined : line.slice(0, 200);
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== 'object' || entry === null || !('level' in entry) || !('msg' in entry)) return undefined;
  return Number(entry.level) >= 50 ? String(entry.msg) : undefined;
}
