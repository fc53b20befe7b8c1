import type { TelegramMessageEntity, TelegramMessageEntityType } from '@gramio/types/objects';

/** An entity under way; offsets and lengths in UTF-16 code units, as everywhere in the Bot API. */
export type Entity = Readonly<TelegramMessageEntity>;

export interface FormattedText {
  readonly text: string;
  readonly entities: TelegramMessageEntity[];
}

/**
 * How an entity stands to others (TDLib MessageEntity.cpp):
 * `splittable` ones may overlap and are cut at the borders of all others,
 * `quote`s may hold everything but each other,
 * `continuous` ones are never cut and hold splittable ones only,
 * `pre` ones hold nothing.
 */
export type Family = 'splittable' | 'quote' | 'continuous' | 'pre';

interface Trait {
  readonly family: Family;
  /** Which of two entities at the same place comes first: the lower (TDLib MessageEntity::get_type_priority). */
  readonly priority: number;
}

const TRAITS = {
  blockquote: { family: 'quote', priority: 0 },
  expandable_blockquote: { family: 'quote', priority: 0 },
  pre: { family: 'pre', priority: 11 },
  code: { family: 'pre', priority: 20 },
  date_time: { family: 'pre', priority: 30 },
  text_link: { family: 'continuous', priority: 49 },
  text_mention: { family: 'continuous', priority: 49 },
  mention: { family: 'continuous', priority: 50 },
  hashtag: { family: 'continuous', priority: 50 },
  cashtag: { family: 'continuous', priority: 50 },
  bot_command: { family: 'continuous', priority: 50 },
  url: { family: 'continuous', priority: 50 },
  email: { family: 'continuous', priority: 50 },
  phone_number: { family: 'continuous', priority: 50 },
  bold: { family: 'splittable', priority: 90 },
  italic: { family: 'splittable', priority: 91 },
  underline: { family: 'splittable', priority: 92 },
  strikethrough: { family: 'splittable', priority: 93 },
  spoiler: { family: 'splittable', priority: 94 },
  custom_emoji: { family: 'continuous', priority: 99 },
} as const satisfies Record<TelegramMessageEntityType, Trait>;

export function familyOf({ type }: Entity): Family {
  return TRAITS[type].family;
}

function priorityOf({ type, language }: Entity): number {
  return type === 'pre' && language !== undefined ? 10 : TRAITS[type].priority;
}

export function endOf({ offset, length }: Entity): number {
  return offset + length;
}

/** By place, the longer first, then by kind: the order in which Telegram lists entities. */
export function sortEntities(entities: readonly Entity[]): Entity[] {
  return entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length || priorityOf(a) - priorityOf(b));
}

/** Splits entities by family; each list keeps its order. `pre` and `continuous` ones stay together as `solid`. */
export function byFamily(entities: readonly Entity[]): { splittable: Entity[]; quotes: Entity[]; solid: Entity[] } {
  const parts: { splittable: Entity[]; quotes: Entity[]; solid: Entity[] } = { splittable: [], quotes: [], solid: [] };
  for (const entity of entities) {
    const family = familyOf(entity);
    if (family === 'splittable') parts.splittable.push(entity);
    else if (family === 'quote') parts.quotes.push(entity);
    else parts.solid.push(entity);
  }
  return parts;
}
