import type { TelegramAcceptedGiftTypes, TelegramChatFullInfo, TelegramChatPhoto } from '@gramio/types/objects';
import type { Channel, Chat, Group } from '../world/chats.js';
import { compact } from '../world/compact.js';
import { messageOf } from '../world/lookup.js';
import { renderChat } from './chat.js';
import { fileIds, fileOf } from './file.js';
import { renderMessage, type WireMessage } from './message.js';
import type { View } from './view.js';

const NO_GIFTS: TelegramAcceptedGiftTypes = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
};

/** Everything about a chat (Bot API: getChat; telegram-bot-api Client::JsonChat, is_full). */
export function renderFullChat(view: View, chat: Chat): TelegramChatFullInfo {
  const common = {
    ...renderChat(view.world, chat),
    photo: photoOf(view, chat),
    pinned_message: pinnedMessage(view, chat),
    max_reaction_count: 11,
    accent_color_id: (chat.kind === 'private' ? chat.personId : -chat.id) % 7,
    accepted_gift_types: NO_GIFTS,
  };
  if (chat.kind === 'private')
    return compact<TelegramChatFullInfo>({ ...common, ...personFields(view, chat.personId) });
  return compact<TelegramChatFullInfo>({
    ...common,
    active_usernames: chat.username === undefined ? undefined : [chat.username],
    description: chat.description === '' ? undefined : chat.description,
    invite_link: chat.inviteLinks.find(({ isPrimary, isRevoked }) => isPrimary && !isRevoked)?.link,
    has_protected_content: chat.protectsContent ? true : undefined,
    ...(chat.kind === 'channel' ? channelFields(chat) : groupFields(chat)),
  });
}

function personFields({ world }: View, personId: number): Partial<TelegramChatFullInfo> {
  const person = world.accounts[personId];
  if (person?.kind !== 'person') return {};
  return compact<Partial<TelegramChatFullInfo>>({
    active_usernames: person.username === undefined ? undefined : [person.username],
    bio: person.bio,
    has_private_forwards: person.hidesInForwards ? true : undefined,
    has_restricted_voice_and_video_messages: person.refusesVoiceNotes ? true : undefined,
  });
}

function channelFields(channel: Channel): Partial<TelegramChatFullInfo> {
  return compact<Partial<TelegramChatFullInfo>>({ linked_chat_id: channel.linkedGroupId, has_visible_history: true });
}

function groupFields(group: Group): Partial<TelegramChatFullInfo> {
  const supergroup = group.kind === 'supergroup' ? group : undefined;
  return compact<Partial<TelegramChatFullInfo>>({
    permissions: group.permissions,
    join_to_send_messages: supergroup?.joinToSend === true ? true : undefined,
    slow_mode_delay:
      supergroup === undefined || supergroup.slowModeSeconds === 0 ? undefined : supergroup.slowModeSeconds,
    linked_chat_id: supergroup?.linkedChannelId,
    has_visible_history: supergroup === undefined ? undefined : true,
  });
}

/** The smallest and the largest size of the newest photo. */
function photoOf(view: View, chat: Chat): TelegramChatPhoto | undefined {
  const account = chat.kind === 'private' ? view.world.accounts[chat.personId] : undefined;
  const sizes = chat.kind === 'private' ? (account?.kind === 'person' ? account.photos[0] : undefined) : chat.photo;
  const [small, big] = [sizes?.at(0), sizes?.at(-1)];
  if (small === undefined || big === undefined) return undefined;
  const ids = { small: fileIds(view, fileOf(view, small)), big: fileIds(view, fileOf(view, big)) };
  return {
    small_file_id: ids.small.file_id,
    small_file_unique_id: ids.small.file_unique_id,
    big_file_id: ids.big.file_id,
    big_file_unique_id: ids.big.file_unique_id,
  };
}

function pinnedMessage(view: View, chat: Chat): WireMessage | undefined {
  const id = chat.pinned.at(-1);
  const message = id === undefined ? undefined : messageOf(view.world, chat.key, id);
  return message === undefined ? undefined : renderMessage(view, message);
}
