import type { BenchServer } from '../postgres.js';
import type { Say } from '../report/say.js';
import { warmUpMinutes } from '../model/run.js';
import type { ModelRow } from '../results.js';
import { comparePolicies } from './compare.js';
import { measureCycle, type Cycle } from './cycle.js';
import { play, type Played } from './play.js';

const runs = ['idle', 'busy', 'overload', 'answers', 'relayed', 'flood', 'hidden'] as const;
type Run = (typeof runs)[number];

/**
 * What the desk is put through. `answers` is as `overload`, in less of a hurry; `relayed` with a relay bot; `ladder` is more
 * and more; `model` plain policies.
 */
export const scenes = [...runs, 'cycles', 'ladder', 'model'] as const;
export type Scene = (typeof scenes)[number];

/** What was measured so far; a scene that is measured again replaces its own. */
export interface AnchorResults {
  readonly factor: number;
  readonly idleFactor: number;
  readonly minutes: number;
  readonly hiddenMinutes: number;
  readonly runs: Readonly<Partial<Record<Run, Played>>>;
  readonly cycles?: readonly Cycle[];
  readonly rungs?: readonly Rung[];
  readonly model?: readonly ModelRow[];
}

/** The desk under one load. */
export interface Rung {
  /** Customer messages, as offered. */
  readonly perMinute: number;
  /** Seconds. */
  readonly relayP95: number;
  readonly answersP95: number;
  /** Calls in the group per customer message. */
  readonly callsPerMessage: number;
  readonly refused: number;
}

export interface AnchorOptions {
  readonly server: BenchServer;
  /** How many times as fast everything passes. */
  readonly factor: number;
  readonly isQuick: boolean;
  readonly say: Say;
}

/** Customer messages a minute of A2, and of A4. */
export const busyLoad = 26;
export const overloadLoad = 78;

/** Runs one scene of the workload on the real desk; resolves with the results in which it stands. */
export async function measureScene(
  scene: Scene,
  options: AnchorOptions,
  before?: AnchorResults,
): Promise<AnchorResults> {
  const { factor, isQuick } = options;
  const idleFactor = Math.min(factor, 2);
  const [minutes, hiddenMinutes] = isQuick ? [10, 20] : [60, 120];
  const results = { runs: {}, ...before, factor, idleFactor, minutes, hiddenMinutes };
  switch (scene) {
    case 'cycles':
      return { ...results, cycles: await measureCycles(options) };
    case 'ladder':
      return { ...results, rungs: await climb(options, minutes) };
    case 'model':
      return { ...results, model: comparePolicies({ isQuick }) };
    default: {
      const given = workloads({ isQuick, idleFactor, minutes, hiddenMinutes })[scene];
      return { ...results, runs: { ...results.runs, [scene]: await run(options, scene, given) } };
    }
  }
}

type Given = Pick<Parameters<typeof play>[0], 'workload'> &
  Partial<
    Pick<Parameters<typeof play>[0], 'factor' | 'groupCalls' | 'relayBots' | 'patienceMinutes' | 'warmUpMinutes'>
  >;

function workloads({
  isQuick,
  idleFactor,
  minutes,
  hiddenMinutes,
}: { readonly isQuick: boolean } & Pick<AnchorResults, 'idleFactor' | 'minutes' | 'hiddenMinutes'>): Record<
  Run,
  Given
> {
  const seed = 1;
  const length = minutes + warmUpMinutes;
  const flood = { fromMinute: warmUpMinutes, minutes: isQuick ? 3 : 10, perSecond: 5 };
  // Answers wait for nothing but the desk itself: its milliseconds must not count twentyfold.
  const unhurried = { factor: idleFactor };
  const idle = { seed, perMinute: 6, minutes: isQuick ? 8 : 20 };
  return {
    idle: { ...unhurried, workload: idle, warmUpMinutes: 1 },
    busy: { workload: { seed, perMinute: busyLoad, minutes: length } },
    overload: { workload: { seed, perMinute: overloadLoad, minutes: length } },
    relayed: { workload: { seed, perMinute: overloadLoad, minutes: length }, relayBots: 1 },
    answers: {
      ...unhurried,
      workload: { seed, perMinute: overloadLoad, minutes: 8 },
      warmUpMinutes: 2,
      patienceMinutes: 0,
    },
    flood: { workload: { seed, perMinute: 6, minutes: length, flood } },
    hidden: { workload: { seed, perMinute: 18.75, minutes: hiddenMinutes }, groupCalls: 12 },
  };
}

async function run({ server, factor, isQuick, say }: AnchorOptions, what: string, given: Given): Promise<Played> {
  const played = await play({ server, factor, warmUpMinutes, patienceMinutes: isQuick ? 60 : 240, ...given });
  const { relay, answers, refused, lost } = played;
  const { perMinute } = given.workload;
  say(
    `${what}, ${perMinute} messages a minute: relay p95 ${relay.p95.toFixed(2)} s, answers p95 ${answers.p95.toFixed(2)} s, ${refused} refused, ${lost} lost`,
  );
  return played;
}

async function measureCycles({ server, factor, say }: AnchorOptions): Promise<Cycle[]> {
  const cycles: Cycle[] = [];
  for (const [talkers, bots] of [
    [20, 1],
    [40, 1],
    [40, 2],
  ] as const) {
    const cycle = await measureCycle({ server, factor }, { talkers, bots });
    say(`${talkers} talkers, ${bots} bots: longest wait ${cycle.worst.toFixed(1)} s against ${cycle.predicted} s`);
    cycles.push(cycle);
  }
  return cycles;
}

async function climb(options: AnchorOptions, minutes: number): Promise<Rung[]> {
  const rungs: Rung[] = [];
  for (const perMinute of options.isQuick ? [10, 18] : [8, 10, 12, 14, 16, 20, 32, 38, 44]) {
    // Once the desk is far behind, more load shows nothing new.
    if (rungs.some((rung) => rung.relayP95 > 120)) break;
    const workload = { seed: 1, perMinute, minutes: minutes + warmUpMinutes };
    rungs.push(toRung(perMinute, await run(options, 'ladder', { workload })));
  }
  return rungs;
}

function toRung(perMinute: number, { relay, answers, callsPerMessage, refused }: Played): Rung {
  return { perMinute, relayP95: relay.p95, answersP95: answers.p95, callsPerMessage, refused };
}

/** Every load under which the desk was measured, the smallest first. */
export function rungsOf({ rungs = [], runs: { busy, overload } }: AnchorResults): Rung[] {
  const more = [...(busy ? [toRung(busyLoad, busy)] : []), ...(overload ? [toRung(overloadLoad, overload)] : [])];
  return [...rungs, ...more].toSorted((a, b) => a.perMinute - b.perMinute);
}
