import type { TelegramContact } from '@gramio/types/objects';
import { rollDice } from '../acts/copy.js';
import { badRequest } from '../errors.js';
import { compact } from '../world/compact.js';
import type { BotCall, Methods } from './call.js';
import { chatParam } from './chats.js';
import { send } from './send.js';

/** Bot API: sendChatAction; the older names are still taken (telegram-bot-api Client::get_chat_action). */
const ACTIONS = [
  'cancel',
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'record_audio',
  'upload_voice',
  'upload_audio',
  'upload_document',
  'choose_sticker',
  'find_location',
  'pick_up_location',
  'record_video_note',
  'upload_video_note',
];

export const smallMethods = {
  sendContact(call) {
    const { params } = call;
    const value = compact<TelegramContact>({
      phone_number: required(call, 'phone_number'),
      first_name: required(call, 'first_name'),
      last_name: params.string('last_name') || undefined,
      vcard: params.string('vcard') || undefined,
    });
    return send(call, { kind: 'contact', value });
  },

  sendDice(call) {
    const dice = rollDice(call.telegram.world, call.params.string('emoji') || '🎲');
    if (dice === undefined) throw badRequest('EMOTICON_INVALID');
    return send(call, dice);
  },

  sendChatAction(call) {
    if (!ACTIONS.includes(call.params.string('action').toLowerCase()))
      throw badRequest('wrong parameter action in request');
    chatParam(call, 'write');
    return true;
  },
} satisfies Partial<Methods>;

/** A parameter that a method cannot do without (telegram-bot-api Client::get_required_string_arg). */
export function required({ params }: BotCall, name: string): string {
  const value = params.string(name);
  if (value === '') throw badRequest(`parameter "${name}" is required`);
  return value;
}
