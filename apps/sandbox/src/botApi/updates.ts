import type { MethodAnswer } from '../http/answer.js';
import { type BotCall, Described, type Methods } from './call.js';

export const updateMethods = {
  getUpdates(call) {
    return feedOf(call).getUpdates(call.params);
  },

  async setWebhook(call) {
    return described(await feedOf(call).setWebhook(call.params, call.files));
  },

  deleteWebhook(call) {
    return described(feedOf(call).deleteWebhook(call.params));
  },

  getWebhookInfo(call) {
    return feedOf(call).getWebhookInfo();
  },
} satisfies Partial<Methods>;

function feedOf({ telegram, bot }: BotCall): ReturnType<typeof telegram.updates.of> {
  return telegram.updates.of(bot.id);
}

function described({ description = '' }: MethodAnswer): Described<true> {
  return new Described(true, description);
}
