import { setTimeout as delay } from 'node:timers/promises';
import { environment, readConfig } from './config.js';
import { startDesk } from './desk.js';
import { ConfigError, messageOf } from './errors.js';
import { createLog } from './log.js';
import { scrub } from './secrets.js';

/** Docker kills what has not ended ten seconds after it was asked to. */
const longestStopMs = 9_000;

/** Runs the desk in the foreground until SIGTERM or SIGINT. Exit codes: 0 ended cleanly, 1 cannot work as configured. */
async function main(): Promise<void> {
  const config = readConfig(environment());
  const log = createLog(config.logLevel);
  const stopped = new Promise<void>((resolve) => {
    // A signal may come twice, as when both a terminal and npm send it: the second must not end what the first began.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
  const started = startDesk(config, log);
  const desk = await Promise.race([started, stopped]);
  // Asked to stop before it had started: nothing is under way.
  if (!desk) process.exit(0);
  await stopped;
  log.info('stopping: what is under way ends first');
  const ended = await Promise.race([desk.stop().then(() => true), delay(longestStopMs, false)]);
  if (ended) log.info('stopped');
  else log.warn('stopped, though not everything would end: what is unfinished is found and settled at the next start');
  process.exit(0);
}

function fail(error: unknown): never {
  const text =
    error instanceof ConfigError
      ? error.problems.map((problem) => `postdesk: ${problem}`).join('\n')
      : unexpected(error);
  process.stderr.write(`${scrub(text)}\n`);
  process.exit(1);
}

function unexpected(error: unknown): string {
  return `postdesk: ${error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error)}`;
}

// What nobody caught ends the process too, but never with a token in its last words.
process.on('uncaughtException', fail);
main().catch(fail);
