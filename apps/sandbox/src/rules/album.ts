import { type ApiError, badRequest } from '../errors.js';
import { type Content, isCaptioned } from '../world/content.js';

export const MAX_ALBUM = 10;

/** Kinds that may stand in an album, and which others they may stand beside. */
type Mixing = 'pictures' | 'audios' | 'documents';

export function mixingOf(content: Content): Mixing | undefined {
  switch (content.kind) {
    case 'photo':
    case 'video':
      return 'pictures';
    case 'audio':
      return 'audios';
    case 'document':
      return 'documents';
    default:
      return undefined;
  }
}

/** Why these cannot be one album (TDLib check_message_group_message_contents). */
export function albumRefusal(contents: readonly Content[]): ApiError | undefined {
  if (contents.length === 0) return badRequest('there are no messages to send');
  if (contents.length > MAX_ALBUM) return badRequest('too many messages to send as an album');
  const kinds = contents.map(mixingOf);
  if (kinds.includes(undefined)) return badRequest('invalid message content type');
  if (new Set(kinds).size > 1) {
    const single = kinds.includes('audios') ? 'audio' : 'document';
    return badRequest(`${single} can't be mixed with other media types`);
  }
  const isAbove = contents.map((content) => isCaptioned(content) && content.isCaptionAbove);
  if (new Set(isAbove).size > 1) return badRequest('parameter show_caption_above_media must be equal for all messages');
  return undefined;
}
