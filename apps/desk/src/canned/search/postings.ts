/** Where each word stands: in which replies, and in which of their fields. Kept so that reading is a loop over numbers. */

/** Fields, the most telling first; a word counts in its best one. */
export const fieldWeights = [3.2, 3, 2.4, 1] as const;
export type FieldNumber = 0 | 1 | 2 | 3;
export const fieldNumbers = { title: 0, shortcut: 1, keywords: 2, body: 3 } as const satisfies Record<
  string,
  FieldNumber
>;

/** Two bits of an entry are the field, the rest is the slot of the reply. */
const fieldBits = 2;

export interface Postings {
  add(term: number, slot: number, field: FieldNumber): void;
  /** Calls `visit` with every entry of a word; entries of slots that are not live may be among them. */
  forEach(term: number, visit: (slot: number, field: FieldNumber) => void): void;
  /** In how many replies a word stands, roughly: those that are gone count until the next sweep. */
  count(term: number): number;
  /** Forgets the entries of slots that are not live. */
  sweep(isLive: (slot: number) => boolean): void;
}

export function createPostings(): Postings {
  const lists: number[][] = [];
  return {
    add: (term, slot, field) => {
      const list = (lists[term] ??= []);
      list.push((slot << fieldBits) | field);
    },
    forEach: (term, visit) => {
      const list = lists[term];
      if (!list) return;
      for (const entry of list) visit(entry >>> fieldBits, fieldOf(entry));
    },
    count: (term) => lists[term]?.length ?? 0,
    sweep: (isLive) => {
      lists.forEach((list, term) => {
        lists[term] = list.filter((entry) => isLive(entry >>> fieldBits));
      });
    },
  };
}

function fieldOf(entry: number): FieldNumber {
  switch (entry & 3) {
    case 0:
      return 0;
    case 1:
      return 1;
    case 2:
      return 2;
    default:
      return 3;
  }
}
