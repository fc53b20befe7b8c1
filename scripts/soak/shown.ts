import type { Ref, ShownMessage } from '../../apps/sandbox/src/control/client.js';
import type { Place, Shown } from './history.js';
import { wordingsIn, type Wording } from './wording.js';

/** All words of a message, whatever its kind. */
export function wordsIn({ text, caption, details }: ShownMessage): string {
  return [text, caption, details === undefined ? '' : JSON.stringify(details)].filter(Boolean).join(' ');
}

export function wordingsOf(message: ShownMessage): Wording[] {
  return wordingsIn(wordsIn(message));
}

export function placeOf({ chatId, messageId }: Ref): Place {
  return `${chatId}/${messageId}`;
}

export function toShown(message: ShownMessage): Shown {
  const { ref, replyTo } = message;
  const shown = { place: placeOf(ref), text: wordsIn(message), wordings: wordingsOf(message) };
  return replyTo ? { ...shown, replyTo: placeOf(replyTo) } : shown;
}
