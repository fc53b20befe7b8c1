import type { History, Violation } from '../history.js';
import { checkConversation } from './conversation.js';
import { checkLinks } from './links.js';
import { checkOrder } from './order.js';
import { checkReplies } from './replies.js';
import { checkSaid } from './said.js';
import { findShowings } from './showings.js';

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
      ...checkReplies(history, showings),
      ...checkLinks(history),
    ],
    flagged: verdicts.filter(({ flagged }) => flagged).length,
  };
}
