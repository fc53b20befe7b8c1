import type { z } from 'zod';
import { append } from '../../acts/append.js';
import { linkChats, unlinkChannel, upgradeGroup } from '../../acts/chatChanges.js';
import { setMembership } from '../../acts/membership.js';
import type { Telegram } from '../../telegram.js';
import type { Person } from '../../world/accounts.js';
import type { Chat, PrivateChat } from '../../world/chats.js';
import { createChannel, createGroup, createSupergroup } from '../../world/create.js';
import { ALL_RIGHTS, type Membership, NO_PERMISSIONS, NO_RIGHTS, permissionNames } from '../../world/members.js';
import { ControlError } from '../errors.js';
import { findChat, findPerson, findSharedChat } from '../find.js';
import { checkRight } from '../may.js';
import { senderOf } from '../places.js';
import type { ChatData, chatRoutes, Standing } from '../protocol/chats.js';
import { showChat } from '../show.js';
import type { Handlers } from './handler.js';

type SharedChat = Exclude<Chat, PrivateChat>;

export const chatHandlers: Handlers<typeof chatRoutes> = {
  chat({ telegram: { world } }, { chatId }) {
    return showChat(world, findChat(world, { chatId }));
  },

  addChat({ telegram }, { kind, title, username, creator }) {
    const members: Record<string, Membership> = { [creator]: { status: 'creator', isAnonymous: false } };
    const shared = { title, username, members };
    const { world } = telegram;
    telegram.changes.mark();
    if (kind === 'channel') return dataOf(createChannel(world, shared));
    return dataOf(kind === 'group' ? createGroup(world, shared) : createSupergroup(world, shared));
  },

  lets({ telegram }, { person: id, chatId, account, be }) {
    const person = findPerson(telegram.world, id);
    const chat = findSharedChat(telegram.world, chatId);
    if (telegram.world.accounts[account] === undefined) throw new ControlError(404, `there is no account ${account}`);
    checkRight(person, chat, neededFor(be));
    setMembership(telegram, chat, { accountId: account, next: membershipFor(be, id), byId: id });
    return {};
  },

  links({ telegram }, { person: id, channelId, groupId }) {
    const channel = findSharedChat(telegram.world, channelId);
    checkRight(findPerson(telegram.world, id), channel, 'can_change_info');
    if (channel.kind !== 'channel') throw new ControlError(400, `"${channel.title}" is not a channel`);
    if (groupId === undefined) unlinkChannel(telegram, channel);
    else linkChats(telegram, channel, supergroup(findSharedChat(telegram.world, groupId)));
    return {};
  },

  changesChat({ telegram }, { person: id, chatId, title, username, permissions = {}, ...settings }) {
    const person = findPerson(telegram.world, id);
    const chat = findSharedChat(telegram.world, chatId);
    checkRight(person, chat, 'can_change_info');
    if (username !== undefined) chat.username = username ?? undefined;
    for (const name of permissionNames(chat.permissions))
      chat.permissions[name] = permissions[name] ?? chat.permissions[name];
    const known = Object.entries(settings).filter(([name, value]) => value !== undefined && name in chat);
    Object.assign(chat, Object.fromEntries(known));
    if (title !== undefined && title !== chat.title) rename(telegram, chat, { title, by: person });
    telegram.changes.mark();
    return {};
  },

  upgrades({ telegram }, { person: id, chatId }) {
    const group = findSharedChat(telegram.world, chatId);
    if (group.kind !== 'group') throw new ControlError(409, `"${group.title}" is not a basic group`);
    return dataOf(upgradeGroup(telegram, group, findPerson(telegram.world, id).id));
  },

  deletesChat({ telegram }, { person: id, chatId }) {
    const chat = findSharedChat(telegram.world, chatId);
    checkRight(findPerson(telegram.world, id), chat, 'can_delete_messages');
    chat.isDeleted = true;
    telegram.changes.mark();
    return {};
  },
};

function dataOf(chat: SharedChat): z.input<typeof ChatData> {
  const linkedChatId =
    chat.kind === 'channel' ? chat.linkedGroupId : chat.kind === 'supergroup' ? chat.linkedChannelId : undefined;
  return { id: chat.id, kind: chat.kind, title: chat.title, linkedChatId };
}

type ReadStanding = z.output<typeof Standing>;

function neededFor({ as }: ReadStanding): 'can_invite_users' | 'can_promote_members' | 'can_restrict_members' {
  switch (as) {
    case 'member':
      return 'can_invite_users';
    case 'administrator':
      return 'can_promote_members';
    case 'muted':
    case 'left':
    case 'banned':
      return 'can_restrict_members';
  }
}

function membershipFor(standing: ReadStanding, byId: number): Membership {
  switch (standing.as) {
    case 'member':
      return { status: 'member' };
    case 'administrator': {
      const { rights, isAnonymous, title } = standing;
      const given = rights === undefined ? ALL_RIGHTS : { ...NO_RIGHTS, can_manage_chat: true, ...rights };
      return { status: 'administrator', rights: { ...given }, isAnonymous, title, promotedBy: byId };
    }
    case 'muted':
      return { status: 'restricted', isMember: true, permissions: { ...NO_PERMISSIONS }, until: standing.untilSeconds };
    case 'left':
      return { status: 'left' };
    case 'banned':
      return { status: 'kicked', until: standing.untilSeconds };
  }
}

function supergroup(chat: SharedChat) {
  if (chat.kind !== 'supergroup') throw new ControlError(409, `"${chat.title}" is not a supergroup`);
  return chat;
}

function rename(telegram: Telegram, chat: SharedChat, { title, by }: { title: string; by: Person }): void {
  chat.title = title;
  append(telegram, chat, {
    authorId: by.id,
    sender: senderOf(telegram.world, by, { chat, as: undefined }),
    content: { kind: 'service', service: 'new_chat_title', title },
  });
}
