import { storeFile, storePicture } from '../acts/files.js';
import { badRequest } from '../errors.js';
import { kindRefusal, MAX_URL_FILE, MAX_URL_PHOTO, parseFileId, pictureRefusal, uploadRefusal } from '../rules/file.js';
import type { FileAttributes, FileKind } from '../world/files.js';
import { imageSize } from '../world/imageSize.js';
import type { BotCall } from './call.js';

/** What a file is to become, with what the call says about it. */
export interface Wanted extends FileAttributes {
  readonly kind: Exclude<FileKind, 'thumbnail' | 'profile_photo'>;
  readonly thumbnail?: string | undefined;
}

/** Bytes on their way in: an upload, or what was found at a URL. */
interface Incoming {
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly mimeType: string;
}

/** Files as the content of a message names them: the sizes of a picture, or one file. */
export type TakenFile =
  | { readonly kind: 'photo'; readonly sizes: string[] }
  | { readonly kind: Exclude<Wanted['kind'], 'photo'>; readonly file: string };

/**
 * Takes a file that a call names: `attach://<name>` or the upload under the parameter's own name, a URL, or the id of a
 * file (telegram-bot-api Client::get_input_file). Undefined when the call names none.
 */
export async function takeFile(
  call: BotCall,
  { value, field }: { value: string; field: string },
  wanted: Wanted,
): Promise<TakenFile | undefined> {
  const upload = call.files.get(value.startsWith('attach://') ? value.slice('attach://'.length) : field);
  if (value !== '' && !value.startsWith('attach://')) {
    return value.includes('.') ? keepIncoming(call, await fetchUrl(value, wanted), wanted) : reuse(call, value, wanted);
  }
  return upload === undefined ? undefined : keepIncoming(call, upload, wanted);
}

/** The thumbnail that was uploaded with a file; file ids and URLs do not count (Bot API: InputFile). */
export function takeThumbnail(call: BotCall, value: string): string | undefined {
  const attached = value.startsWith('attach://') ? call.files.get(value.slice('attach://'.length)) : undefined;
  const upload = attached ?? call.files.get('thumbnail') ?? call.files.get('thumb');
  if (upload === undefined) return undefined;
  const { bytes } = upload;
  return storeFile(call.telegram.world, { kind: 'thumbnail', bytes, ...(imageSize(bytes) ?? {}) }).key;
}

function keepIncoming({ telegram: { world } }: BotCall, incoming: Incoming, wanted: Wanted): TakenFile {
  const { bytes, fileName, mimeType } = incoming;
  const refusal = uploadRefusal(bytes.length, wanted.kind) ?? notPicture(bytes, wanted);
  if (refusal !== undefined) throw refusal;
  if (wanted.kind === 'photo') {
    const sizes = storePicture(world, { bytes, kind: 'photo' }) ?? [];
    return { kind: 'photo', sizes: sizes.map(({ key }) => key) };
  }
  const kind = detectedKind(wanted.kind, mimeType);
  const named = hasName(kind) ? { fileName } : {};
  const measured = kind === 'sticker' ? imageSize(bytes) : undefined;
  const file = storeFile(world, { mimeType, ...named, ...measured, ...wanted, kind, bytes });
  return { kind, file: file.key };
}

function notPicture(bytes: Buffer, { kind }: Wanted): Error | undefined {
  return kind === 'photo' ? pictureRefusal(imageSize(bytes)) : undefined;
}

/** A GIF that is sent as a document becomes an animation. */
function detectedKind(kind: Exclude<Wanted['kind'], 'photo'>, mimeType: string): Exclude<Wanted['kind'], 'photo'> {
  return kind === 'document' && mimeType === 'image/gif' ? 'animation' : kind;
}

function hasName(kind: FileKind): boolean {
  return kind === 'document' || kind === 'audio' || kind === 'video' || kind === 'animation';
}

/** Uses a file again: each bot has its own ids, of any size, for ever (Bot API: "Sending files"). */
function reuse(call: BotCall, id: string, wanted: Wanted): TakenFile {
  const { botId, key, kind } = parseFileId(id);
  const mismatch = kindRefusal(kind, wanted.kind);
  if (mismatch !== undefined) throw mismatch;
  const file = call.telegram.world.files[key];
  if (file === undefined || botId !== call.bot.id) throw badRequest('wrong file identifier/HTTP URL specified');
  if (file.kind === 'photo') return { kind: 'photo', sizes: file.sizes ?? [file.key] };
  if (file.kind === 'thumbnail' || file.kind === 'profile_photo')
    throw badRequest('wrong file identifier/HTTP URL specified');
  return { kind: file.kind, file: file.key };
}

/** Downloads what a URL names (Bot API: "Sending files": 5 MB for photos, 20 MB for the rest). */
async function fetchUrl(text: string, { kind }: Wanted): Promise<Incoming> {
  const url = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) throw badRequest('invalid file HTTP URL specified: URL host is invalid');
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (response?.ok !== true) throw badRequest('failed to get HTTP URL content');
  const bytes = Buffer.from(await response.arrayBuffer());
  const mimeType = response.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream';
  if (bytes.length > (kind === 'photo' ? MAX_URL_PHOTO : MAX_URL_FILE))
    throw badRequest('failed to get HTTP URL content');
  if (mimeType === 'text/html' || (kind === 'photo' && imageSize(bytes) === undefined)) {
    throw badRequest('wrong type of the web page content');
  }
  return { bytes, mimeType, fileName: new URL(url).pathname.split('/').at(-1) ?? '' };
}
