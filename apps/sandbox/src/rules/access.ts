import { ApiError, badRequest, forbidden } from '../errors.js';
import type { ChatReference } from '../http/params.js';
import type { Bot } from '../world/accounts.js';
import {
  type BasicGroup,
  type Channel,
  type Chat,
  type PrivateChat,
  privateKey,
  sharedKey,
  type Supergroup,
} from '../world/chats.js';
import { membershipOf } from '../world/lookup.js';
import { isInside } from '../world/members.js';
import type { World } from '../world/world.js';

/** What a method needs of a chat, each more than the one before (telegram-bot-api Client::AccessRights). */
export type Access = 'read' | 'members' | 'edit' | 'write';

type SharedChat = Exclude<Chat, PrivateChat>;

/** Finds the chat a bot names, or refuses as telegram-bot-api Client::check_chat does. */
export function accessChat(
  world: World,
  bot: Bot,
  { reference, access }: { reference: ChatReference; access: Access },
): Chat {
  const chat = findChat(world, bot, reference);
  if (chat === undefined) throw strangerRefusal(world, bot, { reference, access });
  if (chat.kind === 'private') checkPrivate(world, chat, access);
  else checkShared(bot, chat, access);
  return chat;
}

function findChat(world: World, bot: Bot, reference: ChatReference): Chat | undefined {
  if ('username' in reference) return findByUsername(world, reference.username);
  if (reference.id > 0) {
    const chat = world.chats[privateKey(bot.id, reference.id)];
    return chat?.kind === 'private' && chat.isStarted ? chat : undefined;
  }
  const chat = world.chats[sharedKey(reference.id)];
  if (chat === undefined || chat.kind === 'private') return undefined;
  return chat.members[bot.id] === undefined && chat.username === undefined ? undefined : chat;
}

/** Names lead to public supergroups and channels only, not to people (Bot API: chat_id). */
function findByUsername(world: World, username: string): SharedChat | undefined {
  const wanted = username.toLowerCase();
  return Object.values(world.chats)
    .filter((chat) => chat.kind !== 'private')
    .find((chat) => chat.username?.toLowerCase() === wanted);
}

/** A bot cannot begin a chat; whether it is told why depends on whether it has ever seen the person. */
function strangerRefusal(
  world: World,
  bot: Bot,
  { reference, access }: { reference: ChatReference; access: Access },
): ApiError {
  const account = 'id' in reference ? world.accounts[reference.id] : undefined;
  if (account === undefined || access !== 'write') return badRequest('chat not found');
  if (account.kind === 'bot') return forbidden("the bot can't send messages to the bot");
  if (bot.knows[account.id] !== true) return badRequest('chat not found');
  if (account.isDeleted) return forbidden('user is deactivated');
  return forbidden("bot can't initiate conversation with a user");
}

function checkPrivate(world: World, chat: PrivateChat, access: Access): void {
  const person = world.accounts[chat.personId];
  const isDeleted = person?.kind === 'person' && person.isDeleted;
  if (isDeleted && (access === 'edit' || access === 'write')) throw forbidden('user is deactivated');
  if (chat.isBlocked && access === 'write') throw forbidden('bot was blocked by the user');
}

function checkShared(bot: Bot, chat: SharedChat, access: Access): void {
  if (chat.kind === 'group') checkGroup(bot, chat, access);
  else checkLarge(bot, chat, access);
}

function checkGroup(bot: Bot, chat: BasicGroup, access: Access): void {
  if (access === 'read') return;
  if (access !== 'edit' && chat.migratedTo !== undefined) {
    const parameters = { migrate_to_chat_id: chat.migratedTo };
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', parameters);
  }
  if (access !== 'edit' && chat.isDeleted) throw forbidden('the group chat was deleted');
  const membership = membershipOf(chat, bot.id);
  if (membership.status === 'kicked') throw forbidden('bot was kicked from the group chat');
  if (!isInside(membership)) throw forbidden('bot is not a member of the group chat');
}

function checkLarge(bot: Bot, chat: Supergroup | Channel, access: Access): void {
  const membership = membershipOf(chat, bot.id);
  if (membership.status === 'kicked' || chat.isDeleted) throw forbidden(`bot was kicked from the ${chat.kind} chat`);
  const isPublic = chat.username !== undefined;
  const mayLook = isPublic && (access === 'read' || access === 'members');
  if (!isInside(membership) && !mayLook) throw forbidden(`bot is not a member of the ${chat.kind} chat`);
}

/** True when the bot sees the messages of a chat; of a public chat it is not in, it sees the name only. */
export function seesMessages(bot: Bot, chat: Chat): boolean {
  return chat.kind === 'private' || chat.kind === 'group' || isInside(membershipOf(chat, bot.id));
}
