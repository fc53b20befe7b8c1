import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/**
 * Starts a program of this project that is written in TypeScript. It gets a process group of its own: Ctrl-C on a
 * terminal signals the whole group, so the program would hear it twice, once from the terminal and once from here.
 */
export function startProgram(path, { args = [], env = {}, stdout = 'inherit' } = {}) {
  const loader = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--import', loader, join(root, path), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit'],
    detached: true,
    windowsHide: true,
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  return {
    stdout: child.stdout,
    /** Resolves with the exit code or the signal that ended it. */
    ended,
    /** Asks it to end and resolves when it has. */
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Resolves when this process is asked to stop. npm passes on the signal that it got itself: it may come twice. */
export function stopSignal() {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => resolve('stop'));
  });
}

/** The exit code that a shell would show. */
export function exitCode({ code, signal }) {
  return code ?? 128 + constants.signals[signal];
}

/** The exit code of a program that was asked to stop: one that had not yet begun is ended by the signal itself. */
export function exitCodeAfterStop({ code, signal }) {
  return signal === 'SIGTERM' ? 0 : exitCode({ code, signal });
}
