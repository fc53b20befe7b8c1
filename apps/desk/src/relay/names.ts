import type { ConversationId } from './ids.js';
import type { CustomerProfile } from './model.js';
import { beginning } from './richText.js';

/** Names of strangers, made safe to stand inside lines of our own. */

/** The longest name that is shown, in characters. */
const nameLimit = 64;

/**
 * Format characters, among them those that turn the direction of the text that follows, and letters that are drawn as
 * nothing. The joiner of emoji is one of them, and stays.
 */
const invisible = /(?!\u200d)[\p{Cf}\u034f\u115f\u1160\u2800\u3164\uffa0]/gu;
const blank = /[\s\p{Cc}]+/gu;
/** More marks on one letter than any language needs. */
const stackedMarks = /((?:\u200d?\p{M}){4})[\p{M}\u200d]+/gu;
/** Joiners that join nothing. */
const idleJoiners = /^\u200d+|\u200d+$|(?<=\u200d)\u200d+/gu;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A name as it may stand beside other text: on one line, no tricks of direction, no invisible characters but joiners, no
 * towers of marks, at most 64 characters. Empty when nothing of it can be seen.
 */
export function safeName(name: string): string {
  const plain = name
    .toWellFormed()
    .replace(invisible, '')
    .replace(blank, ' ')
    .replace(stackedMarks, '$1')
    .replace(idleJoiners, '')
    .trim();
  const short = beginning(plain, nameLimit).replace(idleJoiners, '').trim();
  return visible.test(short) ? short : '';
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
