import { badRequest } from '../errors.js';
import type { WireMessage } from '../render/message.js';
import type { FileAttributes } from '../world/files.js';
import type { BotCall, Methods } from './call.js';
import { takeFile, takeThumbnail, type Wanted } from './inputFile.js';
import { framingParam, mediaContent } from './mediaContent.js';
import { send } from './send.js';

/** Largest values of measures and durations that a call can give; larger ones are cut (telegram-bot-api). */
const MAX_LENGTH = 10_000;
const MAX_DURATION = 24 * 60 * 60;

export const mediaMethods = {
  sendPhoto: (call) => sendMedia(call, 'photo'),
  sendVideo: (call) => sendMedia(call, 'video', measures(call)),
  sendAnimation: (call) => sendMedia(call, 'animation', measures(call)),
  sendAudio: (call) => sendMedia(call, 'audio', { ...duration(call), ...titles(call) }),
  sendVoice: (call) => sendMedia(call, 'voice', duration(call)),
  sendDocument: (call) => sendMedia(call, 'document'),
  sendSticker: (call) => sendMedia(call, 'sticker', { emoji: call.params.string('emoji') || undefined }),
  sendVideoNote(call) {
    const length = call.params.integer('length', { min: 0, max: MAX_LENGTH });
    return sendMedia(call, 'video_note', { ...duration(call), width: length, height: length });
  },
} satisfies Partial<Methods>;

/** Sends the file of the parameter that is called like the kind. */
async function sendMedia(call: BotCall, kind: Wanted['kind'], attributes: FileAttributes = {}): Promise<WireMessage> {
  const thumbnail = takeThumbnail(call, call.params.string('thumbnail'));
  const wanted = { kind, thumbnail, ...attributes };
  const taken = await takeFile(call, { value: call.params.string(kind), field: kind }, wanted);
  if (taken === undefined) throw badRequest(`there is no ${kind.replace('_', ' ')} in the request`);
  const cover = kind === 'video' ? await takeCover(call) : undefined;
  const startTimestamp = kind === 'video' ? call.params.integer('start_timestamp') || undefined : undefined;
  return send(call, mediaContent(taken, { ...framingParam(call), cover, startTimestamp }));
}

async function takeCover(call: BotCall): Promise<string[] | undefined> {
  const taken = await takeFile(call, { value: call.params.string('cover'), field: 'cover' }, { kind: 'photo' });
  return taken?.kind === 'photo' ? taken.sizes : undefined;
}

function measures(call: BotCall): FileAttributes {
  const width = call.params.integer('width', { min: 0, max: MAX_LENGTH });
  const height = call.params.integer('height', { min: 0, max: MAX_LENGTH });
  return { ...duration(call), width, height };
}

function duration({ params }: BotCall): FileAttributes {
  return { duration: params.integer('duration', { min: 0, max: MAX_DURATION }) };
}

function titles({ params }: BotCall): FileAttributes {
  return { title: params.string('title') || undefined, performer: params.string('performer') || undefined };
}
