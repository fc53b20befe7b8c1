import { remove } from '../acts/change.js';
import { badRequest } from '../errors.js';
import { deleteRefusal } from '../rules/delete.js';
import { secondsNow } from '../telegram.js';
import type { Chat } from '../world/chats.js';
import { messageOf } from '../world/lookup.js';
import type { StoredMessage } from '../world/messages.js';
import type { BotCall, Methods } from './call.js';
import { chatParam, messageParam } from './chats.js';
import { messageIdsParam } from './messageIds.js';

export const deleteMethods = {
  deleteMessage(call) {
    if (call.params.string('chat_id') === '') throw badRequest('chat identifier is not specified');
    if (call.params.messageId() === 0) throw badRequest('message identifier is not specified');
    const { chat, message } = messageParam(call, { access: 'write', what: 'message to delete' });
    checkDeletable(call, chat, message);
    remove(call.telegram, chat, [message.id]);
    return true;
  },

  /** Ids that are not there are skipped; one that may not be deleted fails the whole call before anything is. */
  deleteMessages(call) {
    const ids = messageIdsParam(call);
    const chat = chatParam(call, 'write');
    const messages = ids
      .map((id) => messageOf(call.telegram.world, chat.key, id))
      .filter((message) => message !== undefined);
    for (const message of messages) checkDeletable(call, chat, message);
    remove(
      call.telegram,
      chat,
      messages.map(({ id }) => id),
    );
    return true;
  },
} satisfies Partial<Methods>;

function checkDeletable(call: BotCall, chat: Chat, message: StoredMessage): void {
  const reason = deleteRefusal(call.bot, { message, chat, now: secondsNow(call.telegram) });
  if (reason !== undefined) throw badRequest(reason);
}
