import type { Answered, Form, TalkAction } from '../actions.js';
import type { Author } from '../history.js';
import type { Random } from '../random.js';

/** Milliseconds between two actions of people, on average. */
const meanGapMs = 400;
export const agentCount = 2;
/** New customers in each round: the opening of a conversation is where most can go wrong. */
const newcomers = 4;

/** What is planned, over all rounds. */
export interface TalkPlan {
  /** Actions of the next round, in order. */
  round(lengthMs: number): TalkAction[];
}

/** Decides who says and edits what, and when. The same numbers make the same talk. */
export function planTalk(random: Random): TalkPlan {
  let customers = 0;
  let tokens = 0;
  const newToken = (): number => (tokens += 1);

  /** Mostly one of the newest customers. */
  const chooseCustomer = (): number => {
    const newest = random.between(Math.max(0, customers - newcomers), customers - 1);
    return random.chance(0.8) ? newest : random.between(0, customers - 1);
  };
  const act = (at: number, customer: number): TalkAction[] => {
    const by = random.choose<Author>([
      [5, 'customer'],
      [4, 'agent'],
    ]);
    const who = { at, customer, by, agent: random.between(0, agentCount - 1) };
    const kind = random.choose<'says' | 'burst' | 'album' | 'edits' | 'rare'>([
      [12, 'says'],
      [2, 'burst'],
      [1, 'album'],
      [7, 'edits'],
      [4, 'rare'],
    ]);
    switch (kind) {
      case 'says':
        return [says(random, who, newToken())];
      case 'burst':
        return Array.from({ length: random.between(2, 5) }, () => says(random, who, newToken()));
      case 'album':
        return [album(random, who, newToken)];
      case 'edits':
        return [{ ...who, kind: 'edits', back: Math.floor(random.gap(1.5)), times: random.chance(0.2) ? 3 : 1 }];
      case 'rare':
        return [rare(random, who)];
    }
  };
  return {
    round: (lengthMs) => {
      const arrivals = Array.from({ length: newcomers }, (_, index) => (index * lengthMs * 0.7) / newcomers);
      const actions: TalkAction[] = [];
      for (let at = 0; at < lengthMs; at += random.gap(meanGapMs)) {
        if (at >= (arrivals[0] ?? lengthMs)) {
          arrivals.shift();
          customers += 1;
          actions.push(...arrives(random, { at, customer: customers - 1 }, newToken));
        } else actions.push(...act(at, chooseCustomer()));
      }
      return actions;
    },
  };
}

interface Who {
  readonly at: number;
  readonly customer: number;
  readonly by: Author;
  readonly agent: number;
}

/** A new customer begins with one message, or with several at once, and may have second thoughts. */
function arrives(
  random: Random,
  { at, customer }: { at: number; customer: number },
  newToken: () => number,
): TalkAction[] {
  const who: Who = { at, customer, by: 'customer', agent: 0 };
  const first = Array.from({ length: random.between(1, 3) }, () => says(random, who, newToken()));
  return random.chance(0.3) ? [...first, { ...who, kind: 'edits', back: 0, times: 1 }] : first;
}

/** What happens now and then, and changes what everything else meets. */
function rare(random: Random, who: Who): TalkAction {
  if (who.by === 'customer') return { ...who, kind: random.chance(0.5) ? 'blocks' : 'returns' };
  const kind = random.choose<'unsends' | 'sends' | 'deletes post'>([
    [5, 'unsends'],
    [2, 'sends'],
    [2, 'deletes post'],
  ]);
  return kind === 'deletes post' ? { ...who, kind } : { ...who, kind, back: Math.floor(random.gap(1)) };
}

function says(random: Random, who: Who, token: number): TalkAction {
  const form = random.choose<Form>([
    [14, 'text'],
    [2, 'long text'],
    [3, 'photo'],
    [1, 'document'],
    [1, 'voice'],
    [1, 'contact'],
    [1, 'venue'],
  ]);
  const note = who.by === 'agent' && random.chance(0.15);
  const answers: Answered | undefined = random.chance(0.3)
    ? { own: random.chance(0.25), back: Math.floor(random.gap(1)) }
    : undefined;
  // A note is told by its first words.
  return { ...who, kind: 'says', token, form: note ? 'text' : form, note, answers };
}

function album(random: Random, who: Who, newToken: () => number): TalkAction {
  const tokens = Array.from({ length: random.between(2, 4) }, newToken);
  const gapMs = random.between(0, 150);
  return { ...who, kind: 'album', tokens, gapMs, note: who.by === 'agent' && random.chance(0.1) };
}
