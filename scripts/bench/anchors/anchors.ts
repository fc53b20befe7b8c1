import type { BenchServer } from '../postgres.js';
import type { Say } from '../report/say.js';
import { measureCycle, type Cycle } from './cycle.js';
import { warmUpMinutes } from '../model/run.js';
import { play, total, type Played } from './play.js';

/** One promise about speed, and what came of it. */
export interface Anchor {
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly reached: string;
  readonly isMet: boolean;
}

export interface AnchorResults {
  readonly factor: number;
  readonly idleFactor: number;
  readonly anchors: readonly Anchor[];
  readonly runs: Readonly<Record<'idle' | 'busy' | 'overload' | 'overloadSlowly' | 'flood' | 'hidden', Played>>;
  readonly cycles: readonly Cycle[];
  readonly rungs: readonly Rung[];
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

/** Telegram's calls in the group that a customer's message needs at least, with the first words in the post. */
export const theoreticalLoad = 44.9;

/** Runs the workload of the anchors on the real desk and compares. */
export async function measureAnchors({ server, factor, isQuick, say }: AnchorOptions): Promise<AnchorResults> {
  const idleFactor = Math.min(factor, 4);
  const minutes = isQuick ? 10 : 60;
  const common = { server, factor, warmUpMinutes, patienceMinutes: isQuick ? 60 : 240 };
  const run = async (what: string, options: Omit<Parameters<typeof play>[0], keyof typeof common>): Promise<Played> => {
    const played = await play({ ...common, ...options });
    const { relay, answers, refused, lost } = played;
    say(
      `${what}: relay p95 ${relay.p95.toFixed(1)} s, answers p95 ${answers.p95.toFixed(2)} s, ${refused} refused, ${lost} lost`,
    );
    return played;
  };
  const length = minutes + warmUpMinutes;
  const idle = await play({
    ...common,
    factor: idleFactor,
    workload: { seed: 1, perMinute: 6, minutes: isQuick ? 8 : 20 },
    warmUpMinutes: 1,
  });
  say(`idle: relay p95 ${idle.relay.p95.toFixed(2)} s, answers p95 ${idle.answers.p95.toFixed(2)} s`);
  const rungs: Rung[] = [];
  const climb = async (perMinute: number): Promise<Played> => {
    const played = await run(`${perMinute} messages a minute`, { workload: { seed: 1, perMinute, minutes: length } });
    rungs.push(toRung(perMinute, played));
    return played;
  };
  const busy = await climb(26);
  for (const perMinute of isQuick ? [10, 18] : [8, 10, 12, 14, 16, 20, 32, 38, 44]) {
    // Once the desk is far behind, more load shows nothing new.
    if (rungs.every((rung) => rung.perMinute > perMinute || rung.relayP95 < 120)) await climb(perMinute);
  }
  const overload = await run('three times too much', { workload: { seed: 1, perMinute: 78, minutes: length } });
  // Answers wait for nothing but the desk itself: its milliseconds must not count twentyfold.
  const overloadSlowly = await play({
    ...common,
    factor: idleFactor,
    workload: { seed: 1, perMinute: 78, minutes: 8 },
    warmUpMinutes: 2,
    patienceMinutes: 0,
  });
  const flooding = { fromMinute: warmUpMinutes, minutes: isQuick ? 3 : 10, perSecond: 5 };
  const flood = await run('a flooder', { workload: { seed: 1, perMinute: 6, minutes: length, flood: flooding } });
  const hiddenMinutes = isQuick ? 20 : 120;
  const hidden = await run('a hidden limit of 12', {
    workload: { seed: 1, perMinute: 18.75, minutes: hiddenMinutes },
    groupCalls: 12,
  });
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
  const runs = { idle, busy, overload, overloadSlowly, flood, hidden };
  const window = { from: warmUpMinutes + 2, to: length };
  return { factor, idleFactor, anchors: judge({ runs, cycles, window, hiddenMinutes }), runs, cycles, rungs };
}

function toRung(perMinute: number, { relay, answers, callsPerMessage, refused }: Played): Rung {
  return { perMinute, relayP95: relay.p95, answersP95: answers.p95, callsPerMessage, refused };
}

interface Judged extends Pick<AnchorResults, 'runs' | 'cycles'> {
  /** Minutes in which the overloaded desk certainly had something to do. */
  readonly window: { readonly from: number; readonly to: number };
  readonly hiddenMinutes: number;
}

function judge({ runs, cycles, window, hiddenMinutes }: Judged): Anchor[] {
  const { idle, busy, overload, overloadSlowly, flood, hidden } = runs;
  const used = windowUse(overload, window);
  const worst = Math.max(...cycles.map((cycle) => cycle.worst / cycle.predicted));
  const mostRefused = Math.ceil((10 * hiddenMinutes) / 120);
  const clean = ({ lost, reordered, duplicates }: Played): boolean => lost + reordered + duplicates === 0;
  return [
    {
      id: 'A1',
      what: 'idle',
      target: 'relay p95 ≤ 1.2 s, answers p95 ≤ 0.25 s',
      reached: `${seconds(idle.relay.p95)}, ${seconds(idle.answers.p95)}`,
      isMet: idle.relay.p95 <= 1.2 && idle.answers.p95 <= 0.25,
    },
    {
      id: 'A2',
      what: '26 messages a minute on one pair',
      target: 'relay p95 ≤ 35 s',
      reached: `${seconds(busy.relay.p95)}, ${troubles(busy)}`,
      isMet: busy.relay.p95 <= 35 && clean(busy),
    },
    {
      id: 'A3',
      what: 'saturated',
      target: '≥ 97 % of the window used, no 429',
      reached: `${(100 * used).toFixed(1)} %, ${overload.refused} × 429`,
      isMet: used >= 0.97 && overload.refused === 0,
    },
    {
      id: 'A4',
      what: 'three times too much, 78 messages a minute',
      target: 'nothing lost or reordered, answers p95 ≤ 0.25 s, relay p95 ≤ 400 s',
      reached: `${troubles(overload)}, ${seconds(overloadSlowly.answers.p95)}, ${seconds(overload.relay.p95)}`,
      isMet: clean(overload) && overloadSlowly.answers.p95 <= 0.25 && overload.relay.p95 <= 400,
    },
    {
      id: 'A5',
      what: 'one customer floods, 5 messages a second',
      target: "others' p95 ≤ 40 s",
      reached: `${seconds(flood.relay.p95)}, ${troubles(flood)}`,
      isMet: flood.relay.p95 <= 40 && clean(flood),
    },
    {
      id: 'A6',
      what: `a hidden limit of 12 a minute, ${hiddenMinutes} minutes`,
      target: `≤ ${mostRefused} × 429`,
      reached: `${hidden.refused} × 429, ${troubles(hidden)}`,
      isMet: hidden.refused <= mostRefused && clean(hidden),
    },
    {
      id: 'A7',
      what: 'everybody has something waiting: the longest wait against 60 C / 20 R, R bots',
      target: '≤ 1.10',
      reached: cycles
        .map((one) => `C = ${one.talkers}, R = ${one.bots}: ${seconds(one.worst)} against ${one.predicted} s`)
        .join('; '),
      isMet: worst <= 1.1,
    },
  ];
}

/** The share of the group's calls that were made of those that Telegram would have let through. */
export function windowUse({ groupCalls }: Played, { from, to }: Judged['window']): number {
  return total(groupCalls.slice(from, to)) / (20 * (to - from));
}

function troubles({ lost, reordered, duplicates }: Played): string {
  return `${lost} lost, ${duplicates} double, ${reordered} out of order`;
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} s`;
}
