import type { TelegramMessageEntity, TelegramPollOption } from '@gramio/types/objects';
import { closePoll, createPoll, type NewPoll } from '../acts/polls.js';
import { change } from '../acts/change.js';
import { badRequest } from '../errors.js';
import { secondsNow } from '../telegram.js';
import { compact } from '../world/compact.js';
import type { BotCall, Methods } from './call.js';
import { messageParam } from './chats.js';
import { isJsonArray, isJsonObject, jsonFault, optionalString, parsing, readString } from './json.js';
import { inlineKeyboardParam } from './keyboard.js';
import { send } from './send.js';
import { formatFor, readEntities } from './text.js';

const MAX_QUESTION = 300;
const MAX_OPTION = 100;
const MAX_OPTIONS = 12;

export const pollMethods = {
  sendPoll(call) {
    const poll = pollParam(call);
    return send(call, createPoll(call.telegram, { poll, authorId: call.bot.id, knownTo: call.bot.id }));
  },

  stopPoll(call) {
    const keyboard = inlineKeyboardParam(call);
    const { message } = messageParam(call, { access: 'edit', what: 'message with poll to stop' });
    if (message.content.kind !== 'poll') throw badRequest('message is not a poll');
    if (message.authorId !== call.bot.id || message.origin !== undefined) throw badRequest("poll can't be stopped");
    const stored = call.telegram.world.polls[message.content.pollId];
    if (stored === undefined || stored.poll.is_closed) throw badRequest('poll has already been closed');
    closePoll(call.telegram, stored);
    change(call.telegram, message, { keyboard });
    return stored.poll;
  },
} satisfies Partial<Methods>;

function pollParam(call: BotCall): NewPoll {
  const { params } = call;
  const type = params.string('type');
  if (type !== '' && type !== 'quiz' && type !== 'regular') throw badRequest('unsupported poll type specified');
  const question = questionParam(call);
  const isQuiz = type === 'quiz';
  return compact<NewPoll>({
    question: question.text,
    question_entities: question.entities.length > 0 ? question.entities : undefined,
    options: optionsParam(call),
    is_closed: params.boolean('is_closed'),
    is_anonymous: !params.has('is_anonymous') || params.boolean('is_anonymous'),
    type: isQuiz ? 'quiz' : 'regular',
    allows_multiple_answers: params.boolean('allows_multiple_answers'),
    allows_revoting: params.has('allows_revoting') ? params.boolean('allows_revoting') : !isQuiz,
    members_only: params.boolean('members_only'),
    ...(isQuiz ? quizParams(call) : {}),
    ...closingParams(call),
  });
}

function questionParam(call: BotCall): { text: string; entities: TelegramMessageEntity[] } {
  const { params } = call;
  const question = formatFor(call, {
    text: params.string('question'),
    parseMode: params.string('question_parse_mode'),
    entities: readEntities(params.json('question_entities')),
  });
  if (question.text === '') throw badRequest('poll question must be non-empty');
  if (Array.from(question.text).length > MAX_QUESTION) throw badRequest('poll question length must not exceed 300');
  return question;
}

function optionsParam(call: BotCall): TelegramPollOption[] {
  const value = call.params.json('options', 'options JSON object');
  if (!isJsonArray(value)) throw badRequest('expected an Array of String as options');
  if (value.length === 0) throw badRequest('poll must have at least 1 option');
  if (value.length > MAX_OPTIONS) throw badRequest(`poll can't have more than ${MAX_OPTIONS} options`);
  return value.map((option, index) => readOption(call, option, index));
}

function readOption(call: BotCall, option: unknown, index: number): TelegramPollOption {
  const { text, parseMode, entities } = parsing('option', () => optionParts(option));
  const formatted = formatFor(call, { text, parseMode, entities });
  if (formatted.text === '') throw badRequest('poll options must be non-empty');
  if (Array.from(formatted.text).length > MAX_OPTION) throw badRequest('poll options length must not exceed 100');
  return { persistent_id: String(index), text: formatted.text, voter_count: 0 };
}

function optionParts(option: unknown): { text: string; parseMode: string; entities: TelegramMessageEntity[] } {
  if (typeof option === 'string') return { text: option, parseMode: '', entities: [] };
  if (!isJsonObject(option)) throw jsonFault('expected an Object');
  const parseMode = optionalString(option, 'text_parse_mode') ?? '';
  return { text: readString(option, 'text'), parseMode, entities: readEntities(option['text_entities']) };
}

function quizParams(call: BotCall): Partial<NewPoll> {
  const { params } = call;
  const ids = params.json('correct_option_ids');
  const old = params.integer('correct_option_id', { default: -1 });
  const correct = isJsonArray(ids) ? ids.map(Number) : old >= 0 ? [old] : [];
  if (correct.length === 0) throw badRequest('wrong correct option ID specified');
  const { text, entities } = formatFor(call, {
    text: params.string('explanation'),
    parseMode: params.string('explanation_parse_mode'),
    entities: readEntities(params.json('explanation_entities')),
  });
  return compact<Partial<NewPoll>>({
    correct_option_ids: correct,
    explanation: text === '' ? undefined : text,
    explanation_entities: entities.length > 0 ? entities : undefined,
  });
}

function closingParams({ params, telegram }: BotCall): Partial<NewPoll> {
  const period = params.integer('open_period', { min: 0, max: 2_628_000 });
  const date = params.integer('close_date');
  if (period > 0) return { open_period: period, close_date: secondsNow(telegram) + period };
  return date > 0 ? { close_date: date } : {};
}
