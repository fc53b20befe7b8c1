import type { Author, History, Said, Violation } from '../history.js';
import { mark } from '../wording.js';
import type { Showing } from './showings.js';

/**
 * Messages of one author's side are shown in the order in which they were written. Where Telegram told the desk of the
 * later one first, either order is right: nobody can wait for a message that he does not know of. Words of a post that
 * was deleted are shown anew, and so late, when they are edited.
 */
export function checkOrder(
  { said, conversations }: History,
  showings: ReadonlyMap<number, readonly Showing[]>,
): Violation[] {
  const reshown = new Set(
    conversations.flatMap(({ deleted }) => deleted.flatMap(({ wordings }) => wordings.map(({ token }) => token))),
  );
  const sequence = (customer: number, by: Author): Said[] =>
    said
      .filter((one) => one.customer === customer && one.by === by && showings.has(one.token) && !reshown.has(one.token))
      .sort((a, b) => a.messageId - b.messageId);
  return conversations.flatMap(({ customer }) =>
    (['customer', 'agent'] as const).flatMap((by) => inversions(sequence(customer, by), showings)),
  );
}

/** Each message that stands before one that was written, and told, earlier: named once, with the first such. */
function inversions(written: readonly Said[], showings: ReadonlyMap<number, readonly Showing[]>): Violation[] {
  return written.flatMap((later, index): Violation[] => {
    const earlier = written
      .slice(0, index)
      .find((one) => wasToldBefore(one, later) && positionOf(showings, one) > positionOf(showings, later));
    if (!earlier) return [];
    const what = `${mark(later)} is shown before ${mark(earlier)}, which was written first`;
    const tokens = [earlier.token, later.token];
    return [{ kind: 'out of order', what, customer: later.customer, tokens }];
  });
}

function wasToldBefore(a: Said, b: Said): boolean {
  return a.handed !== undefined && b.handed !== undefined && a.handed < b.handed;
}

/** Of a message that is shown twice the first counts. */
function positionOf(showings: ReadonlyMap<number, readonly Showing[]>, { token }: Said): number {
  return showings.get(token)?.[0]?.position ?? 0;
}
