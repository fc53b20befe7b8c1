import type { TelegramCallbackQuery } from '@gramio/types/objects';
import { renderMaybeGone } from '../render/message.js';
import { renderUser } from '../render/user.js';
import type { Telegram } from '../telegram.js';
import type { Bot, Person } from '../world/accounts.js';
import { chatOf } from '../world/lookup.js';
import type { StoredMessage } from '../world/messages.js';
import type { StoredCallbackQuery } from '../world/world.js';
import { queryId, youngerThan } from './inline.js';

/** Milliseconds in which a bot can answer, as measured. */
export const CALLBACK_ANSWER_WINDOW_MS = 15_000;
const REMEMBERED_MS = 10 * 60_000;

export interface Press {
  readonly person: Person;
  readonly message: StoredMessage;
  readonly data: string;
}

/** Tells a bot that somebody pressed one of its buttons. */
export function press(telegram: Telegram, bot: Bot, { person, message, data }: Press): StoredCallbackQuery {
  const { world, clock } = telegram;
  forgetOld(telegram);
  const asked: StoredCallbackQuery = {
    id: queryId(world, person.id),
    botId: bot.id,
    personId: person.id,
    askedAt: clock.now(),
  };
  world.callbackQueries[asked.id] = asked;
  bot.knows[person.id] = true;
  telegram.updates.push(bot.id, 'callback_query', {
    id: asked.id,
    from: renderUser(world, person.id),
    ...pressedMessage(telegram, bot, message),
    chat_instance: message.chat.replace(/\D/g, ''),
    data,
  });
  telegram.changes.mark();
  return asked;
}

/** True while the bot's answer still reaches the person. */
export function isOpen(telegram: Telegram, asked: StoredCallbackQuery): boolean {
  return asked.answer === undefined && telegram.clock.now() - asked.askedAt <= CALLBACK_ANSWER_WINDOW_MS;
}

function pressedMessage(
  { world }: Telegram,
  bot: Bot,
  message: StoredMessage,
): Pick<TelegramCallbackQuery, 'message' | 'inline_message_id'> {
  if (message.inlineMessageId !== undefined) return { inline_message_id: message.inlineMessageId };
  return { message: renderMaybeGone({ world, botId: bot.id }, chatOf(world, message.chat), message.id) };
}

function forgetOld({ world, clock }: Telegram): void {
  world.callbackQueries = youngerThan(world.callbackQueries, clock.now() - REMEMBERED_MS);
}
