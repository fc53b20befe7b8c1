import { parseArgs } from 'node:util';

import { scenes, type Scene } from './anchors/anchors.js';

export const parts = ['anchors', 'relay', 'intake', 'startup', 'growth'] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly parts: readonly Part[];
  readonly isQuick: boolean;
  readonly factor: number;
  /** What of the anchors is measured; earlier results of the others are kept. */
  readonly scenes: readonly Scene[];
  /** The fewest and the most stored messages of `growth`; earlier results outside of them are kept. */
  readonly min: number;
  readonly max: number;
  /** Where results go. */
  readonly out: string;
  /** A folder for profiles of the desk's processor time. */
  readonly profileTo?: string;
}

export class UsageError extends Error {}

export const usage = `Usage: npm run bench -- [PART...] [options]

  PART             ${parts.join(', ')}; all of them when none is named

  --quick          minutes instead of an hour; results go to data/benchmarks
  --out FOLDER     where results go (default docs/benchmarks)
  --factor N       how many times as fast time passes for the anchors (default 20)
  --scenes A,B     what of the anchors is measured, the rest stays as it was; all of
                   ${scenes.join(', ')}
  --max N          the most stored messages of growth (default 10000000, which needs 40 GB of disk)
  --min N          the fewest; what was measured below stays as it was
  --profile FOLDER write profiles of the desk's processor time there
  --help           say this
`;

/** Throws UsageError with what is wrong; undefined when help is asked for. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = parse(args);
  if (values.help === true) return undefined;
  const isQuick = values.quick === true;
  return {
    parts: positionals.length === 0 ? parts : positionals.map(partOf),
    isQuick,
    factor: numberOf('--factor', values.factor ?? '20'),
    scenes: values.scenes === undefined ? scenes : values.scenes.split(',').map(sceneOf),
    min: numberOf('--min', values.min ?? '1'),
    max: numberOf('--max', values.max ?? (isQuick ? '100000' : '10000000')),
    out: values.out ?? (isQuick ? 'data/benchmarks' : 'docs/benchmarks'),
    ...(values.profile !== undefined && { profileTo: values.profile }),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    quick: flag,
    help: flag,
    out: text,
    factor: text,
    scenes: text,
    min: text,
    max: text,
    profile: text,
  };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function partOf(name: string): Part {
  const part = parts.find((known) => known === name);
  if (!part) throw new UsageError(`"${name}" is no part of the bench. There are: ${parts.join(', ')}.`);
  return part;
}

function sceneOf(name: string): Scene {
  const scene = scenes.find((known) => known === name);
  if (!scene) throw new UsageError(`"${name}" is no scene of the anchors. There are: ${scenes.join(', ')}.`);
  return scene;
}

function numberOf(option: string, value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number >= 1) return number;
  throw new UsageError(`${option} must be a number from 1 on, not "${value}".`);
}
