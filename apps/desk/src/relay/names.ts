import type { ConversationId } from './ids.js';
import type { CustomerProfile } from './model.js';

/** Names of strangers, made safe to stand inside lines of our own. */

/** The longest name that is shown, in characters. */
const nameLimit = 64;

/** Explicit directional embeddings, overrides and isolates: they turn around the text that follows. */
const directional = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu;
/** Controls, and characters that are drawn as nothing. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
/** More marks on one letter than any language needs. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

/**
 * A name as it may stand beside other text: no tricks of direction, no invisible characters but the joiners of emoji, no
 * towers of marks, at most 64 characters.
 */
export function safeName(name: string): string {
  const visible = name
    .toWellFormed()
    .replace(directional, '')
    .replace(invisible, (character) => (character === '\u200d' ? character : ''))
    .replace(stackedMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return Array.from(visible).slice(0, nameLimit).join('');
}

/** First and last name; the messenger's number of the person where no name is left to see. */
export function shownName({ id, firstName, lastName }: CustomerProfile): string {
  const name = safeName([firstName, lastName ?? ''].join(' '));
  return name === '' ? id : name;
}

/** The hashtag by which people and the desk find a conversation's post, without the sign. */
export function ticketTag(conversation: ConversationId): string {
  return `t${conversation}`;
}
