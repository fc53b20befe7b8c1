import type { Content } from './content.js';
import type { ExternalId, MessageId, PersonId, PlaceId } from './ids.js';
import type { CustomerProfile, IncomingMessage, Role, Side, Standing } from './model.js';
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
  | { readonly kind: 'remember_root'; readonly post: ExternalId; readonly root: ExternalId }
  | { readonly kind: 'set_role'; readonly person: PersonId; readonly name: string; readonly role: Role }
  | { readonly kind: 'set_alias'; readonly person: PersonId; readonly alias: string | null }
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
