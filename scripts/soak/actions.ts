import type { Author } from './history.js';

/** What a message is made of. */
export type Form = 'text' | 'long text' | 'photo' | 'document' | 'voice' | 'contact' | 'venue';

/** A message that is replied to: one that the other side said, or the same, counted back from the newest, 0 the newest. */
export interface Answered {
  readonly own: boolean;
  readonly back: number;
}

interface At {
  /** Milliseconds after the round began. */
  readonly at: number;
}

/** Something that a person does. Customers and agents are numbered from 0. */
export type TalkAction = At & { readonly customer: number; readonly by: Author; readonly agent: number } & (
    | {
        readonly kind: 'says';
        readonly token: number;
        readonly form: Form;
        readonly note: boolean;
        /** What it replies to; undefined: nothing. */
        readonly answers: Answered | undefined;
      }
    | { readonly kind: 'album'; readonly tokens: readonly number[]; readonly gapMs: number; readonly note: boolean }
    /** Edits what the same side said, counted back from the newest. */
    | { readonly kind: 'edits'; readonly back: number; readonly times: number }
    /** An agent takes an answer back, or asks for it to be sent (again): counted back from the newest. */
    | { readonly kind: 'unsends' | 'sends'; readonly back: number }
    /** A customer blocks the bot. They are back when they do something next, or without a word. */
    | { readonly kind: 'blocks' | 'returns' }
    /** An admin of the channel deletes the customer's post. */
    | { readonly kind: 'deletes post' }
  );

/** How an answer of the Bot API goes wrong. */
export type Mishap = 'flood' | 'error 500' | 'html' | 'reset' | 'cut' | 'empty' | 'timeout';

/** Something that goes wrong. Desks are numbered from 0. */
export type TroubleAction = At &
  (
    | {
        readonly kind: 'fault';
        readonly mishap: Mishap;
        readonly when: 'before' | 'after';
        /** Undefined: any method. */
        readonly method: string | undefined;
        readonly times: number;
        /** Of a flood: what it is asked to wait. */
        readonly seconds: number;
      }
    | {
        readonly kind: 'forward';
        readonly timing: 'after_delay' | 'before_answer' | 'with_answer' | 'lost' | 'twice';
        readonly delayMs: number;
      }
    | {
        readonly kind: 'updates';
        readonly twice: number;
        readonly swap: number;
        readonly hold: number;
        /** Until what is held back is let go. */
        readonly forMs: number;
      }
    | { readonly kind: 'network'; readonly how: 'hang' | 'refuse'; readonly forMs: number }
    | {
        readonly kind: 'kill';
        readonly desk: number;
        /** At once, or in the middle of the next call that sends, before or after it takes effect. */
        readonly moment: 'now' | 'before a call' | 'after a call';
        readonly forMs: number;
      }
    | { readonly kind: 'term'; readonly desk: number; readonly forMs: number }
    | { readonly kind: 'freeze'; readonly desk: number; readonly forMs: number }
    | { readonly kind: 'database'; readonly how: 'immediate' | 'fast'; readonly forMs: number }
  );

export type TroubleKind = TroubleAction['kind'];

/** What can be left out: a kind of trouble, or all that leaves a caller without the answer of a call that took effect. */
export type Omission = TroubleKind | 'lost-answers';

export const omissions: readonly Omission[] = [
  'fault',
  'forward',
  'updates',
  'network',
  'kill',
  'term',
  'freeze',
  'database',
  'lost-answers',
];

export function isOmitted(action: TroubleAction, omitted: ReadonlySet<Omission>): boolean {
  if (omitted.has(action.kind)) return true;
  if (!omitted.has('lost-answers')) return false;
  return (
    (action.kind === 'fault' && action.when === 'after') || (action.kind === 'kill' && action.moment === 'after a call')
  );
}

export interface Round {
  readonly talk: readonly TalkAction[];
  readonly trouble: readonly TroubleAction[];
}
