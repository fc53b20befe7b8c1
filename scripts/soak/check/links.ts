import type { History, Link, Violation } from '../history.js';
import { mark } from '../wording.js';

/**
 * Every place that the desk has noted is a message that stands there, and says what the desk believes it says. A message
 * may be shown in parts; then some part must say it.
 */
export function checkLinks({ links, places, said, conversations, undelivered }: History): Violation[] {
  const customers = new Map(said.map(({ token, customer }) => [token, customer]));
  const excused = new Set(said.filter(({ place }) => undelivered.has(place)).map(({ token }) => token));
  const deleted = new Set(conversations.flatMap((one) => one.deleted.map(({ place }) => place)));
  const parts = new Map<string, Link[]>();
  for (const link of links) parts.set(keyOf(link), [...(parts.get(keyOf(link)) ?? []), link]);
  return links.flatMap((link): Violation[] => {
    // A post that is gone is missed when the desk next has something to say there.
    if (deleted.has(link.place)) return [];
    // An edit that did not arrive, and of which the team was told so, is known to the desk all the same.
    const isOld = link.side === 'customer' && link.wordings.some(({ token }) => excused.has(token));
    const wrong = wrongWith(isOld ? { ...link, wordings: [] } : link, parts.get(keyOf(link)) ?? [], places);
    if (wrong === undefined) return [];
    const tokens = link.wordings.map(({ token }) => token);
    const customer = tokens.map((token) => customers.get(token)).find((id) => id !== undefined);
    const what = `the ${link.role} of message ${link.message} on the side of ${link.side}, ${link.place}: ${wrong}`;
    return [{ kind: 'wrong link', what, tokens, ...(customer !== undefined && { customer }) }];
  });
}

function keyOf({ message, side }: Link): string {
  return `${message} ${side}`;
}

function wrongWith({ place, wordings }: Link, parts: readonly Link[], places: History['places']): string | undefined {
  if (!places.has(place)) return 'no message stands there';
  const stands = parts.flatMap((part) => places.get(part.place) ?? []);
  const missing = wordings.find((one) => !stands.some((other) => mark(other) === mark(one)));
  if (!missing) return undefined;
  return `${mark(missing)} is noted, ${stands.map(mark).join(', ') || 'nothing of it'} stands there`;
}
