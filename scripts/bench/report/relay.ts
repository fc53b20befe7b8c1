import type { Results } from '../results.js';
import { table, type Plots } from './markdown.js';
import { barChart } from './svg.js';

type Section = NonNullable<Results['relay']>;

const targets = { perSecond: 300, residentMegabytes: 250 } as const;

export function relayText({ rows }: Section): string {
  return [
    '## Without limits: what the desk itself costs',
    'Milliseconds from writing to being visible on the other side, messages one at a time:',
    table(
      ['store', 'customers', 'to staff p50', 'p95', 'to customers p50', 'p95'],
      rows.map(({ store, customers, overhead: { toStaff, toCustomers } }) => [
        store,
        customers,
        ...[toStaff.p50, toStaff.p95, toCustomers.p50, toCustomers.p95].map((value) => value.toFixed(1)),
      ]),
    ),
    `All written at once, until all are visible, on PostgreSQL beside 10,000 stored messages. Target: ${targets.perSecond}
messages/s on PostgreSQL with 2 cores, less than ${targets.residentMegabytes} MB resident.`,
    table(
      [
        'store',
        'customers',
        '',
        'messages/s',
        'desk CPU ms',
        'database CPU ms',
        'statements',
        'commits',
        'RSS MB',
        'double',
        'out of order',
      ],
      rows.flatMap(({ store, customers, throughput }) =>
        throughput.map((one) => [
          store,
          customers,
          one.direction,
          one.perSecond.toFixed(0),
          one.deskCpuMs.toFixed(2),
          store === 'postgres' ? one.databaseCpuMs.toFixed(2) : 'in the desk',
          one.statements?.toFixed(1) ?? '',
          one.commits?.toFixed(1) ?? '',
          (one.resident / 2 ** 20).toFixed(0),
          one.duplicates,
          one.reordered,
        ]),
      ),
    ),
    'CPU, statements and commits are per message; commits as PostgreSQL counts them, with those of plain reads.',
    '![Messages per second](throughput.svg)',
  ].join('\n\n');
}

export function relayPlots({ rows }: Section): Plots {
  const bars = rows.flatMap(({ store, customers, throughput }) =>
    throughput.map(({ direction, perSecond }) => ({
      name: `${store}, ${customers} customers, ${direction}`,
      value: perSecond,
    })),
  );
  const mark = { at: targets.perSecond, label: `target ${targets.perSecond}/s` };
  return { 'throughput.svg': barChart({ title: 'Relayed messages per second', label: 'messages/s', bars, mark }) };
}
