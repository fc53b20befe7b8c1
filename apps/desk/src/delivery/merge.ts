import type { Content, RichText } from '../relay/content.js';
import { layOut, type MergedText } from '../relay/merged.js';
import { shapeOf, type Messenger } from '../relay/ports.js';
import { codePoints } from '../relay/richText.js';
import type { DeliveryView, LinkView, MessageView, Piece, SharedMessage } from './lane.js';
import { digestOf } from './render.js';

/**
 * Texts of one customer that share a comment, because calls are scarce. Each keeps a link of its own to it: an edit of one
 * renders the comment anew, and a reply finds the one that it means. Pure.
 */

/** A delivery with what is to be shown of it. */
export interface Item {
  readonly delivery: DeliveryView;
  readonly piece: Piece;
}

interface MergeOptions {
  /** The longest comment, in characters. */
  readonly mergeUpTo: number;
  readonly cut: Messenger['cut'];
}

/**
 * The texts at the head of a lane that may share a comment: as long as they answer nothing of their own, and fit.
 * Undefined when there are not at least two.
 */
export function mergedItems(
  deliveries: readonly DeliveryView[],
  { mergeUpTo, cut }: MergeOptions,
): readonly Item[] | undefined {
  const run: { readonly delivery: DeliveryView; readonly message: MessageView }[] = [];
  for (const delivery of deliveries) {
    const { message, priority } = delivery;
    const [head] = run;
    if (!message || !isMergeable(message)) break;
    if (head && (priority !== head.delivery.priority || message.answers !== undefined || message.quote)) break;
    if (head && codePoints(together([...run.map((one) => one.message), message]).text) > mergeUpTo) break;
    run.push({ delivery, message });
  }
  const content: Content = { kind: 'text', ...together(run.map(({ message }) => message)) };
  if (run.length < 2 || cut(content).length > 1) return undefined;
  const look = { part: 0, content, shape: shapeOf(content), digest: digestOf(content) };
  return run.map(({ delivery, message }, slot) => ({ delivery, piece: { ...look, message: message.id, slot } }));
}

/** The comment that a message shares, as it is to read now. Undefined when the message has no place in it any more. */
export function sharedPiece(message: MessageView, { slot }: LinkView, cut: Messenger['cut']): Piece | undefined {
  if (slot === undefined || message.removed || message.internal || message.content.kind !== 'text') return undefined;
  const content: Content = { kind: 'text', ...together(message.shared ?? []) };
  if (cut(content).length > 1) return undefined;
  return { message: message.id, part: 0, slot, content, shape: shapeOf(content), digest: digestOf(content) };
}

function together(messages: readonly SharedMessage[]): RichText {
  return layOut(messages.flatMap(textOf)).words;
}

function textOf({ content, writtenAt }: SharedMessage): readonly MergedText[] {
  return content.kind === 'text' ? [{ words: content, writtenAt }] : [];
}

function isMergeable({ author, content, links, inPost, internal, removed, album }: MessageView): boolean {
  const isPlain = author === 'customer' && content.kind === 'text' && album === undefined;
  return isPlain && links.length === 0 && !inPost && !internal && !removed;
}
