import type { TelegramCallbackQuery, TelegramMessage } from '@gramio/types/objects';
import type { Manager, Shown } from '../../canned/manage/manager.js';
import type { Screen } from '../../canned/manage/screens.js';
import type { Gate } from '../../ingest/gate.js';
import type { Database } from '../../store/database.js';
import type { Phrases } from '../../text/phrases.js';
import type { BotApi } from '../client.js';
import { isUnchanged } from '../errors.js';
import { personId, placeId } from '../externalId.js';
import { unlessFine } from '../messenger.js';
import { stateOfPrompt } from '../readCanned.js';
import { wordsOf } from './present.js';

export interface CallbackParts {
  readonly api: BotApi;
  readonly botName: string;
  readonly database: Database;
  readonly gate: Gate;
  readonly manager: Manager;
  readonly phrases: Phrases;
  readonly present: (shown: readonly Shown[]) => Promise<void>;
}

/**
 * Does what a button below one of the desk's own screens says. The button tells only which one it is: whether its presser
 * may, and what it is about, is looked up. Telegram waits 15 seconds for the answer (telegram.md, 0.18).
 */
export function createCallback(parts: CallbackParts): (query: TelegramCallbackQuery) => Promise<void> {
  const { api, database, gate, manager, phrases } = parts;
  const answer = async (query: TelegramCallbackQuery, text?: string): Promise<void> => {
    await api.call('answerCallbackQuery', { callback_query_id: query.id, ...(text !== undefined && { text }) });
  };

  return async (query) => {
    const { from, message, data = '' } = query;
    if (message?.chat.type !== 'private' || message.chat.id !== from.id) return answer(query);
    const person = personId(from.id);
    const role = await gate(person);
    if (role === 'none') return answer(query, phrases.saying(from.language_code, 'canned-staff-only'));
    const state = (isThere(message) ? stateOfPrompt(message, parts.botName) : undefined) ?? '';
    const outcome = await database.transaction((sql) => manager.pressed(sql, { person, role, data, state }));
    await answer(query, outcome.toast);
    if (outcome.instead) await replace(parts, message, outcome.instead);
    if (outcome.below) await parts.present([{ place: placeId(from.id), screen: outcome.below }]);
  };
}

/** What a message becomes; one that is too old to be seen is followed by it (Bot API: InaccessibleMessage). */
async function replace(
  { api, present }: CallbackParts,
  message: NonNullable<TelegramCallbackQuery['message']>,
  screen: Screen,
): Promise<void> {
  const { chat, message_id: id } = message;
  if (!isThere(message) || screen.kind !== 'words') return present([{ place: placeId(chat.id), screen }]);
  const { reply_markup: markup, ...words } = wordsOf(screen);
  const keyboard = markup && 'inline_keyboard' in markup ? { reply_markup: markup } : {};
  const edit = { chat_id: chat.id, message_id: id, ...words, ...keyboard };
  await unlessFine(isUnchanged, () => api.call('editMessageText', edit));
}

/** Telegram gives an inaccessible message the date 0. */
function isThere(message: NonNullable<TelegramCallbackQuery['message']>): message is TelegramMessage {
  return message.date !== 0;
}
