import { FILE_KINDS, type FileKind } from './files.js';

/** What a file id says: whose it is, which file it names, and as what. */
export interface FileReference {
  readonly botId: number;
  readonly key: string;
  readonly kind: FileKind;
}

/** TDLib FileType; the number leads the id, so that ids of one kind begin alike ("AgAC…" for photos). */
const TYPE_NUMBERS: Record<FileKind, number> = {
  thumbnail: 0,
  profile_photo: 1,
  photo: 2,
  voice: 3,
  video: 4,
  document: 5,
  sticker: 8,
  audio: 9,
  animation: 10,
  video_note: 13,
};

/** The id under which a bot knows a file. Each bot has ids of its own (Bot API: "Sending files"). */
export function fileIdFor({ botId, key, kind }: FileReference): string {
  const head = Buffer.alloc(13);
  head.set([TYPE_NUMBERS[kind], 0, 2, 2], 0);
  head.writeBigUInt64LE(BigInt(botId), 5);
  return Buffer.concat([head, Buffer.from(key, 'utf8')]).toString('base64url');
}

/** Reads a file id; undefined when it is none. */
export function readFileId(id: string): FileReference | undefined {
  const bytes = Buffer.from(id, 'base64url');
  if (bytes.length < 14 || bytes.toString('base64url') !== id) return undefined;
  const kind = FILE_KINDS.find((candidate) => TYPE_NUMBERS[candidate] === bytes[0]);
  if (kind === undefined || bytes[2] !== 2) return undefined;
  return { botId: Number(bytes.readBigUInt64LE(5)), key: bytes.toString('utf8', 13), kind };
}
