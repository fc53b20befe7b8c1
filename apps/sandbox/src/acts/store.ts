import { secondsNow, type Telegram } from '../telegram.js';
import type { Chat } from '../world/chats.js';
import { botOf, historyOf } from '../world/lookup.js';
import { insertMessage, type StoredMessage } from '../world/messages.js';
import type { World } from '../world/world.js';

/** A message before it has its place and time. */
export type Draft = Omit<StoredMessage, 'id' | 'chat' | 'date' | 'editDate' | 'isEdited'>;

/** Puts a message at the end of a chat. Nobody is told of it: see `append`. */
export function store(telegram: Telegram, chat: Chat, draft: Draft): StoredMessage {
  const { world } = telegram;
  const message: StoredMessage = {
    ...draft,
    chat: chat.key,
    id: nextMessageId(world, chat),
    date: secondsNow(telegram),
  };
  insertMessage(historyOf(world, chat.key), message);
  return message;
}

/**
 * Supergroups and channels count their messages; messages of private chats and basic groups are counted by account,
 * so the ids of one private chat have gaps where the bot talked to others.
 */
function nextMessageId(world: World, chat: Chat): number {
  switch (chat.kind) {
    case 'supergroup':
    case 'channel':
      chat.lastMessageId += 1;
      return chat.lastMessageId;
    case 'private':
    case 'group': {
      const bot = botOf(world, chat.kind === 'private' ? chat.botId : chat.counterBotId);
      bot.lastMessageId += 1;
      return bot.lastMessageId;
    }
  }
}
