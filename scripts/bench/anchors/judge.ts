import { warmUpMinutes } from '../model/run.js';
import { busyLoad, overloadLoad, type AnchorResults } from './anchors.js';
import { total, type Played } from './play.js';

/** Customer messages a minute that Telegram's limit lets through at most: bursts merged, the first words in the post. */
export const theoreticalLoad = 44.9;

/** One promise about speed, and what came of it. */
export interface Anchor {
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** Holds what was measured so far against what is promised. */
export function judge(results: AnchorResults): Anchor[] {
  const rules = [idle, busy, saturated, overload, flood, hidden, cycle];
  return rules.map((rule) => rule(results)).filter((anchor) => anchor !== undefined);
}

type Rule = (results: AnchorResults) => Anchor | undefined;

const idle: Rule = ({ runs: { idle: run } }) =>
  run && {
    id: 'A1',
    what: 'idle',
    target: 'relay p95 ≤ 1.2 s, answers p95 ≤ 0.25 s',
    reached: `${seconds(run.relay.p95)}, ${seconds(run.answers.p95)}`,
    isMet: run.relay.p95 <= 1.2 && run.answers.p95 <= 0.25,
  };

const busy: Rule = ({ runs: { busy: run } }) =>
  run && {
    id: 'A2',
    what: `${busyLoad} messages a minute on one pair`,
    target: 'relay p95 ≤ 35 s',
    reached: `${seconds(run.relay.p95)}, ${troubles(run)}`,
    isMet: run.relay.p95 <= 35 && isClean(run),
  };

const saturated: Rule = ({ runs: { overload: run }, minutes }) => {
  if (!run) return undefined;
  // Minutes in which the overloaded desk certainly had something to do.
  const used = windowUse(run, { from: warmUpMinutes + 2, to: minutes + warmUpMinutes });
  return {
    id: 'A3',
    what: 'saturated',
    target: '≥ 97 % of the window used, no 429',
    reached: `${(100 * used).toFixed(1)} %, ${run.refused} × 429`,
    isMet: used >= 0.97 && run.refused === 0,
  };
};

const overload: Rule = ({ runs: { overload: run, answers } }) =>
  run &&
  answers && {
    id: 'A4',
    what: `three times too much, ${overloadLoad} messages a minute`,
    target: 'nothing lost or reordered, answers p95 ≤ 0.25 s, relay p95 ≤ 400 s',
    reached: `${troubles(run)}, ${seconds(answers.answers.p95)}, ${seconds(run.relay.p95)}`,
    isMet: isClean(run) && answers.answers.p95 <= 0.25 && run.relay.p95 <= 400,
  };

const flood: Rule = ({ runs: { flood: run } }) =>
  run && {
    id: 'A5',
    what: 'one customer floods, 5 messages a second',
    target: "others' p95 ≤ 40 s",
    reached: `${seconds(run.relay.p95)}, ${troubles(run)}`,
    isMet: run.relay.p95 <= 40 && isClean(run),
  };

const hidden: Rule = ({ runs: { hidden: run }, hiddenMinutes }) => {
  if (!run) return undefined;
  const mostRefused = Math.ceil((10 * hiddenMinutes) / 120);
  return {
    id: 'A6',
    what: `a hidden limit of 12 a minute, ${hiddenMinutes} minutes`,
    target: `≤ ${mostRefused} × 429`,
    reached: `${run.refused} × 429, ${troubles(run)}`,
    isMet: run.refused <= mostRefused && isClean(run),
  };
};

const cycle: Rule = ({ cycles }) =>
  cycles && {
    id: 'A7',
    what: 'everybody has something waiting: the longest wait against 60 C / 20 R, R bots',
    target: '≤ 1.10',
    reached: cycles
      .map((one) => `C = ${one.talkers}, R = ${one.bots}: ${seconds(one.worst)} against ${one.predicted} s`)
      .join('; '),
    isMet: cycles.every(({ worst, predicted }) => worst / predicted <= 1.1),
  };

/** The share of the group's calls that were made of those that Telegram would have let through. */
function windowUse({ groupCalls }: Played, { from, to }: { readonly from: number; readonly to: number }): number {
  return total(groupCalls.slice(from, to)) / (20 * (to - from));
}

function isClean({ lost, reordered, duplicates }: Played): boolean {
  return lost + reordered + duplicates === 0;
}

function troubles({ lost, reordered, duplicates }: Played): string {
  return `${lost} lost, ${duplicates} double, ${reordered} out of order`;
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} s`;
}
