import type { TelegramMessageEntity, TelegramUser } from '@gramio/types/objects';
import { badRequest } from '../errors.js';
import { clean, isInvisible, type Marked, trim, truncate } from './clean.js';
import { tidyDateTimeFormat } from './dateTime.js';
import { findEntities } from './detect.js';
import { fixEntities, mergeFound } from './fix.js';
import { parseHtml } from './html.js';
import { isCustomEmojiId, isUnixTime, readLink } from './links.js';
import { parseMarkdown } from './markdown.js';
import { parseMarkdownV2 } from './markdownV2.js';
import { mentioned } from './markup.js';
import { byFamily, type Entity, type FormattedText } from './model.js';
import { splitAround } from './split.js';

export type { FormattedText } from './model.js';

export interface TextToFormat {
  readonly text: string;
  /** `HTML`, `MarkdownV2`, `Markdown` or `none`, in any case; with one of the first three `entities` do not count. */
  readonly parseMode?: string | undefined;
  readonly entities?: readonly TelegramMessageEntity[] | undefined;
  /** Looks up a mentioned person; a person who is not found is not mentioned. Not given: only the id is known. */
  readonly findUser?: (id: number) => TelegramUser | undefined;
  /** A caption may consist of invisible characters alone; any other text then counts as empty. */
  readonly isCaption?: boolean;
}

/** Entities that a text keeps; custom emoji do not count (TDLib get_input_message_entities). */
const MAX_ENTITIES = 100;

/**
 * Makes of a text what Telegram makes of it: reads its markup, takes out characters, trims it, puts the entities right
 * and finds links, mentions and the like in it. An empty text comes back as it is; whether it may be empty, and how long
 * it may be, is the caller's to check. Throws ApiError 400 for markup and entities that Telegram refuses.
 */
export function formatText(given: TextToFormat): FormattedText {
  const marked = given.text === '' ? { text: '', entities: [] } : readMarkup(given);
  const tidy = truncate(trim(clean(marked)));
  if (tidy.text === '' || (given.isCaption !== true && isInvisible(tidy.text))) return { text: '', entities: [] };
  const kept = withKnownUsers(keepFirst(tidy.entities), given.findUser);
  return { text: tidy.text, entities: mergeFound(kept, findEntities(tidy.text)) };
}

/** The length by which Telegram limits texts and captions: code points, not UTF-16 code units. */
export function codePointLength(text: string): number {
  return Array.from(text).length;
}

/** telegram-bot-api Client::get_formatted_text. */
function readMarkup({ text, parseMode = '', entities = [] }: TextToFormat): Marked {
  switch (parseMode.toLowerCase()) {
    case '':
    case 'none':
      return { text, entities: entities.flatMap(readEntity) };
    case 'html':
      return parseHtml(text);
    case 'markdown':
      return parseMarkdown(text);
    case 'markdownv2':
      return parseMarkdownV2(text);
    default:
      throw badRequest('unsupported parse_mode');
  }
}

/** Kinds that Telegram finds by itself: a bot that gives them is not heard. */
const FOUND = ['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number'];

/** Checks one entity that a bot gave(TDLib get_message_entities). */
function readEntity({ type, offset, length, ...details }: TelegramMessageEntity): Entity[] {
  const place = { offset, length };
  if (FOUND.includes(type)) return [];
  switch (type) {
    case 'pre':
      return [{ type, ...place, ...(details.language ? { language: details.language } : {}) }];
    case 'text_link':
      return readTextLink(details.url ?? '', place);
    case 'text_mention':
      return [{ type, ...place, user: mentioned(details.user?.id ?? 0) }];
    case 'custom_emoji':
      return [readCustomEmoji(details.custom_emoji_id ?? '', place)];
    case 'date_time':
      return [readDateTime(details, place)];
    default:
      return [{ type, ...place }];
  }
}

interface Range {
  readonly offset: number;
  readonly length: number;
}

function readTextLink(url: string, place: Range): Entity[] {
  const link = readLink(url);
  switch (link.kind) {
    case 'url':
      return [{ type: 'text_link', ...place, url: link.url }];
    case 'user':
      return [{ type: 'text_mention', ...place, user: mentioned(link.id) }];
    case 'invalid':
      throw badRequest(`entity URL '${url}' is invalid: ${link.reason}`);
  }
}

function readCustomEmoji(id: string, place: Range): Entity {
  if (!isCustomEmojiId(id)) throw badRequest('invalid custom emoji identifier specified');
  return { type: 'custom_emoji', ...place, custom_emoji_id: id };
}

function readDateTime(details: Pick<TelegramMessageEntity, 'unix_time' | 'date_time_format'>, place: Range): Entity {
  const unixTime = details.unix_time ?? 0;
  if (!isUnixTime(unixTime)) throw badRequest('invalid date specified');
  const format = tidyDateTimeFormat(details.date_time_format ?? '');
  if (format === undefined) throw badRequest('invalid date format used');
  return { type: 'date_time', ...place, unix_time: unixTime, ...(format === '' ? {} : { date_time_format: format }) };
}

/** Of more than a hundred entities the last ones are lost, and bold, italic and their like before all others. */
function keepFirst(entities: readonly Entity[]): Entity[] {
  const { splittable, quotes, solid } = byFamily(entities);
  const others = fixEntities([...quotes, ...solid]);
  let room = MAX_ENTITIES;
  const kept = others.filter((entity) => entity.type === 'custom_emoji' || room-- > 0);
  const styles = splitAround(splittable, []);
  if (kept.length === others.length && styles.length <= room) return [...entities];
  return fixEntities([...kept, ...styles.slice(0, Math.max(0, room))]);
}

function withKnownUsers(entities: readonly Entity[], findUser: TextToFormat['findUser']): Entity[] {
  if (findUser === undefined) return [...entities];
  return entities.flatMap((entity) => {
    if (entity.type !== 'text_mention') return [entity];
    const user = findUser(entity.user?.id ?? 0);
    return user === undefined ? [] : [{ ...entity, user }];
  });
}
