import type { CannedReply, StoredReply, Usage } from '../reply.js';
import { wordsOf } from '../reply.js';
import { fold, termsIn, wordsIn } from './fold.js';
import { createPostings, fieldNumbers, fieldWeights, type FieldNumber } from './postings.js';
import { habitsOf, type Habits } from './habits.js';
import { createVocabulary } from './vocabulary.js';

/**
 * Finds replies by words: in any order, with typos, without accents. Words and where they stand are kept ready, a change
 * of one reply costs what its own words cost, and a query touches only what its words stand in.
 */
export interface CannedIndex {
  /** Adds a reply, or puts it in the place of what it was. */
  put(reply: StoredReply): void;
  remove(id: string): void;
  /** Notes how often one person has used a reply. */
  note(usage: Usage): void;
  /** The ids of what was asked for, the best first; all that is live, the most used lately first and then by title, for nothing. */
  search(question: Question): readonly string[];
  readonly size: number;
}

export interface Question {
  readonly query: string;
  /** Also those that are offered to nobody: archived ones, and what the messenger refuses. */
  readonly hidden?: boolean;
  /** Whose habits count more than those of the others. */
  readonly person: string;
  readonly now: Date;
}

/** Of the weight of the typed words, how much a reply must have to be shown at all. */
const leastCovered = 0.45;
/** More words than this say no more. */
const mostWords = 12;
/** Replies that are gone may take up this much of the entries before they are swept out. */
const mostDead = 0.25;

export function createCannedIndex(): CannedIndex {
  const vocabulary = createVocabulary();
  const postings = createPostings();
  const habits = habitsOf();
  const slots = new Map<string, number>();
  /** By slot: the reply that has it, and undefined where one was. */
  const live: (string | undefined)[] = [];
  const shortcuts = new Map<string, string>();
  const shortcutOf = new Map<string, string>();
  const hidden = new Set<string>();
  const titles = new Map<string, string>();
  let byTitle: string[] | undefined;
  let dead = 0;
  let scores = createScores(1024);

  const remove = (id: string): void => {
    const slot = slots.get(id);
    if (slot === undefined) return;
    slots.delete(id);
    titles.delete(id);
    hidden.delete(id);
    byTitle = undefined;
    live[slot] = undefined;
    dead += 1;
    const shortcut = shortcutOf.get(id);
    if (shortcut !== undefined && shortcuts.get(shortcut) === id) shortcuts.delete(shortcut);
    shortcutOf.delete(id);
    if (dead > 1_000 && dead > live.length * mostDead) sweep();
  };

  const sweep = (): void => {
    postings.sweep((slot) => live[slot] !== undefined);
    dead = 0;
  };

  const put = (reply: StoredReply): void => {
    remove(reply.id);
    const slot = live.push(reply.id) - 1;
    slots.set(reply.id, slot);
    if (reply.archived || reply.refusal !== undefined) hidden.add(reply.id);
    titles.set(reply.id, fold(reply.title));
    byTitle = undefined;
    for (const [term, field] of fieldsOf(reply)) postings.add(vocabulary.idOf(term), slot, field);
    if (reply.shortcut === undefined) return;
    const shortcut = fold(reply.shortcut);
    shortcuts.set(shortcut, reply.id);
    shortcutOf.set(reply.id, shortcut);
  };

  /** Adds to the scores what one typed word finds; the weight of the word. */
  const scoreWord = (typed: string): number => {
    const variants = vocabulary.variants(typed);
    const best = variants.reduce((top, variant) => (variant.fit > top.fit ? variant : top), { term: -1, fit: 0 });
    const weight = rarity(best.term < 0 ? 0 : postings.count(best.term), slots.size);
    for (const { term, fit } of variants) {
      postings.forEach(term, (slot, field) => {
        // One or two letters mean the beginning of a name, or themselves, and not any word in a text.
        if (field === fieldNumbers.body && typed.length < 3 && fit < 1) return;
        scores.raise(slot, fit, fit * fieldWeights[field]);
      });
    }
    scores.endWord(weight);
    return weight;
  };

  const byWords = (words: readonly string[], mine: Habits, isShown: (id: string) => boolean): string[] => {
    if (scores.size < live.length) scores = createScores(live.length * 2);
    let total = 0;
    for (const word of words) total += scoreWord(word);
    const found: { id: string; score: number }[] = [];
    scores.drain((slot, covered, score) => {
      const id = live[slot];
      const share = total === 0 ? 0 : covered / total;
      if (id === undefined || share < leastCovered || !isShown(id)) return;
      found.push({ id, score: score * share ** 2 * mine.factor(id) });
    });
    found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return found.map(({ id }) => id);
  };

  const inOrder = (): readonly string[] => {
    byTitle ??= Array.from(titles)
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([id]) => id);
    return byTitle;
  };

  return {
    put,
    remove,
    note: habits.note,
    search: ({ query, person, now, hidden: all = false }) => {
      const isShown = (id: string): boolean => all || !hidden.has(id);
      const mine = habits.of(person, now);
      const words = Array.from(new Set(wordsIn(query))).slice(0, mostWords);
      if (words.length === 0) return mine.order(inOrder().filter(isShown));
      const found = byWords(words, mine, isShown);
      const exact = shortcuts.get(fold(query.trim()));
      return exact === undefined || !isShown(exact) ? found : [exact, ...found.filter((id) => id !== exact)];
    },
    get size() {
      return slots.size;
    },
  };
}

