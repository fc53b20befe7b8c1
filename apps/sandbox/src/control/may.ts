import { sendRefusal } from '../rules/send.js';
import { type Person, shownName } from '../world/accounts.js';
import type { Chat } from '../world/chats.js';
import type { Content } from '../world/content.js';
import { membershipOf } from '../world/lookup.js';
import { hasRight, isInside, type Right } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';
import { ControlError } from './errors.js';

/** Seconds in which people can edit what they wrote. */
const EDIT_WITHIN = 48 * 3600;

export interface Writing {
  readonly chat: Chat;
  readonly content: Content;
  /** True for comments below a channel post, which need no membership unless the group asks for it. */
  readonly isComment: boolean;
}

/** Refuses what a person's client would not let them write. */
export function checkMayWrite(person: Person, { chat, content, isComment }: Writing): void {
  if (chat.kind === 'private') {
    if (chat.isBlocked) throw new ControlError(409, `${shownName(person)} has blocked the bot: unblock it first`);
    return;
  }
  const membership = membershipOf(chat, person.id);
  const isOpen = isComment && chat.kind === 'supergroup' && !chat.joinToSend && membership.status === 'left';
  if (!isInside(membership) && !isOpen) throw new ControlError(403, `${shownName(person)} is not in "${chat.title}"`);
  const refusal = sendRefusal(content, { chat, membership, person: undefined });
  if (refusal !== undefined) throw new ControlError(403, `${shownName(person)} cannot do this: ${refusal.description}`);
}

/** Refuses what a person's client would not let them edit: in time their own, and as an admin posts of the channel. */
export function checkMayEdit(
  person: Person,
  { chat, message, now }: { chat: Chat; message: StoredMessage; now: number },
): void {
  if (message.sender.kind === 'automatic_forward' || message.origin !== undefined) {
    throw new ControlError(403, 'forwards cannot be edited');
  }
  if (chat.kind === 'channel' && hasRight(membershipOf(chat, person.id), 'can_edit_messages')) return;
  if (message.authorId !== person.id) throw new ControlError(403, `the message is not by ${shownName(person)}`);
  if (now - message.date > EDIT_WITHIN) throw new ControlError(409, 'the message is older than 48 hours');
}

/** In private people delete what they like; elsewhere their own, and all as admins with the right to. */
export function checkMayDelete(person: Person, { chat, message }: { chat: Chat; message: StoredMessage }): void {
  if (chat.kind === 'private' || message.authorId === person.id) return;
  checkRight(person, chat, 'can_delete_messages');
}

/** Refuses what needs a right of administrators. */
export function checkRight(person: Person, chat: Chat, right: Right): void {
  if (chat.kind === 'private' || hasRight(membershipOf(chat, person.id), right)) return;
  throw new ControlError(403, `${shownName(person)} lacks ${right} in "${chat.title}"`);
}

/** Private groups and channels show themselves to members; comments below a post also to who is in the channel. */
export function checkMaySee(person: Person, chat: Chat): void {
  if (chat.kind === 'private' || chat.username !== undefined || isInside(membershipOf(chat, person.id))) return;
  throw new ControlError(403, `${shownName(person)} is not in "${chat.title}"`);
}
