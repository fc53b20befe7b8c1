import { parseArgs } from 'node:util';

/** The command line asks for something that is not there; the message says what. */
export class UsageError extends Error {}

export type MainOptions =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'run';
      readonly host: string;
      readonly port: number;
      readonly state: string | undefined;
      readonly seed: number | undefined;
      readonly forwardDelayMs: number | undefined;
      readonly timeFactor: number;
      readonly limits: boolean;
      readonly botToken: string | undefined;
    };

/** Reads the command line; throws UsageError for what it does not know. */
export function readOptions(args: readonly string[], botToken: string | undefined): MainOptions {
  const values = parse(args);
  if (values.help === true) return { kind: 'help' };
  if (botToken !== undefined && !/^[1-9]\d{4,15}:[\w-]{30,}$/.test(botToken)) {
    throw new UsageError('BOT_TOKEN does not look like a token: 123456789:AA...');
  }
  return {
    kind: 'run',
    host: values.host ?? '127.0.0.1',
    port: number('--port', values.port, { min: 0, max: 65_535 }) ?? 8081,
    state: values.state,
    seed: number('--seed', values.seed, { min: 0, max: 2 ** 32 - 1 }),
    forwardDelayMs: number('--forward-delay', values['forward-delay'], { min: 0, max: 3_600_000 }),
    timeFactor: number('--time-factor', values['time-factor'], { min: 0.001, max: 100_000 }) ?? 1,
    limits: values.limits === true,
    botToken,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        state: { type: 'string' },
        seed: { type: 'string' },
        'forward-delay': { type: 'string' },
        'time-factor': { type: 'string' },
        limits: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function number(
  name: string,
  text: string | undefined,
  { min, max }: { min: number; max: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max) return value;
  throw new UsageError(`${name} takes a number from ${min} to ${max}, not "${text}"`);
}
