import type { TelegramContact } from '@gramio/types/objects';
import { renderChat } from '../render/chat.js';
import { secondsNow, type Telegram } from '../telegram.js';
import { compact } from '../world/compact.js';
import type { ObjectContent } from '../world/content.js';
import { drawInteger } from '../world/random.js';
import { sharedChatOf } from '../world/lookup.js';
import { renderUser } from '../render/user.js';
import type { ReadComposition } from './protocol/content.js';

type ObjectComposition = Extract<
  ReadComposition,
  { kind: 'contact' | 'checklist' | 'game' | 'invoice' | 'story' | 'paid_media' | 'giveaway' | 'giveaway_winners' }
>;

/** Kinds that are a Bot API object and nothing else. */
export function composeObject(telegram: Telegram, composition: ObjectComposition, personId: number): ObjectContent {
  const { world } = telegram;
  switch (composition.kind) {
    case 'contact':
      return { kind: 'contact', value: contactOf(composition) };
    case 'checklist':
      return { kind: 'checklist', value: checklistOf(composition) };
    case 'game':
      return { kind: 'game', value: { title: composition.title, description: composition.description, photo: [] } };
    case 'invoice':
      return { kind: 'invoice', value: invoiceOf(composition) };
    case 'story':
      return { kind: 'story', value: { chat: personChat(telegram, personId), id: drawInteger(world, 1, 999) } };
    case 'paid_media':
      return {
        kind: 'paid_media',
        value: { star_count: composition.starCount, paid_media: [{ type: 'preview', width: 640, height: 480 }] },
      };
    case 'giveaway':
      return {
        kind: 'giveaway',
        value: { ...giveawayOf(telegram, composition.winnerCount), chats: [channelOf(telegram)] },
      };
    case 'giveaway_winners':
      return {
        kind: 'giveaway_winners',
        value: {
          ...giveawayOf(telegram, composition.winnerCount),
          chat: channelOf(telegram),
          giveaway_message_id: 1,
          winners: [renderUser(world, personId)],
        },
      };
  }
}

function contactOf({ phoneNumber, firstName, lastName, userId }: Extract<ObjectComposition, { kind: 'contact' }>) {
  return compact<TelegramContact>({
    phone_number: phoneNumber,
    first_name: firstName,
    last_name: lastName,
    user_id: userId,
  });
}

function checklistOf({ title, tasks }: Extract<ObjectComposition, { kind: 'checklist' }>) {
  return { title, tasks: tasks.map((text, index) => ({ id: index + 1, text })) };
}

function invoiceOf({ title, amount }: Extract<ObjectComposition, { kind: 'invoice' }>) {
  return { title, description: title, start_parameter: '', currency: 'XTR' as const, total_amount: amount };
}

function giveawayOf(telegram: Telegram, winnerCount: number) {
  return { winners_selection_date: secondsNow(telegram) + 86_400, winner_count: winnerCount };
}

function channelOf({ world }: Telegram) {
  return renderChat(world, sharedChatOf(world, world.staff.channelId));
}

function personChat({ world }: Telegram, personId: number) {
  const { id, first_name, last_name, username } = renderUser(world, personId);
  return compact<ReturnType<typeof channelOf>>({ id, first_name, last_name, username, type: 'private' });
}
