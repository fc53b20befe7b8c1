import type { Content } from '../relay/content.js';
import type { ConversationId, DeliveryId, ExternalId, MessageId, RelayBotId, ThreadId } from '../relay/ids.js';
import type { Author, CustomerProfile, Quote, Standing } from '../relay/model.js';
import type { Shape } from '../relay/ports.js';

/** What a lane holds, as the planner needs to see it. */
export interface LaneView {
  readonly conversation: ConversationId;
  readonly queue: 'customer' | 'staff' | 'card';
  readonly customer: CustomerProfile & { readonly standing: Standing };
  /** The live thread, once its post has been sent. */
  readonly thread?: LiveThread;
  /** Threads of this conversation that were lost. */
  readonly lostThreads: number;
  /** What the customer wrote first, for the card. */
  readonly firstMessage?: {
    readonly id: MessageId;
    readonly content: Content;
    readonly revision: number;
    readonly inPost: boolean;
  };
  /** The first of the open deliveries, in the order in which they are to be shown. */
  readonly deliveries: readonly DeliveryView[];
}

export interface LiveThread {
  readonly id: ThreadId;
  readonly post: ExternalId;
  readonly root?: ExternalId;
  readonly cardDigest: string;
  /** How long ago its post was sent when the lane was read, in milliseconds. */
  readonly postedMsAgo: number;
  readonly alarmed: boolean;
}

export interface DeliveryView {
  readonly id: DeliveryId;
  readonly priority: number;
  readonly attempts: number;
  /** A call for it was begun and its result was never written down. */
  readonly unsettled: boolean;
  /** An album's item waits for its siblings so much longer, in milliseconds. */
  readonly waitMs?: number;
  /** What it replies to is not known, and may be what a call on the other side is showing just now. */
  readonly replyUnsettled?: true;
  /** How long it has been waiting, in milliseconds. */
  readonly ageMs: number;
  /** Absent for a card. */
  readonly message?: MessageView;
}

export interface MessageView {
  readonly id: MessageId;
  readonly author: Author;
  readonly content: Content;
  /** Grows with every edit. */
  readonly revision: number;
  readonly signature?: string;
  readonly album?: string;
  readonly internal: boolean;
  readonly inPost: boolean;
  readonly removed: boolean;
  readonly quote?: Quote;
  readonly writtenAt: Date;
  /** All messages of the comment that it shares with others, in the order in which they stand there. */
  readonly shared?: readonly SharedMessage[];
  /** Where it was written; absent for the desk's own lines. */
  readonly source?: ExternalId;
  /** Where this side shows it now, by part. */
  readonly links: readonly LinkView[];
  /** The message that it replies to... */
  readonly answers?: MessageId;
  /** ...and where this side shows that. */
  readonly replyTo?: Pick<LinkView, 'externalId' | 'role' | 'thread' | 'slot'>;
}

/** One of several texts that stand in one comment. */
export type SharedMessage = Pick<MessageView, 'id' | 'content' | 'writtenAt'>;

export interface LinkView {
  readonly part: number;
  readonly role: 'origin' | 'copy' | 'post';
  readonly externalId: ExternalId;
  /** Where it stands in a comment that several messages share; absent: it has the comment to itself. */
  readonly slot?: number;
  /** The relay bot that sent it; absent: the desk's own. */
  readonly sender?: RelayBotId;
  readonly thread?: ThreadId;
  readonly shape?: Shape;
  readonly digest?: string;
}

/** One piece of one message, and the content that one place is to show of it. */
export interface Piece {
  readonly message: MessageId;
  readonly part: number;
  /** Where it stands in a comment that several messages share; the content is then the whole comment's. */
  readonly slot?: number;
  readonly content: Content;
  readonly shape: Shape;
  readonly digest: string;
}
