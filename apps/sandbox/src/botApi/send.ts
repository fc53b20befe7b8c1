import { append, appendAlbum } from '../acts/append.js';
import type { Draft } from '../acts/store.js';
import { renderMessage, type WireMessage } from '../render/message.js';
import type { Place } from '../rules/place.js';
import { lengthRefusal, sendRefusal } from '../rules/send.js';
import type { Chat } from '../world/chats.js';
import type { Content } from '../world/content.js';
import { hasRight, type Membership } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';
import { newAlbumId } from '../world/world.js';
import { type BotCall, viewOf } from './call.js';
import { chatParam, ownMembership } from './chats.js';
import { type Markup, markupParam } from './keyboard.js';
import { placeReply, replyParam, type ReplyWish } from './reply.js';

/** Sends one message as the call says: `chat_id`, `reply_parameters`, `reply_markup` and what goes with every send. */
export function send(call: BotCall, content: Content): WireMessage {
  const markup = markupParam(call);
  const { chat, place } = prepare(call, { wish: replyParam(call), contents: [content] });
  const message = append(call.telegram, chat, draftOf(call, { chat, content, place, markup }));
  return renderMessage(viewOf(call), message);
}

/** Sends several messages as one album. */
export function sendAlbum(call: BotCall, contents: readonly Content[]): WireMessage[] {
  const { chat, place } = prepare(call, { wish: replyParam(call), contents });
  const albumId = contents.length > 1 ? newAlbumId(call.telegram.world) : undefined;
  const drafts = contents.map((content) => ({ ...draftOf(call, { chat, content, place }), albumId }));
  const messages = appendAlbum(call.telegram, { chat, drafts });
  return messages.map((message) => renderMessage(viewOf(call), message));
}

interface Wanted {
  readonly wish: ReplyWish | undefined;
  readonly contents: readonly Content[];
}

/**
 * All that can refuse a message, in the server's order: the chat, what is answered, rights, lengths, and at last the
 * flood limit, which only counts what got that far.
 */
export function prepare(call: BotCall, { wish, contents }: Wanted): { chat: Chat; place: Place } {
  const chat = chatParam(call, 'write');
  const place = placeReply(call, chat, wish);
  for (const content of contents) {
    const refusal = refusalIn(call, chat, content) ?? lengthRefusal(content);
    if (refusal !== undefined) throw refusal;
  }
  call.telegram.limits.check({ bot: call.bot, chat, cost: contents.length });
  return { chat, place };
}

/** Why the bot may not send this content to the chat. */
export function refusalIn(call: BotCall, chat: Chat, content: Content): Error | undefined {
  const account = chat.kind === 'private' ? call.telegram.world.accounts[chat.personId] : undefined;
  const person = account?.kind === 'person' ? account : undefined;
  return sendRefusal(content, { chat, membership: ownMembership(call, chat), person });
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
    sender: botSender(chat, ownMembership(call, chat)),
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

/** Posts are the channel's; an anonymous admin bot writes as the group. */
function botSender(chat: Chat, membership: Membership | undefined): StoredMessage['sender'] {
  if (chat.kind === 'channel') return { kind: 'channel_post' };
  const isAnonymous = membership?.status === 'administrator' && membership.isAnonymous;
  return isAnonymous && hasRight(membership, 'can_manage_chat') ? { kind: 'anonymous_admin' } : { kind: 'account' };
}
