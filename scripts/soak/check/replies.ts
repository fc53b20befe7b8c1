import type { History, Place, Said, Violation } from '../history.js';
import { mark } from '../wording.js';
import type { Showing } from './showings.js';

/**
 * A reply points at the right message on the other side as well: at the copy of what it replies to or, when that is a
 * copy itself, at the original. A comment whose target stands in no thread, or another one, points at its own root.
 */
export function checkReplies(history: History, showings: ReadonlyMap<number, readonly Showing[]>): Violation[] {
  const known = new Map(history.said.map((one) => [one.token, one]));
  return history.said.flatMap((one) => {
    const [showing, ...more] = showings.get(one.token) ?? [];
    // What shares a comment points at what the first of them points at.
    const isFirst = showing?.shown.wordings[0]?.token === one.token;
    if (!showing || more.length > 0 || !isFirst || showing.isPost) return [];
    const target = one.answers === undefined ? undefined : known.get(one.answers);
    return target ? checkReply(history, { one, target, showing, showings }) : checkNoReply(history, { one, showing });
  });
}

function checkReply(history: History, reply: Reply): Violation[] {
  const { one, target, showing } = reply;
  if (!isCertain(history, reply) || !wasNoted(history, reply)) return [];
  const right = placesOf(history, reply);
  const { place, replyTo } = showing.shown;
  if (right.length === 0 ? isNoReply(history, showing) : right.includes(replyTo ?? '')) return [];
  const wanted = `${mark(target)} at ${right.join(' or ') || 'no place in its thread'}`;
  const what = `${mark(one)} replies to ${wanted}; shown at ${place}, it replies to ${replyTo ?? 'nothing'}`;
  return [{ kind: 'wrong reply', what, customer: one.customer, tokens: [one.token, target.token] }];
}

function checkNoReply(history: History, { one, showing }: Pick<Reply, 'one' | 'showing'>): Violation[] {
  if (isNoReply(history, showing)) return [];
  const { place, replyTo } = showing.shown;
  const what = `${mark(one)} replies to nothing; shown at ${place}, it replies to ${replyTo ?? 'nothing'}`;
  return [{ kind: 'wrong reply', what, customer: one.customer, tokens: [one.token] }];
}

interface Reply {
  readonly one: Said;
  readonly target: Said;
  /** Where the reply is shown. */
  readonly showing: Showing;
  readonly showings: ReadonlyMap<number, readonly Showing[]>;
}

/** Whether the target is where it is expected to be, and was known in time. */
function isCertain({ flagged, undelivered }: History, { one, target, showings }: Reply): boolean {
  const shown = showings.get(target.token) ?? [];
  const isSteady = shown.length === 1 && !shown.some(({ shown: { place } }) => flagged.has(place));
  const isMarked = flagged.has(target.place) || undelivered.has(target.place) || target.unsent !== undefined;
  const isKnown = target.handed !== undefined && one.handed !== undefined && target.handed < one.handed;
  return isSteady && !isMarked && isKnown;
}

/** A reply does not wait for long until it is known where its target stands: a second before is enough. */
function wasNoted({ links }: History, { one, target, showing, showings }: Reply): boolean {
  const notedAt = (place: Place | undefined): number | undefined => links.find((link) => link.place === place)?.made;
  const there = target.by === one.by ? target.place : showings.get(target.token)?.[0]?.shown.place;
  const [noted, shown] = [notedAt(there), notedAt(showing.shown.place)];
  return noted === undefined || shown === undefined || noted + 1_000 < shown;
}

/** Where the target stands on the side where the reply is shown. */
function placesOf({ threads }: History, { one, target, showing, showings }: Reply): Place[] {
  const places =
    target.by === one.by ? (showings.get(target.token) ?? []).map(({ shown }) => shown.place) : [target.place];
  if (one.by === 'agent') return places;
  const thread = threads.get(showing.shown.place);
  return places.filter((place) => thread !== undefined && threads.get(place) === thread);
}

/** Every comment is a reply to the root of its thread. */
function isNoReply({ threads }: History, { shown: { place, replyTo } }: Showing): boolean {
  if (replyTo === undefined) return true;
  const root = threads.get(place);
  return root !== undefined && replyTo.endsWith(`/${root}`);
}
