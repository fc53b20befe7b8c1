import { overloadLoad, rungsOf } from '../anchors/anchors.js';
import { judge, theoreticalLoad } from '../anchors/judge.js';
import type { Results } from '../results.js';
import { table, type Plots } from './markdown.js';
import { lineChart } from './svg.js';

type Section = NonNullable<Results['anchors']>;

export function anchorText(anchors: Section): string {
  const { factor, idleFactor, model = [] } = anchors;
  return [
    '## What Telegram lets through, and what the desk makes of it',
    `One bot may make 20 calls in a group in any minute. The workload: conversations come by chance; three rounds of 2.5
customer messages on average, 6 s apart; one in ten is a file, 3 % are edited; an agent answers 30 to 90 s after delivery
with 1.3 messages. A call takes 50 ms (median, log-normal), Telegram's copy of a post comes after 3 s and more. The real
desk plays it ${factor} times as fast as life (A1 and the answers of A4: ${idleFactor} times), with all of Telegram's periods that much shorter;
figures are scaled back, so every millisecond of its own work counts ${factor}-fold.`,
    table(
      ['', 'with', 'target', 'reached', 'met'],
      judge(anchors).map(({ id, what, target, reached, isMet }) => [
        id,
        what,
        target,
        reached,
        isMet ? 'yes' : '**no**',
      ]),
    ),
    `The theoretical limit for this workload is ${theoreticalLoad} customer messages a minute (every burst merged as far as it can
be, the first words in the post). Policies in a model of the same server and workload: the largest load that keeps the
relay's p95, and its share of the limit.`,
    table(
      [
        'policy',
        'p95 ≤ 10 s',
        'p95 ≤ 30 s',
        'p95 ≤ 60 s',
        'of the limit',
        'calls per message',
        '429s',
        'answers p95',
        "beside a flooder, others' p95",
      ],
      model
        .map(({ policy, loads, callsPerMessage, refused, answersP95, floodP95 }) => [
          policy,
          ...loads.map(({ perMinute }) => perMinute),
          `${((100 * (loads[1]?.perMinute ?? Number.NaN)) / theoreticalLoad).toFixed(0)} %`,
          callsPerMessage.toFixed(2),
          refused,
          `${answersP95.toFixed(2)} s`,
          `${floodP95.toFixed(0)} s`,
        ])
        .concat([deskRow(anchors)]),
    ),
    overloadText(anchors),
    '![Relay time over load](load.svg)',
  ].join('\n\n');
}

/** What the best of the policies makes of the load of A4. */
function overloadText({ model = [], runs: { relayed } }: Section): string {
  const curve = model.at(-1)?.curve ?? [];
  const there = curve.find(({ x }) => x === overloadLoad);
  if (!there) return '';
  const kept = Math.max(...curve.filter(({ y }) => y <= 400).map(({ x }) => x));
  return `Of ${overloadLoad} messages a minute, offered for an hour, the model of the desk's own policy shows 95 % within ${there.y.toFixed(0)} s: more
calls are needed than Telegram lets through however they are given out, and the desk serves the oldest first. 400 s are
kept up to ${kept} a minute.${relayed ? ` With one relay bot the desk shows 95 % of all ${overloadLoad} within ${relayed.relay.p95.toFixed(0)} s.` : ''}`;
}

/** The desk itself, in the columns of the policies. */
function deskRow(anchors: Section): (string | number)[] {
  const rungs = rungsOf(anchors);
  const sustained = (p95: number): number =>
    Math.max(0, ...rungs.filter(({ relayP95 }) => relayP95 <= p95).map(({ perMinute }) => perMinute));
  const load = sustained(30);
  const there = rungs.find(({ perMinute }) => perMinute === load);
  return [
    '**the desk, measured**',
    ...[10, 30, 60].map(sustained),
    `${((100 * load) / theoreticalLoad).toFixed(0)} %`,
    there?.callsPerMessage.toFixed(2) ?? '',
    there?.refused ?? '',
    there ? `${there.answersP95.toFixed(2)} s` : '',
    anchors.runs.flood ? `${anchors.runs.flood.relay.p95.toFixed(0)} s` : '',
  ];
}

export function anchorPlots(anchors: Section): Plots {
  const { model = [] } = anchors;
  const measured = rungsOf(anchors).map(({ perMinute, relayP95 }) => ({ x: perMinute, y: relayP95 }));
  const svg = lineChart({
    title: 'Relay p95 over load, one bot and one group',
    x: { label: 'customer messages per minute', least: 0, most: 80 },
    y: { label: 'seconds', least: 0.5, most: 10_000, isLog: true },
    series: [
      ...model.map(({ policy, curve }) => ({ name: policy, points: curve })),
      { name: 'the desk, measured', points: measured, isDots: true },
    ],
    marks: [
      { axis: 'x', at: theoreticalLoad, label: `limit ${theoreticalLoad}` },
      { axis: 'y', at: 30, label: '30 s' },
    ],
  });
  return { 'load.svg': svg };
}
