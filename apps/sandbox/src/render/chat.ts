import type { TelegramChat } from '@gramio/types/objects';
import type { Chat } from '../world/chats.js';
import { compact } from '../world/compact.js';
import type { World } from '../world/world.js';
import { renderUser } from './user.js';

/** A chat as it stands inside messages (telegram-bot-api Client::JsonChat). */
export function renderChat(world: World, chat: Chat): TelegramChat {
  if (chat.kind === 'private') return renderPrivateChat(world, chat.personId);
  return compact<TelegramChat>({ id: chat.id, title: chat.title, username: chat.username, type: chat.kind });
}

function renderPrivateChat(world: World, personId: number): TelegramChat {
  const { id, first_name, last_name, username } = renderUser(world, personId);
  return compact<TelegramChat>({ id, first_name, last_name, username, type: 'private' });
}
