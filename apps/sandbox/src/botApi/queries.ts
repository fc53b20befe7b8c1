import type { TelegramInlineQueryResultsButton } from '@gramio/types/objects';
import { isOpen as isCallbackOpen } from '../acts/callback.js';
import { isOpen, keepAnswer } from '../acts/inline.js';
import { type ApiError, badRequest } from '../errors.js';
import { compact } from '../world/compact.js';
import type { BotCall, Methods } from './call.js';
import { resultsParam } from './inlineResults.js';
import { isJsonObject, jsonFault, optionalString, parsing, readString } from './json.js';
import { required } from './smallThings.js';

/** Seconds (Bot API: answerInlineQuery, cache_time). */
const DEFAULT_CACHE_TIME = 300;

export const queryMethods = {
  async answerInlineQuery(call): Promise<true> {
    const results = await resultsParam(call);
    const nextOffset = call.params.string('next_offset');
    const button = buttonParam(call);
    if (Buffer.byteLength(nextOffset) > 64) throw badRequest('NEXT_OFFSET_INVALID');
    const asked = call.telegram.world.inlineQueries[required(call, 'inline_query_id')];
    if (asked?.botId !== call.bot.id || !isOpen(call.telegram, asked)) throw tooOld();
    keepAnswer(call.telegram, asked, {
      answer: { results, nextOffset, button },
      cacheTime: call.params.integer('cache_time', { default: DEFAULT_CACHE_TIME }),
      isPersonal: call.params.boolean('is_personal'),
    });
    return true;
  },

  answerCallbackQuery(call) {
    const { params, telegram, bot } = call;
    const asked = telegram.world.callbackQueries[required(call, 'callback_query_id')];
    const text = params.string('text');
    if (asked?.botId !== bot.id || !isCallbackOpen(telegram, asked)) throw tooOld();
    if (Array.from(text).length > 200) throw badRequest('MESSAGE_TOO_LONG');
    asked.answer = {
      text: text === '' ? undefined : text,
      showAlert: params.boolean('show_alert'),
      url: params.string('url') || undefined,
    };
    telegram.changes.mark();
    return true;
  },
} satisfies Partial<Methods>;

function tooOld(): ApiError {
  return badRequest('query is too old and response timeout expired or query ID is invalid');
}

/** `button`, or its older form `switch_pm_text` with `switch_pm_parameter`. */
function buttonParam({ params }: BotCall): TelegramInlineQueryResultsButton | undefined {
  const value = params.json('button', 'inline query results button JSON object');
  if (value !== undefined) return parsing('inline query results button', () => readButton(value));
  const text = params.string('switch_pm_text');
  return text === '' ? undefined : { text, start_parameter: startParameter(params.string('switch_pm_parameter')) };
}

function readButton(value: unknown): TelegramInlineQueryResultsButton {
  if (!isJsonObject(value)) throw jsonFault('InlineQueryResultsButton must be an Object');
  const start = optionalString(value, 'start_parameter');
  const app = value['web_app'];
  if (start === undefined && !isJsonObject(app)) {
    throw jsonFault('InlineQueryResultsButton must have exactly one optional field');
  }
  return compact<TelegramInlineQueryResultsButton>({
    text: readString(value, 'text'),
    start_parameter: start === undefined ? undefined : startParameter(start),
    web_app: start === undefined && isJsonObject(app) ? { url: readString(app, 'url') } : undefined,
  });
}

function startParameter(text: string): string {
  if (!/^[\w-]{1,64}$/.test(text)) throw badRequest('START_PARAM_INVALID');
  return text;
}
