import type { ShownMessage } from '../../apps/sandbox/src/control/client.js';
import type { Place, Undelivered } from './history.js';
import { placeOf } from './shown.js';

/** How the desk says that something may be there twice, or not at all. */
const words =
  /possibly repeated|perhaps repeated|may (have been|be) repeated|may stand here twice|not known (whether|if)/i;

/** How the desk says that an answer, or an edit of one, did not arrive. */
const undelivered =
  /^(#t\d+ .*\n)?(⚠️ (Not delivered|The edit was not delivered|Not taken back)|ℹ️ The new wording is kept, but not sent)/;

/**
 * The messages in a customer's threads that such a line is about: surely the one that it replies to; when that stands in a
 * thread whose post was deleted, perhaps any that stands there.
 */
export function undeliveredPlaces(threads: readonly ShownMessage[]): Map<Place, Undelivered> {
  const lines = threads.filter(({ fromBot, text }) => fromBot && undelivered.test(text));
  const found = new Map<Place, Undelivered>();
  for (const { replyTo, threadId, text } of lines) {
    const told = threads.find(({ ref }) => ref.messageId === replyTo?.messageId);
    const isClear = told && !told.fromBot;
    const about = isClear ? [told] : threads.filter((one) => !one.fromBot && one.threadId !== threadId);
    for (const { ref } of about) {
      const place = placeOf(ref);
      if (isClear && /Not delivered/.test(text)) found.set(place, 'surely');
      else if (!found.has(place)) found.set(place, 'perhaps');
    }
  }
  return found;
}

/**
 * The messages in the group that are marked: those whose own words say it, those that are answered by such a line, and
 * those to which the desk reacted (nobody else reacts in a soak).
 */
export function flaggedPlaces(group: readonly ShownMessage[]): Set<Place> {
  const said = group.filter(({ fromBot, text, caption }) => fromBot && words.test(text || caption));
  const reacted = group.filter(({ reactions }) => reactions.length > 0);
  return new Set([
    ...said.map(({ ref }) => placeOf(ref)),
    ...said.flatMap(({ replyTo }) => (replyTo ? [placeOf(replyTo)] : [])),
    ...reacted.map(({ ref }) => placeOf(ref)),
  ]);
}
