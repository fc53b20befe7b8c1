import type { TelegramReactionType } from '@gramio/types/objects';
import { renderChat } from '../render/chat.js';
import { renderUser } from '../render/user.js';
import { secondsNow, type Telegram } from '../telegram.js';
import type { Bot } from '../world/accounts.js';
import type { Chat } from '../world/chats.js';
import { botsOf, chatOf, membershipOf } from '../world/lookup.js';
import { isAdministrator } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';

/**
 * Sets what an account thinks of a message. Bots that are administrators and asked for it hear of people's reactions:
 * one by one in groups, as counts below channel posts and their copies (Bot API: message_reaction,
 * message_reaction_count). Reactions of bots are not told.
 */
export function react(
  telegram: Telegram,
  message: StoredMessage,
  { accountId, reactions }: { accountId: number; reactions: TelegramReactionType[] },
): void {
  const old = message.reactions?.find((given) => given.accountId === accountId)?.reactions ?? [];
  const others = (message.reactions ?? []).filter((given) => given.accountId !== accountId);
  message.reactions = reactions.length === 0 ? others : [...others, { accountId, reactions }];
  telegram.changes.mark();
  if (telegram.world.accounts[accountId]?.kind === 'bot') return;
  for (const bot of botsOf(telegram.world)) tell(telegram, bot, { message, accountId, old, reactions });
}

interface Reacted {
  readonly message: StoredMessage;
  readonly accountId: number;
  readonly old: TelegramReactionType[];
  readonly reactions: TelegramReactionType[];
}

function tell(telegram: Telegram, bot: Bot, { message, accountId, old, reactions }: Reacted): void {
  const chat = chatOf(telegram.world, message.chat);
  if (!hearsReactions(telegram, bot, chat)) return;
  const date = secondsNow(telegram);
  const place = { chat: renderChat(telegram.world, chat), message_id: message.id, date };
  if (chat.kind === 'channel' || message.sender.kind === 'automatic_forward') {
    telegram.updates.push(bot.id, 'message_reaction_count', { ...place, reactions: counts(message) });
    return;
  }
  telegram.updates.push(bot.id, 'message_reaction', {
    ...place,
    user: renderUser(telegram.world, accountId),
    old_reaction: old,
    new_reaction: reactions,
  });
}

function hearsReactions(telegram: Telegram, bot: Bot, chat: Chat): boolean {
  if (chat.kind === 'private') return chat.botId === bot.id && telegram.world.settings.privateReactions;
  return isAdministrator(membershipOf(chat, bot.id));
}

/** How often each reaction was given to a message. */
export function counts(message: StoredMessage): { type: TelegramReactionType; total_count: number }[] {
  const all = (message.reactions ?? []).flatMap(({ reactions }) => reactions);
  const unique = [...new Map(all.map((reaction) => [JSON.stringify(reaction), reaction])).entries()];
  return unique.map(([json, type]) => ({
    type,
    total_count: all.filter((reaction) => JSON.stringify(reaction) === json).length,
  }));
}
