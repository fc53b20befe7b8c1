import { badRequest } from '../errors.js';
import type { StoredMessage } from '../world/messages.js';
import type { BotCall } from './call.js';

/** The message of `inline_message_id`, which came through inline mode of the calling bot. */
export function findInlineMessage({ telegram: { world }, bot, params }: BotCall): StoredMessage {
  const inlineId = params.string('inline_message_id');
  if (inlineId === '') throw badRequest('message identifier is not specified');
  for (const history of Object.values(world.messages)) {
    const found = history.find(({ inlineMessageId, viaBotId }) => inlineMessageId === inlineId && viaBotId === bot.id);
    if (found !== undefined) return found;
  }
  throw badRequest('MESSAGE_ID_INVALID');
}