/** Each word of a reply with the best field that it stands in, in every language. */
function fieldsOf(reply: CannedReply): Map<string, FieldNumber> {
  const fields = new Map<string, FieldNumber>();
  const add = (text: string, field: FieldNumber): void => {
    for (const term of termsIn(text)) if (!fields.has(term)) fields.set(term, field);
  };
  add(reply.title, fieldNumbers.title);
  add(reply.shortcut ?? '', fieldNumbers.shortcut);
  for (const keyword of reply.keywords) add(keyword, fieldNumbers.keywords);
  for (const { content } of reply.wordings) add(wordsOf(content).text, fieldNumbers.body);
  return fields;
}

/** Rare words say more about what is meant than frequent ones. */
function rarity(count: number, all: number): number {
  return Math.log(1 + (all - Math.min(count, all) + 0.5) / (count + 0.5));
}

interface Scores {
  readonly size: number;
  /** A word was found in a slot, so well and worth so much. */
  raise(slot: number, fit: number, worth: number): void;
  /** What was raised since the last word counts, each slot once. */
  endWord(weight: number): void;
  /** Calls `take` with every slot that has something, and forgets all. */
  drain(take: (slot: number, covered: number, score: number) => void): void;
}

/** Sums per slot, in arrays that are used again and again. */
function createScores(size: number): Scores {
  const fits = new Float64Array(size);
  const worths = new Float64Array(size);
  const covered = new Float64Array(size);
  const totals = new Float64Array(size);
  let ofWord: number[] = [];
  let touched: number[] = [];
  return {
    size,
    raise: (slot, fit, worth) => {
      if (worths[slot] === 0) ofWord.push(slot);
      if (worth > (worths[slot] ?? 0)) worths[slot] = worth;
      if (fit > (fits[slot] ?? 0)) fits[slot] = fit;
    },
    endWord: (weight) => {
      for (const slot of ofWord) {
        if (totals[slot] === 0) touched.push(slot);
        totals[slot] = (totals[slot] ?? 0) + weight * (worths[slot] ?? 0);
        covered[slot] = (covered[slot] ?? 0) + weight * (fits[slot] ?? 0);
        worths[slot] = 0;
        fits[slot] = 0;
      }
      ofWord = [];
    },
    drain: (take) => {
      for (const slot of touched) {
        take(slot, covered[slot] ?? 0, totals[slot] ?? 0);
        totals[slot] = 0;
        covered[slot] = 0;
      }
      touched = [];
    },
  };
}
