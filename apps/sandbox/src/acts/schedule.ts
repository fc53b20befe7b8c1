import type { Telegram } from '../telegram.js';
import { nextSerial, type Pending } from '../world/world.js';

type Task = Pending extends infer P ? (P extends Pending ? Omit<P, 'id' | 'due'> : never) : never;

/** Lets something happen `delayMs` from now; it survives the saving and loading of the world. */
export function schedule(telegram: Telegram, delayMs: number, task: Task): void {
  const pending: Pending = { ...task, id: nextSerial(telegram.world), due: telegram.clock.now() + delayMs };
  telegram.world.pending.push(pending);
  arm(telegram, pending);
}

/** Sets the timers of everything that a loaded world still waits for. */
export function rearm(telegram: Telegram): void {
  for (const cancel of telegram.timers.values()) cancel();
  telegram.timers.clear();
  for (const pending of telegram.world.pending) arm(telegram, pending);
}

function arm(telegram: Telegram, pending: Pending): void {
  const run = (): void => {
    telegram.timers.delete(pending.id);
    telegram.world.pending = telegram.world.pending.filter(({ id }) => id !== pending.id);
    telegram.runPending(telegram, pending);
  };
  telegram.timers.set(pending.id, telegram.clock.after(Math.max(0, pending.due - telegram.clock.now()), run));
}
