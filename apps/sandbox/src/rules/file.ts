import { ApiError, badRequest } from '../errors.js';
import { type FileReference, readFileId } from '../world/fileIds.js';
import type { FileKind, StoredFile } from '../world/files.js';
import type { Size } from '../world/imageSize.js';

/** Bytes (Bot API: "Sending files", getFile). */
export const MAX_UPLOAD = 50 * 1024 * 1024;
export const MAX_PHOTO_UPLOAD = 10 * 1024 * 1024;
export const MAX_DOWNLOAD = 20 * 1024 * 1024;
export const MAX_URL_FILE = 20 * 1024 * 1024;
export const MAX_URL_PHOTO = 5 * 1024 * 1024;

/** Names that the server calls kinds of files by (TDLib FileType). */
const NAMES: Record<FileKind, string> = {
  thumbnail: 'Thumbnail',
  profile_photo: 'ChatPhoto',
  photo: 'Photo',
  voice: 'VoiceNote',
  video: 'Video',
  document: 'Document',
  sticker: 'Sticker',
  audio: 'Audio',
  animation: 'Animation',
  video_note: 'VideoNote',
};

const PICTURES: readonly FileKind[] = ['photo', 'profile_photo', 'thumbnail'];

/**
 * Refuses a file id used as another kind than it is. All that is no picture is a document to the server: such ids may be
 * exchanged, and are sent as what they are (TDLib FileManager::check_input_file_id).
 */
export function kindRefusal(actual: FileKind, wanted: FileKind): ApiError | undefined {
  const areDocuments = !PICTURES.includes(actual) && !PICTURES.includes(wanted);
  if (actual === wanted || areDocuments) return undefined;
  return badRequest(`can't use file of type ${NAMES[actual]} as ${NAMES[wanted]}`);
}

/** Reads a file id, or refuses in the words of TDLib FileManager::from_persistent_id. */
export function parseFileId(id: string): FileReference {
  const reference = readFileId(id);
  if (reference !== undefined) return reference;
  throw badRequest(`wrong remote file identifier specified: ${faultOf(id)}`);
}

function faultOf(id: string): string {
  const digits = id.replace(/=*$/, '');
  if (!/^[\w-]*$/.test(digits)) return 'Wrong character in the string';
  if (digits.length % 4 === 1) return 'Wrong string length';
  return "can't unserialize it. Wrong last symbol";
}

/** Refuses an upload that is empty or too large. */
export function uploadRefusal(size: number, kind: FileKind): ApiError | undefined {
  if (size === 0) return badRequest('file must be non-empty');
  if (size > MAX_UPLOAD) return new ApiError(413, 'Request Entity Too Large');
  if (kind !== 'photo' || size <= MAX_PHOTO_UPLOAD) return undefined;
  return badRequest(`file of size ${size} bytes is too big for a photo; the maximum size is ${MAX_PHOTO_UPLOAD} bytes`);
}

/** Refuses what is no picture, and pictures out of proportion (Bot API: sendPhoto). */
export function pictureRefusal(size: Size | undefined): ApiError | undefined {
  if (size === undefined) return badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  const isTooLong = Math.max(width, height) > 20 * Math.min(width, height);
  return isTooLong || width + height > 10_000 ? badRequest('PHOTO_INVALID_DIMENSIONS') : undefined;
}

/** Refuses the download of a file that is too large for bots. */
export function downloadRefusal(file: StoredFile): ApiError | undefined {
  return file.size > MAX_DOWNLOAD ? badRequest('file is too big') : undefined;
}
