import { pin, unpin } from '../acts/pin.js';
import { badRequest } from '../errors.js';
import { pinRefusal } from '../rules/manage.js';
import type { Chat } from '../world/chats.js';
import { membershipOf } from '../world/lookup.js';
import type { BotCall, Methods } from './call.js';
import { chatParam, messageParam } from './chats.js';
import { botSender } from './send.js';

export const pinMethods = {
  pinChatMessage(call) {
    const { chat, message } = messageParam(call, { access: 'write', what: 'message to pin' });
    checkPin(call, chat);
    if (message.content.kind === 'service') throw badRequest("message can't be pinned");
    if (chat.pinned.includes(message.id)) return true;
    pin(call.telegram, { chat, message }, { authorId: call.bot.id, sender: botSender(call, chat) });
    return true;
  },

  /** Without a message the newest pinned one is meant. */
  unpinChatMessage(call) {
    if (call.params.messageId() === 0) return unpinNewest(call);
    const { chat, message } = messageParam(call, { access: 'write', what: 'message to unpin' });
    checkPin(call, chat);
    unpin(call.telegram, chat, message.id);
    return true;
  },

  unpinAllChatMessages(call) {
    const chat = chatParam(call, 'write');
    checkPin(call, chat);
    unpin(call.telegram, chat);
    return true;
  },
} satisfies Partial<Methods>;

function unpinNewest(call: BotCall): true {
  const chat = chatParam(call, 'write');
  checkPin(call, chat);
  const newest = chat.pinned.at(-1);
  if (newest === undefined) throw badRequest('message to unpin not found');
  unpin(call.telegram, chat, newest);
  return true;
}

function checkPin({ bot }: BotCall, chat: Chat): void {
  if (chat.kind === 'private') return;
  const refusal = pinRefusal({ chat, membership: membershipOf(chat, bot.id) });
  if (refusal !== undefined) throw refusal;
}
