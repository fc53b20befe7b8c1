import type { TelegramContact, TelegramLocation, TelegramVenue } from '@gramio/types/objects';
import { badRequest } from '../errors.js';
import type { Telegram } from '../telegram.js';
import { compact } from '../world/compact.js';
import type { Content } from '../world/content.js';
import type { BotCall } from './call.js';
import {
  isJsonObject,
  type JsonObject,
  optionalInteger,
  optionalNumber,
  optionalString,
  readNumber,
  readString,
} from './json.js';
import { formatFor, readEntities, readLinkPreview } from './text.js';

/** InputMessageContent: what is sent in the place of a result (telegram-bot-api Client::get_input_message_content). */
export function readInputContent(call: BotCall, value: JsonObject): Content | undefined {
  if ((optionalString(value, 'message_text') ?? '') !== '') return readTextContent(call, value);
  if ('latitude' in value && 'longitude' in value) return readPlace(call.telegram, value);
  if ('phone_number' in value) return readContact(value);
  return undefined;
}

/** A text with `message_text`, `parse_mode`, `entities` and link preview options. */
export function readTextContent(call: BotCall, value: JsonObject): Content {
  const { text, entities } = formatFor(call, {
    text: readString(value, 'message_text'),
    parseMode: optionalString(value, 'parse_mode') ?? '',
    entities: readEntities(value['entities']),
  });
  if (text === '') throw badRequest('text must be non-empty');
  const preview = value['link_preview_options'];
  const linkPreview = isJsonObject(preview) ? readLinkPreview(preview) : undefined;
  return { kind: 'text', text, entities, linkPreview };
}

/** A venue when it has a title and an address, else a location. */
export function readPlace(telegram: Telegram, value: JsonObject): Content {
  const location = compact<TelegramLocation>({
    latitude: readNumber(value, 'latitude'),
    longitude: readNumber(value, 'longitude'),
    horizontal_accuracy: optionalNumber(value, 'horizontal_accuracy'),
  });
  if ('title' in value && 'address' in value) return { kind: 'venue', venue: readVenue(value, location) };
  const period = optionalInteger(value, 'live_period') ?? 0;
  if (period === 0) return { kind: 'location', location };
  return { kind: 'location', location, live: { period, until: Math.floor(telegram.clock.now() / 1000) + period } };
}

function readVenue(value: JsonObject, location: TelegramLocation): TelegramVenue {
  return compact<TelegramVenue>({
    location,
    title: readString(value, 'title'),
    address: readString(value, 'address'),
    foursquare_id: optionalString(value, 'foursquare_id'),
    foursquare_type: optionalString(value, 'foursquare_type'),
    google_place_id: optionalString(value, 'google_place_id'),
    google_place_type: optionalString(value, 'google_place_type'),
  });
}

export function readContact(value: JsonObject): Content {
  const contact = compact<TelegramContact>({
    phone_number: readString(value, 'phone_number'),
    first_name: readString(value, 'first_name'),
    last_name: optionalString(value, 'last_name'),
    vcard: optionalString(value, 'vcard'),
  });
  return { kind: 'contact', value: contact };
}

/** The caption of a result that is media. */
export function readCaption(call: BotCall, value: JsonObject): ReturnType<typeof formatFor> {
  const text = optionalString(value, 'caption') ?? '';
  const parseMode = optionalString(value, 'parse_mode') ?? '';
  return formatFor(call, { text, parseMode, entities: readEntities(value['caption_entities']), isCaption: true });
}
