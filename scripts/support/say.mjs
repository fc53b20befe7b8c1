import { spawn } from 'node:child_process';

// Progress goes to standard error, one line each, so that standard output belongs to the program that is run.

export function say(text) {
  process.stderr.write(`postdesk: ${text}\n`);
}

/**
 * Does `work` and says in one line that it is done and how long it took. `work` resolves with undefined when it
 * succeeded, else with the output that explains the failure. Resolves with whether it succeeded.
 */
export async function step(name, work) {
  const started = performance.now();
  process.stderr.write(`postdesk: ${name} ...`);
  const failure = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(
    failure === undefined ? ` ${seconds} s\n` : ` FAILED after ${seconds} s\n${failure.trimEnd()}\n`,
  );
  return failure === undefined;
}

/** Runs `node ...args` to its end without showing it. Resolves with undefined, or with its output when it failed. */
export async function quietly(args, { env = process.env, cwd } = {}) {
  const child = spawn(process.execPath, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const [code, signal] = await new Promise((resolve) => child.once('close', (...end) => resolve(end)));
  if (code === 0) return undefined;
  return `${Buffer.concat(output).toString('utf8')}\n(ended with ${signal ?? `exit code ${code}`})`;
}
