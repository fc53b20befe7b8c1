import { type ApiError, badRequest } from '../errors.js';
import type { Bot } from '../world/accounts.js';
import type { Chat } from '../world/chats.js';
import { type Content, type ContentKind, isCaptioned } from '../world/content.js';
import { equalData } from '../world/equal.js';
import { membershipOf } from '../world/lookup.js';
import { hasRight } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** What an edit is about; each has kinds of messages it applies to. */
export type EditTarget = 'text' | 'caption' | 'media' | 'markup' | 'live_location';

export interface EditWish {
  readonly target: EditTarget;
  /** Seconds since the epoch: a live location cannot be edited after its time. */
  readonly now: number;
}

/** Kinds that editMessageMedia can start from and end with (TDLib MessagesManager::edit_message_media). */
const FROM_MEDIA: readonly ContentKind[] = ['text', 'animation', 'audio', 'document', 'photo', 'video'];

/**
 * Why a bot may not edit a message; undefined when it may. Messages of the bot itself stay editable at any age
 * (TDLib MessagesManager::can_edit_message); posts of others need the right to edit messages of the channel.
 */
export function editRefusal(
  bot: Bot,
  { message, chat }: { message: StoredMessage; chat: Chat },
  wish: EditWish,
): ApiError | undefined {
  if (!isEditable(bot, message, chat)) return badRequest("message can't be edited");
  return targetRefusal(message.content, wish);
}

function isEditable(bot: Bot, message: StoredMessage, chat: Chat): boolean {
  const { content, origin, replyKeyboard, viaBotId, sender } = message;
  if (origin !== undefined || replyKeyboard !== undefined || viaBotId !== undefined) return false;
  if (content.kind === 'service' || sender.kind === 'automatic_forward') return false;
  if (chat.kind !== 'channel') return message.authorId === bot.id;
  const membership = membershipOf(chat, bot.id);
  if (hasRight(membership, 'can_edit_messages')) return true;
  return message.authorId === bot.id && hasRight(membership, 'can_post_messages');
}

/** Why an edit of this sort does not apply to a message of this kind. */
export function targetRefusal(content: Content, { target, now }: EditWish): ApiError | undefined {
  switch (target) {
    case 'text':
      return content.kind === 'text' || content.kind === 'game'
        ? undefined
        : badRequest('there is no text in the message to edit');
    case 'caption':
      return isCaptioned(content) ? undefined : badRequest('there is no caption in the message to edit');
    case 'media':
      return FROM_MEDIA.includes(content.kind) ? undefined : badRequest("message media can't be edited");
    case 'live_location':
      return liveLocationRefusal(content, now);
    case 'markup':
      return undefined;
  }
}

function liveLocationRefusal(content: Content, now: number): ApiError | undefined {
  if (content.kind !== 'location' || (content.live === undefined && content.wasLive === undefined)) {
    return badRequest('there is no live location in the message to edit');
  }
  const isOver = content.live === undefined || content.live.until < now;
  return isOver ? badRequest("message can't be edited") : undefined;
}

/** An item of an album keeps to what its album may hold (TDLib MessagesManager::edit_message_media). */
export function albumRefusal(message: StoredMessage, next: Content): ApiError | undefined {
  if (message.albumId === undefined) return undefined;
  if (next.kind === 'animation') return badRequest("message content type can't be used in an album");
  const isPicture = (content: Content): boolean => content.kind === 'photo' || content.kind === 'video';
  const fits = message.content.kind === next.kind || (isPicture(message.content) && isPicture(next));
  return fits ? undefined : badRequest("can't change media type in the album");
}

/** Refuses an edit that leaves the message as it is. */
export function unchangedRefusal(
  message: StoredMessage,
  content: Content,
  keyboard: StoredMessage['keyboard'],
): ApiError | undefined {
  const isSame = equalData(shown(message.content), shown(content)) && equalData(message.keyboard, keyboard);
  return isSame ? badRequest(NOT_MODIFIED) : undefined;
}

/** Link preview options make no difference to a text without links. */
function shown(content: Content): Content {
  if (content.kind !== 'text' || content.entities.some(({ type }) => type === 'url' || type === 'text_link')) {
    return content;
  }
  return { ...content, linkPreview: undefined };
}
