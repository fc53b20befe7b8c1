import { createCannedIndex, type CannedIndex } from '../apps/desk/src/canned/search/index.js';
import { fillerReplies } from '../apps/desk/test/relevance/filler.js';
import { indexOfSet, scoresOf, tableOf } from '../apps/desk/test/relevance/measure.js';
import { set } from '../apps/desk/test/relevance/set.js';
import { seeded } from '../apps/desk/test/unit/support/random.js';

// node --import tsx scripts/bench-canned.ts: what finding a canned reply costs, in CPU of this process, with 100, 1,000
// and 10,000 replies of 60 words each; and how well it finds, which must not depend on how many there are.

const sizes = [100, 1_000, 10_000];
const rounds = 1_500;

/** Milliseconds of CPU that this process has used. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function timed(work: () => void): number {
  const before = cpu();
  work();
  return cpu() - before;
}

/** What agents type: words of replies, cut short while they type, with a typo in every third query; and real queries. */
function queriesFor(index: number): string[] {
  const random = seeded(index);
  const words = fillerReplies(200, { seed: 1 }).flatMap(({ title, wordings: [{ content }] }) =>
    `${title} ${content.kind === 'text' ? content.text : ''}`.split(' '),
  );
  const real = Object.values(set).flatMap((examples) => examples.flatMap(({ queries }) => queries));
  return Array.from({ length: rounds }, (_, round) => {
    if (round % 4 === 0) return random.pick(real);
    const typed = Array.from({ length: random.between(1, 5) }, () => random.pick(words)).join(' ');
    const query = round % 3 === 0 ? withTypo(typed, random.between(1, typed.length - 1)) : typed;
    return round % 2 === 0 ? query.slice(0, random.between(1, query.length)) : query;
  });
}

function withTypo(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1);
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
}

function measure(size: number): Record<string, string | number> {
  const replies = fillerReplies(size);
  let index: CannedIndex = createCannedIndex();
  const building = timed(() => {
    for (const reply of replies) index.put(reply);
    index.search({ query: 'x', person: '', now: new Date() });
  });
  const queries = queriesFor(size);
  for (const query of queries.slice(0, 200)) index.search({ query, person: '7', now: new Date() });
  const times = queries
    .map((query) => timed(() => index.search({ query, person: '7', now: new Date() })))
    .sort((a, b) => a - b);
  const change = timed(() => {
    for (const reply of replies.slice(0, 100)) index.put(reply);
  });
  const empty = timed(() => {
    for (let round = 0; round < 100; round += 1) index.search({ query: '', person: '7', now: new Date() });
  });
  index = indexOfSet(replies);
  const all = scoresOf(index).at(-1);
  return {
    replies: size,
    'build ms': Math.round(building),
    'p50 ms': percentile(times, 0.5),
    'p95 ms': percentile(times, 0.95),
    'p99 ms': percentile(times, 0.99),
    'max ms': percentile(times, 1),
    'one change ms': (change / 100).toFixed(2),
    'empty query ms': (empty / 100).toFixed(2),
    MRR: all?.meanReciprocalRank.toFixed(3) ?? '',
    'recall@5': all?.recallAt5.toFixed(3) ?? '',
  };
}

console.table(sizes.map(measure));
console.log(tableOf(scoresOf(indexOfSet(fillerReplies(10_000)))));
