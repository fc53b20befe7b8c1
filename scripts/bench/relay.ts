import type { BenchOffice, Customer } from './office.js';
import { summarize, type Summary } from './statistics.js';
import type { Followed } from './watch.js';

export type Direction = 'to staff' | 'to customers' | 'both ways';

/** What relaying a number of messages cost. */
export interface Throughput {
  readonly direction: Direction;
  readonly customers: number;
  readonly messages: number;
  readonly perSecond: number;
  /** Milliseconds of processor time per message: the desk's and the database's. */
  readonly deskCpuMs: number;
  readonly databaseCpuMs: number;
  /** Per message; undefined where the database cannot tell. */
  readonly statements?: number;
  readonly commits?: number;
  /** Bytes resident at the end. */
  readonly resident: number;
  readonly duplicates: number;
  readonly reordered: number;
}

export interface Overhead {
  readonly toStaff: Summary;
  readonly toCustomers: Summary;
}

const words = 'the parcel that I ordered on Monday has not come yet, could you look where it is?';

/** Relay time of messages that come one at a time, in milliseconds. */
export async function measureOverhead(
  office: BenchOffice,
  customers: readonly Customer[],
  messages: number,
): Promise<Overhead> {
  const results: Summary[] = [];
  for (const to of ['staff', 'customer'] as const) {
    const times: number[] = [];
    // The first ones find caches and prepared statements cold.
    for (let count = -20; count < messages; count += 1) {
      const customer = customers[Math.abs(count) % customers.length];
      if (!customer) throw new Error('there are no customers');
      const message = say(office, customer, to);
      await office.watch.allSeen();
      if (count >= 0) times.push(relayMs(message));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    results.push(summarize(times));
  }
  const [toStaff, toCustomers] = results;
  if (!toStaff || !toCustomers) throw new Error('nothing was measured');
  return { toStaff, toCustomers };
}

/** Messages per second from the first one's writing until the last one is visible, all written at once. */
export async function measureThroughput(
  office: BenchOffice,
  customers: readonly Customer[],
  { direction, messages }: { readonly direction: Direction; readonly messages: number },
): Promise<Throughput> {
  await office.database?.query('SELECT pg_stat_statements_reset()');
  const commitsBefore = await commitsOf(office);
  const before = { desk: office.desk.usage().cpu, database: office.server.cpuSeconds(), at: performance.now() };
  const written: Followed[] = [];
  for (let count = 0; count < messages; count += 1) {
    const customer = customers[count % customers.length];
    if (customer) written.push(say(office, customer, sideOf(direction, count)));
  }
  await office.watch.allSeen();
  const seconds = (performance.now() - before.at) / 1_000;
  // What is visible is yet to be written down.
  await untilQuiet(office);
  const { cpu, resident } = office.desk.usage();
  return {
    direction,
    customers: customers.length,
    messages,
    perSecond: messages / seconds,
    deskCpuMs: ((cpu - before.desk) * 1_000) / messages,
    databaseCpuMs: ((office.server.cpuSeconds() - before.database) * 1_000) / messages,
    ...(await statementsOf(office, { messages, commitsBefore })),
    resident,
    duplicates: written.filter(({ copies }) => copies > 1).length,
    reordered: countReordered(written),
  };
}

function sideOf(direction: Direction, count: number): Followed['to'] {
  if (direction === 'both ways') return count % 2 === 0 ? 'staff' : 'customer';
  return direction === 'to staff' ? 'staff' : 'customer';
}

function say(
  { telegram, watch, agent }: BenchOffice,
  { person, post, conversation }: Customer,
  to: Followed['to'],
): Followed {
  const { id, mark } = watch.expect({ conversation, to });
  const content = { kind: 'text', text: `${mark} ${words}` } as const;
  if (to === 'staff') telegram.writes(person, content);
  else telegram.comments(agent, post, content);
  const message = watch.messages.get(id);
  if (!message) throw new Error('a message is not followed');
  return message;
}

function relayMs({ writtenAt, seenAt = Number.NaN }: Followed): number {
  return (seenAt - writtenAt) * 1_000;
}

/** Messages that were seen before one that was written earlier in the same conversation, to the same side. */
export function countReordered(written: Iterable<Followed>): number {
  const last = new Map<string, number>();
  let count = 0;
  for (const { conversation, to, seenAt } of [...written].sort((one, other) => one.id - other.id)) {
    if (seenAt === undefined) continue;
    const lane = `${conversation} ${to}`;
    if (seenAt < (last.get(lane) ?? 0)) count += 1;
    last.set(lane, Math.max(seenAt, last.get(lane) ?? 0));
  }
  return count;
}

/** Until nothing waits in the database; the embedded one is the desk's own and cannot be asked. */
async function untilQuiet({ database }: BenchOffice): Promise<void> {
  for (let looks = 0; looks < 600; looks += 1) {
    const rows = await database?.query<{ open: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM deliveries WHERE state IN ('waiting', 'sending'))
         OR EXISTS (SELECT 1 FROM updates WHERE state = 'waiting') AS open`,
    );
    if (rows?.[0]?.open !== true) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Statistics of the server are up to a second late.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}

async function commitsOf({ database }: BenchOffice): Promise<number> {
  const rows = await database?.query<{ commits: string }>(
    'SELECT xact_commit AS commits FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(rows?.[0]?.commits ?? 0);
}

async function statementsOf(
  office: BenchOffice,
  { messages, commitsBefore }: { readonly messages: number; readonly commitsBefore: number },
): Promise<{ statements?: number; commits?: number }> {
  if (!office.database) return {};
  const [row] = await office.database.query<{ calls: string }>(
    `SELECT sum(calls) AS calls FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database
     WHERE datname = current_database())`,
  );
  const commits = (await commitsOf(office)) - commitsBefore;
  return { statements: Number(row?.calls ?? 0) / messages, commits: commits / messages };
}
