/** What a file was sent as; a file id never changes its kind (TDLib FileType). */
export const FILE_KINDS = [
  'thumbnail',
  'profile_photo',
  'photo',
  'voice',
  'video',
  'document',
  'sticker',
  'audio',
  'animation',
  'video_note',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export interface FileAttributes {
  width?: number | undefined;
  height?: number | undefined;
  /** Seconds. */
  duration?: number | undefined;
  fileName?: string | undefined;
  mimeType?: string | undefined;
  performer?: string | undefined;
  title?: string | undefined;
  emoji?: string | undefined;
  setName?: string | undefined;
  isAnimatedSticker?: boolean | undefined;
  isVideoSticker?: boolean | undefined;
}

export interface StoredFile extends FileAttributes {
  /** The file's unique id, the same for every bot. */
  key: string;
  kind: FileKind;
  /** Names the bytes in the world's blobs. */
  blob: string;
  /** Bytes; may be declared larger than the stored bytes are, to try the limits of downloads without the weight. */
  size: number;
  path: string;
  thumbnail?: string | undefined;
  /** Of a picture: all sizes it comes in, this one among them, the largest last. */
  sizes?: string[] | undefined;
}
