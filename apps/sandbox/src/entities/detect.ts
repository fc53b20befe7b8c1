import type { TelegramMessageEntityType } from '@gramio/types/objects';
import { findTelegramLinks, findUrls } from './detectUrls.js';
import { dropOverlapping } from './fix.js';
import { type Entity, sortEntities } from './model.js';

/** A piece of the text, by its place. */
export interface Found {
  readonly offset: number;
  readonly text: string;
}

/** What Telegram counts as a character of a word, and of a hashtag (TDLib is_word_character, is_hashtag_letter). */
const WORD = '\\p{L}\\p{N}_';
const TAG = '\\p{L}\\p{Nd}_\\u200c\\u00b7\\u0d80-\\u0dff';

/** Names shorter than four letters that exist all the same (TDLib get_valid_short_usernames). */
const SHORT_NAMES = ['gif', 'nft', 'pic', 'ufc', 'vid'];

/**
 * Finds what Telegram marks by itself: mentions, hashtags, cashtags, commands, links, e-mail addresses and phone
 * numbers; of those that overlap the first (TDLib find_entities, which has no phone numbers: these are marked by the
 * server alone, whose rule is not known; here they begin with `+`).
 */
export function findEntities(text: string): Entity[] {
  const mark = (type: TelegramMessageEntityType, found: readonly Found[]): Entity[] =>
    found.map((piece) => ({ type, offset: piece.offset, length: piece.text.length }));
  const { urls, emails } = findUrls(text);
  return dropOverlapping(
    sortEntities([
      ...mark('mention', findMentions(text)),
      ...mark('bot_command', findCommands(text)),
      ...mark('hashtag', findHashtags(text)),
      ...mark('cashtag', findCashtags(text)),
      ...mark('phone_number', findPhoneNumbers(text)),
      ...mark('url', findTelegramLinks(text)),
      ...mark('url', urls),
      ...mark('email', emails),
    ]),
  );
}

function matches(text: string, pattern: RegExp): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({ offset: match.index, text: match[0] }));
}

function findMentions(text: string): Found[] {
  const pattern = new RegExp(`(?<![${WORD}])@[a-zA-Z0-9_]{2,32}(?![${WORD}])`, 'gu');
  return matches(text, pattern).filter(
    (mention) => mention.text.length > 4 || SHORT_NAMES.includes(mention.text.slice(1).toLowerCase()),
  );
}

function findCommands(text: string): Found[] {
  const name = '[a-zA-Z0-9_]';
  return matches(text, new RegExp(`(?<![${WORD}/<>])/${name}{1,64}(?:@${name}{3,32}|(?!@))(?![${WORD}/<>])`, 'gu'));
}

/** Up to 256 letters, digits and marks, at least one of them a letter; `#tag@channel` is one hashtag. */
function findHashtags(text: string): Found[] {
  const pattern = new RegExp(`(?<![${TAG}])#([${TAG}]+)(@[a-zA-Z0-9_]{3,32})?`, 'gu');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, letters = '', chat = ''] = match;
    const shown = Array.from(letters).slice(0, 256).join('');
    const isWhole = shown === letters;
    const next = text.charAt(match.index + 1 + letters.length + (isWhole ? chat.length : 0));
    if (next === '#' || !/\p{L}/u.test(shown)) return [];
    return [{ offset: match.index, text: isWhole ? whole : `#${shown}` }];
  });
}

function findCashtags(text: string): Found[] {
  const chat = '(?:@[a-zA-Z0-9_]{3,32}(?![a-zA-Z0-9_]))?';
  return matches(text, new RegExp(`(?<![${TAG}$])\\$(?:1INCH|[A-Z]{1,8})${chat}(?![${TAG}$])`, 'gu'));
}

/** `+`, then 7 to 15 digits that may be grouped by single spaces, dots, hyphens and brackets. */
function findPhoneNumbers(text: string): Found[] {
  return matches(text, new RegExp(`(?<![${WORD}+])\\+\\d(?:[ .-]?[()]?[ ]?\\d){6,14}(?![${WORD}])`, 'gu'));
}
