import { badRequest } from '../errors.js';
import { accessChat } from '../rules/access.js';
import { originOf } from '../rules/origin.js';
import { type Place, placeIn, quoteFrom } from '../rules/place.js';
import { textOf } from '../rules/text.js';
import { type Chat, chatId } from '../world/chats.js';
import { chatOf, messageOf } from '../world/lookup.js';
import type { Quote, Reply, StoredMessage } from '../world/messages.js';
import type { BotCall } from './call.js';
import { isJsonObject, type JsonObject, optionalInteger, optionalString, parsing, readBoolean } from './json.js';
import { formatFor, readEntities } from './text.js';

/** What a message is to answer, as the call named it. */
export interface ReplyWish {
  readonly messageId: number;
  /** Names another chat whose message is answered. */
  readonly chat: { readonly id: number } | { readonly username: string } | undefined;
  readonly mayGoWithout: boolean;
  readonly quote: { text: string; entities: Quote['entities']; position: number | undefined } | undefined;
}

/**
 * Reads `reply_parameters`, or the `reply_to_message_id` and `allow_sending_without_reply` of older versions
 * (telegram-bot-api Client::get_reply_parameters).
 */
export function replyParam(call: BotCall): ReplyWish | undefined {
  const { params } = call;
  const value = params.json('reply_parameters');
  if (value === undefined) {
    const messageId = params.messageId('reply_to_message_id');
    const mayGoWithout = params.boolean('allow_sending_without_reply');
    return messageId === 0 ? undefined : { messageId, mayGoWithout, chat: undefined, quote: undefined };
  }
  if (!isJsonObject(value)) throw badRequest('object expected as reply parameters');
  if (Object.keys(value).length === 0) return undefined;
  return parsing('reply parameters', () => readReply(call, value));
}

function readReply(call: BotCall, value: JsonObject): ReplyWish {
  const chat = optionalString(value, 'chat_id');
  return {
    messageId: optionalInteger(value, 'message_id') ?? 0,
    chat: chat === undefined ? undefined : chatReference(chat),
    mayGoWithout: readBoolean(value, 'allow_sending_without_reply'),
    quote: readQuote(call, value),
  };
}

function chatReference(text: string): NonNullable<ReplyWish['chat']> {
  return text.startsWith('@') ? { username: text.slice(1) } : { id: Number(text) };
}

function readQuote(call: BotCall, value: JsonObject): ReplyWish['quote'] {
  const text = optionalString(value, 'quote');
  if (text === undefined || text === '') return undefined;
  const parseMode = optionalString(value, 'quote_parse_mode') ?? '';
  const formatted = formatFor(call, { text, parseMode, entities: readEntities(value['quote_entities']) });
  return { ...formatted, position: optionalInteger(value, 'quote_position') };
}

/** Finds what is to be answered; refuses what is not there, unless the call allows to go without. */
export function placeReply(call: BotCall, chat: Chat, wish: ReplyWish | undefined): Place {
  if (wish === undefined) return {};
  const { world } = call.telegram;
  const from = wish.chat === undefined ? chat : accessChat(world, call.bot, { reference: wish.chat, access: 'read' });
  const target = messageOf(world, from.key, wish.messageId);
  if (target === undefined) {
    if (wish.mayGoWithout) return {};
    throw badRequest('message to be replied not found');
  }
  const quote = wish.quote === undefined ? undefined : findQuote(target, wish.quote);
  if (from.key !== chat.key) return { reply: replyElsewhere(call, target, quote) };
  return placeIn(chat, target, quote);
}

function replyElsewhere({ telegram: { world } }: BotCall, target: StoredMessage, quote: Quote | undefined): Reply {
  return {
    kind: 'other_chat',
    origin: originOf(world, target),
    chatId: chatId(chatOf(world, target.chat)),
    messageId: target.id,
    content: target.content,
    quote,
  };
}

/** A quote must stand in the message word for word (Bot API: ReplyParameters). */
function findQuote(target: StoredMessage, wanted: NonNullable<ReplyWish['quote']>): Quote {
  const quote = quoteFrom(textOf(target.content)?.text ?? '', wanted);
  if (quote === undefined) throw badRequest('QUOTE_TEXT_INVALID');
  return quote;
}
