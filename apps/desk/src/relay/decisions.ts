import type { Content } from './content.js';
import type { ExternalId, MessageId, PersonId, PlaceId } from './ids.js';
import type { CustomerProfile, IncomingMessage, Quote, Role, Side, Standing } from './model.js';
import type { Notice } from './notices.js';

/** What `decide` wants to be true. The store carries all decisions of one event out in one transaction. */
export type Decision =
  /** Make the customer and their conversation known, or their profile current. Always comes first. */
  | { readonly kind: 'know_customer'; readonly customer: CustomerProfile }
  | { readonly kind: 'store_message'; readonly message: NewMessage }
  | {
      readonly kind: 'revise_message';
      readonly message: MessageId;
      readonly content: Content;
      /** What its author sent, where `content` was made of it. */
      readonly written?: Content;
      /** Which edit this is, where the messenger tells. */
      readonly worded?: { readonly at: Date; readonly order: number };
      /** Kept, and shown to nobody. */
      readonly quiet?: boolean;
      readonly inPost: boolean;
    }
  /** What an album says in one item's caption holds for all: none of its items leaves the thread. */
  | { readonly kind: 'keep_album_inside'; readonly album: string }
  /** Show an answer to the customer, unless they have it already. */
  | { readonly kind: 'show_message'; readonly message: MessageId }
  /** Take a message back: it is shown on neither copy any more. */
  | { readonly kind: 'remove_message'; readonly message: MessageId }
  | { readonly kind: 'set_standing'; readonly standing: Standing }
  /** A line of the desk's own in the thread, or to the customer. */
  | {
      readonly kind: 'say';
      readonly to: Side;
      readonly notice: Notice;
      readonly replyTo?: ReplyTarget;
    }
  | { readonly kind: 'refresh_card' }
  | {
      readonly kind: 'remember_root';
      readonly post: ExternalId;
      readonly root: ExternalId;
      /** The conversation that the post says it is about. */
      readonly ticket?: string;
    }
  | { readonly kind: 'set_role'; readonly person: PersonId; readonly name: string; readonly role: Role }
  | { readonly kind: 'set_alias'; readonly person: PersonId; readonly alias: string | null }
  /** A canned reply was used: told as a choice, or by the comment that came of it. */
  | {
      readonly kind: 'count_use';
      readonly reply: string;
      readonly person: PersonId;
      readonly digest: string;
      readonly comment?: ExternalId;
    }
  | { readonly kind: 'move_place'; readonly from: PlaceId; readonly to: PlaceId }
  | {
      readonly kind: 'audit';
      readonly action: string;
      readonly actor: PersonId;
      readonly detail: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'ignore'; readonly reason: string };

/**
 * What a line of the desk's answers: a message already stored, the one that this event stores, or something the team wrote
 * outside all conversations; that line is advice only, and may be lost.
 */
export type ReplyTarget =
  | { readonly kind: 'stored'; readonly message: MessageId }
  | { readonly kind: 'this' }
  | { readonly kind: 'outside'; readonly message: ExternalId };

export interface NewMessage {
  readonly incoming: IncomingMessage;
  readonly replyTo?: MessageId;
  readonly quote?: Quote;
  /** What its author sent, where the content was made of it. */
  readonly written?: Content;
  /** The root of the thread it was written in, for a comment. */
  readonly root?: ExternalId;
  readonly author: 'customer' | 'agent';
  readonly authorId: PersonId;
  /** A name under which the customer sees it; absent: the bot's alone. */
  readonly signature?: string;
  readonly internal: boolean;
  /** Where a copy is to be shown; absent when it stays where it is. */
  readonly copyTo?: Side;
  readonly inPost: boolean;
}
