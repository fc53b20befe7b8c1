import { badRequest } from '../errors.js';
import type { Content } from '../world/content.js';
import type { InlineResult } from '../world/world.js';
import type { BotCall } from './call.js';
import { readCaption, readContact, readInputContent, readPlace, readTextContent } from './inlineContent.js';
import { takeFile, type Wanted } from './inputFile.js';
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
import { readMarkup } from './keyboard.js';
import { mediaContent } from './mediaContent.js';

const MAX_RESULTS = 50;

/** Results that are files: where the file is named, and what it becomes. */
const MEDIA: Record<string, { readonly kind: Wanted['kind']; readonly url: string; readonly id: string } | undefined> =
  {
    photo: { kind: 'photo', url: 'photo_url', id: 'photo_file_id' },
    gif: { kind: 'animation', url: 'gif_url', id: 'gif_file_id' },
    mpeg4_gif: { kind: 'animation', url: 'mpeg4_url', id: 'mpeg4_file_id' },
    video: { kind: 'video', url: 'video_url', id: 'video_file_id' },
    audio: { kind: 'audio', url: 'audio_url', id: 'audio_file_id' },
    voice: { kind: 'voice', url: 'voice_url', id: 'voice_file_id' },
    document: { kind: 'document', url: 'document_url', id: 'document_file_id' },
    sticker: { kind: 'sticker', url: '', id: 'sticker_file_id' },
  };

/** `results` of answerInlineQuery; one result that cannot be read fails the whole answer. */
export async function resultsParam(call: BotCall): Promise<InlineResult[]> {
  const value = call.params.json('results', 'JSON encoded inline query results') ?? [];
  if (!isJsonArray(value)) throw badRequest('expected an Array of inline query results');
  if (value.length > MAX_RESULTS) throw badRequest('too many inline query results specified');
  const results: InlineResult[] = [];
  for (const result of value) results.push(await readResult(call, result));
  checkIds(results.map(({ id }) => id));
  return results;
}

/** Ids of results are 1 to 64 bytes, each another (Bot API: InlineQueryResult). */
function checkIds(ids: readonly string[]): void {
  if (ids.some((id) => id === '' || Buffer.byteLength(id) > 64)) throw badRequest('RESULT_ID_INVALID');
  if (new Set(ids).size < ids.length) throw badRequest('RESULT_ID_DUPLICATE');
}

async function readResult(call: BotCall, value: unknown): Promise<InlineResult> {
  if (!isJsonObject(value)) throw badRequest("can't parse inline query result: Inline query result must be an object");
  const result = parsing('inline query result', () => readHead(value));
  const content = parsing('inline query result', () => readOwnContent(call, result.type, value));
  return { ...result, content: content ?? (await readMedia(call, result.type, value)) };
}

function readHead(value: JsonObject): Omit<InlineResult, 'content'> {
  const markup = value['reply_markup'] === undefined ? undefined : readMarkup(value['reply_markup']);
  return {
    type: readString(value, 'type').toLowerCase(),
    id: readString(value, 'id'),
    title: optionalString(value, 'title'),
    description: optionalString(value, 'description'),
    keyboard: markup?.kind === 'inline' ? markup.keyboard : undefined,
  };
}

/** Content that needs no file; undefined for a result that is sent as the file it shows. */
function readOwnContent(call: BotCall, type: string, value: JsonObject): Content | undefined {
  const given = value['input_message_content'];
  const content = isJsonObject(given) ? readInputContent(call, given) : undefined;
  if (content !== undefined) return content;
  switch (type) {
    case 'article':
      readString(value, 'title');
      if (isJsonObject(given)) throw jsonFault('Input message content is not specified');
      return readTextContent(call, value);
    case 'location':
    case 'venue':
      return readPlace(call.telegram, value);
    case 'contact':
      return readContact(value);
    default:
      if (MEDIA[type] === undefined) throw jsonFault(`Result type "${type}" is unsupported`);
      return undefined;
  }
}

async function readMedia(call: BotCall, type: string, value: JsonObject): Promise<Content> {
  const media = MEDIA[type];
  if (media === undefined) throw badRequest(`can't parse inline query result: Result type "${type}" is unsupported`);
  const named = parsing('inline query result', () => {
    const url = media.url === '' ? undefined : optionalString(value, media.url);
    return url ?? readString(value, media.id);
  });
  const taken = await takeFile(call, { value: named, field: '' }, { kind: media.kind });
  if (taken === undefined) throw badRequest('wrong file identifier/HTTP URL specified');
  return parsing('inline query result', () =>
    mediaContent(taken, {
      caption: readCaption(call, value),
      isCaptionAbove: readBoolean(value, 'show_caption_above_media'),
      hasSpoiler: false,
    }),
  );
}
