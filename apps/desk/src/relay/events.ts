import type { CommentAuthor, CustomerProfile, IncomingMessage, Role, Standing } from './model.js';
import type { ExternalId, PersonId, PlaceId } from './ids.js';

/** What happened, in no messenger's words. An adapter makes these from its updates; `decide` answers them. */
export type RelayEvent =
  | { readonly kind: 'customer_wrote'; readonly customer: CustomerProfile; readonly message: IncomingMessage }
  | { readonly kind: 'customer_edited'; readonly customer: CustomerProfile; readonly message: IncomingMessage }
  | { readonly kind: 'customer_standing'; readonly customer: CustomerProfile; readonly standing: Standing }
  | CommentEvent
  /** The messenger opened the thread of a post. `ticket`: the conversation that the post says it is about. */
  | {
      readonly kind: 'thread_opened';
      readonly post: ExternalId;
      readonly root: ExternalId;
      readonly ticket?: string;
    }
  | { readonly kind: 'staff_changed'; readonly person: PersonId; readonly name: string; readonly role: Role }
  /** A place got a new id (a group became a supergroup). */
  | { readonly kind: 'place_moved'; readonly from: PlaceId; readonly to: PlaceId }
  /** Something that means nothing to the desk. `reason` is for the log. */
  | { readonly kind: 'nothing'; readonly reason: string };

export interface CommentEvent {
  readonly kind: 'comment_written' | 'comment_edited';
  readonly author: CommentAuthor;
  readonly message: IncomingMessage;
  /** The root of the thread it stands in; absent when it stands in none. */
  readonly root?: ExternalId;
  /** The post whose thread it is, when the comment itself tells; by this a thread is found whose opening was missed. */
  readonly post?: ExternalId;
  /** The command it starts with, without the slash and in lower case, and what follows. */
  readonly command?: Command;
}

export interface Command {
  readonly name: string;
  readonly argument: string;
}
