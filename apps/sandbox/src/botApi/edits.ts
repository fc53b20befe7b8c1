import type { APIMethodReturn } from '@gramio/types/utils';
import { change } from '../acts/change.js';
import { renderMessage } from '../render/message.js';
import { type EditTarget, editRefusal, targetRefusal, unchangedRefusal } from '../rules/edit.js';
import { lengthRefusal } from '../rules/send.js';
import { chatOf } from '../world/lookup.js';
import type { Content } from '../world/content.js';
import { isCaptioned } from '../world/content.js';
import type { StoredMessage } from '../world/messages.js';
import { type BotCall, type Methods, viewOf } from './call.js';
import { chatParam, messageParam } from './chats.js';
import { findInlineMessage } from './inlineMessages.js';
import { inlineKeyboardParam } from './keyboard.js';
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
  const tooLong = lengthRefusal(content);
  if (tooLong !== undefined) throw tooLong;
  const chat = chatOf(call.telegram.world, message.chat);
  call.telegram.limits.check({ bot: call.bot, chat, cost: 1 });
  const unchanged = unchangedRefusal(message, content, keyboard);
  if (unchanged !== undefined) throw unchanged;
  change(call.telegram, message, { ...(target === 'markup' ? {} : { content }), keyboard });
  return isInline ? true : renderMessage(viewOf(call), message, { withoutReply: true });
}

function messageToEdit(call: BotCall, target: EditTarget): { message: StoredMessage; isInline: boolean } {
  const inlineId = call.params.string('inline_message_id');
  if (inlineId !== '' && !call.params.has('chat_id')) {
    const message = findInlineMessage(call, inlineId);
    const refusal = targetRefusal(message.content, target);
    if (refusal !== undefined) throw refusal;
    return { message, isInline: true };
  }
  const chat = chatParam(call);
  const message = messageParam(call, chat, 'edit');
  const refusal = editRefusal(call.bot, { message, chat }, target);
  if (refusal !== undefined) throw refusal;
  return { message, isInline: false };
}
