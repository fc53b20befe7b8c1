import { createRandom, type Random } from './random.js';

/** One thing that somebody says. */
export interface Saying {
  readonly id: number;
  readonly conversation: number;
  readonly author: 'customer' | 'agent';
  /** Media cannot be merged with anything. */
  readonly isMedia: boolean;
  /** The first of its conversation. */
  readonly isFirst: boolean;
}

/** Where people act: the sandbox, or the model of it. */
export interface Stage {
  /** Seconds from now. */
  after(seconds: number, run: () => void): void;
  says(saying: Saying): void;
  /** The author changes the words. */
  edits(saying: Saying): void;
}

export interface WorkloadOptions {
  readonly seed: number;
  /** Customer messages per minute, in the long run. */
  readonly perMinute: number;
  /** How long new conversations begin. */
  readonly minutes: number;
  /** Somebody who writes without pause, beside the others. */
  readonly flood?: { readonly fromMinute: number; readonly minutes: number; readonly perSecond: number };
}

/** People at work. The other side's sayings are answered when they are delivered. */
export interface Workload {
  delivered(id: number): void;
  readonly flooder: number;
}

/** What customers and agents of a busy desk do, on average. Seconds. */
const habits = {
  rounds: 3,
  burst: 2.5,
  gap: 6,
  mediaShare: 0.1,
  editShare: 0.03,
  editAfter: 20,
  answerAfter: { low: 30, high: 90 },
  answers: 1.3,
  answerGap: 5,
  nextRoundAfter: 30,
} as const;

const messagesPerConversation = habits.rounds * habits.burst;
const flooder = -1;

/**
 * Conversations come by chance (Poisson). Each has its own random numbers, so that different desks, which deliver at
 * different times, hear the same things said.
 */
export function startWorkload(stage: Stage, { seed, perMinute, minutes, flood }: WorkloadOptions): Workload {
  const onDelivered = new Map<number, () => void>();
  const arrivals = createRandom(seed, 1);
  let ids = 0;
  const say = (saying: Omit<Saying, 'id'>, random: Random): number => {
    ids += 1;
    const said = { ...saying, id: ids };
    stage.says(said);
    const isEdited = saying.author === 'customer' && random.uniform() < habits.editShare;
    if (isEdited) stage.after(random.exponential(habits.editAfter), () => stage.edits(said));
    return ids;
  };

  const arrive = (conversation: number, atSeconds: number): void => {
    const waitSeconds = arrivals.exponential((60 * messagesPerConversation) / perMinute);
    if (atSeconds + waitSeconds > minutes * 60) return;
    stage.after(waitSeconds, () => {
      converse({ stage, say, onDelivered, conversation, random: createRandom(seed, 2, conversation) });
      arrive(conversation + 1, atSeconds + waitSeconds);
    });
  };
  arrive(0, 0);

  if (flood) {
    const random = createRandom(seed, 3);
    const count = flood.minutes * 60 * flood.perSecond;
    for (let n = 0; n < count; n += 1) {
      const isMedia = n > 0 && random.uniform() < habits.mediaShare;
      stage.after(flood.fromMinute * 60 + n / flood.perSecond, () =>
        say({ conversation: flooder, author: 'customer', isMedia, isFirst: n === 0 }, random),
      );
    }
  }
  return {
    flooder,
    delivered: (id) => {
      const next = onDelivered.get(id);
      onDelivered.delete(id);
      next?.();
    },
  };
}

interface Conversing {
  readonly stage: Stage;
  readonly say: (saying: Omit<Saying, 'id'>, random: Random) => number;
  readonly onDelivered: Map<number, () => void>;
  readonly conversation: number;
  readonly random: Random;
}

/** Rounds of a burst of the customer's and, once it is delivered, the agent's answers. */
function converse({ stage, say, onDelivered, conversation, random }: Conversing): void {
  const rounds = random.geometric(habits.rounds);

  const speak = (author: Saying['author'], { left, gap, isFirst, then }: Burst): void => {
    const isMedia = author === 'customer' && !isFirst && random.uniform() < habits.mediaShare;
    const id = say({ conversation, author, isMedia, isFirst }, random);
    if (left > 1) {
      stage.after(random.exponential(gap), () => speak(author, { left: left - 1, gap, isFirst: false, then }));
    } else onDelivered.set(id, then);
  };
  const round = (number: number): void => {
    const burst = { left: random.geometric(habits.burst), gap: habits.gap, isFirst: number === 1 };
    speak('customer', { ...burst, then: () => answerLater(number) });
  };
  const answerLater = (number: number): void => {
    const { low, high } = habits.answerAfter;
    const then = (): void => {
      if (number < rounds) stage.after(random.exponential(habits.nextRoundAfter), () => round(number + 1));
    };
    const burst = { left: random.geometric(habits.answers), gap: habits.answerGap, isFirst: false, then };
    stage.after(random.between(low, high), () => speak('agent', burst));
  };
  round(1);
}

interface Burst {
  readonly left: number;
  readonly gap: number;
  readonly isFirst: boolean;
  /** Done when the last of it is delivered. */
  readonly then: () => void;
}
