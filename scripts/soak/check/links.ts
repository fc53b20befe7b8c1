import type { History, Link, Violation } from '../history.js';
import { mark, type Wording } from '../wording.js';

/** Every place that the desk has noted is a message that stands there, and says what the desk believes it says. */
export function checkLinks({ links, places, said }: History): Violation[] {
  const customers = new Map(said.map(({ token, customer }) => [token, customer]));
  return links.flatMap((link): Violation[] => {
    const stands = places.get(link.place);
    const wrong = wrongWith(link, stands);
    if (wrong === undefined) return [];
    const tokens = link.wordings.map(({ token }) => token);
    const customer = tokens.map((token) => customers.get(token)).find((id) => id !== undefined);
    const what = `the ${link.role} of message ${link.message} on the side of ${link.side}, ${link.place}: ${wrong}`;
    return [{ kind: 'wrong link', what, tokens, ...(customer !== undefined && { customer }) }];
  });
}

function wrongWith({ wordings }: Link, stands: readonly Wording[] | undefined): string | undefined {
  if (!stands) return 'no message stands there';
  const missing = wordings.find((one) => !stands.some((other) => mark(other) === mark(one)));
  if (!missing) return undefined;
  return `${mark(missing)} is noted, ${stands.map(mark).join(', ') || 'nothing of it'} stands there`;
}
