import { textAt, type MergedText } from './merged.js';
import type { MessageId } from './ids.js';
import type { Quote, StoredMessage } from './model.js';
import type { Situation } from './situation.js';

/** One of the messages that a place shows, with what is needed to tell which of several is meant. */
export interface ShownMessage {
  readonly message: StoredMessage;
  readonly writtenAt: Date;
}

export interface Meant {
  readonly message: StoredMessage;
  /** The quote, counted from where this message begins. */
  readonly quote?: Quote;
}

/**
 * What a reply is to. Several texts may share a comment, in the order given: then the one that the quoted words stand in
 * is meant, else the last. Undefined where nothing is shown there.
 */
export function meantBy(shown: readonly ShownMessage[], quote: Quote | undefined): Meant | undefined {
  const last = shown.at(-1);
  if (!last) return undefined;
  if (!quote) return { message: last.message };
  const texts = shown.flatMap(({ message: { content }, writtenAt }): MergedText[] =>
    content.kind === 'text' ? [{ words: content, writtenAt }] : [],
  );
  if (shown.length === 1 || texts.length < shown.length) return { message: last.message, quote };
  const { index, offset } = textAt(texts, quote.position);
  return { message: shown[index]?.message ?? last.message, quote: { ...quote, position: offset } };
}

/** What a new message keeps of the message that it replies to. */
export function replyOf({ replied, quote }: Situation): { readonly replyTo?: MessageId; readonly quote?: Quote } {
  return replied ? { replyTo: replied.id, ...(quote && { quote }) } : {};
}
