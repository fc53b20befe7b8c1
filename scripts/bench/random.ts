import { draw } from '../../apps/sandbox/src/world/random.js';

/** Random numbers that a seed repeats. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  uniform(): number;
  between(low: number, high: number): number;
  exponential(mean: number): number;
  /** 1, 2, 3, ... with this mean. */
  geometric(mean: number): number;
  logNormal(shape: { readonly median: number; readonly sigma: number }): number;
}

export function createRandom(...seeds: readonly number[]): Random {
  const state = { random: seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) ^ (mixed >>> 13), 1) };
  const uniform = (): number => draw(state);
  // Neighbouring seeds begin alike.
  for (let skipped = 0; skipped < 4; skipped += 1) uniform();
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    geometric: (mean) => {
      let count = 1;
      while (uniform() < 1 - 1 / mean) count += 1;
      return count;
    },
    logNormal: ({ median, sigma }) => median * Math.exp(sigma * normal()),
  };
}
