import type { IncomingMessage } from './model.js';

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
