import { append, appendAlbum } from '../acts/append.js';
import type { Draft } from '../acts/store.js';
import { ApiError, badRequest } from '../errors.js';
import { renderMessage, type WireMessage } from '../render/message.js';
import type { Place } from '../rules/place.js';
import { lengthRefusal, sendRefusal } from '../rules/send.js';
import { type Chat, chatId } from '../world/chats.js';
import type { Content } from '../world/content.js';
import type { StoredMessage } from '../world/messages.js';
import { newAlbumId } from '../world/world.js';
import { type BotCall, viewOf } from './call.js';
import { chatParam, ownMembership } from './chats.js';
import { type Markup, markupParam } from './keyboard.js';
import { placeReply, replyParam } from './reply.js';

/** Sends one message as the call says: `chat_id`, `reply_parameters`, `reply_markup` and what goes with every send. */
export function send(call: BotCall, content: Content): WireMessage {
  const markup = markupParam(call);
  const { chat, place } = prepare(call, [content]);
  checkFlood(call, chat);
  const message = append(call.telegram, chat, draftOf(call, { chat, content, place, markup }));
  return renderMessage(viewOf(call), message);
}

/**
 * Sends several messages as one album. Each item counts for the flood limit: when there is room for some of them only,
 * those are sent and the call fails all the same (telegram-bot-api: "failed to send message #N").
 */
export function sendAlbum(call: BotCall, contents: readonly Content[]): WireMessage[] {
  const { chat, place } = prepare(call, contents);
  const albumId = contents.length > 1 ? newAlbumId(call.telegram.world) : undefined;
  const { passed, refusal } = passFlood(call, chat, contents);
  const drafts = passed.map((content) => ({ ...draftOf(call, { chat, content, place }), albumId }));
  const messages = appendAlbum(call.telegram, { chat, drafts });
  if (refusal !== undefined) throw itemRefusal(passed.length + 1, refusal);
  return messages.map((message) => renderMessage(viewOf(call), message));
}

/** All that can refuse messages before they go to Telegram, in the server's order. */
function prepare(call: BotCall, contents: readonly Content[]): { chat: Chat; place: Place } {
  const wish = replyParam(call);
  const chat = chatParam(call, 'write');
  const place = placeReply(call, chat, wish);
  for (const content of contents) {
    checkRights(call, chat, content);
    const tooLong = lengthRefusal(content);
    if (tooLong !== undefined) throw tooLong;
  }
  return { chat, place };
}

/** Refuses content that the bot may not send to the chat. */
export function checkRights(call: BotCall, chat: Chat, content: Content): void {
  const account = chat.kind === 'private' ? call.telegram.world.accounts[chat.personId] : undefined;
  const person = account?.kind === 'person' ? account : undefined;
  const refusal = sendRefusal(content, { chat, membership: ownMembership(call, chat), person });
  if (refusal !== undefined) throw refusal;
}

/** Counts messages or an edit; throws a 429 when there were too many. The last thing before it takes effect. */
export function checkFlood({ telegram, bot }: BotCall, chat: Chat, cost = 1): void {
  telegram.limits.check({ botId: bot.id, chat: { id: chatId(chat), kind: chat.kind }, cost });
}

/** The items that the flood limit lets through, and why the next one is not. */
function passFlood(call: BotCall, chat: Chat, contents: readonly Content[]): { passed: Content[]; refusal?: ApiError } {
  const passed: Content[] = [];
  for (const content of contents) {
    try {
      checkFlood(call, chat);
    } catch (error) {
      if (error instanceof ApiError) return { passed, refusal: error };
      throw error;
    }
    passed.push(content);
  }
  return { passed };
}

function itemRefusal(place: number, { description }: ApiError): ApiError {
  return badRequest(`failed to send message #${place} with the error message "${description}"`);
}

interface DraftParts {
  readonly chat: Chat;
  readonly content: Content;
  readonly place: Place;
  readonly markup?: Markup;
}

export function draftOf(call: BotCall, { chat, content, place, markup }: DraftParts): Draft {
  const { bot, params } = call;
  return {
    authorId: bot.id,
    sender: botSender(call, chat),
    content,
    ...place,
    keyboard: markup?.kind === 'inline' ? markup.keyboard : undefined,
    replyKeyboard: markup?.kind === 'reply' ? markup.keyboard : undefined,
    isProtected: params.boolean('protect_content') || isProtecting(chat) ? true : undefined,
    effectId: chat.kind === 'private' ? params.string('message_effect_id') || undefined : undefined,
  };
}

function isProtecting(chat: Chat): boolean {
  return chat.kind !== 'private' && chat.protectsContent;
}

/** How the bot's message shows its sender: posts are the channel's, and an anonymous admin writes as the group. */
export function botSender(call: BotCall, chat: Chat): StoredMessage['sender'] {
  if (chat.kind === 'channel') return { kind: 'channel_post' };
  const membership = ownMembership(call, chat);
  const isAnonymous = membership?.status === 'administrator' && membership.isAnonymous;
  return isAnonymous ? { kind: 'anonymous_admin', signature: membership.title } : { kind: 'account' };
}
