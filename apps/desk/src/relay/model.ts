import type { Content, RichText } from './content.js';
import type { ConversationId, ExternalId, MessageId, PersonId, PlaceId } from './ids.js';

/** Which side of a conversation something is shown on. */
export type Side = 'customer' | 'staff';

/** Whether a customer can be reached: they may have blocked the bot, or their account may be gone. */
export type Standing = 'active' | 'blocked' | 'gone';

export type Author = 'customer' | 'agent' | 'desk';

/** What is known of a customer, as the messenger tells it now. */
export interface CustomerProfile {
  readonly id: PersonId;
  /** Where to write to them. */
  readonly place: PlaceId;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly language?: string;
}

/** A part of an earlier message that a reply points at. */
export interface Quote {
  readonly text: RichText;
  /** Offset in the quoted message, UTF-16 code units. */
  readonly position: number;
}

/** A message as it arrives, in either direction. */
export interface IncomingMessage {
  readonly id: ExternalId;
  readonly content: Content;
  /** When it was written; for an edit, still when it was written first. */
  readonly at: Date;
  readonly editedAt?: Date;
  /** The messenger's own count of what it tells: of two edits in one second the higher is the later. */
  readonly order?: number;
  readonly replyTo?: ExternalId;
  readonly quote?: Quote;
  /** The same for all items of one album. */
  readonly album?: string;
}

/** Who wrote a comment. A person must be staff; the other two speak for the place itself and are staff by nature. */
export type CommentAuthor =
  | { readonly kind: 'person'; readonly id: PersonId; readonly name: string }
  | { readonly kind: 'anonymous_admin'; readonly id: PersonId; readonly name: string }
  | { readonly kind: 'channel_identity'; readonly id: PersonId; readonly name: string }
  | { readonly kind: 'foreign'; readonly id: PersonId; readonly name: string };

export type Role = 'none' | 'agent' | 'admin';

/** A conversation as the rules need to see it. */
export interface Conversation {
  readonly id: ConversationId;
  readonly customer: CustomerProfile & { readonly standing: Standing };
}

/** A stored message as the rules need to see it. */
export interface StoredMessage {
  readonly id: MessageId;
  readonly author: Author;
  readonly content: Content;
  /** What its author sent, where the content was made of it. */
  readonly written?: Content;
  readonly revision: number;
  /** When its present wording was written, and the messenger's count of what told of it. */
  readonly worded?: { readonly at: Date; readonly order: number };
  /** An answer that the customer does not have, and that nothing waits to bring: it could not be delivered. */
  readonly undelivered?: boolean;
  /** A note or command: it is shown nowhere but where it was written. */
  readonly internal: boolean;
  /** It stands in the post itself, so an edit of it renders the post anew. */
  readonly inPost: boolean;
  readonly removed: boolean;
}
