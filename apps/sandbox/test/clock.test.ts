import { SandboxClock } from '../src/clock.js';

test('moving the clock runs what fell due, in order, and nothing else', () => {
  const clock = new SandboxClock();
  const ran: string[] = [];
  clock.after(2_000, () => ran.push('second'));
  clock.after(1_000, () => ran.push('first'));
  clock.after(9_000_000, () => ran.push('never'));
  clock.advance(3_000);
  clock.stop();
  expect(ran).toEqual(['first', 'second']);
});

test('what was cancelled does not run', () => {
  const clock = new SandboxClock();
  const ran: string[] = [];
  const cancel = clock.after(10, () => ran.push('cancelled'));
  cancel();
  clock.advance(1_000);
  expect(ran).toEqual([]);
});

test('a timer of a month does not ring at once', async () => {
  const clock = new SandboxClock();
  const ran: string[] = [];
  clock.after(31 * 86_400_000, () => ran.push('too early'));
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 5));
  clock.stop();
  expect(ran).toEqual([]);
});
