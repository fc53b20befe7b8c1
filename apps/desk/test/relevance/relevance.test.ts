import { fillerReplies } from './filler.js';
import { indexOfSet, scoresOf, tableOf } from './measure.js';
import { set } from './set.js';

test('the set has at least 150 queries, in at least four languages', () => {
  const queries = Object.values(set).flatMap((examples) => examples.flatMap((example) => example.queries));
  expect(queries.length).toBeGreaterThanOrEqual(150);
  expect(new Set(queries).size).toBe(queries.length);
  expect(Object.keys(set).length).toBeGreaterThanOrEqual(5);
});

test.each([0, 2_000])('with %d other replies in the library the right one comes first, or nearly', (others) => {
  const scores = scoresOf(indexOfSet(fillerReplies(others)));
  const all = scores.at(-1)!;
  const missed = all.missed.map(({ query, rank }) => `not first: “${query}” (${rank === 0 ? 'not found' : rank})`);
  process.stdout.write(`\n${others} other replies\n${[tableOf(scores), ...missed].join('\n')}\n`);
  expect(all.meanReciprocalRank).toBeGreaterThanOrEqual(0.9);
  expect(all.recallAt5).toBeGreaterThanOrEqual(0.95);
  for (const { meanReciprocalRank } of scores) expect(meanReciprocalRank).toBeGreaterThanOrEqual(0.85);
});
