import { signal } from '@preact/signals';
import { ControlRefusal, type Person } from '../../../src/control/client.js';
import { t } from '../text/index.js';
import { look } from './live.js';
import { actor } from './sandbox.js';

export interface Note {
  readonly id: number;
  readonly text: string;
  /** Something went wrong, or is just to be known. */
  readonly kind: 'refused' | 'told';
}

const NOTE_MS = 6000;

/** What the page tells, the newest last. */
export const notes = signal<readonly Note[]>([]);
/** What a bot shows in a window of its own until it is closed. */
export const alertText = signal<string | undefined>(undefined);

let lastNote = 0;

export function tell(text: string, kind: Note['kind'] = 'told'): void {
  lastNote += 1;
  const id = lastNote;
  notes.value = [...notes.value.slice(-3), { id, text, kind }];
  setTimeout(() => dismiss(id), NOTE_MS);
}

export function dismiss(id: number): void {
  notes.value = notes.value.filter((note) => note.id !== id);
}

/** Does something in the sandbox; a refusal is told in its own words. Resolves with whether it was done. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    look();
    return true;
  } catch (error) {
    if (error instanceof ControlRefusal) tell(error.message, 'refused');
    else if (error instanceof TypeError) tell(t('lost'), 'refused');
    else throw error;
    return false;
  }
}

/** Lets somebody do something; see `attempt`. */
export function act(personId: number, work: (person: Person) => Promise<unknown>): Promise<boolean> {
  return attempt(async () => work(await actor(personId)));
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(t('copied'));
  } catch {
    tell(t('copy_failed'), 'refused');
  }
}
