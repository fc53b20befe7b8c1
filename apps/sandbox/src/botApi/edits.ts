import type { APIMethodReturn } from '@gramio/types/utils';
import { change } from '../acts/change.js';
import { badRequest } from '../errors.js';
import { renderMessage } from '../render/message.js';
import { secondsNow } from '../telegram.js';
import { albumRefusal, type EditTarget, editRefusal, targetRefusal, unchangedRefusal } from '../rules/edit.js';
import { lengthRefusal } from '../rules/send.js';
import { chatOf } from '../world/lookup.js';
import type { Content } from '../world/content.js';
import { isCaptioned } from '../world/content.js';
import type { StoredMessage } from '../world/messages.js';
import { type BotCall, type Methods, viewOf } from './call.js';
import { messageParam } from './chats.js';
import { findInlineMessage } from './inlineMessages.js';
import { readInputMedia } from './inputMedia.js';
import { inlineKeyboardParam } from './keyboard.js';
import { checkFlood } from './send.js';
import { captionParam, linkPreviewParam, textParam } from './text.js';

export const editMethods = {
  editMessageText(call) {
    const { text, entities } = textParam(call);
    const linkPreview = linkPreviewParam(call);
    return edit(call, 'text', () => ({ kind: 'text', text, entities, linkPreview }));
  },

  editMessageCaption(call) {
    const { text: caption, entities: captionEntities } = captionParam(call);
    const isCaptionAbove = call.params.boolean('show_caption_above_media');
    return edit(call, 'caption', (content) =>
      isCaptioned(content) ? { ...content, caption, captionEntities, isCaptionAbove } : content,
    );
  },

  async editMessageMedia(call) {
    const value = call.params.json('media', 'input media JSON object');
    if (value === undefined) throw badRequest('parameter "media" is required');
    const content = await readInputMedia(call, value, { forAlbum: false });
    return edit(call, 'media', () => content);
  },

  editMessageReplyMarkup(call) {
    return edit(call, 'markup', (content) => content);
  },
} satisfies Partial<Methods>;

type Edited = APIMethodReturn<'editMessageText'>;

/**
 * Edits the message that the call names, by `chat_id` and `message_id` or by `inline_message_id`. The keyboard is what
 * the call says it is: none when it says nothing. The result does not show what the message answers.
 */
export function edit(
  call: BotCall,
  target: EditTarget,
  next: (content: Content, message: StoredMessage) => Content,
): Edited {
  const keyboard = inlineKeyboardParam(call);
  const { message, isInline } = messageToEdit(call, target);
  const content = next(message.content, message);
  const refusal = lengthRefusal(content) ?? (target === 'media' ? albumRefusal(message, content) : undefined);
  if (refusal !== undefined) throw refusal;
  const chat = chatOf(call.telegram.world, message.chat);
  checkFlood(call, chat);
  const unchanged = unchangedRefusal(message, content, keyboard);
  if (unchanged !== undefined) throw unchanged;
  change(call.telegram, message, { ...(target === 'markup' ? {} : { content }), keyboard });
  return isInline ? true : renderMessage(viewOf(call), message, { withoutReply: true });
}

/** Finds the message: by its inline id only where neither chat nor message are named. */
function messageToEdit(call: BotCall, target: EditTarget): { message: StoredMessage; isInline: boolean } {
  const wish = { target, now: secondsNow(call.telegram) };
  if (call.params.string('chat_id') === '' && call.params.messageId() === 0) {
    const message = findInlineMessage(call);
    const refusal = targetRefusal(message.content, wish);
    if (refusal !== undefined) throw refusal;
    return { message, isInline: true };
  }
  const { chat, message } = messageParam(call, { access: 'edit', what: 'message to edit' });
  const refusal = editRefusal(call.bot, { message, chat }, wish);
  if (refusal !== undefined) throw refusal;
  return { message, isInline: false };
}
