/** Numbers that look random and are the same in every run. */
export interface Random {
  /** 0 to 1, without 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  /** True this often, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the choices, each as often as its weight says. There is at least one. */
  choose<T>(choices: readonly (readonly [weight: number, choice: T])[]): T;
  /** Time until the next of events that come at random, `mean` apart on average. */
  gap(mean: number): number;
}

/** `stream` names what the numbers decide: streams of one seed do not disturb each other. */
export function createRandom(seed: number, stream: string): Random {
  const next = mulberry32(hash(`${seed} ${stream}`));
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    choose: (choices) => choose(choices, next()),
    gap: (mean) => Math.round(-Math.log(1 - next()) * mean),
  };
}

function choose<T>(choices: readonly (readonly [weight: number, choice: T])[], at: number): T {
  let left = at * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, choice] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (!last) throw new Error('there is nothing to choose from');
  return last[1];
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  return state;
}
