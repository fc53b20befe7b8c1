import { badRequest } from '../errors.js';
import type { StoredMessage } from '../world/messages.js';
import type { BotCall } from './call.js';

/** The message that came through inline mode of the calling bot under this id. */
export function findInlineMessage({ telegram: { world }, bot }: BotCall, inlineId: string): StoredMessage {
  for (const history of Object.values(world.messages)) {
    const found = history.find(({ inlineMessageId, viaBotId }) => inlineMessageId === inlineId && viaBotId === bot.id);
    if (found !== undefined) return found;
  }
  throw badRequest('MESSAGE_ID_INVALID');
}
