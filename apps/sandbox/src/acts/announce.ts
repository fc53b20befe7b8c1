import { renderMessage } from '../render/message.js';
import { hears } from '../rules/visibility.js';
import type { Telegram } from '../telegram.js';
import type { Bot } from '../world/accounts.js';
import type { Chat } from '../world/chats.js';
import { botsOf, chatOf } from '../world/lookup.js';
import type { StoredMessage } from '../world/messages.js';

export type News = 'new' | 'edited';

/** Tells every bot that may hear of it about a message that was sent or edited. */
export function announce(telegram: Telegram, message: StoredMessage, news: News): void {
  const { world } = telegram;
  const chat = chatOf(world, message.chat);
  for (const bot of botsOf(world)) {
    if (!hears(world, bot, message)) continue;
    meet(bot, message);
    telegram.updates.push(bot.id, updateKind(chat, news), renderMessage({ world, botId: bot.id }, message));
  }
  telegram.changes.mark();
}

/** Bots can mention, and write to, only accounts that they have seen. */
export function meet(bot: Bot, message: Pick<StoredMessage, 'authorId' | 'origin'>): void {
  bot.knows[message.authorId] = true;
  if (message.origin?.kind === 'account') bot.knows[message.origin.accountId] = true;
}

type MessageKind = 'message' | 'edited_message' | 'channel_post' | 'edited_channel_post';

function updateKind(chat: Chat, news: News): MessageKind {
  if (chat.kind === 'channel') return news === 'new' ? 'channel_post' : 'edited_channel_post';
  return news === 'new' ? 'message' : 'edited_message';
}
