import type { Card, CustomerChannel, StaffSurface } from '../relay/ports.js';
import type { Phrases } from '../text/phrases.js';
import { cardText } from './card.js';
import type { BotApi } from './client.js';
import { isUnchanged } from './errors.js';
import { messageRef, parseMessageRef, placeId } from './externalId.js';
import { createMessenger, guarded, unlessFine, type Manner } from './messenger.js';
import type { Places } from './read.js';
import { entitiesOf } from './writeContent.js';
import { DeliveryError } from '../relay/ports.js';

/** Customers in their private chats with the bot. */
export function createCustomerChannel(api: BotApi): CustomerChannel {
  return createMessenger(api, { replyIsOptional: true, linkPreviews: true });
}

export interface SurfaceParts {
  readonly api: BotApi;
  readonly phrases: Phrases;
  /** The channel and its group; undefined until the desk is set up. */
  readonly places: () => Places | undefined;
  readonly onMoved: (from: number, to: number) => void;
  readonly onTrouble: () => void;
}

/** The team in the staff channel: a post per conversation, and its comments in the linked discussion group. */
export function createStaffSurface({ api, phrases, places, onMoved, onTrouble }: SurfaceParts): StaffSurface {
  const manner: Manner = { replyIsOptional: false, linkPreviews: false, onMoved, onTrouble };
  const post = (
    card: Card,
  ): { text: string; entities: ReturnType<typeof entitiesOf>; link_preview_options: { is_disabled: true } } => {
    const words = cardText(card, phrases);
    return { text: words.text, entities: entitiesOf(words), link_preview_options: { is_disabled: true } };
  };
  return {
    ...createMessenger(api, manner),
    places: () => {
      const found = places();
      return found && { posts: placeId(found.channel), comments: placeId(found.discussion) };
    },
    openThread: async (card) => {
      const found = places();
      if (!found)
        throw new DeliveryError({ kind: 'retry', scope: 'bot', afterMs: 5_000 }, 'the desk is not set up yet');
      const call = (): Promise<{ message_id: number }> =>
        api.call('sendMessage', { chat_id: found.channel, ...post(card) });
      const sent = await guarded(manner, found.channel, call);
      return messageRef(found.channel, sent.message_id);
    },
    updateThread: async (ref, card) => {
      const { chatId, messageId } = parseMessageRef(ref);
      const call = (): Promise<unknown> =>
        api.call('editMessageText', { chat_id: chatId, message_id: messageId, ...post(card) });
      await guarded(manner, chatId, () => unlessFine(isUnchanged, call));
    },
    findRoot: (ref) => findRoot(api, places(), ref),
  };
}

/** Telegram pins each copy of a post as it arrives, so the newest one can be asked for (Bot API: ChatFullInfo). */
async function findRoot(api: BotApi, places: Places | undefined, post: string): Promise<string | undefined> {
  if (!places) return undefined;
  const chat = await guarded({}, places.discussion, () => api.call('getChat', { chat_id: places.discussion }));
  const pinned = chat.pinned_message;
  const origin = pinned && 'forward_origin' in pinned ? pinned.forward_origin : undefined;
  if (!pinned || origin?.type !== 'channel' || origin.chat.id !== places.channel) return undefined;
  const isCopy = messageRef(places.channel, origin.message_id) === post;
  return isCopy ? messageRef(places.discussion, pinned.message_id) : undefined;
}
