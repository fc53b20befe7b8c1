import type { Card, CustomerChannel, StaffSurface } from '../relay/ports.js';
import type { Phrases } from '../text/phrases.js';
import { cardText, ticketOf } from './card.js';
import type { BotApi } from './client.js';
import type { Content } from '../relay/content.js';
import type { ExternalId } from '../relay/ids.js';
import { messageRef, parseMessageRef, placeId } from './externalId.js';
import { createMessenger, guarded } from './messenger.js';
import type { Places } from './read.js';
import type { SeenMessages } from './seen.js';
import { DeliveryError } from '../relay/ports.js';

/** Customers in their private chats with the bot. */
export function createCustomerChannel(api: BotApi, seen: SeenMessages): CustomerChannel {
  return createMessenger(api, { replyIsOptional: true, linkPreviews: true, seen });
}

export interface SurfaceParts {
  readonly api: BotApi;
  readonly phrases: Phrases;
  /** The channel and its group; undefined until the desk is set up. */
  readonly places: () => Places | undefined;
  readonly onMoved: (from: number, to: number) => void;
  readonly onTrouble: () => void;
  readonly seen: SeenMessages;
}

/** Below a post: never outside its thread, and without previews of links that the team did not ask for. */
export const commentManner = { replyIsOptional: false, linkPreviews: false } as const;

/** The team in the staff channel: a post per conversation, and its comments in the linked discussion group. */
export function createStaffSurface({ phrases, places, api, ...rest }: SurfaceParts): StaffSurface {
  const messenger = createMessenger(api, { ...commentManner, ...rest });
  const cardContent = (card: Card): Content => ({ kind: 'text', ...cardText(card, phrases) });
  return {
    ...messenger,
    cardContent,
    places: () => {
      const found = places();
      return found && { posts: placeId(found.channel), comments: placeId(found.discussion) };
    },
    openThread: async (card) => {
      const found = places();
      if (!found) throw notSetUp();
      const [post] = await messenger.send({ to: placeId(found.channel), contents: [cardContent(card)] });
      // Bot API: a message may be scheduled by the server and has no number then; such a post cannot be commented on.
      if (post === undefined || parseMessageRef(post).messageId === 0)
        throw new DeliveryError({ kind: 'uncertain' }, 'the post has no number');
      return post;
    },
    updateThread: (post, card) => messenger.edit({ message: post, shape: 'text', content: cardContent(card) }),
    findPost: async (ticket) => {
      const copy = await newestCopy(api, places());
      return copy?.ticket === ticket ? copy.post : undefined;
    },
    findRoot: async (post) => {
      const copy = await newestCopy(api, places());
      return copy?.post === post ? copy.root : undefined;
    },
  };
}

function notSetUp(): DeliveryError {
  return new DeliveryError({ kind: 'retry', scope: 'bot', afterMs: 5_000 }, 'the desk is not set up yet');
}

interface PostCopy {
  readonly post: ExternalId;
  readonly root: ExternalId;
  readonly ticket: string | undefined;
}

/** Telegram pins each copy of a post as it arrives, so the newest one can be asked for (Bot API: ChatFullInfo). */
async function newestCopy(api: BotApi, places: Places | undefined): Promise<PostCopy | undefined> {
  if (!places) return undefined;
  const chat = await guarded({}, places.discussion, () => api.call('getChat', { chat_id: places.discussion }));
  const pinned = chat.pinned_message;
  const origin = pinned && 'forward_origin' in pinned ? pinned.forward_origin : undefined;
  if (!pinned || origin?.type !== 'channel' || origin.chat.id !== places.channel) return undefined;
  return {
    post: messageRef(places.channel, origin.message_id),
    root: messageRef(places.discussion, pinned.message_id),
    ticket: 'text' in pinned ? ticketOf(pinned.text ?? '') : undefined,
  };
}
