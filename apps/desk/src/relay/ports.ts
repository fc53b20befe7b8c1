import type { Content } from './content.js';
import type { ExternalId, PersonId, PlaceId, RelayBotId } from './ids.js';
import type { CustomerProfile, Quote, Role, Standing } from './model.js';

/**
 * The two plugs of the desk. A customer channel is where customers write (a Telegram private chat, later a website); a
 * staff surface is where the team answers (a Telegram channel with comments, later another). Every method makes one call
 * to the messenger and throws DeliveryError when it fails; nothing is retried inside.
 */

/** One call's worth of showing. Two to ten contents are shown as one album. */
export interface SendRequest {
  readonly to: PlaceId;
  readonly contents: readonly [Content, ...Content[]];
  /** Where the content came from; what only the messenger itself can copy is copied from there. */
  readonly source?: ExternalId;
  readonly replyTo?: ExternalId;
  readonly quote?: Quote;
}

export interface EditRequest {
  readonly message: ExternalId;
  /** What it shows now. */
  readonly shape: Shape;
  readonly content: Content;
}

/** What both plugs do. */
export interface Messenger {
  /** Shows the contents; resolves with the new messages in the same order. An id is missing where there is none. */
  send(request: SendRequest): Promise<readonly (ExternalId | undefined)[]>;
  /** Makes a message of the desk's own show `content`. Succeeds when it shows that already. */
  edit(request: EditRequest): Promise<void>;
  /** Takes a message away. Succeeds when it is gone already. */
  delete(message: ExternalId): Promise<void>;
  /** Cuts what is too long for one message into pieces that are not. Pure; most contents are one piece. */
  cut(content: Content): readonly Content[];
  /** Whether a message that was sent as `shape` can be edited into `content`, or has to be sent anew. Pure. */
  canBecome(shape: Shape, content: Content): boolean;
  /** Contents of the same class may share an album; undefined: it cannot stand in one. Pure. */
  albumClass(content: Content): string | undefined;
  /**
   * Where the messages of a place stand now, to be kept before a call; `near` are some that are known to stand there.
   * Undefined where nothing is known. Asks nobody.
   */
  mark(place: PlaceId, near: readonly ExternalId[]): Mark | undefined;
  /** The messages that a call made after `mark` may have become, the likeliest first. Asks nobody. */
  candidates(place: PlaceId, mark: Mark): readonly ExternalId[];
  /**
   * Asks whether a message is the desk's own and shows this, which changes nothing if it does. `unclear`: it was another
   * one of the desk's, or nobody may ask.
   */
  shows(message: ExternalId, content: Content): Promise<'yes' | 'no' | 'unclear'>;
}

/** Opaque to all but the messenger that made it; goes through JSON. */
export type Mark = string;

/** The kind of thing a message was sent as and, for media, which file: `text`, `photo:<file key>`, `live_location`. */
export type Shape = string;

export function shapeOf(content: Content): Shape {
  if (content.kind === 'media') return `${content.media}:${content.fileKey}`;
  return content.kind === 'location' && content.live ? 'live_location' : content.kind;
}

export type CustomerChannel = Messenger;

/** What the post of a conversation says. */
export interface Card {
  /** The conversation's number, by which people and searches find it. */
  readonly ticket: string;
  readonly customer: CustomerProfile;
  readonly standing: Standing;
  /** An earlier post of this conversation was lost. */
  readonly continued: boolean;
  /** What the customer wrote first; absent in a continued post. */
  readonly firstMessage?: Content;
}

export interface StaffSurface extends Messenger {
  /** Opens the conversation's thread. The thread's root may become known later, by an event. */
  openThread(card: Card): Promise<ExternalId>;
  /** Makes the post show the card. Succeeds when it shows that already. */
  updateThread(post: ExternalId, card: Card): Promise<void>;
  /** What the post says that shows the card. Pure. */
  cardContent(card: Card): Content;
  /** Looks for the post of a ticket, whose sending was not answered. Undefined when it cannot be found. */
  findPost(ticket: string): Promise<ExternalId | undefined>;
  /** Looks for the root of a thread whose opening was not reported. Undefined when it cannot be found. */
  findRoot(post: ExternalId): Promise<ExternalId | undefined>;
  /** Where posts go and where comments go; undefined until the desk is set up. */
  places(): { readonly posts: PlaceId; readonly comments: PlaceId } | undefined;
}

/** A further bot that can carry comments when the calls of the desk's own are used up. */
export interface RelayBot {
  readonly id: RelayBotId;
  /** For people: what the messenger calls it, as far as that is known. */
  name(): string;
  readonly messenger: Messenger;
  /** `ready`: it may write comments; `gone`: it may not until a person sees to it; `unknown`: nobody could ask yet. */
  standing(): 'ready' | 'gone' | 'unknown';
}

/** Who is staff, as the messenger says now. */
export interface StaffDirectory {
  role(person: PersonId): Promise<{ readonly role: Role; readonly name: string }>;
}

/**
 * Why a call failed, and whether that is certain.
 * - `retry`: certainly not carried out, and may be later; `afterMs` when the messenger said when. `flood`: because too much
 *   was sent.
 * - `rejected`: certainly not carried out, and never will be in this form.
 * - `uncertain`: it may have been carried out, in whole or in part; the answer was lost. The rest as for `retry`.
 */
export class DeliveryError extends Error {
  constructor(
    readonly outcome:
      | {
          readonly kind: 'retry';
          readonly afterMs?: number;
          readonly scope: 'place' | 'bot';
          readonly flood?: true;
        }
      | { readonly kind: 'rejected'; readonly reason: Rejection }
      | { readonly kind: 'uncertain'; readonly afterMs?: number; readonly flood?: true },
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DeliveryError';
  }
}

export type Rejection =
  /** The customer blocked the bot, or the account is gone. */
  | 'blocked'
  | 'gone'
  /** The message to reply to, or to edit, is no longer there. */
  | 'reply_target_gone'
  | 'message_gone'
  /** It cannot be edited, or not into this. */
  | 'not_editable'
  /** It cannot be deleted any more. */
  | 'too_old'
  /** The messenger lets no bot copy it. */
  | 'uncopyable'
  /** The customer's privacy settings refuse voice messages. */
  | 'voice_refused'
  /** The bot lacks a right, or is no longer in the place. */
  | 'no_right'
  /** Anything else; the messenger's own words are in the error's message. */
  | 'refused';
