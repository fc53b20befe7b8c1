import type { ShownMessage } from '../../apps/sandbox/src/control/client.js';
import type { Place } from './history.js';
import { placeOf } from './shown.js';

/** How the desk says that something may be there twice, or not at all. */
const words =
  /possibly repeated|perhaps repeated|may (have been|be) repeated|may stand here twice|not known (whether|if)/i;

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
