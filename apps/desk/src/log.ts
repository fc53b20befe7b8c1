import { createRequire } from 'node:module';
import { pino, type DestinationStream, type Logger } from 'pino';
import { scrub } from './secrets.js';

export type Log = Logger;

/**
 * JSON lines on standard output, written at once so that a kill loses none; readable lines on a terminal, where the
 * package that makes them is installed (it is for development). Tokens are taken out of every string; texts of people
 * are never given to it. `destination` takes the JSON lines instead.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    serializers: { err: describeError, error: describeError },
    formatters: { log: scrubFields },
  };
  if (destination) return pino(options, destination);
  if (process.stdout.isTTY && isInstalled('pino-pretty')) {
    return pino({ ...options, transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } });
  }
  const output = pino.destination({ dest: 1, sync: true, maxLength: mostUnwritten });
  // A disk that is full, or a reader that has gone, must not end the desk: what cannot be written down is dropped.
  output.on('error', () => undefined);
  return pino(options, output);
}

/** So many bytes of lines that could not be written are kept to be tried again. */
const mostUnwritten = 1_048_576;

/** For tests and tools that do not want to hear anything. */
export const silentLog: Log = pino({ level: 'silent' });

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return {
    type: error.name,
    message: scrub(error.message),
    ...(error.stack !== undefined && { stack: scrub(error.stack) }),
  };
}

function scrubFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? scrub(value) : value]),
  );
}
