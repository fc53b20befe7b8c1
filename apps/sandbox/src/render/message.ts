import type {
  TelegramExternalReplyInfo,
  TelegramInaccessibleMessage,
  TelegramMessage,
  TelegramTextQuote,
  TelegramUser,
} from '@gramio/types/objects';
import { ANONYMOUS_ADMIN_ID, AS_CHANNEL_ID, TELEGRAM_ID } from '../world/accounts.js';
import { type Chat, chatId } from '../world/chats.js';
import { compact, type Loose } from '../world/compact.js';
import { chatOf, messageOf, sharedChatOf } from '../world/lookup.js';
import type { Quote, Reply, StoredMessage } from '../world/messages.js';
import { renderChat } from './chat.js';
import { type ContentFields, renderContent } from './content.js';
import { type LegacyOrigin, renderLegacyOrigin, renderOrigin } from './origin.js';
import { renderUser } from './user.js';
import type { View } from './view.js';

/** A Message with the undocumented members that the server still sends. */
export type WireMessage = TelegramMessage & LegacyOrigin;

export interface MessageForm {
  /** Inside another message: one level deep, so it never shows what it answers. */
  readonly nested?: boolean;
  /** Results of edits do not show what the message answers. */
  readonly withoutReply?: boolean;
}

/** A message as a bot gets it, members in Telegram's order (telegram-bot-api Client::JsonMessage::store). */
export function renderMessage(view: View, message: StoredMessage, form: MessageForm = {}): WireMessage {
  const { world } = view;
  const chat = chatOf(world, message.chat);
  return compact<WireMessage>({
    message_id: message.id,
    ...renderSender(view, message, chat),
    chat: renderChat(world, chat),
    date: message.date,
    edit_date: shownEditDate(message, form),
    message_thread_id: message.threadId,
    forward_origin: message.origin === undefined ? undefined : renderOrigin(world, message.origin),
    is_automatic_forward: message.sender.kind === 'automatic_forward' ? true : undefined,
    ...(message.origin === undefined ? {} : renderLegacyOrigin(world, message.origin)),
    ...(form.nested === true || form.withoutReply === true ? {} : renderReply(view, message)),
    media_group_id: message.albumId,
    ...renderContent(view, message.content),
    ...renderPinned(view, message, form),
    reply_markup: message.keyboard,
    via_bot: message.viaBotId === undefined ? undefined : renderUser(world, message.viaBotId),
    has_protected_content: message.isProtected,
    effect_id: message.effectId,
  });
}

/**
 * What stands for a message that may be gone: the message, or its id with date 0
 * (Bot API: MaybeInaccessibleMessage).
 */
export function renderMaybeGone(view: View, chat: Chat, id: number): TelegramMessage | TelegramInaccessibleMessage {
  const message = messageOf(view.world, chat.key, id);
  if (message !== undefined) return renderMessage(view, message);
  return { message_id: id, chat: renderChat(view.world, chat), date: 0 };
}

type SenderFields = Pick<Loose<WireMessage>, 'from' | 'sender_chat' | 'author_signature'>;

function renderSender({ world }: View, message: StoredMessage, chat: Chat): SenderFields {
  const { sender } = message;
  const user = (id: number): TelegramUser => renderUser(world, id);
  switch (sender.kind) {
    case 'account':
      return { from: user(message.authorId) };
    case 'channel_post':
      return { author_signature: sender.signature, sender_chat: renderChat(world, chat) };
    case 'anonymous_admin':
      return {
        from: user(ANONYMOUS_ADMIN_ID),
        author_signature: sender.signature,
        sender_chat: renderChat(world, chat),
      };
    case 'as_channel':
      return { from: user(AS_CHANNEL_ID), sender_chat: renderChat(world, sharedChatOf(world, sender.channelId)) };
    case 'automatic_forward':
      return { from: user(TELEGRAM_ID), sender_chat: renderChat(world, sharedChatOf(world, sender.channelId)) };
  }
}

/** Bots see an `edit_date` on fresh copies of channel posts, equal to their date; not on copies inside comments. */
function shownEditDate(message: StoredMessage, form: MessageForm): number | undefined {
  if (message.editDate !== undefined) return message.editDate;
  return message.sender.kind === 'automatic_forward' && form.nested !== true ? message.date : undefined;
}

type ReplyFields = Pick<Loose<WireMessage>, 'reply_to_message' | 'external_reply' | 'quote'>;

function renderReply(view: View, { chat, reply }: StoredMessage): ReplyFields {
  if (reply === undefined) return {};
  const quote = reply.quote === undefined ? undefined : renderQuote(reply.quote);
  if (reply.kind === 'other_chat') return { external_reply: renderExternalReply(view, reply), quote };
  const target = messageOf(view.world, chat, reply.messageId);
  return { reply_to_message: target === undefined ? undefined : renderMessage(view, target, { nested: true }), quote };
}

function renderQuote({ text, entities, position, isManual }: Quote): TelegramTextQuote {
  return compact<TelegramTextQuote>({
    text,
    entities: entities.length > 0 ? entities : undefined,
    position,
    is_manual: isManual ? true : undefined,
  });
}

function renderExternalReply(view: View, reply: Extract<Reply, { kind: 'other_chat' }>): TelegramExternalReplyInfo {
  const { world } = view;
  const chat = world.chats[String(reply.chatId)];
  const isNamed = chat !== undefined && chat.kind !== 'private';
  return compact<TelegramExternalReplyInfo>({
    origin: renderOrigin(world, reply.origin),
    chat: isNamed ? renderChat(world, chat) : undefined,
    message_id: isNamed ? reply.messageId : undefined,
    ...mediaOf(renderContent(view, reply.content)),
  });
}

/** An answer to another chat shows what was answered, but not what it said. */
function mediaOf(fields: ContentFields): Partial<TelegramExternalReplyInfo> {
  const said = ['text', 'entities', 'caption', 'caption_entities', 'show_caption_above_media'];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !said.includes(name)));
}

function renderPinned(
  view: View,
  message: StoredMessage,
  form: MessageForm,
): Pick<Loose<WireMessage>, 'pinned_message'> {
  const { content } = message;
  if (form.nested === true || content.kind !== 'service' || content.service !== 'pinned_message') return {};
  const chat = chatOf(view.world, message.chat);
  return { pinned_message: renderMaybeGone(view, chat, content.messageId) };
}

/** A message's address as people and bots name it. */
export function messageRef(world: View['world'], message: StoredMessage): { chatId: number; messageId: number } {
  return { chatId: chatId(chatOf(world, message.chat)), messageId: message.id };
}
