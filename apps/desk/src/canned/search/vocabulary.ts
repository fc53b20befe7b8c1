import Fuse from 'fuse.js';

/**
 * Every word of all replies, and which of them a typed word may mean: the word itself, words that begin with it, words
 * with the same stem, and words that are almost the same. Fuse judges how alike two words are; pairs of letters choose
 * the few that it looks at, because asking it about all of them is what would be slow.
 */
export interface Vocabulary {
  /** The number of a word; a new one gets the next. */
  idOf(term: string): number;
  /** What a typed word may mean, with how well it fits: 1 is the word itself. */
  variants(typed: string): readonly Variant[];
  readonly size: number;
}

export interface Variant {
  readonly term: number;
  readonly fit: number;
}

/** Shorter words have too many neighbours. */
const shortestFuzzy = 4;
/** How many words Fuse is asked about. */
const candidatesLimit = 48;
const leastOverlap = 0.34;
const fuzzyWeight = 0.85;
const stemWeight = 0.85;

export function createVocabulary(): Vocabulary {
  const ids = new Map<string, number>();
  const terms: string[] = [];
  const pairs = new Map<string, number[]>();
  let sorted: string[] = [];
  let unsorted: string[] = [];
  let shared = new Uint8Array(1024);

  const idOf = (term: string): number => {
    const known = ids.get(term);
    if (known !== undefined) return known;
    const id = terms.push(term) - 1;
    ids.set(term, id);
    unsorted.push(term);
    for (const pair of pairsOf(term)) {
      const list = pairs.get(pair);
      if (list) list.push(id);
      else pairs.set(pair, [id]);
    }
    return id;
  };

  const sort = (): void => {
    if (unsorted.length === 0) return;
    sorted = merge(sorted, unsorted.sort(byCode));
    unsorted = [];
  };

  /** All words that begin like this, in the order of their letters. */
  const beginningWith = (prefix: string): string[] => {
    const start = lowerBound(sorted, prefix);
    let end = start;
    while (end < sorted.length && sorted[end]?.startsWith(prefix) === true) end += 1;
    return sorted.slice(start, end);
  };

  /** The words that share most pairs of letters with it. */
  const neighbours = (typed: string): string[] => {
    if (shared.length < terms.length) shared = new Uint8Array(terms.length * 2);
    const own = pairsOf(typed);
    const touched: number[] = [];
    for (const pair of own) {
      for (const id of pairs.get(pair) ?? []) {
        if (shared[id] === 0) touched.push(id);
        shared[id] = (shared[id] ?? 0) + 1;
      }
    }
    const found: { term: string; overlap: number }[] = [];
    for (const id of touched) {
      const term = terms[id] ?? '';
      const count = shared[id] ?? 0;
      shared[id] = 0;
      const overlap = (2 * count) / (own.size + term.length + 1);
      // All pairs but those at its ends: the typed word stands inside the other, as in long German ones.
      const inside = count >= own.size - 2 && term.length > typed.length;
      const alike = overlap >= leastOverlap && Math.abs(term.length - typed.length) <= 3;
      if (alike || inside) found.push({ term, overlap });
    }
    found.sort((a, b) => b.overlap - a.overlap);
    return found.slice(0, candidatesLimit).map(({ term }) => term);
  };

  const variants = (typed: string): Variant[] => {
    sort();
    const fits = new Map<string, number>();
    const note = (term: string, fit: number): void => {
      if (fit > (fits.get(term) ?? 0)) fits.set(term, fit);
    };
    for (const term of beginningWith(typed)) note(term, 0.7 + (0.3 * typed.length) / term.length);
    for (const term of beginningWith(stemOf(typed))) note(term, stemFit(typed, term));
    const exact = ids.has(typed);
    if (!exact && typed.length >= shortestFuzzy && /\p{L}/u.test(typed)) {
      for (const { term, fit } of alike(typed, neighbours(typed))) note(term, fit);
    }
    return Array.from(fits, ([term, fit]) => ({ term: idOf(term), fit }));
  };

  return {
    idOf,
    variants,
    get size() {
      return terms.length;
    },
  };
}

/** How alike Fuse finds the words, lowered where one is much longer than the other. */
function alike(typed: string, terms: readonly string[]): { term: string; fit: number }[] {
  if (terms.length === 0) return [];
  const fuse = new Fuse(terms, { includeScore: true, isCaseSensitive: true, threshold: 0.5, distance: 40 });
  return fuse.search(typed).map(({ item, score = 1 }) => {
    const length = Math.min(item.length, typed.length) / Math.max(item.length, typed.length);
    return { term: item, fit: fuzzyWeight * (1 - score) * length };
  });
}

/** What two forms of one word have in common: most of its letters, at least four. */
function stemOf(typed: string): string {
  return typed.length <= 4 ? typed : typed.slice(0, Math.max(4, Math.ceil(typed.length * 0.6)));
}

/** The same stem counts by how much of the longer word it is. */
function stemFit(typed: string, term: string): number {
  let same = 0;
  while (same < typed.length && same < term.length && typed[same] === term[same]) same += 1;
  const longer = Math.max(typed.length, term.length);
  return same * 2 < longer ? 0 : (stemWeight * same) / longer;
}

/** `iade` has ^i ia ad de e$: also its ends count. */
function pairsOf(term: string): Set<string> {
  const padded = `^${term}$`;
  const found = new Set<string>();
  for (let at = 0; at + 1 < padded.length; at += 1) found.add(padded.slice(at, at + 2));
  return found;
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lowerBound(list: readonly string[], wanted: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merge(one: readonly string[], other: readonly string[]): string[] {
  const merged: string[] = [];
  let next = 0;
  for (const term of one) {
    for (let added = other[next]; added !== undefined && added < term; added = other[next]) {
      merged.push(added);
      next += 1;
    }
    merged.push(term);
  }
  return [...merged, ...other.slice(next)];
}
