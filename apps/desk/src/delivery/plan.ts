import type { Content, RichText } from '../relay/content.js';
import type { DeliveryId, ExternalId, MessageId } from '../relay/ids.js';
import type { Quote, Side } from '../relay/model.js';
import { shapeOf, type Card, type Messenger, type Shape } from '../relay/ports.js';
import type { DeliveryView, LaneView, LinkView, LiveThread, MessageView, SharedMessage } from './lane.js';
import { codePoints, join, styled } from '../relay/richText.js';
import { shownName, ticketTag } from '../relay/names.js';
import { layOut, type MergedText } from '../relay/merged.js';
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
  /** An album may still be growing: so many milliseconds more. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** The messenger has not opened the thread yet. */
  | { readonly kind: 'await_root'; readonly thread: LiveThread }
  | { readonly kind: 'empty' };

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
  const shared = sharedLink && sharedPiece(message, sharedLink, planning);
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

/** The comment that a message shares, as it is to read now. Undefined when the message has no place in it any more. */
function sharedPiece(message: MessageView, { slot }: LinkView, planning: Planning): Piece | undefined {
  const { shared = [] } = message;
  const texts = shared.flatMap((other) => textOf(other) ?? []);
  if (slot === undefined || message.removed || message.internal || !textOf(message)) return undefined;
  const content: Content = { kind: 'text', ...layOut(texts).words };
  if (planning.messenger.cut(content).length > 1) return undefined;
  return { message: message.id, part: 0, slot, content, shape: shapeOf(content), digest: digestOf(content) };
}

function textOf({ content, writtenAt }: SharedMessage): MergedText | undefined {
  return content.kind === 'text' ? { words: content, writtenAt } : undefined;
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
  const album = albumOf(planning, piece);
  if (album.growsMs !== undefined && album.growsMs > 0) return { kind: 'wait', ms: album.growsMs };
  const merged = mergedOf(planning, piece);
  const [first, ...rest] = merged.length > 1 ? merged : album.items;
  const { source } = message;
  const replyTo = replyTarget(planning);
  const quote = replyTo === undefined ? undefined : quoteOf(message, replyTo);
  return {
    kind: 'send',
    deliveries: [first, ...rest].flatMap((item) => (item ? [item.delivery.id] : [])),
    complete: planning.complete,
    send: {
      side,
      pieces: [first?.piece ?? piece, ...rest.map((item) => item.piece)],
      ...(source !== undefined && { source }),
      ...(replyTo !== undefined && { replyTo }),
      ...(quote && { quote }),
      ...(lane.thread && side === 'staff' && { thread: lane.thread }),
    },
  };
}

/** The quoted words, if what is replied to is where they stand. In a shared comment their offset is another one. */
function quoteOf({ quote, replyTo: target }: MessageView, replyTo: ExternalId): Quote | undefined {
  if (!quote || target?.externalId !== replyTo) return undefined;
  return target.slot === undefined ? quote : { ...quote, position: 0 };
}

/**
 * The texts that wait right behind the head and may share its comment: one customer's, as long as they answer nothing of
 * their own and fit.
 */
function mergedOf(planning: Planning, first: Piece): readonly Item[] {
  const { lane, head, message, side, mergeUpTo, messenger } = planning;
  if (mergeUpTo === 0 || side !== 'staff' || lane.thread?.root === undefined || !isMergeable(message)) return [];
  const run: { readonly delivery: DeliveryView; readonly message: MessageView }[] = [{ delivery: head, message }];
  for (const delivery of lane.deliveries.slice(1)) {
    const next = delivery.message;
    if (!next || delivery.priority !== head.priority || !isMergeable(next) || next.replyTo || next.quote) break;
    const { words } = layOut([...run, { message: next }].flatMap((one) => textOf(one.message) ?? []));
    if (codePoints(words.text) > mergeUpTo) break;
    run.push({ delivery, message: next });
  }
  const content: Content = { kind: 'text', ...layOut(run.flatMap((one) => textOf(one.message) ?? [])).words };
  if (run.length === 1 || messenger.cut(content).length > 1) return [{ delivery: head, piece: first }];
  const look = { part: 0, content, shape: shapeOf(content), digest: digestOf(content) };
  return run.map((one, slot) => ({ delivery: one.delivery, piece: { ...look, message: one.message.id, slot } }));
}

function isMergeable({ author, content, links, inPost, internal, removed, album }: MessageView): boolean {
  const isPlain = author === 'customer' && content.kind === 'text' && album === undefined;
  return isPlain && links.length === 0 && !inPost && !internal && !removed;
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

interface Item {
  readonly delivery: DeliveryView;
  readonly piece: Piece;
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
