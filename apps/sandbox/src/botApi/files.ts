import { badRequest } from '../errors.js';
import { renderPhoto } from '../render/file.js';
import { downloadRefusal, parseFileId } from '../rules/file.js';
import { compact } from '../world/compact.js';
import type { TelegramFile } from '@gramio/types/objects';
import { type BotCall, type Methods, viewOf } from './call.js';

export const fileMethods = {
  getFile(call) {
    const { params, bot, telegram } = call;
    const id = params.string('file_id');
    if (id === '') throw badRequest('file_id not specified');
    const { botId, key } = parseFileId(id);
    const file = telegram.world.files[key];
    if (file === undefined || botId !== bot.id)
      throw badRequest('wrong file_id or the file is temporarily unavailable');
    const refusal = downloadRefusal(file);
    if (refusal !== undefined) throw refusal;
    return compact<TelegramFile>({
      file_id: id,
      file_unique_id: file.key,
      file_size: file.size,
      file_path: file.path,
    });
  },

  getUserProfilePhotos(call) {
    const person = knownPerson(call);
    const offset = call.params.integer('offset', { min: 0 });
    const limit = call.params.integer('limit', { min: 1, max: 100, default: 100 });
    const photos = person.photos.slice(offset, offset + limit).map((sizes) => renderPhoto(viewOf(call), sizes));
    return { total_count: person.photos.length, photos };
  },
} satisfies Partial<Methods>;

function knownPerson({ telegram: { world }, bot, params }: BotCall): { photos: string[][] } {
  const id = params.userId();
  const account = world.accounts[id];
  if (account === undefined || (bot.knows[id] !== true && id !== bot.id)) throw badRequest('user not found');
  return account.kind === 'person' ? account : { photos: [] };
}
