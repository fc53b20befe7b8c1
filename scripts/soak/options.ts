import { parseArgs } from 'node:util';
import { omissions, type Omission } from './actions.js';

/** The command line asks for something that is not there; the message says what. */
export class UsageError extends Error {}

export interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly desks: number;
  /** What is left out of the trouble, to narrow a find down. The rest happens as it did. */
  readonly without: ReadonlySet<Omission>;
  /** Telegram's flood limits, ten times as fast; off unless asked for. */
  readonly limits: boolean;
  /** Further bots in the group that carry comments; they have something to do only under limits. */
  readonly relayBots: number;
  /** Updates come by webhook, through a balancer before all desks, instead of long polling. */
  readonly webhook: boolean;
  /** Says every line that the desks write to their log. */
  readonly verbose: boolean;
}

export const usage = `npm run soak -- [--minutes 2] [--seed 123] [--desks 1] [--webhook] [--limits] [--relay-bots 0] [--without WHAT,WHAT] [--verbose]
WHAT can be left out: ${omissions.join(', ')}`;

/** Throws UsageError for what it does not know. */
export function readOptions(args: readonly string[], randomSeed: number): Options {
  const values = parse(args);
  const relayBots = whole('--relay-bots', values['relay-bots'], { least: 0, most: 19 }) ?? 0;
  return {
    minutes: number('--minutes', values.minutes, { least: 0.1, most: 100_000 }) ?? 2,
    seed: whole('--seed', values.seed, { least: 0, most: 2 ** 32 - 1 }) ?? randomSeed,
    desks: whole('--desks', values.desks, { least: 1, most: 8 }) ?? 1,
    without: new Set((values.without ?? '').split(',').filter(Boolean).map(omission)),
    limits: values.limits === true || relayBots > 0,
    relayBots,
    webhook: values.webhook === true,
    verbose: values.verbose === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        seed: { type: 'string' },
        desks: { type: 'string' },
        without: { type: 'string' },
        limits: { type: 'boolean' },
        'relay-bots': { type: 'string' },
        webhook: { type: 'boolean' },
        verbose: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

interface Range {
  readonly least: number;
  readonly most: number;
}

function number(name: string, text: string | undefined, { least, most }: Range): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(`${name} takes a number from ${least} to ${most}, not "${text}"`);
}

function whole(name: string, text: string | undefined, range: Range): number | undefined {
  const value = number(name, text, range);
  if (value !== undefined && !Number.isInteger(value)) throw new UsageError(`${name} takes a whole number`);
  return value;
}

function omission(text: string): Omission {
  const found = omissions.find((one) => one === text);
  if (found === undefined) throw new UsageError(`--without takes ${omissions.join(', ')}, not "${text}"`);
  return found;
}
