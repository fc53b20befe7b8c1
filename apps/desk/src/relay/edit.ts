import type { IncomingMessage, StoredMessage } from './model.js';

/**
 * How old a message may be when its edit comes first, in milliseconds. Updates can overtake each other within seconds;
 * an edit of an older message that was never stored is of one from before the desk.
 */
const youngMs = 2 * 60_000;

/** An edit of a message that was never stored: is the message itself still on its way? */
export function mayHaveOvertaken(message: IncomingMessage): boolean {
  if (!message.editedAt) return true;
  return message.editedAt.getTime() - message.at.getTime() <= youngMs;
}

/** Whether an edit is older than the wording that is known: it was overtaken on its way. */
export function isOutdated({ worded }: StoredMessage, { editedAt, order }: IncomingMessage): boolean {
  if (!worded || !editedAt) return false;
  const later = worded.at.getTime() - editedAt.getTime();
  // The messenger tells time in whole seconds.
  return later === 0 ? order !== undefined && worded.order > order : later > 0;
}

/** What is kept to know an older edit by. */
export function wordingOf({ editedAt, order }: IncomingMessage): { readonly worded?: { at: Date; order: number } } {
  return editedAt && order !== undefined ? { worded: { at: editedAt, order } } : {};
}
