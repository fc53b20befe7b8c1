import type { FastifyReply } from 'fastify';
import { bytesOf } from '../acts/files.js';
import type { StoredFile } from '../world/files.js';
import type { World } from '../world/world.js';
import { ControlError } from './errors.js';

/**
 * Types that a browser shows and never runs. Everything else, SVG and HTML before all, comes as a download of unknown
 * bytes, whatever its sender called it.
 */
const HARMLESS = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'audio/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
];

/** Sends the bytes of a file as what they are, or as a download. Throws ControlError for a file that is not there. */
export function sendFile(reply: FastifyReply, world: World, uniqueId: string): FastifyReply {
  const file = world.files[uniqueId];
  if (file === undefined) throw new ControlError(404, `there is no file ${uniqueId}`);
  const type = HARMLESS.find((harmless) => harmless === file.mimeType) ?? pictureType(file);
  const disposition = type === undefined ? 'attachment' : 'inline';
  return reply
    .type(type ?? 'application/octet-stream')
    .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(file.fileName ?? uniqueId)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, max-age=31536000, immutable')
    .send(bytesOf(world, file));
}

/** Pictures of Telegram's are JPEG files unless they say otherwise. */
function pictureType({ kind }: StoredFile): string | undefined {
  return kind === 'photo' || kind === 'thumbnail' || kind === 'profile_photo' ? 'image/jpeg' : undefined;
}
