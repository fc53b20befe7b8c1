import type { TelegramChatMemberUpdated } from '@gramio/types/objects';
import { renderChat } from '../render/chat.js';
import { renderMember } from '../render/member.js';
import { renderUser } from '../render/user.js';
import { secondsNow, type Telegram } from '../telegram.js';
import { ANONYMOUS_ADMIN_ID, type Bot } from '../world/accounts.js';
import type { Chat, PrivateChat } from '../world/chats.js';
import { equalData } from '../world/equal.js';
import { botsOf, membershipOf } from '../world/lookup.js';
import { hasRight, isInside, type Membership } from '../world/members.js';
import { append } from './append.js';

type SharedChat = Exclude<Chat, PrivateChat>;

export interface MembershipChange {
  readonly accountId: number;
  readonly next: Membership;
  /** Who did it; the account itself for those who join or leave. */
  readonly byId: number;
}

/**
 * Changes how an account stands to a chat: bots hear of it (`my_chat_member` for themselves, `chat_member` for admins
 * that asked for it), and in groups a line says who came or went. A bot can be in a channel as an administrator only.
 */
export function setMembership(
  telegram: Telegram,
  chat: SharedChat,
  { accountId, byId, ...change }: MembershipChange,
): void {
  const old = membershipOf(chat, accountId);
  const isBotInChannel = chat.kind === 'channel' && telegram.world.accounts[accountId]?.kind === 'bot';
  const next: Membership = isBotInChannel && change.next.status === 'member' ? { status: 'left' } : change.next;
  if (equalData(old, next)) return;
  chat.members[accountId] = next;
  for (const bot of botsOf(telegram.world)) tell(telegram, bot, { chat, accountId, old, next, byId });
  telegram.changes.mark();
  if (chat.kind !== 'channel') addServiceLine(telegram, chat, { accountId, old, next, byId });
}

interface Told extends MembershipChange {
  readonly chat: SharedChat;
  readonly old: Membership;
}

function tell(telegram: Telegram, bot: Bot, change: Told): void {
  const isOwn = bot.id === change.accountId;
  if (!isOwn && !hasRight(membershipOf(change.chat, bot.id), 'can_manage_chat')) return;
  bot.knows[change.accountId] = true;
  bot.knows[change.byId] = true;
  telegram.updates.push(bot.id, isOwn ? 'my_chat_member' : 'chat_member', renderChange(telegram, bot, change));
}

function renderChange(telegram: Telegram, bot: Bot, change: Told): TelegramChatMemberUpdated {
  const { world } = telegram;
  const { chat, accountId, old, next, byId } = change;
  const view = { world, botId: bot.id };
  return {
    chat: renderChat(world, chat),
    from: renderUser(world, actorOf(chat, byId)),
    date: secondsNow(telegram),
    old_chat_member: renderMember(view, { chat, accountId, membership: old }),
    new_chat_member: renderMember(view, { chat, accountId, membership: next }),
  };
}

/** Anonymous admins act as the group. */
function actorOf(chat: SharedChat, byId: number): number {
  const membership = membershipOf(chat, byId);
  const isAdmin = membership.status === 'creator' || membership.status === 'administrator';
  return isAdmin && membership.isAnonymous && chat.kind !== 'channel' ? ANONYMOUS_ADMIN_ID : byId;
}

function addServiceLine(
  telegram: Telegram,
  chat: SharedChat,
  { accountId, old, next, byId }: Omit<Told, 'chat'>,
): void {
  const isIn = isInside(next);
  if (isInside(old) === isIn) return;
  const isAnonymous = actorOf(chat, byId) === ANONYMOUS_ADMIN_ID;
  append(telegram, chat, {
    authorId: byId,
    sender: isAnonymous ? { kind: 'anonymous_admin' } : { kind: 'account' },
    content: isIn
      ? { kind: 'service', service: 'new_chat_members', accountIds: [accountId] }
      : { kind: 'service', service: 'left_chat_member', accountId },
  });
}

/** Blocks or unblocks a bot: the one thing a bot hears of it is `my_chat_member`. */
export function setBlocked(telegram: Telegram, chat: PrivateChat, isBlocked: boolean): void {
  if (chat.isBlocked === isBlocked) return;
  chat.isBlocked = isBlocked;
  const { world } = telegram;
  const user = renderUser(world, chat.botId);
  const member = { user, status: 'member' } as const;
  const kicked = { user, status: 'kicked', until_date: 0 } as const;
  telegram.updates.push(chat.botId, 'my_chat_member', {
    chat: renderChat(world, chat),
    from: renderUser(world, chat.personId),
    date: secondsNow(telegram),
    old_chat_member: isBlocked ? member : kicked,
    new_chat_member: isBlocked ? kicked : member,
  });
  telegram.changes.mark();
}
