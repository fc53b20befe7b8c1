import type {
  TelegramForceReply,
  TelegramInlineKeyboardButton,
  TelegramInlineKeyboardMarkup,
  TelegramReplyKeyboardMarkup,
} from '@gramio/types/objects';
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
  return value === undefined ? NONE : readMarkup(value);
}

/** The inline keyboard of a method that takes no other. */
export function inlineKeyboardParam(call: BotCall): TelegramInlineKeyboardMarkup | undefined {
  const markup = markupParam(call);
  return markup.kind === 'inline' ? markup.keyboard : undefined;
}

/** A markup from its JSON value. Keyboards without buttons count as none; the reply keyboard goes before the inline one. */
export function readMarkup(value: unknown): Markup {
  if (!isJsonObject(value)) throw badRequest('object expected as reply markup');
  const rows = readRows(value, { field: 'keyboard', of: '' }).map((row) =>
    row.map((button) => parsing('keyboard button', () => readReplyButton(button))),
  );
  const inlineRows = readRows(value, { field: 'inline_keyboard', of: ' of the InlineKeyboardMarkup' }).map((row) =>
    row.map((button) => parsing('inline keyboard button', () => readInlineButton(button))),
  );
  if (rows.length > 0) return { kind: 'reply', keyboard: replyKeyboard(value, rows) };
  if (inlineRows.length > 0) return inlineMarkup(inlineRows);
  return otherMarkup(value);
}

const NONE: Markup = { kind: 'none' };

function otherMarkup(value: JsonObject): Markup {
  if (readBoolean(value, 'remove_keyboard') || readBoolean(value, 'hide_keyboard')) {
    return { kind: 'reply', keyboard: { remove_keyboard: true } };
  }
  if (!readBoolean(value, 'force_reply')) return NONE;
  const input_field_placeholder = optionalString(value, 'input_field_placeholder');
  return { kind: 'reply', keyboard: compact<TelegramForceReply>({ force_reply: true, input_field_placeholder }) };
}

function replyKeyboard(value: JsonObject, keyboard: { text: string }[][]): TelegramReplyKeyboardMarkup {
  return compact<TelegramReplyKeyboardMarkup>({
    keyboard,
    is_persistent: readBoolean(value, 'is_persistent') || undefined,
    resize_keyboard: readBoolean(value, 'resize_keyboard') || undefined,
    one_time_keyboard: readBoolean(value, 'one_time_keyboard') || undefined,
    input_field_placeholder: optionalString(value, 'input_field_placeholder'),
  });
}

function inlineMarkup(rows: TelegramInlineKeyboardButton[][]): Markup {
  const inline_keyboard = rows.filter((row) => row.length > 0);
  if (inline_keyboard.length === 0) return NONE;
  if (inline_keyboard.flat().length > MAX_BUTTONS || JSON.stringify(inline_keyboard).length > MAX_BYTES) {
    throw badRequest('reply markup is too long');
  }
  return { kind: 'inline', keyboard: { inline_keyboard } };
}

function readRows(value: JsonObject, { field, of }: { field: string; of: string }): (readonly unknown[])[] {
  const rows = value[field];
  if (rows === undefined || rows === null) return [];
  if (!isJsonArray(rows)) throw badRequest(`field "${field}" must be of type Array`);
  return rows.map((row) => {
    if (!isJsonArray(row)) throw badRequest(`field "${field}"${of} must be an Array of Arrays`);
    return row;
  });
}

function readReplyButton(button: unknown): { text: string } {
  if (typeof button === 'string') return { text: button };
  if (!isJsonObject(button)) throw jsonFault('KeyboardButton must be a String or an Object');
  const { text, ...rest } = button;
  return { ...rest, text: readString({ text }, 'text') };
}

/** What a button does; the first that is named counts, as in Client::get_inline_keyboard_button. */
function readInlineButton(button: unknown): TelegramInlineKeyboardButton {
  if (!isJsonObject(button)) throw jsonFault('InlineKeyboardButton must be an Object');
  const text = readString(button, 'text');
  const url = optionalString(button, 'url') ?? '';
  if (url !== '') return { text, url: buttonUrl(url) };
  const callback_data = optionalString(button, 'callback_data') ?? '';
  if (callback_data !== '') return { text, callback_data: callbackData(callback_data) };
  if ('callback_game' in button) return { text, callback_game: {} };
  if ('pay' in button) return { text, pay: true };
  return { text, ...switchOf(button) };
}

function switchOf(button: JsonObject): Partial<TelegramInlineKeyboardButton> {
  if ('switch_inline_query' in button) return { switch_inline_query: readString(button, 'switch_inline_query') };
  if ('switch_inline_query_chosen_chat' in button) {
    const query = optionalString(objectIn(button, 'switch_inline_query_chosen_chat'), 'query') ?? '';
    return { switch_inline_query_chosen_chat: { query } };
  }
  if ('switch_inline_query_current_chat' in button) {
    return { switch_inline_query_current_chat: readString(button, 'switch_inline_query_current_chat') };
  }
  if ('login_url' in button) return { login_url: { url: readString(objectIn(button, 'login_url'), 'url') } };
  if ('web_app' in button) return { web_app: { url: readString(objectIn(button, 'web_app'), 'url') } };
  if ('copy_text' in button) return { copy_text: { text: readString(objectIn(button, 'copy_text'), 'text') } };
  if ('disabled' in button) return { disabled: {} };
  throw jsonFault('Text buttons are unallowed in the inline keyboard');
}

function objectIn(button: JsonObject, field: string): JsonObject {
  const value = button[field];
  if (!isJsonObject(value)) throw jsonFault(`Field "${field}" must be of type Object`);
  return value;
}

function buttonUrl(url: string): string {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  const isKnown = /^(tg|ton|tonsite):/i.test(full) || (/^https?:/i.test(full) && full.includes('.'));
  const isLocal = /^https?:\/\/(localhost|127\.|\[)/i.test(full);
  if (!URL.canParse(full) || !isKnown || isLocal) throw badRequest('BUTTON_URL_INVALID');
  return full;
}

/** 1 to 64 bytes (Bot API: InlineKeyboardButton). */
function callbackData(data: string): string {
  if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID');
  return data;
}
