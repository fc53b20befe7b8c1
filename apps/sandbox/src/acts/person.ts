import type { Chat } from '../world/chats.js';
import { membershipOf } from '../world/lookup.js';
import type { StoredMessage } from '../world/messages.js';

/** Who a person's message shows as its sender: the person, an anonymous admin, or the channel for a post. */
export function senderOf(chat: Chat, personId: number, signature: string): StoredMessage['sender'] {
  if (chat.kind === 'private') return { kind: 'account' };
  if (chat.kind === 'channel') return { kind: 'channel_post', signature: chat.hasSignatures ? signature : undefined };
  const membership = membershipOf(chat, personId);
  const isAdmin = membership.status === 'creator' || membership.status === 'administrator';
  if (!isAdmin || !membership.isAnonymous) return { kind: 'account' };
  return { kind: 'anonymous_admin', signature: membership.title };
}
