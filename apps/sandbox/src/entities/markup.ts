import type { TelegramMessageEntity, TelegramMessageEntityType } from '@gramio/types/objects';
import { type ApiError, badRequest } from '../errors.js';
import { byteOffset } from './clean.js';
import { tidyDateTimeFormat } from './dateTime.js';
import { isUnixTime, readLink } from './links.js';
import { type Entity, sortEntities } from './model.js';

/** A text without its markup. */
export interface Parsed {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** How a markup that cannot be read is refused. */
export function parseFault(reason: string): ApiError {
  return badRequest(`can't parse entities: ${reason}`);
}

/** The words for a place in a fault: Telegram counts bytes of UTF-8 there. */
export function atByte(markup: string, index: number): string {
  return `at byte offset ${byteOffset(markup, index)}`;
}

/** White space as the parsers know it; the end of the text counts as such (td is_space on a terminated string). */
export function isSpace(char: string): boolean {
  return char === '' || ' \t\r\n\0\v'.includes(char);
}

type Details = Partial<Omit<TelegramMessageEntity, 'type' | 'offset' | 'length'>>;

/** Collects the plain text and its entities. Lengths of the text are offsets of entities: UTF-16 code units. */
export class Output {
  text = '';
  readonly entities: Entity[] = [];

  /** Notes an entity from `offset` to the end of the text so far; one without text is left out. */
  add(type: TelegramMessageEntityType, offset: number, details: Details = {}): void {
    if (offset < this.text.length) this.entities.push({ type, offset, length: this.text.length - offset, ...details });
  }

  /** Notes a link, or a mention; an unusable link leaves the text without an entity. */
  addLink(url: string, offset: number): void {
    const link = readLink(url);
    if (link.kind === 'url') this.add('text_link', offset, { url: link.url });
    if (link.kind === 'user') this.add('text_mention', offset, { user: mentioned(link.id) });
  }

  /** Notes a point in time, unless it is none; refuses an unknown format. */
  addDateTime(time: { unixTime: number; format: string }, offset: number): void {
    const format = tidyDateTimeFormat(time.format);
    if (format === undefined) throw parseFault('Invalid date format used');
    const details = format === '' ? {} : { date_time_format: format };
    if (isUnixTime(time.unixTime)) this.add('date_time', offset, { unix_time: time.unixTime, ...details });
  }

  parsed(): Parsed {
    return { text: this.text, entities: sortEntities(this.entities) };
  }
}

/** A person of whom only the id is known. */
export function mentioned(id: number): NonNullable<TelegramMessageEntity['user']> {
  return { id, is_bot: false, first_name: '' };
}
