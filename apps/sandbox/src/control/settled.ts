import type { Telegram } from '../telegram.js';

/** Waits until something has happened, `windowMs` of the sandbox's time at most. */
export async function settled(telegram: Telegram, isDone: () => boolean, windowMs: number): Promise<void> {
  const { clock, changes } = telegram;
  if (isDone()) return;
  await new Promise<void>((resolve) => {
    const stop = changes.listen(() => {
      if (isDone()) finish();
    });
    const cancel = clock.after(windowMs, () => finish());
    const finish = (): void => {
      stop();
      cancel();
      resolve();
    };
  });
}
