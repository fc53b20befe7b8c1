import type { Content, RichText } from '../relay/content.js';
import type { DeliveryId, ExternalId } from '../relay/ids.js';
import type { Quote, Side } from '../relay/model.js';
import { shapeOf, type Card, type Messenger } from '../relay/ports.js';
import type { DeliveryView, LaneView, LinkView, LiveThread, MessageView, Piece } from './lane.js';
import { join, styled } from '../relay/richText.js';
import { shownName, ticketTag } from '../relay/names.js';
import { mergedItems, sharedPiece, type Item } from './merge.js';
import { digestOf, labelled, render, type Wording } from './render.js';

/**
 * What to do next in a lane: at most one call to the messenger. Found by comparing what should be shown with what the
 * links say is shown, so an edit that came before the copy, a repeat after a crash and ten quick edits need no code of
 * their own. Pure.
 */
export type Step =
  | {
      readonly kind: 'send';
      readonly deliveries: readonly DeliveryId[];
      readonly send: PlannedSend;
      /** Nothing of these deliveries is left to show afterwards. */
      readonly complete: boolean;
    }
  | {
      readonly kind: 'edit';
      readonly delivery: DeliveryView;
      readonly side: Side;
      readonly link: LinkView;
      readonly piece: Piece;
      readonly complete: boolean;
    }
  | {
      readonly kind: 'delete';
      readonly delivery: DeliveryView;
      readonly side: Side;
      readonly message: MessageView;
      readonly link: LinkView;
    }
  | { readonly kind: 'open_thread'; readonly delivery: DeliveryView; readonly card: Card; readonly digest: string }
  | {
      readonly kind: 'update_thread';
      readonly delivery: DeliveryView;
      readonly thread: LiveThread;
      readonly card: Card;
      readonly digest: string;
    }
  /** Whether the last call was carried out is not known. */
  | { readonly kind: 'settle'; readonly deliveries: readonly DeliveryView[] }
  /** It has outgrown the comment that it shares with others, and gets one of its own. */
  | {
      readonly kind: 'detach';
      readonly delivery: DeliveryView;
      readonly side: Side;
      readonly message: MessageView;
      readonly link: LinkView;
    }
  /** Everything is shown already. */
  | { readonly kind: 'done'; readonly delivery: DeliveryView }
  /** An album may still be growing, or what a reply is to be found out: so many milliseconds more. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** The messenger has not opened the thread yet. */
  | { readonly kind: 'await_root'; readonly thread: LiveThread }
  | { readonly kind: 'empty' };

export interface PlannedSend {
  readonly side: Side;
  readonly pieces: readonly [Piece, ...Piece[]];
  readonly source?: ExternalId;
  readonly replyTo?: ExternalId;
  readonly quote?: Quote;
  readonly thread?: LiveThread;
}

export interface PlanContext {
  /** How the side of this lane cuts, edits and groups. */
  readonly messenger: Pick<Messenger, 'cut' | 'canBecome' | 'albumClass'>;
  readonly wording: Wording;
  /** Waiting texts of a customer are put together into comments of up to so many characters; 0: each gets its own. */
  readonly mergeUpTo: number;
}

/** So long a reply waits for what it replies to, in milliseconds, and so often it is looked for. */
const replyPatienceMs = 5_000;
const replyPollMs = 200;

/** The most items that an album may have. */
const albumLimit = 10;

/** What one call sends: a comment that several messages share is one content. */
export function contentsOf({ pieces }: PlannedSend): readonly [Content, ...Content[]] {
  const [first, ...rest] = pieces;
  return first.slot === undefined ? [first.content, ...rest.map(({ content }) => content)] : [first.content];
}

export function nextStep(lane: LaneView, context: PlanContext): Step {
  const [head] = lane.deliveries;
  if (!head) return { kind: 'empty' };
  const unsettled = lane.deliveries.filter((delivery) => delivery.unsettled);
  if (unsettled.length > 0) return { kind: 'settle', deliveries: unsettled };
  if (lane.queue === 'card') return cardStep(lane, head);
  if (!head.message) return { kind: 'done', delivery: head };
  return messageStep({ lane, head, message: head.message, side: lane.queue, ...context });
}

interface Planning extends PlanContext {
  readonly lane: LaneView;
  readonly head: DeliveryView;
  readonly message: MessageView;
  readonly side: Side;
}

function messageStep(planning: Planning): Step {
  const { message, head, lane, side } = planning;
  const sharedLink = message.links.find(({ slot }) => slot !== undefined);
  const shared = sharedLink && sharedPiece(message, sharedLink, planning.messenger.cut);
  if (sharedLink && !shared) return { kind: 'detach', delivery: head, side, message, link: sharedLink };
  const pieces = shared ? [shared] : piecesOf(message, planning);
  if (side === 'staff' && pieces.length > 0 && !lane.thread) return openThread(lane, head);
  if (message.inPost) return { kind: 'done', delivery: head };

  const complete = pieces.length === 1 && message.links.every(({ part }) => part === 0);
  for (const piece of pieces) {
    const link = message.links.find(({ part }) => part === piece.part);
    if (!link) return sendStep({ ...planning, complete }, piece);
    if (link.digest === piece.digest) continue;
    const editable = link.shape !== undefined && planning.messenger.canBecome(link.shape, piece.content);
    if (editable) return { kind: 'edit', delivery: head, side, link, piece, complete };
    return { kind: 'delete', delivery: head, side, message, link };
  }
  const surplus = message.links.find((link) => link.role === 'copy' && link.part >= pieces.length);
  if (surplus) return { kind: 'delete', delivery: head, side, message, link: surplus };
  return { kind: 'done', delivery: head };
}

