import { findCopy, linkedGroup } from '../acts/autoForward.js';
import type { Person } from '../world/accounts.js';
import { type Chat, type PrivateChat, privateKey, sharedKey } from '../world/chats.js';
import { messageOf } from '../world/lookup.js';
import type { StoredMessage } from '../world/messages.js';
import type { World } from '../world/world.js';
import { ControlError } from './errors.js';
import type { Ref } from './protocol/shapes.js';

export function findPerson(world: World, id: number): Person {
  const account = world.accounts[id];
  if (account?.kind !== 'person') throw new ControlError(404, `there is no person ${id}`);
  if (account.isDeleted) throw new ControlError(409, `the account of person ${id} is deleted`);
  return account;
}

/** The private chat of a person with a bot, made when it is first needed. */
export function privateChatOf(world: World, personId: number, botId = world.staff.botId): PrivateChat {
  const key = privateKey(botId, personId);
  const chat = (world.chats[key] ??= {
    kind: 'private',
    key,
    botId,
    personId,
    isStarted: false,
    isBlocked: false,
    pinned: [],
  });
  if (chat.kind !== 'private') throw new ControlError(404, `chat ${key} is not private`);
  return chat;
}

export function findSharedChat(world: World, chatId: number): Exclude<Chat, PrivateChat> {
  const chat = world.chats[sharedKey(chatId)];
  if (chat === undefined || chat.kind === 'private') throw new ControlError(404, `there is no chat ${chatId}`);
  return chat;
}

/** Any chat by the id under which bots know it. */
export function findChat(world: World, { chatId, botId }: Pick<Ref, 'chatId' | 'botId'>): Chat {
  return chatId > 0 ? privateChatOf(world, findAnybody(world, chatId), botId) : findSharedChat(world, chatId);
}

function findAnybody(world: World, id: number): number {
  if (world.accounts[id] === undefined) throw new ControlError(404, `there is no account ${id}`);
  return id;
}

export function findRef(world: World, ref: Ref): { chat: Chat; message: StoredMessage } {
  const chat = findChat(world, ref);
  const message = messageOf(world, chat.key, ref.messageId);
  if (message === undefined) throw new ControlError(404, `message ${ref.messageId} is not in chat ${ref.chatId}`);
  return { chat, message };
}

/** The copy below which the comments of a channel post stand. */
export function findRoot(world: World, post: Ref): { chat: Chat; message: StoredMessage } {
  const { chat: channel } = findRef(world, post);
  if (channel.kind !== 'channel') throw new ControlError(400, `chat ${post.chatId} is not a channel`);
  const group = linkedGroup(world, channel.id);
  if (group === undefined) throw new ControlError(409, `"${channel.title}" has no discussion group`);
  const copy = findCopy(world, group, post.messageId);
  if (copy === undefined) throw new ControlError(409, `post ${post.messageId} has no comments: there is no copy of it`);
  return { chat: group, message: copy };
}
