import { ApiError, badRequest } from '../errors.js';
import type { Content } from '../world/content.js';
import type { FileAttributes } from '../world/files.js';
import type { BotCall } from './call.js';
import { takeFile, takeThumbnail } from './inputFile.js';
import {
  isJsonObject,
  type JsonObject,
  optionalInteger,
  optionalString,
  parsing,
  readBoolean,
  readString,
} from './json.js';
import { mediaContent } from './mediaContent.js';
import { formatFor, readEntities } from './text.js';

const MEDIA_KINDS = ['photo', 'video', 'animation', 'audio', 'document'] as const;
type MediaKind = (typeof MEDIA_KINDS)[number];

/** One InputMedia (telegram-bot-api Client::get_input_media). */
export async function readInputMedia(
  call: BotCall,
  value: unknown,
  { forAlbum }: { forAlbum: boolean },
): Promise<Content> {
  if (!isJsonObject(value)) throw cannotParse('expected an Object');
  const { kind, media, frame, attributes } = parsing('InputMedia', () => readParts(call, value, forAlbum));
  const thumbnail = takeThumbnail(call, attributes.thumbnail);
  const wanted = { kind, ...attributes, thumbnail };
  const taken = await takeFile(call, { value: media, field: '' }, wanted);
  if (taken === undefined) throw cannotParse('media not found');
  return mediaContent(taken, frame);
}

function readParts(call: BotCall, value: JsonObject, forAlbum: boolean) {
  const text = optionalString(value, 'caption') ?? '';
  const parseMode = optionalString(value, 'parse_mode') ?? '';
  const caption = formatFor(call, {
    text,
    parseMode,
    entities: readEntities(value['caption_entities']),
    isCaption: true,
  });
  return {
    kind: kindOf(readString(value, 'type'), forAlbum),
    media: optionalString(value, 'media') ?? '',
    frame: {
      caption,
      isCaptionAbove: readBoolean(value, 'show_caption_above_media'),
      hasSpoiler: readBoolean(value, 'has_spoiler'),
    },
    attributes: readAttributes(value),
  };
}

function readAttributes(value: JsonObject): FileAttributes & { thumbnail: string } {
  return {
    width: optionalInteger(value, 'width'),
    height: optionalInteger(value, 'height'),
    duration: optionalInteger(value, 'duration'),
    title: optionalString(value, 'title'),
    performer: optionalString(value, 'performer'),
    thumbnail: optionalString(value, 'thumbnail') ?? optionalString(value, 'thumb') ?? '',
  };
}

function kindOf(type: string, forAlbum: boolean): MediaKind {
  const kind = MEDIA_KINDS.find((known) => known === type);
  if (kind === 'animation' && forAlbum) throw cannotParse('type "animation" can\'t be used in sendMediaGroup');
  if (kind === undefined) throw cannotParse(`type "${type}" is unsupported`);
  return kind;
}

function cannotParse(fault: string): ApiError {
  return badRequest(`can't parse InputMedia: ${fault}`);
}
