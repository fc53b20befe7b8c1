import type { Conversation, History, Violation } from '../history.js';
import { mark } from '../wording.js';
import { sideOf } from './showings.js';

/** One post for each customer, nothing that belongs elsewhere, and no news told twice. */
export function checkConversation(history: History, conversation: Conversation): Violation[] {
  const { customer, posts } = conversation;
  const unmarked = posts.filter(({ place }) => !history.flagged.has(place));
  const second: Violation = {
    kind: 'second post',
    what: `the customer has ${posts.length} posts: ${posts.map(({ place }) => place).join(', ')}`,
    customer,
  };
  return [
    ...(unmarked.length > 1 ? [second] : []),
    ...checkBelonging(history, conversation),
    ...checkStanding(history, conversation),
  ];
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

const standings = [/The customer has blocked the bot\. Answers cannot/, /The customer is back\. Answers are/] as const;

/** That a customer has blocked the bot, and that they are back, is told in turn. */
function checkStanding({ flagged }: History, { comments, customer }: Conversation): Violation[] {
  const told = comments.flatMap(({ text, place }) => {
    const which = standings.findIndex((words) => words.test(text));
    return which === -1 || flagged.has(place) ? [] : [{ which, place }];
  });
  return told.flatMap(({ which, place }, index): Violation[] => {
    if (which !== (told[index - 1]?.which ?? 1)) return [];
    return [{ kind: 'told twice', what: `${place} says again how the customer stands to the bot`, customer }];
  });
}
