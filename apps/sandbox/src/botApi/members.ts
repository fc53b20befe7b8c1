import { setMembership } from '../acts/membership.js';
import { remove } from '../acts/change.js';
import { badRequest } from '../errors.js';
import { memberRefusal, rightRefusal } from '../rules/manage.js';
import { historyOf, membershipOf } from '../world/lookup.js';
import { isInside, type Membership, NO_RIGHTS, rightNames, type Rights } from '../world/members.js';
import type { BotCall, Methods } from './call.js';
import { chatParam, largeChatParam, type SharedChat, supergroupParam } from './chats.js';
import { permissionsParam } from './permissions.js';

export const memberMethods = {
  banChatMember(call) {
    const accountId = call.params.userId();
    const chat = chatParam(call, 'write');
    if (chat.kind === 'private') throw badRequest("can't ban members in private chats");
    const target = { chat, accountId };
    checkRestrict(call, target);
    setMembership(call.telegram, chat, {
      accountId,
      next: { status: 'kicked', until: untilParam(call) },
      byId: call.bot.id,
    });
    if (call.params.boolean('revoke_messages')) removeMessagesOf(call, target);
    return true;
  },

  /** Also removes from the chat who is in it, unless `only_if_banned` (Bot API: unbanChatMember). */
  unbanChatMember(call) {
    const accountId = call.params.userId();
    const chat = largeChatParam(call);
    const { status } = membershipOf(chat, accountId);
    if (status === 'left' || (call.params.boolean('only_if_banned') && status !== 'kicked')) return true;
    checkRestrict(call, { chat, accountId });
    setMembership(call.telegram, chat, { accountId, next: { status: 'left' }, byId: call.bot.id });
    return true;
  },

  restrictChatMember(call) {
    const accountId = call.params.userId();
    const permissions = permissionsParam(call);
    const chat = supergroupParam(call);
    checkRestrict(call, { chat, accountId });
    const isMember = isInside(membershipOf(chat, accountId));
    const next: Membership = { status: 'restricted', isMember, permissions, until: untilParam(call) };
    setMembership(call.telegram, chat, { accountId, next, byId: call.bot.id });
    return true;
  },

  /** All rights false makes a member again (Bot API: promoteChatMember). */
  promoteChatMember(call) {
    const accountId = call.params.userId();
    const chat = largeChatParam(call);
    const refusal =
      rightRefusal({ chat, membership: membershipOf(chat, call.bot.id) }, 'can_promote_members', 'promote members') ??
      memberRefusal(membershipOf(chat, accountId), { isSelf: accountId === call.bot.id, byId: call.bot.id });
    if (refusal !== undefined) throw refusal;
    setMembership(call.telegram, chat, { accountId, next: promoted(call, chat, accountId), byId: call.bot.id });
    return true;
  },

  setChatAdministratorCustomTitle(call) {
    const accountId = call.params.userId();
    const chat = supergroupParam(call);
    const membership = membershipOf(chat, accountId);
    if (membership.status === 'creator') throw badRequest('only creator can edit their custom title');
    if (membership.status !== 'administrator') throw badRequest('user is not an administrator');
    if (membership.promotedBy !== call.bot.id) throw badRequest('not enough rights to change custom title of the user');
    membership.title = call.params.string('custom_title') || undefined;
    call.telegram.changes.mark();
    return true;
  },

  leaveChat(call) {
    const chat = chatParam(call);
    if (chat.kind === 'private') throw badRequest("chat can't be left");
    if (membershipOf(chat, call.bot.id).status === 'left') return true;
    setMembership(call.telegram, chat, { accountId: call.bot.id, next: { status: 'left' }, byId: call.bot.id });
    return true;
  },
} satisfies Partial<Methods>;

interface Target {
  readonly chat: SharedChat;
  readonly accountId: number;
}

function checkRestrict(call: BotCall, { chat, accountId }: Target): void {
  if (call.telegram.world.accounts[accountId] === undefined) throw badRequest('PARTICIPANT_ID_INVALID');
  const acting = { chat, membership: membershipOf(chat, call.bot.id) };
  const refusal =
    rightRefusal(acting, 'can_restrict_members', 'restrict/unrestrict chat member') ??
    memberRefusal(membershipOf(chat, accountId), { isSelf: accountId === call.bot.id, byId: call.bot.id });
  if (refusal !== undefined) throw refusal;
}

/** Less than 30 seconds or more than 366 days from now is for ever (Bot API: banChatMember). */
function untilParam({ params, telegram }: BotCall): number {
  const until = params.integer('until_date');
  const seconds = until - telegram.clock.now() / 1000;
  return seconds < 30 || seconds > 366 * 86_400 ? 0 : until;
}

function removeMessagesOf({ telegram }: BotCall, { chat, accountId }: Target): void {
  const ids = historyOf(telegram.world, chat.key)
    .filter(({ authorId }) => authorId === accountId)
    .map(({ id }) => id);
  remove(telegram, chat, ids);
}

function promoted(call: BotCall, chat: SharedChat, accountId: number): Membership {
  const rights = rightsParam(call);
  if (Object.values(rights).every((right) => !right)) return { status: 'member' };
  const old = membershipOf(chat, accountId);
  return {
    status: 'administrator',
    rights,
    isAnonymous: call.params.boolean('is_anonymous'),
    title: old.status === 'administrator' ? old.title : undefined,
    promotedBy: call.bot.id,
  };
}

function rightsParam({ params }: BotCall): Rights {
  const rights: Rights = { ...NO_RIGHTS };
  for (const right of rightNames(rights)) rights[right] = params.boolean(right);
  rights.can_manage_video_chats ||= params.boolean('can_manage_voice_chats');
  rights.can_manage_chat ||= Object.values(rights).includes(true);
  return rights;
}
