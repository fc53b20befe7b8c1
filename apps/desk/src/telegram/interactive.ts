import type { TelegramUpdate } from '@gramio/types/objects';
import type { Log } from '../log.js';
import type { BotApi } from './client.js';

/** Answers what somebody waits for on the screen. Nothing of it is kept: who still wants it asks again. */
export function answerInteractive(api: BotApi, update: TelegramUpdate, log: Log): void {
  const { inline_query: query, callback_query: callback } = update;
  const answer = query
    ? api.call('answerInlineQuery', { inline_query_id: query.id, results: [], cache_time: 0, is_personal: true })
    : callback && api.call('answerCallbackQuery', { callback_query_id: callback.id });
  answer?.catch((error: unknown) => log.warn({ err: error, update: update.update_id }, 'somebody waits in vain'));
}
