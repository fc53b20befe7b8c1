import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BenchTelegram } from './telegram.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface DeskOptions {
  readonly telegram: BenchTelegram;
  /** `DATABASE_URL` or `DATA_DIR`, and whatever else is set. */
  readonly settings: Readonly<Record<string, string>>;
  /** A folder for a profile of the processor's time, written when the desk ends. */
  readonly profileTo?: string | undefined;
}

/** The desk as a process of its own, so that its time and memory are its own. */
export interface BenchDesk {
  readonly url: string;
  /** Milliseconds from its start until it said that it serves. */
  readonly startMs: number;
  /** Seconds of processor time used so far, and bytes of memory resident now and at most. */
  usage(): { readonly cpu: number; readonly resident: number; readonly peak: number };
  /** Asks it to end and resolves when it has. Throws when it did not end cleanly. */
  stop(): Promise<void>;
}

/** Starts the desk; resolves when it is ready. */
export async function startDesk({ telegram, settings, profileTo }: DeskOptions): Promise<BenchDesk> {
  const profile = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`];
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [...profile, '--import', import.meta.resolve('tsx'), `${root}apps/desk/src/main.ts`],
    {
      cwd: root,
      env: {
        ...withoutSettings(),
        BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        STAFF_CHANNEL_ID: String(telegram.channelId),
        PORT: '0',
        LOG_LEVEL: 'info',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // A bench that fails, or is stopped, leaves nothing behind.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
  const port = await Promise.race([
    portOf(child),
    ended.then((code) => Promise.reject(new Error(`the desk ended with code ${code} at its start`))),
  ]);
  const url = `http://127.0.0.1:${port}`;
  while ((await fetch(`${url}/readyz`)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 10));
  const startMs = performance.now() - startedAt;
  return {
    url,
    startMs,
    usage: () => usageOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM');
      const code = await ended;
      if (code !== 0) throw new Error(`the desk ended with code ${code}`);
    },
  };
}

/** The desk takes settings from the bench alone, and not from whoever runs it. */
function withoutSettings(): Record<string, string | undefined> {
  const names =
    'BOT_TOKEN RELAY_BOT_TOKENS DATABASE_URL DATA_DIR WEBHOOK_URL WEBHOOK_SECRET TELEGRAM_LIMITS DESK_LANGUAGE NODE_ENV';
  return { ...process.env, ...Object.fromEntries(names.split(' ').map((name) => [name, ''])) };
}

/** Reads the desk's log to its end: a pipe that nobody reads would stop it. */
function portOf({ stdout }: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    if (!stdout) {
      reject(new Error('the desk has no output'));
      return;
    }
    createInterface({ input: stdout }).on('line', (line) => {
      const [, port] = /"port":(\d+).*"msg":"listening"/.exec(line) ?? [];
      if (port !== undefined) resolve(Number(port));
      if (/"level":(50|60)/.test(line)) process.stderr.write(`desk: ${line}\n`);
    });
  });
}

/** From proc(5); zeros where there is none. */
function usageOf(pid: number): ReturnType<BenchDesk['usage']> {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1_024;
    return { cpu: ((stat[11] ?? 0) + (stat[12] ?? 0)) / 100, resident: bytes('VmRSS'), peak: bytes('VmHWM') };
  } catch {
    return { cpu: 0, resident: 0, peak: 0 };
  }
}
