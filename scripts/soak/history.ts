import type { Wording } from './wording.js';

/** What was said and what is shown of it, as plain values: all that the checks look at. */
export interface History {
  readonly said: readonly Said[];
  readonly conversations: readonly Conversation[];
  /** Messages of the bot in the group that stand in no customer's thread and name no customer. */
  readonly stray: readonly Shown[];
  readonly links: readonly Link[];
  /** Every message in the group, the channel and the private chats, by its place: what stands there now. */
  readonly places: ReadonlyMap<Place, readonly Wording[]>;
  /** Places of messages that the desk has marked: perhaps repeated, or not known whether delivered. */
  readonly flagged: ReadonlySet<Place>;
  /** Places of answers that the team was told not to be delivered, as they are or were. */
  readonly undelivered: ReadonlyMap<Place, Undelivered>;
  /** The thread of every message in the group that stands in one, by the id of its root. */
  readonly threads: ReadonlyMap<Place, number>;
}

/** `surely`: it was told of this very message that it did not arrive. */
export type Undelivered = 'surely' | 'perhaps';

/** A message in a chat, as the desk names it: `<chat>/<message>`. */
export type Place = string;

export type Author = 'customer' | 'agent';

export interface Said extends Wording {
  /** The latest. */
  readonly version: number;
  readonly by: Author;
  /** The customer's id, whoever of the two sides speaks. */
  readonly customer: number;
  /** Stays inside. */
  readonly note: boolean;
  /** A text so short that the post shows it in full when it is the customer's first. */
  readonly fitsInPost: boolean;
  readonly place: Place;
  /** Counts up in the chat in which it was written. */
  readonly messageId: number;
  /** When the desk was first told of it: counts up. Undefined when it never was. */
  readonly handed: number | undefined;
  /** The token of the message that it replies to. */
  readonly answers?: number;
  /** An answer that was taken back: when the desk was first told so. */
  readonly unsent?: { readonly handed: number | undefined };
  /** An agent has asked for it to be sent once more. */
  readonly sentAgain?: boolean;
}

/** A message of the bot. */
export interface Shown {
  readonly place: Place;
  readonly text: string;
  readonly wordings: readonly Wording[];
  readonly replyTo?: Place;
}

/** What both sides see of a conversation, each in the order in which it stands there. */
export interface Conversation {
  readonly customer: number;
  readonly posts: readonly Shown[];
  /** Posts that an admin has deleted, with all wordings that stood there. */
  readonly deleted: readonly Shown[];
  /** The bot's, in the thread or, when there is none, in the group under the customer's name. */
  readonly comments: readonly Shown[];
  /** The bot's, in the private chat. */
  readonly answers: readonly Shown[];
}

/** A row of message_links with its message. */
export interface Link {
  readonly message: string;
  readonly side: string;
  readonly role: string;
  readonly place: Place;
  /** When the desk noted it, in milliseconds. */
  readonly made: number;
  readonly wordings: readonly Wording[];
}

export interface Violation {
  readonly kind:
    | 'lost'
    | 'duplicate'
    | 'stale wording'
    | 'out of order'
    | 'wrong reply'
    | 'not taken back'
    | 'false alarm'
    | 'told twice'
    | 'wrong conversation'
    | 'note outside'
    | 'second post'
    | 'stray comment'
    | 'wrong link'
    | 'not settled'
    | 'parked update'
    | 'desk ended'
    | 'slow stop'
    | 'leak';
  readonly what: string;
  /** Whose conversation is to be shown with it. */
  readonly customer?: number;
  /** The messages that it is about. */
  readonly tokens?: readonly number[];
}
