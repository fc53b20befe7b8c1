import { badRequest } from '../errors.js';
import { isJsonArray } from './json.js';
import type { BotCall } from './call.js';

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
