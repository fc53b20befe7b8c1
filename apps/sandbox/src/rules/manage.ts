import { type ApiError, badRequest } from '../errors.js';
import type { Chat, PrivateChat } from '../world/chats.js';
import { hasRight, type Membership, type Permission, type Right } from '../world/members.js';
import { may } from './send.js';

type SharedChat = Exclude<Chat, PrivateChat>;

/** Who does something to a chat. */
export interface Acting {
  readonly chat: SharedChat;
  readonly membership: Membership;
}

/** Refuses what needs a right of administrators; `deed` completes the server's `not enough rights to <deed>`. */
export function rightRefusal({ membership }: Acting, right: Right, deed: string): ApiError | undefined {
  return hasRight(membership, right) ? undefined : badRequest(`not enough rights to ${deed}`);
}

/** Refuses what members may do too, where the group lets them. */
export function permissionRefusal(
  { chat, membership }: Acting,
  needed: Right & Permission,
  deed: string,
): ApiError | undefined {
  const isAllowed =
    hasRight(membership, needed) ||
    (chat.kind !== 'channel' && isPlain(membership) && may(needed, membership, chat.permissions));
  return isAllowed ? undefined : badRequest(`not enough rights to ${deed}`);
}

function isPlain({ status }: Membership): boolean {
  return status === 'member' || status === 'restricted';
}

/** Pinning in a channel comes with the right to edit posts (TDLib DialogManager::can_pin_messages). */
export function pinRefusal(acting: Acting): ApiError | undefined {
  const deed = 'manage pinned messages in the chat';
  return acting.chat.kind === 'channel'
    ? rightRefusal(acting, 'can_edit_messages', deed)
    : permissionRefusal(acting, 'can_pin_messages', deed);
}

/** Refuses to remove, restrict or promote somebody (TDLib DialogParticipantManager). */
export function memberRefusal(
  target: Membership,
  { isSelf, byId }: { isSelf: boolean; byId: number },
): ApiError | undefined {
  if (isSelf) return badRequest("can't restrict self");
  if (target.status === 'creator') return badRequest("can't remove chat owner");
  if (target.status === 'administrator' && target.promotedBy !== byId) {
    return badRequest('user is an administrator of the chat');
  }
  return undefined;
}
