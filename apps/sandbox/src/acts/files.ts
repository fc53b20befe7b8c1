import { createHash } from 'node:crypto';
import type { FileAttributes, FileKind, StoredFile } from '../world/files.js';
import { imageSize, type Size } from '../world/imageSize.js';
import { drawText } from '../world/random.js';
import { nextSerial, type World } from '../world/world.js';

/** Folders of download paths (TDLib get_file_type_name). */
const FOLDERS: Record<FileKind, string> = {
  thumbnail: 'thumbnails',
  profile_photo: 'profile_photos',
  photo: 'photos',
  voice: 'voice',
  video: 'videos',
  document: 'documents',
  sticker: 'stickers',
  audio: 'music',
  animation: 'animations',
  video_note: 'video_notes',
};

const ENDINGS: Record<FileKind, string> = {
  thumbnail: '.jpg',
  profile_photo: '.jpg',
  photo: '.jpg',
  voice: '.oga',
  video: '.mp4',
  document: '',
  sticker: '.webp',
  audio: '.mp3',
  animation: '.mp4',
  video_note: '.mp4',
};

/** Longest sides of the sizes that Telegram makes of a picture (core.telegram.org/api/files). */
const SIDES = [90, 320, 800, 1280];

export interface NewFile extends FileAttributes {
  readonly kind: FileKind;
  readonly bytes: Buffer;
  /** Declared size, when it is to differ from the bytes. */
  readonly size?: number | undefined;
  readonly thumbnail?: string | undefined;
}

/** Keeps a file in the world. The same bytes are kept once, however many files they are. */
export function storeFile(world: World, { bytes, size, ...given }: NewFile): StoredFile {
  const isPicture = given.kind === 'photo' || given.kind === 'thumbnail' || given.kind === 'profile_photo';
  const key = `${isPicture ? 'AQAD' : 'AgAD'}${drawText(world, 12)}`;
  const file: StoredFile = {
    ...given,
    key,
    blob: storeBlob(world, bytes),
    size: size ?? bytes.length,
    path: `${FOLDERS[given.kind]}/file_${nextSerial(world) % 100_000}${endingOf(given)}`,
  };
  world.files[key] = file;
  return file;
}

/** The bytes of a file, as it was uploaded. */
export function bytesOf(world: World, file: StoredFile): Buffer {
  return Buffer.from(world.blobs[file.blob] ?? '', 'base64');
}

function storeBlob(world: World, bytes: Buffer): string {
  const name = createHash('sha256').update(bytes).digest('hex');
  world.blobs[name] ??= bytes.toString('base64');
  return name;
}

function endingOf({ kind, fileName }: FileAttributes & { kind: FileKind }): string {
  return ENDINGS[kind] || (/\.[A-Za-z0-9]{1,8}$/.exec(fileName ?? '')?.[0] ?? '');
}

/**
 * Keeps a picture in the sizes Telegram makes of it, the smallest first. All have the bytes of the original: the
 * sandbox does not scale pictures. Undefined for bytes that are no picture.
 */
export function storePicture(
  world: World,
  { bytes, kind, size }: { bytes: Buffer; kind: 'photo' | 'profile_photo'; size?: number | undefined },
): StoredFile[] | undefined {
  const original = imageSize(bytes);
  if (original === undefined) return undefined;
  const files = sizesOf(original).map((measures) => storeFile(world, { kind, bytes, size, ...measures }));
  for (const file of files) file.sizes = files.map(({ key }) => key);
  return files;
}

function sizesOf(original: Size): Size[] {
  const longest = Math.max(original.width, original.height);
  const smaller = SIDES.filter((side) => side < longest).map((side) => scaled(original, side / longest));
  return longest <= 1280 ? [...smaller, original] : smaller;
}

function scaled({ width, height }: Size, factor: number): Size {
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
