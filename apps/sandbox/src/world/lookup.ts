import type { Account, Bot, Person } from './accounts.js';
import { type Chat, type ChatKey, type Group, type PrivateChat, sharedKey } from './chats.js';
import type { Membership } from './members.js';
import { findMessage, type History, type StoredMessage } from './messages.js';
import type { World } from './world.js';

/** What asks for something that the world does not hold has a fault of its own. */
export class NotInWorld extends Error {}

export function accountOf(world: World, id: number): Account {
  const account = world.accounts[id];
  if (account === undefined) throw new NotInWorld(`no account ${id}`);
  return account;
}

export function personOf(world: World, id: number): Person {
  const account = accountOf(world, id);
  if (account.kind !== 'person') throw new NotInWorld(`account ${id} is a bot`);
  return account;
}

export function botOf(world: World, id: number): Bot {
  const account = accountOf(world, id);
  if (account.kind !== 'bot') throw new NotInWorld(`account ${id} is a person`);
  return account;
}

export function botsOf(world: World): Bot[] {
  return Object.values(world.accounts).filter((account) => account.kind === 'bot');
}

export function chatOf(world: World, key: ChatKey): Chat {
  const chat = world.chats[key];
  if (chat === undefined) throw new NotInWorld(`no chat ${key}`);
  return chat;
}

export function sharedChatOf(world: World, id: number): Exclude<Chat, PrivateChat> {
  const chat = chatOf(world, sharedKey(id));
  if (chat.kind === 'private') throw new NotInWorld(`chat ${id} is private`);
  return chat;
}

export function groupOf(world: World, id: number): Group {
  const chat = sharedChatOf(world, id);
  if (chat.kind === 'channel') throw new NotInWorld(`chat ${id} is a channel`);
  return chat;
}

/** All messages of a chat; empty for a chat where nothing was written yet. */
export function historyOf(world: World, key: ChatKey): History {
  return (world.messages[key] ??= []);
}

export function messageOf(world: World, key: ChatKey, id: number): StoredMessage | undefined {
  return findMessage(historyOf(world, key), id);
}

/** How an account stands to a chat; `left` for who was never there. */
export function membershipOf(chat: Exclude<Chat, PrivateChat>, accountId: number): Membership {
  return chat.members[accountId] ?? { status: 'left' };
}
