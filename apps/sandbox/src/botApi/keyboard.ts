import type { TelegramInlineKeyboardButton, TelegramInlineKeyboardMarkup } from '@gramio/types/objects';
import { badRequest } from '../errors.js';
import { compact } from '../world/compact.js';
import type { ReplyKeyboard } from '../world/messages.js';
import type { BotCall } from './call.js';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  jsonFault,
  optionalString,
  parsing,
  readBoolean,
  readString,
} from './json.js';

/** Bytes of an inline keyboard with all its data (telegram-bot-api; Bot API limits). */
const MAX_BYTES = 10 * 1024;
const MAX_BUTTONS = 100;

export type Markup =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly keyboard: TelegramInlineKeyboardMarkup }
  | { readonly kind: 'reply'; readonly keyboard: ReplyKeyboard };

/** Reads `reply_markup` (telegram-bot-api Client::get_reply_markup). */
export function markupParam({ params }: BotCall): Markup {
  const value = params.json('reply_markup', 'reply keyboard markup JSON object');
  if (value === undefined) return { kind: 'none' };
  if (!isJsonObject(value)) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in value) return readInline(value);
  return readReplyKeyboard(value);
}

/** The inline keyboard of a method that takes no other. */
export function inlineKeyboardParam(call: BotCall): TelegramInlineKeyboardMarkup | undefined {
  const markup = markupParam(call);
  return markup.kind === 'inline' ? markup.keyboard : undefined;
}

/** An inline keyboard; one without buttons is none. */
export function readInline(value: JsonObject): Markup {
  const inline_keyboard = rows(value['inline_keyboard'], 'inline keyboard').map((row) =>
    row.map((button) => parsing('inline keyboard button', () => readButton(button))),
  );
  const filled = inline_keyboard.filter((row) => row.length > 0);
  if (filled.length === 0) return { kind: 'none' };
  if (filled.flat().length > MAX_BUTTONS || JSON.stringify(filled).length > MAX_BYTES) {
    throw badRequest('reply markup is too long');
  }
  return { kind: 'inline', keyboard: { inline_keyboard: filled } };
}

function rows(value: unknown, what: string): (readonly unknown[])[] {
  if (!isJsonArray(value)) throw badRequest(`can't parse ${what}: expected an Array of Arrays`);
  return value.map((row) => {
    if (!isJsonArray(row)) throw badRequest(`can't parse ${what}: expected an Array of Arrays`);
    return row;
  });
}

function readButton(button: unknown): TelegramInlineKeyboardButton {
  if (!isJsonObject(button)) throw jsonFault('expected an Object');
  const text = readString(button, 'text');
  const kept = compact<TelegramInlineKeyboardButton>({
    text,
    url: urlOf(button),
    callback_data: callbackData(button),
    switch_inline_query: optionalString(button, 'switch_inline_query'),
    switch_inline_query_current_chat: optionalString(button, 'switch_inline_query_current_chat'),
    copy_text: copyText(button),
    web_app: webApp(button),
    pay: readBoolean(button, 'pay') || undefined,
    callback_game: isJsonObject(button['callback_game']) ? {} : undefined,
  });
  if (Object.keys(kept).length === 1) throw jsonFault('Text buttons are unallowed in the inline keyboard');
  return kept;
}

function urlOf(button: JsonObject): string | undefined {
  const url = optionalString(button, 'url');
  if (url === undefined) return undefined;
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (!URL.canParse(full) || (!full.includes('.') && !full.startsWith('tg:'))) throw badRequest('BUTTON_URL_INVALID');
  return full;
}

/** 1 to 64 bytes (Bot API: InlineKeyboardButton). */
function callbackData(button: JsonObject): string | undefined {
  const data = optionalString(button, 'callback_data');
  if (data !== undefined && (data === '' || Buffer.byteLength(data) > 64)) throw badRequest('BUTTON_DATA_INVALID');
  return data;
}

function copyText(button: JsonObject): { text: string } | undefined {
  const value = button['copy_text'];
  if (!isJsonObject(value)) return undefined;
  return { text: readString(value, 'text') };
}

function webApp(button: JsonObject): { url: string } | undefined {
  const value = button['web_app'];
  if (!isJsonObject(value)) return undefined;
  return { url: readString(value, 'url') };
}

function readReplyKeyboard(value: JsonObject): Markup {
  if ('keyboard' in value) {
    const keyboard = rows(value['keyboard'], 'reply keyboard').map((row) =>
      row.map((button) => parsing('keyboard button', () => ({ text: replyButtonText(button) }))),
    );
    const is_persistent = readBoolean(value, 'is_persistent');
    const one_time_keyboard = readBoolean(value, 'one_time_keyboard');
    return { kind: 'reply', keyboard: { keyboard, is_persistent, one_time_keyboard } };
  }
  if (readBoolean(value, 'remove_keyboard')) return { kind: 'reply', keyboard: { remove_keyboard: true } };
  if (readBoolean(value, 'force_reply')) return { kind: 'reply', keyboard: { force_reply: true } };
  return { kind: 'none' };
}

function replyButtonText(button: unknown): string {
  if (typeof button === 'string') return button;
  if (!isJsonObject(button)) throw jsonFault('expected an Object');
  return readString(button, 'text');
}
