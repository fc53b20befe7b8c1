import type { TelegramMessageEntity } from '@gramio/types/objects';
import { storeFile, storePicture } from '../acts/files.js';
import { sampleOf, sampleThumbnail } from '../samples/index.js';
import type { Telegram } from '../telegram.js';
import type { MediaContent } from '../world/content.js';
import type { FileKind, StoredFile } from '../world/files.js';
import type { World } from '../world/world.js';
import { ControlError } from './errors.js';
import type { GivenFile, ReadComposition } from './protocol/content.js';

type Kind = Exclude<FileKind, 'thumbnail' | 'profile_photo'>;
type Media = Extract<ReadComposition, { kind: MediaContent['kind'] }>;

const MEDIA: readonly string[] = [
  'photo',
  'video',
  'animation',
  'audio',
  'voice',
  'document',
] satisfies Media['kind'][];

export function isMedia(composition: ReadComposition): composition is Media {
  return MEDIA.includes(composition.kind);
}

/** Kinds that Telegram shows a small picture of before they are loaded. */
const WITH_THUMBNAIL: readonly Kind[] = ['video', 'animation', 'video_note', 'sticker'];

export function composeMedia(
  { world }: Telegram,
  composition: Media,
  { text, entities }: { text: string; entities: TelegramMessageEntity[] },
): MediaContent {
  const { file = {}, kind } = composition;
  const isCaptionAbove = 'isCaptionAbove' in composition && composition.isCaptionAbove === true;
  const hasSpoiler = 'hasSpoiler' in composition && composition.hasSpoiler === true;
  const frame = { caption: text, captionEntities: entities, isCaptionAbove, hasSpoiler };
  if (kind === 'photo') return { kind, sizes: keepPicture(world, file), ...frame };
  return { kind, file: keepFile(world, kind, file).key, ...frame };
}

/** Keeps what a person gave, filled up from a sample of the kind. */
export function keepFile(world: World, kind: Kind, { bytes, size, uniqueId, ...given }: GivenFile): StoredFile {
  if (uniqueId !== undefined) return knownFile(world, uniqueId);
  const sample = sampleOf(kind);
  const thumbnail = WITH_THUMBNAIL.includes(kind) ? keepThumbnail(world) : undefined;
  const content = bytes === undefined ? sample.bytes : Buffer.from(bytes, 'base64');
  return storeFile(world, { ...sample, ...given, kind, bytes: content, size, thumbnail });
}

function keepPicture(world: World, { bytes, size, uniqueId }: GivenFile): string[] {
  if (uniqueId !== undefined) return knownFile(world, uniqueId).sizes ?? [uniqueId];
  const content = bytes === undefined ? sampleOf('photo').bytes : Buffer.from(bytes, 'base64');
  const sizes = storePicture(world, { bytes: content, kind: 'photo', size });
  if (sizes === undefined) throw new ControlError(400, 'the bytes are no JPEG, PNG, GIF or WebP picture');
  return sizes.map(({ key }) => key);
}

function keepThumbnail(world: World): string {
  return storeFile(world, { kind: 'thumbnail', ...sampleThumbnail() }).key;
}

function knownFile(world: World, uniqueId: string): StoredFile {
  const file = world.files[uniqueId];
  if (file === undefined) throw new ControlError(404, `there is no file ${uniqueId}`);
  return file;
}
