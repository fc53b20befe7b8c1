import type { Author, Conversation, History, Said, Shown, Violation } from '../history.js';
import { mark } from '../wording.js';
import { checkLinks } from './links.js';
import { checkOrder } from './order.js';

/** What the soak found out. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** Messages that are repeated or missing and marked so. */
  readonly flagged: number;
}

/** Holds a history to what the desk promises. Pure. */
export function check(history: History): Verdict {
  const showings = findShowings(history);
  const verdicts = history.said.map((said) => checkSaid(history, said, showings.get(said.token) ?? []));
  return {
    violations: [
      ...verdicts.flatMap(({ violations }) => violations),
      ...history.conversations.flatMap((conversation) => checkConversation(history, conversation)),
      ...history.stray.map((shown): Violation => ({
        kind: 'stray comment',
        what: `${shown.place} stands in no thread and names no customer: ${shown.text}`,
        tokens: shown.wordings.map(({ token }) => token),
      })),
      ...checkOrder(history, showings),
      ...checkLinks(history),
    ],
    flagged: verdicts.filter(({ flagged }) => flagged).length,
  };
}

/** One place where a message is shown to the other side. */
export interface Showing {
  readonly shown: Shown;
  readonly version: number;
  /** Counts up on that side; several wordings in one message count one after the other. */
  readonly position: number;
}

/** Where every message is shown, in order, by its token. */
export function findShowings(history: History): Map<number, Showing[]> {
  const found = new Map<number, Showing[]>();
  const said = new Map(history.said.map((one) => [one.token, one]));
  for (const conversation of history.conversations) {
    for (const by of ['customer', 'agent'] as const) {
      let position = 0;
      for (const { shown, isPost } of sideOf(conversation, by)) {
        for (const { token, version } of shown.wordings) {
          const one = said.get(token);
          if (one?.by !== by || one.customer !== conversation.customer || (isPost && !one.fitsInPost)) continue;
          position += 1;
          found.set(token, [...(found.get(token) ?? []), { shown, version, position }]);
        }
      }
    }
  }
  return found;
}

/** What the other side sees. A post carries a first message that is short; of any other it is no more than a sign. */
function sideOf({ posts, comments, answers }: Conversation, by: Author): { shown: Shown; isPost: boolean }[] {
  const all = (list: readonly Shown[], isPost: boolean) => list.map((shown) => ({ shown, isPost }));
  return by === 'customer' ? [...all(posts, true), ...all(comments, false)] : all(answers, false);
}

function checkSaid(
  { flagged }: History,
  said: Said,
  showings: readonly Showing[],
): { violations: Violation[]; flagged: boolean } {
  const about = { customer: said.customer, tokens: [said.token] };
  const name = `${mark(said)} of ${said.by === 'agent' ? 'an agent' : 'the customer'}`;
  if (said.note) return { violations: [], flagged: false };
  const isFlagged = flagged.has(said.place) || showings.some(({ shown }) => flagged.has(shown.place));
  if (showings.length !== 1 && isFlagged) return { violations: staleOf(said, showings), flagged: true };
  if (showings.length === 0) {
    return { violations: [{ kind: 'lost', what: `${name} is shown nowhere`, ...about }], flagged: false };
  }
  const violations: Violation[] = staleOf(said, showings);
  if (showings.length > 1) {
    const places = showings.map(({ shown }) => shown.place).join(', ');
    violations.push({ kind: 'duplicate', what: `${name} is shown ${showings.length} times: ${places}`, ...about });
  }
  return { violations, flagged: false };
}

/** An orphan of a repetition may be left behind; somewhere the latest wording must stand. */
function staleOf(said: Said, showings: readonly Showing[]): Violation[] {
  if (showings.length === 0 || showings.some(({ version }) => version === said.version)) return [];
  const shown = showings.map(({ version }) => mark({ token: said.token, version })).join(', ');
  const what = `the latest wording is ${mark(said)}, shown is ${shown}`;
  return [{ kind: 'stale wording', what, customer: said.customer, tokens: [said.token] }];
}

function checkConversation(history: History, conversation: Conversation): Violation[] {
  const { customer, posts } = conversation;
  const unmarked = posts.filter(({ place }) => !history.flagged.has(place));
  const second: Violation = {
    kind: 'second post',
    what: `the customer has ${posts.length} posts: ${posts.map(({ place }) => place).join(', ')}`,
    customer,
  };
  return [...(unmarked.length > 1 ? [second] : []), ...checkBelonging(history, conversation)];
}

/** Nothing stands under a wrong customer, on a wrong side, or outside when it is a note. */
function checkBelonging({ said }: History, conversation: Conversation): Violation[] {
  const known = new Map(said.map((one) => [one.token, one]));
  return (['customer', 'agent'] as const).flatMap((by) =>
    sideOf(conversation, by).flatMap(({ shown }) =>
      shown.wordings.flatMap((wording): Violation[] => {
        const one = known.get(wording.token);
        const about = { customer: conversation.customer, tokens: [wording.token] };
        const where = `${mark(wording)} stands at ${shown.place}`;
        if (one?.note === true) return [{ kind: 'note outside', what: `${where}, but is a note`, ...about }];
        if (one?.by === by && one.customer === conversation.customer) return [];
        return [{ kind: 'wrong conversation', what: `${where}, where it does not belong`, ...about }];
      }),
    ),
  );
}
