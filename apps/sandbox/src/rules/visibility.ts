import type { Bot } from '../world/accounts.js';
import { type Chat, type PrivateChat } from '../world/chats.js';
import type { Content } from '../world/content.js';
import { chatOf, historyOf, membershipOf, messageOf } from '../world/lookup.js';
import { isAdministrator, isInside } from '../world/members.js';
import type { StoredMessage } from '../world/messages.js';
import type { World } from '../world/world.js';

/** Service lines that a bot hears of although it caused them (Client::need_skip_update_message). */
const OWN_SERVICE_HEARD = [
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'left_chat_member',
  'pinned_message',
];

/**
 * True when a bot gets an update for a message that was just sent or edited. How old it may be is the queue's business.
 * Rules: Bot API FAQ "What messages will my bot get?"; telegram-bot-api Client::need_skip_update_message.
 */
export function hears(world: World, bot: Bot, message: StoredMessage): boolean {
  const chat = chatOf(world, message.chat);
  if (isNeverDelivered(message.content)) return false;
  if (message.authorId === bot.id && !isOwnServiceHeard(message.content)) return false;
  if (chat.kind === 'private') return chat.botId === bot.id;
  if (isFarewell(bot, message.content)) return true;
  const membership = membershipOf(chat, bot.id);
  if (!isInside(membership)) return false;
  if (chat.kind === 'channel') return true;
  if (world.accounts[message.authorId]?.kind === 'bot' && message.authorId !== bot.id) return false;
  return isAdministrator(membership) || !bot.hasPrivacy || isMeantFor(world, bot, { message, chat });
}

function isNeverDelivered(content: Content): boolean {
  if (content.kind === 'self_destructing' || content.kind === 'unsupported') return true;
  return content.kind === 'service' && content.service === 'channel_chat_created';
}

function isOwnServiceHeard(content: Content): boolean {
  return content.kind === 'service' && OWN_SERVICE_HEARD.includes(content.service);
}

/** The line that says that the bot itself was removed is the last one it gets. */
function isFarewell(bot: Bot, content: Content): boolean {
  return content.kind === 'service' && content.service === 'left_chat_member' && content.accountId === bot.id;
}

interface InGroup {
  readonly message: StoredMessage;
  readonly chat: Exclude<Chat, PrivateChat>;
}

/** Privacy mode (Bot API FAQ): commands for the bot, answers to it, messages through it, and service messages. */
function isMeantFor(world: World, bot: Bot, { message, chat }: InGroup): boolean {
  if (message.content.kind === 'service' || message.viaBotId === bot.id) return true;
  const { reply } = message;
  if (reply?.kind === 'same_chat' && messageOf(world, chat.key, reply.messageId)?.authorId === bot.id) return true;
  return isCommandFor(world, bot, { message, chat });
}

function isCommandFor(world: World, bot: Bot, { message, chat }: InGroup): boolean {
  if (message.content.kind !== 'text') return false;
  const { text, entities } = message.content;
  const command = entities.find(({ type }) => type === 'bot_command');
  if (command === undefined) return false;
  const [, addressee] = text.slice(command.offset, command.offset + command.length).split('@');
  if (addressee !== undefined) return addressee.toLowerCase() === bot.username.toLowerCase();
  const lastBotMessage = historyOf(world, chat.key).findLast(
    ({ id, authorId }) => id < message.id && world.accounts[authorId]?.kind === 'bot',
  );
  return lastBotMessage === undefined || lastBotMessage.authorId === bot.id;
}
