import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SenderMeters } from './delivery/meters.js';
import type { PlaceState } from './delivery/placeStates.js';
import type { BotId } from './relay/ids.js';
import { readBacklog, readCopyDelays } from './store/backlog.js';
import type { Database } from './store/database.js';
import type { LeaseName } from './store/leases.js';
import { priorities } from './store/wanted.js';

/** Figures for those who watch, as Prometheus reads them. Names and units as its documentation recommends. */
export interface Metrics {
  readonly sender: SenderMeters;
  /** Updates were stored and committed. */
  stored(updates: number, tookMs: number): void;
  leaseChanged(lease: LeaseName, held: boolean): void;
  /** All figures as text; what has to be asked of the database is asked now. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricsParts {
  readonly database: Database;
  readonly bot: BotId;
  /** How the budgets of shared places stand; empty where this process makes no calls. */
  readonly places: () => readonly PlaceState[];
}

const seconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
/** So many of the newest threads tell how the messenger does with opening them. */
const newestThreads = 200;

export function createMetrics({ database, bot, places }: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'postdesk_' });

  const shown = new Histogram({
    name: 'postdesk_shown_seconds',
    help: 'From wanting something shown until its call was made, by queue.',
    labelNames: ['queue'],
    buckets: seconds,
    registers,
  });
  const calls = new Histogram({
    name: 'postdesk_call_seconds',
    help: 'A call to the messenger, with writing down its result.',
    labelNames: ['queue'],
    buckets: seconds,
    registers,
  });
  const commits = new Histogram({
    name: 'postdesk_commit_seconds',
    help: 'Storing a batch of updates durably.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5],
    registers,
  });
  const updates = new Counter({ name: 'postdesk_updates_total', help: 'Updates received.', registers });
  const refusals = new Counter({
    name: 'postdesk_refusals_total',
    help: 'Calls that the messenger refused because too much was sent (429), by kind of place.',
    labelNames: ['place'],
    registers,
  });
  const outcomes = new Counter({
    name: 'postdesk_unknown_outcomes_total',
    help: 'Calls whose outcome was not known, by how that ended; flagged: nobody can tell, and people are told.',
    labelNames: ['settlement'],
    registers,
  });
  const leases = new Gauge({
    name: 'postdesk_lease_held',
    help: '1 while this process does what only one may do at a time.',
    labelNames: ['lease'],
    registers,
  });
  const leaseChanges = new Counter({
    name: 'postdesk_lease_changes_total',
    help: 'How often this process took over or lost such a task.',
    labelNames: ['lease'],
    registers,
  });
  registerBacklog({ database, bot, registry });
  registerPlaces(registry, places);

  const placeKind = (place: string): string => places().find((known) => known.place === place)?.kind ?? 'private';
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    stored: (count, tookMs) => {
      updates.inc(count);
      commits.observe(tookMs / 1_000);
    },
    leaseChanged: (lease, held) => {
      leases.set({ lease }, held ? 1 : 0);
      leaseChanges.inc({ lease });
    },
    sender: {
      shown: ({ queue, waitedMs, tookMs }) => {
        shown.observe({ queue }, Math.max(0, waitedMs) / 1_000);
        calls.observe({ queue }, tookMs / 1_000);
      },
      refused: (place) => refusals.inc({ place: placeKind(place) }),
      settled: (settlement) => outcomes.inc({ settlement }),
    },
  };
}

/** What waits is asked of the database when somebody looks. */
function registerBacklog({
  database,
  bot,
  registry,
}: Omit<MetricsParts, 'places'> & { readonly registry: Registry }): void {
  const registers = [registry];
  const waiting = new Gauge({
    name: 'postdesk_deliveries_waiting',
    help: 'What is to be shown and is not yet, by importance.',
    labelNames: ['lane'],
    registers,
  });
  const oldest = new Gauge({
    name: 'postdesk_deliveries_oldest_seconds',
    help: 'Age of the oldest of them.',
    labelNames: ['lane'],
    registers,
  });
  const parked = new Gauge({ name: 'postdesk_updates_parked', help: 'Updates that could not be handled.', registers });
  const unhandled = new Gauge({ name: 'postdesk_updates_waiting', help: 'Updates to be handled.', registers });
  const copies = new Gauge({
    name: 'postdesk_copy_delay_seconds',
    help: 'From a post to its automatic copy, of the newest posts.',
    labelNames: ['quantile'],
    registers,
  });
  const missing = new Gauge({
    name: 'postdesk_copies_missing',
    help: 'Of the newest posts, those without.',
    registers,
  });
  new Gauge({
    name: 'postdesk_intake_lag_seconds',
    help: 'Age of the oldest update that is not handled yet.',
    registers,
    async collect() {
      const backlog = await readBacklog(database, bot);
      this.set(backlog.updates.oldestSeconds);
      unhandled.set(backlog.updates.waiting);
      parked.set(backlog.updates.parked);
      for (const [lane, priority] of Object.entries(priorities)) {
        const found = backlog.deliveries.find((row) => row.priority === priority);
        waiting.set({ lane }, found?.waiting ?? 0);
        oldest.set({ lane }, found?.oldestSeconds ?? 0);
      }
      const { delays, missing: without } = await readCopyDelays(database, bot, newestThreads);
      for (const quantile of [0.5, 0.95]) copies.set({ quantile }, quantileOf(delays, quantile));
      missing.set(without);
    },
  });
}

function registerPlaces(registry: Registry, places: MetricsParts['places']): void {
  const registers = [registry];
  const limit = new Gauge({
    name: 'postdesk_window_limit',
    help: 'Calls per window that are believed to pass, learned from refusals.',
    labelNames: ['place', 'relay'],
    registers,
  });
  const lanes = new Gauge({
    name: 'postdesk_lanes_waiting',
    help: 'Conversations that wait for a call in a place.',
    labelNames: ['place'],
    registers,
  });
  new Gauge({
    name: 'postdesk_window_used_ratio',
    help: 'The part of the window that is used, 0 to 1.',
    labelNames: ['place', 'relay'],
    registers,
    collect() {
      for (const { kind: place, relay, used, limit: calls, lanes: count } of places()) {
        const labels = { place, ...(relay !== undefined && { relay }) };
        this.set(labels, used);
        if (calls !== undefined) limit.set(labels, calls);
        if (relay === undefined) lanes.set({ place }, count);
      }
    },
  });
}

function quantileOf(values: readonly number[], quantile: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? 0;
}
