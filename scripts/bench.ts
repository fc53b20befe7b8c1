import { loadavg } from 'node:os';
import { measureScene } from './bench/anchors/anchors.js';
import { judge } from './bench/anchors/judge.js';
import { fill } from './bench/fill.js';
import { measureGrown } from './bench/growth.js';
import { measureIntake } from './bench/intake.js';
import { openConversations, openOffice, type StoreName } from './bench/office.js';
import { readOptions, usage, UsageError, type Options, type Part } from './bench/options.js';
import { startServer, type BenchDatabase, type BenchServer } from './bench/postgres.js';
import { measureOverhead, measureThroughput } from './bench/relay.js';
import { writeReport } from './bench/report/report.js';
import type { Say } from './bench/report/say.js';
import { loadResults, saveResults, thisMachine, type Machine, type RelayRow, type Results } from './bench/results.js';
import { measureBacklog, measureStartup } from './bench/startup.js';
import type { BenchTelegram } from './bench/telegram.js';

// Measures the desk and writes what it found to docs/benchmarks.

interface Bench extends Options {
  readonly server: BenchServer;
  readonly say: Say;
  readonly machine: () => Machine;
}

const say: Say = (line) => process.stdout.write(`${new Date().toISOString().slice(11, 19)}  ${line}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(usage);
    return;
  }
  const server = await startServer();
  const stopped = new Promise<never>((_, reject) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => reject(new Error('stopped')));
  });
  try {
    await Promise.race([runParts({ ...options, server }), stopped]);
  } finally {
    await server.stop();
  }
}

async function runParts(options: Options & { readonly server: BenchServer }): Promise<void> {
  for (const part of options.parts) {
    say(part);
    const loads: number[] = [];
    const sampler = setInterval(() => loads.push(loadavg()[0] ?? 0), 5_000).unref();
    const machine = (): Machine =>
      thisMachine({
        postgres: options.server.version,
        isQuick: options.isQuick,
        load: loads.reduce((sum, load) => sum + load, 0) / Math.max(1, loads.length),
      });
    for await (const measured of run[part]({ ...options, say, machine })) {
      const results = { ...loadResults(options.out), ...measured };
      saveResults(options.out, results);
      await writeReport(options.out, results);
    }
    clearInterval(sampler);
    say(`written to ${options.out}`);
  }
}

/** Each yields results that are worth keeping, also when what follows is stopped. */
const run: Readonly<Record<Part, (bench: Bench) => AsyncIterable<Results>>> = {
  anchors: async function* (bench) {
    for (const scene of bench.scenes) {
      const anchors = await measureScene(scene, bench, loadResults(bench.out).anchors);
      yield { anchors: { ...anchors, machine: bench.machine() } };
    }
    const { anchors } = loadResults(bench.out);
    for (const { id, target, reached, isMet } of anchors ? judge(anchors) : []) {
      bench.say(`${id} ${isMet ? 'met' : 'NOT met'}: ${reached} (${target})`);
    }
  },

  relay: async function* (bench) {
    const rows: RelayRow[] = [];
    for (const store of ['postgres', 'embedded'] as const) {
      for (const customers of [20, 300]) rows.push(await measureRelay(bench, store, customers));
    }
    yield { relay: { machine: bench.machine(), rows } };
  },

  intake: async function* (bench) {
    const updates = bench.isQuick ? 2_000 : 20_000;
    const polling = await measureIntake(bench.server, 'polling', updates);
    bench.say(`polling: ${polling.perSecond.toFixed(0)} updates/s`);
    const webhook = await measureIntake(bench.server, 'webhook', updates);
    bench.say(`webhook: ${webhook.perSecond.toFixed(0)} updates/s`);
    yield { intake: { machine: bench.machine(), rows: [polling, webhook] } };
  },

  startup: async function* (bench) {
    const start = await measureStartup(bench.server, bench.isQuick ? 1_000 : 10_000);
    bench.say(`ready after ${start.ready.toFixed(1)} s, all shown after ${start.shown.toFixed(1)} s`);
    const backlog = await measureBacklog(bench.server, 100_000);
    bench.say(`${backlog.waiting} waiting: ${(backlog.peak / 2 ** 20).toFixed(0)} MB`);
    yield { startup: { machine: bench.machine(), start, backlog } };
  },

  growth: async function* (bench) {
    const isAsked = (stored: number): boolean => stored >= bench.min && stored <= bench.max;
    for (const stored of [10_000, 100_000, 1_000_000, 10_000_000].filter(isAsked)) {
      const grown = await measureGrown(bench.server, stored, bench.isQuick ? 400 : 2_000);
      bench.say(
        `${stored} stored: relay p95 ${grown.overhead.toStaff.p95.toFixed(1)} ms, ${grown.throughput.perSecond.toFixed(0)} messages/s`,
      );
      const others = (loadResults(bench.out).growth?.rows ?? []).filter((row) => row.stored !== stored);
      const rows = [...others, grown].toSorted((one, other) => one.stored - other.stored);
      yield { growth: { machine: bench.machine(), rows } };
    }
  },
};

async function measureRelay(bench: Bench, store: StoreName, customers: number): Promise<RelayRow> {
  const { server, profileTo, isQuick } = bench;
  // A desk that has been in use: PostgreSQL plans by statistics, of which an empty database has none.
  const prepare = (database: BenchDatabase, telegram: BenchTelegram): Promise<void> =>
    fill(database, telegram, { messages: 10_000, perConversation: 50 });
  const office = await openOffice({ store, server, telegram: { seed: 1 }, profileTo, prepare });
  try {
    const people = await openConversations(office, customers);
    const overhead = await measureOverhead(office, people, isQuick ? 100 : 500);
    const messages = (isQuick ? 600 : 3_000) / (store === 'embedded' ? 3 : 1);
    const throughput = [];
    for (const direction of ['to staff', 'to customers', 'both ways'] as const) {
      throughput.push(await measureThroughput(office, people, { direction, messages }));
    }
    const rates = throughput.map(({ direction, perSecond }) => `${direction} ${perSecond.toFixed(0)}/s`);
    bench.say(`${store}, ${customers} customers: ${rates.join(', ')}; p95 ${overhead.toStaff.p95.toFixed(1)} ms`);
    return { store, customers, overhead, throughput };
  } finally {
    await office.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof UsageError) process.stderr.write(`bench: ${error.message}\n\n${usage}`);
    else process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
