/** What keeps the state of a world's random numbers: a world made from the same seed is the same world. */
export interface RandomState {
  random: number;
}

/** A number from 0 up to, but not including, 1 (mulberry32). */
export function draw(state: RandomState): number {
  state.random = (state.random + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state.random ^ (state.random >>> 15), 1 | state.random);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** A whole number from `min` to `max`, both included. */
export function drawInteger(state: RandomState, min: number, max: number): number {
  return min + Math.floor(draw(state) * (max - min + 1));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** A text of letters that may stand in a token, a file id or a link. */
export function drawText(state: RandomState, length: number): string {
  return Array.from({ length }, () => LETTERS.charAt(drawInteger(state, 0, LETTERS.length - 1))).join('');
}
