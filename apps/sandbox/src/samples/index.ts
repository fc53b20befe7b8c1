import type { FileAttributes, FileKind } from '../world/files.js';
import { greyJpeg } from './jpeg.js';
import { melodyOpus, silentMp3 } from './sound.js';

/** A small real file with what Telegram would tell about it. */
export interface Sample extends FileAttributes {
  readonly bytes: Buffer;
}

/** A WebP picture of one pixel. */
const WEBP = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA';

/** What people send when nothing is said about the file. */
export function sampleOf(kind: Exclude<FileKind, 'thumbnail' | 'profile_photo'>): Sample {
  switch (kind) {
    case 'photo':
      return { bytes: greyJpeg(640, 480), mimeType: 'image/jpeg' };
    case 'video':
      return { bytes: emptyMp4(), mimeType: 'video/mp4', width: 640, height: 480, duration: 3, fileName: 'video.mp4' };
    case 'animation':
      return {
        bytes: emptyMp4(),
        mimeType: 'video/mp4',
        width: 320,
        height: 240,
        duration: 2,
        fileName: 'animation.mp4',
      };
    case 'video_note':
      return { bytes: emptyMp4(), mimeType: 'video/mp4', width: 240, height: 240, duration: 3 };
    case 'audio':
      return {
        bytes: silentMp3(),
        mimeType: 'audio/mpeg',
        duration: 3,
        title: 'Silence',
        performer: 'Nobody',
        fileName: 'audio.mp3',
      };
    case 'voice':
      return { bytes: melodyOpus(), mimeType: 'audio/ogg', duration: 3 };
    case 'sticker':
      return {
        bytes: Buffer.from(WEBP, 'base64'),
        mimeType: 'image/webp',
        width: 512,
        height: 512,
        emoji: '👍',
        setName: 'Samples',
      };
    case 'document':
      return { bytes: Buffer.from('A small document.\n'), mimeType: 'text/plain', fileName: 'document.txt' };
  }
}

/** A picture that stands for a video or a document. */
export function sampleThumbnail(): Sample {
  return { bytes: greyJpeg(320, 240), width: 320, height: 240 };
}

/** The frame of an MP4 file, with nothing to play in it. */
function emptyMp4(): Buffer {
  const box = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\x01isommp42', 'latin1')), box('mdat', Buffer.alloc(16))]);
}
