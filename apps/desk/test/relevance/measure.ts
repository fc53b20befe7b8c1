import { createCannedIndex, type CannedIndex } from '../../src/canned/search/index.js';
import type { StoredReply } from '../../src/canned/reply.js';
import { set, type Example } from './set.js';

/** How well the search does on the set. */
export interface Score {
  readonly language: string;
  readonly queries: number;
  /** The mean of 1 / rank of the reply that was meant; 0 where it is not among the first 50. */
  readonly meanReciprocalRank: number;
  /** How often it is among the first five. */
  readonly recallAt5: number;
  /** What was not first, with its rank. */
  readonly missed: readonly { readonly query: string; readonly rank: number }[];
}

/** One page of results; who does not see it there types another word. */
const page = 50;
const now = new Date('2026-11-02T09:00:00Z');

export function indexOfSet(more: readonly StoredReply[] = []): CannedIndex {
  const index = createCannedIndex();
  for (const reply of [...Object.values(set).flat().map(toReply), ...more]) index.put(reply);
  return index;
}

export function scoresOf(index: CannedIndex): Score[] {
  const scores = Object.entries(set).map(([language, examples]) => scoreOf(index, language, examples));
  return [...scores, scoreOf(index, 'all', Object.values(set).flat())];
}

function scoreOf(index: CannedIndex, language: string, examples: readonly Example[]): Score {
  const ranks = examples.flatMap(({ key, queries }) =>
    queries.map((query) => {
      const found = index.search({ query, person: '7', now }).slice(0, page);
      return { query, rank: found.indexOf(key) + 1 };
    }),
  );
  const mean = (value: (rank: number) => number): number =>
    ranks.reduce((sum, { rank }) => sum + value(rank), 0) / ranks.length;
  return {
    language,
    queries: ranks.length,
    meanReciprocalRank: mean((rank) => (rank === 0 ? 0 : 1 / rank)),
    recallAt5: mean((rank) => (rank >= 1 && rank <= 5 ? 1 : 0)),
    missed: ranks.filter(({ rank }) => rank !== 1),
  };
}

function toReply({ key, title, keywords, text }: Example): StoredReply {
  return {
    id: key,
    version: 1,
    title,
    keywords,
    archived: false,
    wordings: [{ language: '', content: { kind: 'text', text, entities: [] } }],
  };
}

/** A table for people. */
export function tableOf(scores: readonly Score[]): string {
  const rows = scores.map(
    ({ language, queries, meanReciprocalRank, recallAt5 }) =>
      `${language.padEnd(12)}${String(queries).padStart(8)}${meanReciprocalRank.toFixed(3).padStart(8)}${recallAt5.toFixed(3).padStart(10)}`,
  );
  return [
    `${'language'.padEnd(12)}${'queries'.padStart(8)}${'MRR'.padStart(8)}${'recall@5'.padStart(10)}`,
    ...rows,
  ].join('\n');
}