/** What this side should show of a message: nothing of one that was taken back or stays inside. */
function piecesOf(message: MessageView, planning: Omit<Planning, 'message' | 'head'>): readonly Piece[] {
  const { side, wording, messenger, lane } = planning;
  if (message.removed || message.internal) return [];
  const rendered = render(message, side, wording);
  const outside = side === 'staff' && !message.inPost && standsOutside(message, lane);
  const shown = outside ? labelled(rendered, ticketLabel(lane)) : [rendered];
  return shown.flatMap(messenger.cut).map((content, part) => ({
    message: message.id,
    part,
    content,
    shape: shapeOf(content),
    digest: digestOf(content),
  }));
}

/** Whether the copy stands, or would have to stand, outside the conversation's thread. Its first part tells. */
function standsOutside({ links }: MessageView, { thread }: LaneView): boolean {
  const copy = links.find((link) => link.role === 'copy' && link.part === 0);
  return copy ? copy.thread === undefined : thread !== undefined && thread.root === undefined;
}

function ticketLabel({ conversation, customer }: LaneView): RichText {
  return join(`#${ticketTag(conversation)} `, styled('bold', shownName(customer)));
}

function sendStep(planning: Planning & { complete: boolean }, piece: Piece): Step {
  const { lane, message, side } = planning;
  if (side === 'staff' && lane.thread?.root === undefined && lane.thread?.alarmed === false) {
    return { kind: 'await_root', thread: lane.thread };
  }
  const { replyUnsettled, ageMs } = planning.head;
  if (replyUnsettled && ageMs < replyPatienceMs) return { kind: 'wait', ms: replyPollMs };
  const album = albumOf(planning, piece);
  if (album.growsMs !== undefined && album.growsMs > 0) return { kind: 'wait', ms: album.growsMs };
  const items = mergeable(planning) ?? album.items;
  const [first = { delivery: planning.head, piece }, ...rest] = items;
  return {
    kind: 'send',
    deliveries: [first, ...rest].map(({ delivery }) => delivery.id),
    complete: planning.complete,
    send: {
      side,
      pieces: [first.piece, ...rest.map((item) => item.piece)],
      ...(message.source !== undefined && { source: message.source }),
      ...replyParts(planning),
      ...(lane.thread && side === 'staff' && { thread: lane.thread }),
    },
  };
}

function mergeable({ lane, side, mergeUpTo, messenger }: Planning): readonly Item[] | undefined {
  if (mergeUpTo === 0 || side !== 'staff' || lane.thread?.root === undefined) return undefined;
  return mergedItems(lane.deliveries, { mergeUpTo, cut: messenger.cut });
}

/** What the copy replies to, and the quoted words, if that is where they stand. */
function replyParts(planning: Planning): { readonly replyTo?: ExternalId; readonly quote?: Quote } {
  const replyTo = replyTarget(planning);
  if (replyTo === undefined) return {};
  const { quote, replyTo: target } = planning.message;
  if (!quote || target?.externalId !== replyTo) return { replyTo };
  // In a comment that several messages share, the words stand somewhere else: the messenger finds them.
  return { replyTo, quote: target.slot === undefined ? quote : { ...quote, position: 0 } };
}

/**
 * The message that the copy replies to: the copy of what was replied to, if it stands in the thread that is live; else,
 * in the discussion, the thread's root, because a comment is a reply.
 */
function replyTarget({ lane, message, side }: Planning): ExternalId | undefined {
  const target = message.replyTo;
  if (side === 'customer') return target?.externalId;
  const inThread = target?.role !== 'post' && target?.thread !== undefined && target.thread === lane.thread?.id;
  return inThread ? target.externalId : lane.thread?.root;
}

/** The items of the head's album that wait right behind it, and for how many milliseconds more of them may come. */
function albumOf(planning: Planning, first: Piece): { items: readonly Item[]; growsMs?: number } {
  const { lane, message, messenger } = planning;
  const alone = [{ delivery: planning.head, piece: first }];
  const kind = messenger.albumClass(first.content);
  if (message.album === undefined || kind === undefined) return { items: alone };

  const items: Item[] = [...alone];
  let next = 1;
  for (; next < lane.deliveries.length && items.length < albumLimit; next += 1) {
    const delivery = lane.deliveries[next];
    if (!delivery?.message || delivery.message.album !== message.album || delivery.message.links.length > 0) break;
    const [piece, ...more] = piecesOf(delivery.message, planning);
    if (!piece || more.length > 0 || messenger.albumClass(piece.content) !== kind) break;
    items.push({ delivery, piece });
  }
  // Full, or something else was written after it: nothing more can come.
  if (items.length === albumLimit || next < lane.deliveries.length) return { items };
  return { items, growsMs: Math.max(0, ...items.map(({ delivery }) => delivery.waitMs ?? 0)) };
}

function openThread(lane: LaneView, head: DeliveryView): Step {
  const card = cardOf(lane);
  return { kind: 'open_thread', delivery: head, card, digest: digestOf(card) };
}

function cardStep(lane: LaneView, head: DeliveryView): Step {
  const { thread } = lane;
  // Without a post there is nothing to refresh: the next message opens one, with the card as it is then.
  if (!thread) return { kind: 'done', delivery: head };
  const card = cardOf(lane);
  const digest = digestOf(card);
  if (digest === thread.cardDigest) return { kind: 'done', delivery: head };
  return { kind: 'update_thread', delivery: head, thread, card, digest };
}

function cardOf({ conversation, customer, lostThreads, firstMessage }: LaneView): Card {
  const { standing, ...profile } = customer;
  const continued = lostThreads > 0;
  return {
    ticket: conversation,
    customer: profile,
    standing,
    continued,
    ...(firstMessage && !continued && { firstMessage: firstMessage.content }),
  };
}
