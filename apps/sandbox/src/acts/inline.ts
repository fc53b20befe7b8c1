import type { TelegramInlineQueryChatType } from '@gramio/types/objects';
import { renderUser } from '../render/user.js';
import type { Telegram } from '../telegram.js';
import type { Bot, Person } from '../world/accounts.js';
import type { Chat } from '../world/chats.js';
import { drawInteger, drawText } from '../world/random.js';
import type { InlineAnswer, StoredInlineQuery, World } from '../world/world.js';

/** Milliseconds in which a bot can answer (Bot API: answerInlineQuery; the exact window is not documented). */
export const INLINE_ANSWER_WINDOW_MS = 15_000;
/** Milliseconds for which old queries are remembered, to tell an answer that comes late from a made-up id. */
const REMEMBERED_MS = 10 * 60_000;

export interface InlineQuestion {
  readonly query: string;
  readonly offset: string;
  /** Where it is typed; the bot learns the kind of the chat only. */
  readonly chat: Chat;
}

/**
 * Asks a bot in inline mode. An answer that the bot allowed to be kept is used again without asking; it is shared by
 * everybody unless it was personal (Bot API: answerInlineQuery, cache_time, is_personal).
 */
export function askInline(telegram: Telegram, bot: Bot, { person, question }: Asking): StoredInlineQuery {
  const { world, clock } = telegram;
  const { query, offset, chat } = question;
  const asked: StoredInlineQuery = {
    id: queryId(world, person.id),
    botId: bot.id,
    personId: person.id,
    query,
    offset,
    askedAt: clock.now(),
    answer: cachedAnswer(telegram, { bot, person, question }),
  };
  forgetOld(telegram);
  world.inlineQueries[asked.id] = asked;
  if (asked.answer !== undefined || !bot.isInline) return asked;
  bot.knows[person.id] = true;
  telegram.updates.push(bot.id, 'inline_query', {
    id: asked.id,
    from: renderUser(world, person.id),
    chat_type: chatTypeFor(bot, chat),
    query,
    offset,
  });
  telegram.changes.mark();
  return asked;
}

export interface Asking {
  readonly person: Person;
  readonly question: InlineQuestion;
}

/** True while the bot's answer still reaches the person. */
export function isOpen(telegram: Telegram, asked: StoredInlineQuery): boolean {
  return asked.answer === undefined && telegram.clock.now() - asked.askedAt <= INLINE_ANSWER_WINDOW_MS;
}

/** Seconds; longer is cut (Bot API: answerInlineQuery). */
const MAX_CACHE_TIME = 86_400;

/** Keeps an answer for whoever asks the same. */
export function keepAnswer(
  telegram: Telegram,
  asked: StoredInlineQuery,
  { answer, cacheTime, isPersonal }: { answer: InlineAnswer; cacheTime: number; isPersonal: boolean },
): void {
  asked.answer = answer;
  const { botId, personId, query, offset } = asked;
  const until = telegram.clock.now() + Math.min(Math.max(cacheTime, 0), MAX_CACHE_TIME) * 1000;
  if (cacheTime > 0) {
    const owner = isPersonal ? personId : undefined;
    telegram.world.inlineCache.push({ botId, personId: owner, query, offset, until, answer });
  }
  telegram.changes.mark();
}

function cachedAnswer(
  { world, clock }: Telegram,
  { bot, person, question }: Asking & { bot: Bot },
): InlineAnswer | undefined {
  world.inlineCache = world.inlineCache.filter(({ until }) => until > clock.now());
  return world.inlineCache.find(
    ({ botId, personId, query, offset }) =>
      botId === bot.id &&
      (personId === undefined || personId === person.id) &&
      query === question.query &&
      offset === question.offset,
  )?.answer;
}

function forgetOld({ world, clock }: Telegram): void {
  world.inlineQueries = youngerThan(world.inlineQueries, clock.now() - REMEMBERED_MS);
}

/** The queries that were asked after a time, in milliseconds since the epoch. */
export function youngerThan<T extends { askedAt: number }>(
  queries: Record<string, T>,
  time: number,
): Record<string, T> {
  return Object.fromEntries(Object.entries(queries).filter(([, { askedAt }]) => askedAt >= time));
}

/** Ids of queries are texts of 64-bit numbers that begin with who asks. */
export function queryId(world: World, personId: number): string {
  return ((BigInt(personId) << 30n) + BigInt(drawInteger(world, 0, 2 ** 30 - 1))).toString();
}

function chatTypeFor(bot: Bot, chat: Chat): TelegramInlineQueryChatType {
  if (chat.kind !== 'private') return chat.kind;
  return chat.botId === bot.id ? 'sender' : 'private';
}

/** The id under which a bot can edit a message that was sent through it. */
export function newInlineMessageId(world: World): string {
  return drawText(world, 32);
}
