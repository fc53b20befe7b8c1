import type { Content } from './content.js';
import type { CommentAuthor, CustomerProfile, IncomingMessage, Role, Standing } from './model.js';
import type { ExternalId, PersonId, PlaceId } from './ids.js';

/** What happened, in no messenger's words. An adapter makes these from its updates; `decide` answers them. */
export type RelayEvent =
  | CustomerWrote
  | { readonly kind: 'customer_edited'; readonly customer: CustomerProfile; readonly message: IncomingMessage }
  | { readonly kind: 'customer_standing'; readonly customer: CustomerProfile; readonly standing: Standing }
  | CommentEvent
  | ManagementEvent
  /** Somebody picked a canned reply, somewhere; the messenger tells of it only where it was asked to. */
  | { readonly kind: 'reply_chosen'; readonly person: PersonId; readonly reply: string; readonly digest: string }
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
  /** Something that means nothing to the desk. `reason` is for the log; `elsewhere`: only because of the place it came from. */
  | { readonly kind: 'nothing'; readonly reason: string; readonly elsewhere?: true };

export interface CustomerWrote {
  readonly kind: 'customer_wrote';
  readonly customer: CustomerProfile;
  readonly message: IncomingMessage;
}

export interface CommentEvent {
  readonly kind: 'comment_written' | 'comment_edited';
  readonly author: CommentAuthor;
  readonly message: IncomingMessage;
  /** The root of the thread it stands in; absent when it stands in none. */
  readonly root?: ExternalId;
  /** The post whose thread it is, when the comment itself tells; by this a thread is found whose opening was missed. */
  readonly post?: ExternalId;
  /** It was picked from what the desk itself offers: a canned reply. */
  readonly chosen?: true;
  /** The command it starts with, without the slash and in lower case, and what follows. */
  readonly command?: Command;
}

/**
 * Words to the desk itself, about canned replies. They count when a member of the staff wrote them; from anybody else
 * they are `otherwise`, which is also what they are besides where they stand in the discussion.
 */
export interface ManagementEvent {
  readonly kind: 'management';
  readonly author: CommentAuthor;
  readonly place: PlaceId;
  readonly id: ExternalId;
  /** In the private chat they are for the desk alone; in the discussion everybody sees them. */
  readonly where: 'private' | 'discussion';
  readonly request: ManagementRequest;
  readonly otherwise: CustomerWrote | CommentEvent;
}

export type ManagementRequest =
  /** `/save`: what stands behind it, and the message that it answers. */
  | { readonly kind: 'save'; readonly said: Content; readonly target?: Content }
  /** `/canned`, and the words behind it. */
  | { readonly kind: 'list'; readonly query: string }
  /** An answer to a question of the desk's, which the desk knows by its state. */
  | { readonly kind: 'answer'; readonly state: string; readonly said: Content }
  /** The button above an empty answer to an inline query led here. */
  | { readonly kind: 'start' };

export interface Command {
  readonly name: string;
  readonly argument: string;
}
