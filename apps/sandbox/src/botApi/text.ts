import type {
  TelegramLinkPreviewOptions,
  TelegramMessageEntity,
  TelegramMessageEntityType,
  TelegramUser,
} from '@gramio/types/objects';
import { badRequest } from '../errors.js';
import { formatText, type TextToFormat } from '../entities/formatText.js';
import type { FormattedText } from '../rules/text.js';
import { renderUser } from '../render/user.js';
import { compact } from '../world/compact.js';
import type { BotCall } from './call.js';
import {
  isJsonArray,
  isJsonObject,
  jsonFault,
  type JsonObject,
  optionalInteger,
  optionalString,
  parsing,
  readBoolean,
  readInteger,
  readString,
} from './json.js';

/** Bytes of a raw `text` parameter (telegram-bot-api Client::get_formatted_text). */
const MAX_RAW_BYTES = 1 << 15;

export type RawText = Pick<TextToFormat, 'text' | 'parseMode' | 'entities' | 'isCaption'>;

/**
 * Formats a text as this bot may: people it has never seen are not mentioned, and custom emoji that it may not use are
 * left out; the text itself stays (Bot API: formatting options).
 */
export function formatFor({ telegram: { world }, bot }: BotCall, raw: RawText): FormattedText {
  const isKnown = (id: number): boolean => bot.knows[id] === true || id === bot.id;
  const findUser = (id: number): TelegramUser | undefined => (isKnown(id) ? renderUser(world, id) : undefined);
  const { text, entities } = formatText({ ...raw, findUser });
  return { text, entities: entities.filter(({ type }) => type !== 'custom_emoji' || bot.usesCustomEmoji) };
}

/** The text of sendMessage and editMessageText with its formatting. */
export function textParam(call: BotCall): FormattedText {
  const { params } = call;
  const text = params.string('text');
  if (text === '') throw badRequest('message text is empty');
  if (Buffer.byteLength(text) > MAX_RAW_BYTES) throw badRequest('text is too long');
  const entities = readEntities(params.json('entities'));
  const formatted = formatFor(call, { text, parseMode: params.string('parse_mode'), entities });
  if (formatted.text === '') throw badRequest('text must be non-empty');
  return formatted;
}

/** A caption with its formatting; empty when there is none. */
export function captionParam(call: BotCall): FormattedText {
  const { params } = call;
  const entities = readEntities(params.json('caption_entities'));
  const parseMode = params.string('parse_mode');
  return formatFor(call, { text: params.string('caption'), parseMode, entities, isCaption: true });
}

/** Entities as a bot gave them, before the rules are applied; what is no list of entities is refused. */
export function readEntities(value: unknown): TelegramMessageEntity[] {
  if (value === undefined || !isJsonArray(value)) return [];
  return value.map((entity) =>
    parsing('MessageEntity', () => {
      if (!isJsonObject(entity)) throw jsonFault('expected an Object');
      return readEntity(entity);
    }),
  );
}

function readEntity(entity: JsonObject): TelegramMessageEntity {
  return compact<TelegramMessageEntity>({
    type: entityType(readString(entity, 'type')),
    offset: readInteger(entity, 'offset'),
    length: readInteger(entity, 'length'),
    url: optionalString(entity, 'url'),
    language: optionalString(entity, 'language'),
    custom_emoji_id: optionalString(entity, 'custom_emoji_id'),
    unix_time: optionalInteger(entity, 'unix_time'),
    date_time_format: optionalString(entity, 'date_time_format'),
    user: readUser(entity['user']),
  });
}

const ENTITY_TYPES = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
] as const satisfies readonly TelegramMessageEntityType[];

function entityType(name: string): TelegramMessageEntityType {
  const type = ENTITY_TYPES.find((known) => known === name);
  if (type === undefined) throw jsonFault('Unsupported type specified');
  return type;
}

/** Only the id of a mentioned user counts (Bot API: MessageEntity, user). */
function readUser(value: unknown): TelegramUser | undefined {
  if (!isJsonObject(value)) return undefined;
  return { id: readInteger(value, 'id'), is_bot: false, first_name: optionalString(value, 'first_name') ?? '' };
}

/** `link_preview_options`, or the older `disable_web_page_preview`. */
export function linkPreviewParam({ params }: BotCall): TelegramLinkPreviewOptions | undefined {
  const value = params.json('link_preview_options');
  if (value === undefined) return params.boolean('disable_web_page_preview') ? { is_disabled: true } : undefined;
  if (!isJsonObject(value)) throw badRequest("can't parse link preview options: expected an Object");
  return parsing('link preview options', () => readLinkPreview(value));
}

/** Link preview options; undefined when they ask for nothing. */
export function readLinkPreview(value: JsonObject): TelegramLinkPreviewOptions | undefined {
  const options = compact<TelegramLinkPreviewOptions>({
    is_disabled: readBoolean(value, 'is_disabled') || undefined,
    url: optionalString(value, 'url'),
    prefer_small_media: readBoolean(value, 'prefer_small_media') || undefined,
    prefer_large_media: readBoolean(value, 'prefer_large_media') || undefined,
    show_above_text: readBoolean(value, 'show_above_text') || undefined,
  });
  return Object.keys(options).length === 0 ? undefined : options;
}
