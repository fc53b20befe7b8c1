import { type Signal, signal } from '@preact/signals';
import type { Intent } from '../chat/context.js';

interface Unsent {
  readonly draft: Signal<string>;
  readonly intent: Signal<Intent>;
  readonly target: Signal<number | undefined>;
  readonly files: Signal<readonly File[]>;
}

const kept = new Map<string, Unsent>();

/** What somebody has begun to write in a chat; it waits there while the page shows another one. */
export function unsentIn(key: string): Unsent {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made: Unsent = {
    draft: signal(''),
    intent: signal<Intent>({ kind: 'write' }),
    target: signal<number | undefined>(undefined),
    files: signal<readonly File[]>([]),
  };
  kept.set(key, made);
  return made;
}
