import type { Mishap, TroubleAction, TroubleKind } from '../actions.js';
import type { Random } from '../random.js';

/** Milliseconds between two troubles of a spell, on average. */
const meanGapMs = 1_100;
/** Trouble comes in spells: in between people get to see what was said, answer it, and have second thoughts. */
const spellMs = 7_000;
const restMs = 6_000;
/** The first seconds are quiet, so that a desk is there to be troubled; trouble ends a little before the talk does. */
const quietMs = 4_000;

const sending = ['sendMessage', 'sendPhoto', 'sendMediaGroup', 'editMessageText', 'editMessageCaption', 'getUpdates'];

export interface TroublePlan {
  /** Actions of the next round, in order. */
  round(lengthMs: number): TroubleAction[];
}

/** Decides what goes wrong, and when. The same numbers make the same trouble. */
export function planTrouble(random: Random, { desks }: { readonly desks: number }): TroublePlan {
  return {
    round: (lengthMs) => {
      const actions: TroubleAction[] = [];
      for (let at = quietMs; at < lengthMs - quietMs; at += random.gap(meanGapMs)) {
        if ((at - quietMs) % (spellMs + restMs) < spellMs) actions.push({ at, ...trouble(random, desks) });
      }
      return actions;
    },
  };
}

type Trouble = TroubleAction extends infer T ? (T extends TroubleAction ? Omit<T, 'at'> : never) : never;

function trouble(random: Random, desks: number): Trouble {
  const kind = random.choose<TroubleKind>([
    [48, 'fault'],
    [8, 'forward'],
    [8, 'updates'],
    [3, 'network'],
    [4, 'kill'],
    [1, 'term'],
    [1, 'freeze'],
    [2, 'database'],
  ]);
  const desk = random.between(0, desks - 1);
  switch (kind) {
    case 'fault':
      return fault(random);
    case 'forward':
      return { kind, ...forward(random) };
    case 'updates':
      return { kind, ...updates(random) };
    case 'network':
      return { kind, how: random.chance(0.5) ? 'hang' : 'refuse', forMs: random.between(200, 4_000) };
    case 'kill':
      return { kind, desk, moment: moment(random), forMs: random.between(0, 2_000) };
    case 'term':
      return { kind, desk, forMs: random.between(0, 1_000) };
    case 'freeze':
      return { kind, desk, forMs: random.between(1_000, 15_000) };
    case 'database':
      return { kind, how: random.chance(0.5) ? 'immediate' : 'fast', forMs: random.between(0, 3_000) };
  }
}

function fault(random: Random): Trouble {
  const mishap = random.choose<Mishap>([
    [4, 'flood'],
    [3, 'error 500'],
    [3, 'html'],
    [3, 'reset'],
    [2, 'cut'],
    [2, 'empty'],
    [1, 'timeout'],
  ]);
  const method = random.chance(0.08) ? undefined : sending[random.between(0, sending.length - 1)];
  // Who is told to wait was not served.
  const when = mishap !== 'flood' && random.chance(0.6) ? 'after' : 'before';
  const times = random.chance(0.15) ? random.between(2, 3) : 1;
  return { kind: 'fault', mishap, when, method, times, seconds: random.between(1, 3) };
}

function forward(random: Random): Pick<Extract<TroubleAction, { kind: 'forward' }>, 'timing' | 'delayMs'> {
  const timing = random.choose<Extract<TroubleAction, { kind: 'forward' }>['timing']>([
    [6, 'after_delay'],
    [2, 'before_answer'],
    [2, 'with_answer'],
    [2, 'twice'],
    [1, 'lost'],
  ]);
  return { timing, delayMs: random.between(0, 5_000) };
}

function updates(
  random: Random,
): Pick<Extract<TroubleAction, { kind: 'updates' }>, 'twice' | 'swap' | 'hold' | 'forMs'> {
  const [twice, swap, hold] = [random.between(0, 3), random.between(0, 2), random.between(0, 2)];
  return { twice, swap, hold, forMs: random.between(300, 4_000) };
}

function moment(random: Random): Extract<TroubleAction, { kind: 'kill' }>['moment'] {
  return random.choose<Extract<TroubleAction, { kind: 'kill' }>['moment']>([
    [2, 'now'],
    [1, 'before a call'],
    [3, 'after a call'],
  ]);
}
