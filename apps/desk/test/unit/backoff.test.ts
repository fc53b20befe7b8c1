import { backoffMs } from '../../src/delivery/backoff.js';

const limits = { firstMs: 100, mostMs: 5_000 };

const { random } = Math;
const roll = (value: number): void => {
  Math.random = () => value;
};

afterEach(() => {
  Math.random = random;
});

test.each([
  [0, 100],
  [1, 100],
  [2, 200],
  [3, 400],
  [6, 3_200],
  [7, 5_000],
  [10_000, 5_000],
])('after %d failures in a row the wait is at most %d ms', (failures, most) => {
  roll(1);
  expect(backoffMs(failures, limits)).toBe(most);
});

test('a random quarter is taken off, so that many who failed together do not come back together', () => {
  roll(0);
  expect(backoffMs(3, limits)).toBe(300);
  roll(0.5);
  expect(backoffMs(3, limits)).toBe(350);
});
