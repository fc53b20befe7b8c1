import { computed, signal } from '@preact/signals';
import type { Call, UpdateEntry } from '../../../src/control/client.js';
import { client, state } from './sandbox.js';

export type Entry =
  { readonly kind: 'call'; readonly call: Call } | { readonly kind: 'update'; readonly update: UpdateEntry };

/** Entries that the page keeps. */
const KEPT = 400;

/** Calls and updates, the newest first. */
export const entries = signal<readonly Entry[]>([]);

let since = 0;
let newest = 0;

export function seqOf(entry: Entry): number {
  return entry.kind === 'call' ? entry.call.seq : entry.update.seq;
}

/** Reads what is new, and again what was under way at the last look. */
export async function readJournal(): Promise<void> {
  const filter = { since, last: KEPT };
  const [calls, updates] = await Promise.all([client.calls(filter), client.updates(filter)]);
  if (calls.length === 0 && updates.length === 0) return;
  const read: Entry[] = [
    ...calls.map((call) => ({ kind: 'call' as const, call })),
    ...updates.map((update) => ({ kind: 'update' as const, update })),
  ];
  const older = entries.value.filter((entry) => seqOf(entry) <= since);
  entries.value = [...read, ...older].sort((a, b) => seqOf(b) - seqOf(a)).slice(0, KEPT);
  newest = Math.max(newest, ...read.map(seqOf));
  const open = entries.value.findLast((entry) => entry.kind === 'call' && entry.call.outcome === undefined);
  since = open === undefined ? newest : seqOf(open) - 1;
}

/** Leaves everything out that happened up to now. */
export function clearJournal(): void {
  entries.value = [];
}

/** Milliseconds without any call after which nobody seems to listen. */
const SILENCE_MS = 90_000;

/** Whether a bot speaks to this Telegram: it polls, or it did something lately. */
export const isBotListening = computed(() => {
  const now = state.value?.now ?? 0;
  return entries.value.some((entry) => {
    if (entry.kind === 'update') return entry.update.event.kind === 'delivered' && now - entry.update.at < SILENCE_MS;
    return entry.call.outcome === undefined || now - entry.call.at < SILENCE_MS;
  });
});
