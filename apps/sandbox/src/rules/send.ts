import { type ApiError, badRequest } from '../errors.js';
import { codePointLength } from '../entities/formatText.js';
import type { Person } from '../world/accounts.js';
import type { Chat } from '../world/chats.js';
import type { Content } from '../world/content.js';
import { hasRight, isInside, type Membership, type Permission } from '../world/members.js';
import { isCaptioned } from '../world/content.js';

/** Code points after the parsing of entities (Bot API: sendMessage, sendPhoto...). */
export const MAX_TEXT = 4096;
export const MAX_CAPTION = 1024;

/** The permission that each kind needs, and how refusals name the kind (TDLib can_send_message_content). */
const NEEDS: Partial<Record<Content['kind'], readonly [Permission, string]>> = {
  photo: ['can_send_photos', 'photos'],
  video: ['can_send_videos', 'videos'],
  animation: ['can_send_other_messages', 'animations'],
  audio: ['can_send_audios', 'music'],
  voice: ['can_send_voice_notes', 'voice notes'],
  document: ['can_send_documents', 'documents'],
  video_note: ['can_send_video_notes', 'video notes'],
  sticker: ['can_send_other_messages', 'stickers'],
  poll: ['can_send_polls', 'polls'],
  dice: ['can_send_other_messages', 'dice'],
  game: ['can_send_other_messages', 'games'],
  contact: ['can_send_messages', 'contacts'],
  location: ['can_send_messages', 'locations'],
  venue: ['can_send_messages', 'venues'],
};

interface Sending {
  readonly chat: Chat;
  /** How the sender stands to a group or channel. */
  readonly membership: Membership | undefined;
  /** The other side of a private chat. */
  readonly person: Person | undefined;
}

/** Refuses what the sender may not send here; undefined when it may. */
export function sendRefusal(content: Content, { chat, membership, person }: Sending): ApiError | undefined {
  if (chat.kind === 'private') return person === undefined ? undefined : privacyRefusal(content, person);
  if (membership === undefined) return undefined;
  if (chat.kind === 'channel') {
    return hasRight(membership, 'can_post_messages')
      ? undefined
      : badRequest('need administrator rights in the channel chat');
  }
  const [permission, plural] = NEEDS[content.kind] ?? ['can_send_messages', 'text messages'];
  if (may(permission, membership, chat.permissions)) return undefined;
  return badRequest(`not enough rights to send ${plural} to the chat`);
}

/** What a member of a group may do: own restrictions first, then what everybody may. */
export function may(
  permission: Permission,
  membership: Membership,
  everybody: Readonly<Record<Permission, boolean>>,
): boolean {
  if (membership.status === 'creator' || membership.status === 'administrator') return true;
  if (membership.status === 'restricted')
    return isInside(membership) && membership.permissions[permission] && everybody[permission];
  return everybody[permission];
}

function privacyRefusal(content: Content, person: Person): ApiError | undefined {
  if (!person.refusesVoiceNotes) return undefined;
  if (content.kind === 'voice') return badRequest('user restricted receiving of voice note messages');
  if (content.kind === 'video_note') return badRequest('user restricted receiving of video note messages');
  return undefined;
}

/** Refuses texts and captions that are too long for a bot. */
export function lengthRefusal(content: Content): ApiError | undefined {
  if (content.kind === 'text' && codePointLength(content.text) > MAX_TEXT) return badRequest('message is too long');
  if (isCaptioned(content) && codePointLength(content.caption) > MAX_CAPTION) {
    return badRequest('message caption is too long');
  }
  return undefined;
}
