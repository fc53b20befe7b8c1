import { badRequest } from '../errors.js';
import { seesMessages } from '../rules/access.js';
import type { Chat } from '../world/chats.js';
import { messageOf } from '../world/lookup.js';
import type { StoredMessage } from '../world/messages.js';
import type { BotCall } from './call.js';
import { isJsonArray } from './json.js';

const MAX_IDS = 100;

/** `message_ids`: 1 to 100 ids (telegram-bot-api Client::get_message_ids). */
export function messageIdsParam({ params }: BotCall): number[] {
  const value = params.json('message_ids', 'message identifiers JSON object');
  if (value === undefined) throw badRequest('message identifiers are not specified');
  if (!isJsonArray(value)) throw badRequest('expected an Array of message identifiers');
  if (value.length === 0) throw badRequest('message identifiers are not specified');
  if (value.length > MAX_IDS) throw badRequest('too many message identifiers specified');
  return value.map((id) => {
    const number = Number(id);
    if (!Number.isInteger(number) || number <= 0) throw badRequest('invalid message identifier specified');
    return number;
  });
}

/** `message_ids` of methods that copy or forward (TDLib MessagesManager::get_forwarded_messages). */
export function ascendingIdsParam(call: BotCall): number[] {
  const ids = messageIdsParam(call);
  if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))) {
    throw badRequest('message identifiers must be in a strictly increasing order');
  }
  return ids;
}

/** The messages of these ids that are there. */
export function knownMessages(
  { telegram: { world }, bot }: BotCall,
  chat: Chat,
  ids: readonly number[],
): StoredMessage[] {
  if (!seesMessages(bot, chat)) throw badRequest('message to forward not found');
  return ids.map((id) => messageOf(world, chat.key, id)).filter((message) => message !== undefined);
}
