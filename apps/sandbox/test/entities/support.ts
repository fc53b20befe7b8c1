import type { TelegramMessageEntity } from '@gramio/types/objects';
import { formatText, type TextToFormat } from '../../src/entities/formatText.js';
import { ApiError } from '../../src/errors.js';

/** Entities in one line, `bold 0+4, text_link 5+3 http://example.com/`: kind, offset + length, and what else they say. */
export function shown(entities: readonly TelegramMessageEntity[]): string {
  return entities.map(showOne).join(', ');
}

function showOne({ type, offset, length, ...details }: TelegramMessageEntity): string {
  const { url, language, user, custom_emoji_id, unix_time, date_time_format } = details;
  const said = [url, language, user?.id, custom_emoji_id, unix_time, date_time_format].filter(
    (one) => one !== undefined,
  );
  return [type, `${offset}+${length}`, ...said].join(' ');
}

/** What becomes of a text: its text and entities, or how it is refused. */
export function formatted(given: TextToFormat): [text: string, entities: string] | string {
  try {
    const { text, entities } = formatText(given);
    return [text, shown(entities)];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.description;
  }
}

/** Entities from the notation of `shown`, without details. */
export function entities(notation: string): TelegramMessageEntity[] {
  return notation.split(', ').map((one) => {
    const [type, place = ''] = one.split(' ');
    const [offset, length] = place.split('+').map(Number);
    return { type, offset, length } as TelegramMessageEntity;
  });
}
