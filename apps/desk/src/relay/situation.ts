import type { ChosenReply } from './chosen.js';
import type { Conversation, Quote, Role, StoredMessage } from './model.js';

/** What the store knows that bears on one event. Everything a rule may look at; a rule looks at nothing else. */
export interface Situation {
  /** The conversation of the customer, or of the thread. Absent: this would be its first message. */
  readonly conversation?: Conversation;
  /** The thread of the comment was found by its post: the messenger's word that it opened never came. */
  readonly openingMissed?: boolean;
  /** How many answers wait for a customer who could not be reached: what was written since they last wrote. */
  readonly held?: number;
  /** The message of the event, when it was stored before: a repeat, or the target of an edit. */
  readonly known?: StoredMessage;
  /** The message that the event's message replies to. */
  readonly replied?: StoredMessage;
  /** The words of it that are quoted. */
  readonly quote?: Quote;
  /** The role of the person who wrote the comment; `none` for everybody else. */
  readonly role: Role;
  /** The role of a comment's author has to be asked of the messenger before anything is decided. */
  readonly roleUnknown?: boolean;
  /** Where the comment stands will only be known when a call has ended: nothing can be decided yet. */
  readonly tooEarly?: boolean;
  /** The name under which this agent signs, if they chose one. */
  readonly alias?: string;
  /** The canned reply that the comment is, with its wordings; absent when none says this any more. */
  readonly chosen?: ChosenReply;
  /** The author was told already that what they write outside the threads reaches no customer. */
  readonly hinted?: boolean;
  /** An earlier item of the same album stayed inside. */
  readonly albumInside?: boolean;
}

/** Nothing known yet: what a stranger's first message meets. */
export const blank: Situation = { role: 'none' };
