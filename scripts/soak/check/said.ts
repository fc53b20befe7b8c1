import type { History, Said, Undelivered, Violation } from '../history.js';
import { mark } from '../wording.js';
import { placesOf, type Showing } from './showings.js';

export interface SaidVerdict {
  readonly violations: readonly Violation[];
  /** It is repeated or missing, and marked so. */
  readonly flagged: boolean;
}

const right: SaidVerdict = { violations: [], flagged: false };

/** A message is shown to the other side exactly once, with its latest wording; or the team was told what is not so. */
export function checkSaid(history: History, said: Said, showings: readonly Showing[]): SaidVerdict {
  if (said.note) return right;
  const { flagged, undelivered } = history;
  const isFlagged = flagged.has(said.place) || showings.some(({ shown }) => flagged.has(shown.place));
  const told = undelivered.get(said.place);
  const isTold = told !== undefined;
  const places = placesOf(showings);
  if (said.unsent) return checkUnsent(said, { places, isExcused: isFlagged || isTold });
  if (places.length !== 1 && isFlagged) return { violations: isTold ? [] : staleOf(said, showings), flagged: true };
  if (places.length === 0 && isTold) return { violations: [], flagged: true };
  const violations = [
    ...(places.length === 0 ? [wrong(said, 'lost', 'is shown nowhere')] : []),
    ...(places.length > 1 ? [wrong(said, 'duplicate', `is shown ${places.length} times: ${places.join(', ')}`)] : []),
    ...(isTold ? falseAlarm(said, told) : staleOf(said, showings)),
  ];
  return { violations, flagged: false };
}

function wrong(said: Said, kind: Violation['kind'], what: string): Violation {
  const name = `${mark(said)} of ${said.by === 'agent' ? 'an agent' : 'the customer'}`;
  return { kind, what: `${name} ${what}`, customer: said.customer, tokens: [said.token] };
}

/** Somewhere the latest wording must stand; an orphan of a repetition may be left behind. */
function staleOf(said: Said, showings: readonly Showing[]): Violation[] {
  if (showings.length === 0 || showings.some(({ version }) => version === said.version)) return [];
  const shown = showings.map(({ version }) => mark({ token: said.token, version })).join(', ');
  return [wrong(said, 'stale wording', `is the latest wording, shown is ${shown}`)];
}

/** What was never edited, and not asked for again, cannot have arrived after it was told not to. */
function falseAlarm(said: Said, told: Undelivered): Violation[] {
  if (told === 'perhaps' || said.version > 1 || said.sentAgain === true) return [];
  return [wrong(said, 'false alarm', 'is told not to be delivered, and is shown')];
}

/** An answer that was taken back is gone. Who said so before the desk knew of the answer took nothing back. */
function checkUnsent(
  said: Said,
  { places, isExcused }: { readonly places: readonly string[]; readonly isExcused: boolean },
): SaidVerdict {
  const { handed, unsent } = said;
  const isKnown = handed !== undefined && unsent?.handed !== undefined && handed < unsent.handed;
  if (places.length === 0 || isExcused || !isKnown) return { violations: [], flagged: isExcused };
  return { violations: [wrong(said, 'not taken back', `still stands at ${places.join(', ')}`)], flagged: false };
}
