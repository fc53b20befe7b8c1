import { theoreticalLoad } from '../anchors/anchors.js';
import type { Results } from '../results.js';
import { table, type Plots } from './markdown.js';
import { lineChart } from './svg.js';

type Section = NonNullable<Results['anchors']>;

export function anchorText({ real, model }: Section): string {
  return [
    '## What Telegram lets through, and what the desk makes of it',
    `One bot may make 20 calls in a group in any minute. The workload: conversations come by chance; three rounds of 2.5
customer messages on average, 6 s apart; one in ten is a file, 3 % are edited; an agent answers 30 to 90 s after delivery
with 1.3 messages. A call takes 50 ms (median, log-normal), Telegram's copy of a post comes after 3 s and more. The real
desk plays it ${real.factor} times as fast as life (A1 and the answers of A4: ${real.idleFactor} times), with all of Telegram's periods that much shorter;
figures are scaled back, so every millisecond of its own work counts ${real.factor}-fold.`,
    table(
      ['', 'with', 'target', 'reached', 'met'],
      real.anchors.map(({ id, what, target, reached, isMet }) => [id, what, target, reached, isMet ? 'yes' : '**no**']),
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
        .concat([deskRow(real)]),
    ),
    '![Relay time over load](load.svg)',
  ].join('\n\n');
}

/** The desk itself, in the columns of the policies. */
function deskRow({ rungs, runs }: Section['real']): (string | number)[] {
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
    `${runs.flood.relay.p95.toFixed(0)} s`,
  ];
}

export function anchorPlots({ real, model }: Section): Plots {
  const measured = [
    ...real.rungs.map(({ perMinute, relayP95 }) => ({ x: perMinute, y: relayP95 })),
    { x: 78, y: real.runs.overload.relay.p95 },
  ];
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
