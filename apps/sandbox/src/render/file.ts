import type {
  TelegramAnimation,
  TelegramAudio,
  TelegramDocument,
  TelegramPhotoSize,
  TelegramSticker,
  TelegramVideo,
  TelegramVideoNote,
  TelegramVoice,
} from '@gramio/types/objects';
import { compact } from '../world/compact.js';
import { fileIdFor } from '../world/fileIds.js';
import type { StoredFile } from '../world/files.js';
import { NotInWorld } from '../world/lookup.js';
import type { View } from './view.js';

export function fileOf(view: View, key: string): StoredFile {
  const file = view.world.files[key];
  if (file === undefined) throw new NotInWorld(`no file ${key}`);
  return file;
}

/** The ids that every file object begins with; ids differ from bot to bot, the unique id does not. */
export function fileIds(view: View, file: StoredFile): { file_id: string; file_unique_id: string } {
  return { file_id: fileIdFor({ botId: view.botId, key: file.key, kind: file.kind }), file_unique_id: file.key };
}

export function renderPhoto(view: View, sizes: readonly string[]): TelegramPhotoSize[] {
  return sizes.map((key) => renderPhotoSize(view, key));
}

export function renderPhotoSize(view: View, key: string): TelegramPhotoSize {
  const file = fileOf(view, key);
  return { ...fileIds(view, file), file_size: file.size, width: file.width ?? 0, height: file.height ?? 0 };
}

/** Thumbnails stand twice: under their name and under the one they had before Bot API 6.6. */
function thumbnails(view: View, file: StoredFile): { thumbnail?: TelegramPhotoSize; thumb?: TelegramPhotoSize } {
  if (file.thumbnail === undefined) return {};
  const thumbnail = renderPhotoSize(view, file.thumbnail);
  return { thumbnail, thumb: thumbnail };
}

export function renderVideo(view: View, key: string): TelegramVideo {
  const file = fileOf(view, key);
  return compact<TelegramVideo>({
    duration: file.duration ?? 0,
    width: file.width ?? 0,
    height: file.height ?? 0,
    file_name: file.fileName,
    mime_type: file.mimeType,
    ...thumbnails(view, file),
    ...fileIds(view, file),
    file_size: file.size,
  });
}

export function renderAnimation(view: View, key: string): TelegramAnimation {
  return renderVideo(view, key);
}

export function renderAudio(view: View, key: string): TelegramAudio {
  const file = fileOf(view, key);
  return compact<TelegramAudio>({
    duration: file.duration ?? 0,
    file_name: file.fileName,
    mime_type: file.mimeType,
    title: file.title,
    performer: file.performer,
    ...thumbnails(view, file),
    ...fileIds(view, file),
    file_size: file.size,
  });
}

export function renderDocument(view: View, key: string): TelegramDocument {
  const file = fileOf(view, key);
  return compact<TelegramDocument>({
    file_name: file.fileName,
    mime_type: file.mimeType,
    ...thumbnails(view, file),
    ...fileIds(view, file),
    file_size: file.size,
  });
}

export function renderVoice(view: View, key: string): TelegramVoice {
  const file = fileOf(view, key);
  return compact<TelegramVoice>({
    duration: file.duration ?? 0,
    mime_type: file.mimeType,
    ...fileIds(view, file),
    file_size: file.size,
  });
}

export function renderVideoNote(view: View, key: string): TelegramVideoNote {
  const file = fileOf(view, key);
  return {
    duration: file.duration ?? 0,
    length: file.width ?? 0,
    ...thumbnails(view, file),
    ...fileIds(view, file),
    file_size: file.size,
  };
}

export function renderSticker(view: View, key: string): TelegramSticker {
  const file = fileOf(view, key);
  return compact<TelegramSticker>({
    width: file.width ?? 512,
    height: file.height ?? 512,
    emoji: file.emoji,
    set_name: file.setName,
    is_animated: file.isAnimatedSticker ?? false,
    is_video: file.isVideoSticker ?? false,
    type: 'regular',
    ...thumbnails(view, file),
    ...fileIds(view, file),
    file_size: file.size,
  });
}
