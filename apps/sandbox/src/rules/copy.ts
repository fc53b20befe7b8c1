import type { Content } from '../world/content.js';

/**
 * What becomes of a message when it is copied:
 * - `same`: the copy holds the same;
 * - `rerolled`: a new throw of the dice;
 * - `still`: a live location becomes the point where it is now;
 * - `new_poll`: a poll of its own, without votes; of a quiz only for who knows the right answers;
 * - `unticked`: a checklist on which nothing is done;
 * - `refused`: Telegram does not copy this kind.
 */
export type CopyRule = 'same' | 'rerolled' | 'still' | 'new_poll' | 'unticked' | 'refused';

/** TDLib can_forward / dup_message_content, by kind. */
const RULES: Record<Content['kind'], CopyRule> = {
  text: 'same',
  photo: 'same',
  video: 'same',
  animation: 'same',
  audio: 'same',
  voice: 'same',
  video_note: 'same',
  document: 'same',
  sticker: 'same',
  contact: 'same',
  venue: 'same',
  game: 'same',
  story: 'same',
  location: 'still',
  dice: 'rerolled',
  poll: 'new_poll',
  checklist: 'unticked',
  paid_media: 'refused',
  giveaway: 'refused',
  giveaway_winners: 'refused',
  giveaway_completed: 'refused',
  invoice: 'refused',
  gift: 'refused',
  service: 'refused',
  self_destructing: 'refused',
  unsupported: 'refused',
};

export function copyRule(content: Content): CopyRule {
  return RULES[content.kind];
}

/** What can be forwarded with its author's name; more than can be copied. */
export function isForwardable(content: Content): boolean {
  switch (content.kind) {
    case 'service':
    case 'gift':
    case 'giveaway_completed':
    case 'self_destructing':
    case 'unsupported':
      return false;
    default:
      return true;
  }
}
