import type { TelegramChatInviteLink } from '@gramio/types/objects';
import { append } from '../acts/append.js';
import { storePicture } from '../acts/files.js';
import { badRequest } from '../errors.js';
import { renderUser } from '../render/user.js';
import { permissionRefusal, rightRefusal } from '../rules/manage.js';
import type { ServiceContent } from '../world/content.js';
import type { InviteLink } from '../world/chats.js';
import { compact } from '../world/compact.js';
import { membershipOf } from '../world/lookup.js';
import { drawText } from '../world/random.js';
import type { BotCall, Methods } from './call.js';
import { chatParam, type SharedChat, supergroupParam } from './chats.js';
import { permissionsParam } from './permissions.js';
import { botSender } from './send.js';
import { required } from './smallThings.js';

export const chatSettingMethods = {
  setChatTitle(call) {
    const chat = manageable(call, 'change chat title');
    const title = call.params.string('title').trim();
    if (title === '') throw badRequest("title can't be empty");
    if (chat.title === title) throw badRequest('chat title is not modified');
    chat.title = title.slice(0, 128);
    say(call, chat, { kind: 'service', service: 'new_chat_title', title: chat.title });
    return true;
  },

  setChatDescription(call) {
    const chat = manageable(call, 'set chat description');
    const description = call.params.string('description').trim().slice(0, 255);
    if (chat.description === description) throw badRequest('chat description is not modified');
    chat.description = description;
    call.telegram.changes.mark();
    return true;
  },

  setChatPhoto(call) {
    const upload = call.files.get('photo');
    if (upload === undefined) throw badRequest('there is no photo in the request');
    const chat = manageable(call, 'change chat photo');
    const sizes = storePicture(call.telegram.world, { bytes: upload.bytes, kind: 'profile_photo' });
    if (sizes === undefined) throw badRequest('IMAGE_PROCESS_FAILED');
    chat.photo = sizes.map(({ key }) => key);
    say(call, chat, { kind: 'service', service: 'new_chat_photo', sizes: chat.photo });
    return true;
  },

  deleteChatPhoto(call) {
    const chat = manageable(call, 'change chat photo');
    if (chat.photo === undefined) throw badRequest('CHAT_NOT_MODIFIED');
    chat.photo = undefined;
    say(call, chat, { kind: 'service', service: 'delete_chat_photo' });
    return true;
  },

  setChatPermissions(call) {
    const permissions = permissionsParam(call);
    const chat = supergroupParam(call);
    check(call, chat, { right: 'can_restrict_members', deed: 'change chat permissions' });
    chat.permissions = permissions;
    call.telegram.changes.mark();
    return true;
  },

  exportChatInviteLink(call) {
    const chat = inviting(call);
    for (const link of chat.inviteLinks) if (link.isPrimary && link.creatorId === call.bot.id) link.isRevoked = true;
    return addLink(call, chat, { isPrimary: true }).link;
  },

  createChatInviteLink(call) {
    return renderLink(call, addLink(call, inviting(call), linkParams(call)));
  },

  editChatInviteLink(call) {
    const link = namedLink(call, inviting(call));
    Object.assign(link, linkParams(call));
    call.telegram.changes.mark();
    return renderLink(call, link);
  },

  revokeChatInviteLink(call) {
    const link = namedLink(call, inviting(call));
    link.isRevoked = true;
    call.telegram.changes.mark();
    return renderLink(call, link);
  },
} satisfies Partial<Methods>;

/** Puts a line into the chat about what the bot has changed. */
function say(call: BotCall, chat: SharedChat, content: ServiceContent): void {
  append(call.telegram, chat, { authorId: call.bot.id, sender: botSender(call, chat), content });
}

interface Need {
  readonly right: 'can_restrict_members' | 'can_invite_users';
  readonly deed: string;
}

function check({ bot }: BotCall, chat: SharedChat, { right, deed }: Need): void {
  const refusal = rightRefusal({ chat, membership: membershipOf(chat, bot.id) }, right, deed);
  if (refusal !== undefined) throw refusal;
}

/** The chat of the call, if the bot may change what it is called and says about itself. */
function manageable(call: BotCall, deed: string): SharedChat {
  const chat = chatParam(call, 'write');
  if (chat.kind === 'private') throw badRequest("can't change private chats");
  const refusal = permissionRefusal({ chat, membership: membershipOf(chat, call.bot.id) }, 'can_change_info', deed);
  if (refusal !== undefined) throw refusal;
  return chat;
}

function inviting(call: BotCall): SharedChat {
  const chat = chatParam(call, 'write');
  if (chat.kind === 'private') throw badRequest("can't invite members to a private chat");
  check(call, chat, { right: 'can_invite_users', deed: 'manage chat invite link' });
  return chat;
}

function linkParams({ params }: BotCall): Partial<InviteLink> {
  return {
    name: params.string('name') || undefined,
    expireDate: params.integer('expire_date') || undefined,
    memberLimit: params.integer('member_limit', { min: 0, max: 99_999 }) || undefined,
    createsJoinRequest: params.boolean('creates_join_request'),
  };
}

function addLink({ telegram, bot }: BotCall, chat: SharedChat, given: Partial<InviteLink>): InviteLink {
  const link: InviteLink = {
    link: `https://t.me/+${drawText(telegram.world, 16)}`,
    creatorId: bot.id,
    isPrimary: false,
    isRevoked: false,
    createsJoinRequest: false,
    ...given,
  };
  chat.inviteLinks.push(link);
  telegram.changes.mark();
  return link;
}

function namedLink(call: BotCall, chat: SharedChat): InviteLink {
  const link = chat.inviteLinks.find((candidate) => candidate.link === required(call, 'invite_link'));
  if (link === undefined) throw badRequest('INVITE_HASH_EXPIRED');
  return link;
}

function renderLink({ telegram: { world } }: BotCall, link: InviteLink): TelegramChatInviteLink {
  return compact<TelegramChatInviteLink>({
    invite_link: link.link,
    name: link.name,
    creator: renderUser(world, link.creatorId),
    expire_date: link.expireDate,
    member_limit: link.memberLimit,
    creates_join_request: link.createsJoinRequest,
    is_primary: link.isPrimary,
    is_revoked: link.isRevoked,
  });
}
