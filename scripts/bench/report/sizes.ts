import type { Results } from '../results.js';
import { table, type Plots } from './markdown.js';
import { lineChart, short } from './svg.js';

export function intakeText({ rows }: NonNullable<Results['intake']>): string {
  return [
    '## Intake',
    'Updates committed per second, each before Telegram is told that it has arrived, while the desk relays them:',
    table(
      ['way', 'updates', 'updates/s'],
      rows.map(({ way, updates, perSecond }) => [way, updates, perSecond.toFixed(0)]),
    ),
  ].join('\n\n');
}

export function startupText({ start, backlog }: NonNullable<Results['startup']>): string {
  return [
    '## Start and backlog',
    table(
      ['', 'seconds from the start of the process'],
      [
        [`ready, with ${start.updates} updates waiting at Telegram`, start.ready.toFixed(1)],
        ['all stored', start.stored.toFixed(1)],
        ['all shown', start.shown.toFixed(1)],
      ],
    ),
    `With ${backlog.waiting} deliveries waiting the desk takes ${(backlog.peak / 2 ** 20).toFixed(0)} MB at most (target: less than 300).`,
  ].join('\n\n');
}

/** The largest database's p95 against the smallest's. */
export const growthTarget = 1.3;

export function growthText({ rows }: NonNullable<Results['growth']>): string {
  const [smallest] = rows;
  const ratio = (p95: number): string => (smallest ? (p95 / smallest.overhead.toStaff.p95).toFixed(2) : '');
  return [
    '## Growth',
    `The same relay with messages stored before. Target: p95 at ten million within ${growthTarget} times that at ten thousand.`,
    table(
      [
        'stored',
        'database GB',
        'to staff p50 ms',
        'p95 ms',
        'times the smallest',
        'to customers p95 ms',
        'messages/s',
        'desk CPU ms',
        'database CPU ms',
      ],
      rows.map(({ stored, databaseBytes, overhead, throughput }) => [
        short(stored),
        (databaseBytes / 1e9).toFixed(2),
        overhead.toStaff.p50.toFixed(1),
        overhead.toStaff.p95.toFixed(1),
        ratio(overhead.toStaff.p95),
        overhead.toCustomers.p95.toFixed(1),
        throughput.perSecond.toFixed(0),
        throughput.deskCpuMs.toFixed(2),
        throughput.databaseCpuMs.toFixed(2),
      ]),
    ),
    '![Relay time over stored messages](growth.svg)',
  ].join('\n\n');
}

export function growthPlots({ rows }: NonNullable<Results['growth']>): Plots {
  const most = Math.max(...rows.flatMap(({ overhead }) => [overhead.toStaff.p95, overhead.toCustomers.p95]));
  const line = (name: string, pick: (row: (typeof rows)[number]) => number) => ({
    name,
    points: rows.map((row) => ({ x: row.stored, y: pick(row) })),
  });
  const svg = lineChart({
    title: 'Relay time over stored messages',
    x: { label: 'messages stored', least: 10_000, most: 10_000_000, isLog: true },
    y: { label: 'milliseconds', least: 0, most: most * 1.1 },
    series: [
      line('to staff, p95', ({ overhead }) => overhead.toStaff.p95),
      line('to staff, p50', ({ overhead }) => overhead.toStaff.p50),
      line('to customers, p95', ({ overhead }) => overhead.toCustomers.p95),
      line('to customers, p50', ({ overhead }) => overhead.toCustomers.p50),
    ],
  });
  return { 'growth.svg': svg };
}
