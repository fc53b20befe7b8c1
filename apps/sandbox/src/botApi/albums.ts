import { badRequest } from '../errors.js';
import { albumRefusal } from '../rules/album.js';
import type { Content } from '../world/content.js';
import type { BotCall, Methods } from './call.js';
import { readInputMedia } from './inputMedia.js';
import { isJsonArray } from './json.js';
import { sendAlbum } from './send.js';

export const albumMethods = {
  async sendMediaGroup(call) {
    const contents = await mediaParam(call);
    const refusal = albumRefusal(contents);
    if (refusal !== undefined) throw refusal;
    return sendAlbum(call, contents);
  },
} satisfies Partial<Methods>;

async function mediaParam(call: BotCall): Promise<Content[]> {
  const value = call.params.json('media', 'media JSON object');
  if (value === undefined) throw badRequest('parameter "media" is required');
  if (!isJsonArray(value)) throw badRequest('expected an Array of InputMedia');
  const contents: Content[] = [];
  for (const media of value) contents.push(await readInputMedia(call, media, { forAlbum: true }));
  return contents;
}
