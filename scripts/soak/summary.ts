import type { Desk } from './desks.js';
import type { Violation } from './history.js';
import type { Journal } from './journal.js';
import type { Options } from './options.js';
import type { People } from './people.js';
import type { Trouble } from './trouble.js';

interface SummaryParts {
  readonly options: Options;
  readonly people: People;
  readonly journal: Journal;
  readonly desks: readonly Desk[];
  readonly trouble: Trouble;
  readonly violations: readonly Violation[];
  readonly flagged: number;
  readonly seconds: number;
}

/** What happened, in figures. */
export function summary({ options, people, journal, desks, trouble, ...result }: SummaryParts): string {
  const said = (by: 'customer' | 'agent') => people.records.filter((one) => one.by === by && !one.note).length;
  const notes = people.records.filter(({ note }) => note).length;
  const kinds = new Map<string, number>();
  for (const { kind } of result.violations) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const sum = (of: (desk: Desk) => number): number => desks.reduce((total, desk) => total + of(desk), 0);
  const errors = desks.flatMap(({ counts }) => [...counts.errors]);
  return [
    '',
    `seed ${options.seed}, ${options.desks} desk(s), ${options.webhook ? 'webhook' : 'polling'}, limits ${options.limits ? 'on' : 'off'}, ${options.relayBots} relay bot(s), ${result.seconds.toFixed(0)} s`,
    `said: ${said('customer')} by ${people.customers.length} customers, ${said('agent')} by agents, ${notes} notes; ${people.counts.edits} edits, ${people.counts.unsent} taken back; ${people.counts.blocks} times blocked; ${people.deletedPosts.length} posts deleted; ${people.counts.skipped} not possible at the time`,
    `calls: ${journal.total}, of which ${journal.unknown} took effect and were not known to`,
    `trouble: ${list(trouble.counts)}`,
    `desks: ${sum(({ counts }) => counts.starts)} starts, ${sum(({ counts }) => counts.refusedStarts)} refused while the database was away, slowest stop ${Math.max(...desks.map(({ counts }) => counts.slowestStopMs))} ms`,
    `errors in the log: ${list(errors)}`,
    `marked by the desk: ${result.flagged}`,
    `violations: ${list(kinds)}`,
  ].join('\n');
}

function list(counts: Iterable<readonly [string, number]>): string {
  const entries = [...counts].map(([what, count]) => `${count} ${what}`);
  return entries.length === 0 ? 'none' : entries.join(', ');
}
