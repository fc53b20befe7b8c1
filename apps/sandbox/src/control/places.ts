import { originOf } from '../rules/origin.js';
import { type Place, placeIn, quoteFrom } from '../rules/place.js';
import { textOf } from '../rules/text.js';
import { type Person, shownName } from '../world/accounts.js';
import { type Chat, chatId } from '../world/chats.js';
import { membershipOf, messageOf } from '../world/lookup.js';
import { isAdministrator } from '../world/members.js';
import type { Quote, StoredMessage } from '../world/messages.js';
import type { World } from '../world/world.js';
import { ControlError } from './errors.js';
import { findChat, findRef, findRoot, findSharedChat, privateChatOf } from './find.js';
import type { Destination, Ref } from './protocol/shapes.js';

/** Where a message goes, and what it answers there. */
export interface Target {
  readonly chat: Chat;
  readonly place: Place;
  readonly isComment: boolean;
}

export interface Wish {
  readonly to: Destination;
  readonly replyTo?: Ref | undefined;
  readonly quote?: string | undefined;
}

/** Finds where a person writes to. A comment without another answer is an answer to the root. */
export function findTarget(world: World, person: Person, { to, replyTo, quote }: Wish): Target {
  const { chat, root } = destination(world, person, to);
  const answered = replyTo === undefined ? undefined : findRef(world, replyTo);
  if (answered === undefined)
    return { chat, place: root === undefined ? {} : placeIn(chat, root), isComment: root !== undefined };
  const quoted = quote === undefined ? undefined : quoteOf(answered.message, quote);
  if (answered.chat.key !== chat.key)
    return { chat, place: answerElsewhere(world, answered, quoted), isComment: false };
  const place = placeIn(chat, answered.message, quoted);
  return { chat, place, isComment: isBelowPost(world, chat, place.threadId) };
}

/** True for a thread whose root is the copy of a channel post. */
function isBelowPost(world: World, chat: Chat, threadId: number | undefined): boolean {
  const root = threadId === undefined ? undefined : messageOf(world, chat.key, threadId);
  return root?.sender.kind === 'automatic_forward';
}

function destination(world: World, person: Person, to: Destination): { chat: Chat; root?: StoredMessage } {
  switch (to.kind) {
    case 'bot':
      return { chat: privateChatOf(world, person.id, to.botId) };
    case 'chat':
      return { chat: findChat(world, to) };
    case 'comments': {
      const { chat, message } = findRoot(world, to.post);
      return { chat, root: message };
    }
  }
}

function quoteOf(message: StoredMessage, text: string): Quote {
  const quote = quoteFrom(textOf(message.content)?.text ?? '', { text, entities: [] });
  if (quote === undefined) throw new ControlError(400, `"${text}" does not stand in the message`);
  return quote;
}

function answerElsewhere(
  world: World,
  answered: { chat: Chat; message: StoredMessage },
  quote: Quote | undefined,
): Place {
  const { chat, message } = answered;
  const origin = originOf(world, message);
  const reply = { origin, chatId: chatId(chat), messageId: message.id, content: message.content, quote };
  return { reply: { kind: 'other_chat', ...reply } };
}

/** Who a person's message shows as its sender. `as` names a chat to speak as. */
export function senderOf(
  world: World,
  person: Person,
  { chat, as }: { chat: Chat; as: number | undefined },
): StoredMessage['sender'] {
  if (chat.kind === 'private') return { kind: 'account' };
  if (chat.kind === 'channel') {
    return { kind: 'channel_post', signature: chat.hasSignatures ? shownName(person) : undefined };
  }
  const membership = membershipOf(chat, person.id);
  const title = membership.status === 'creator' || membership.status === 'administrator' ? membership.title : undefined;
  if (as !== undefined && as !== chat.id) return { kind: 'as_channel', channelId: findSharedChat(world, as).id };
  const isHidden = isAdministrator(membership) && 'isAnonymous' in membership && membership.isAnonymous;
  return as === chat.id || isHidden ? { kind: 'anonymous_admin', signature: title } : { kind: 'account' };
}
