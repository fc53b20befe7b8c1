import { badRequest } from '../errors.js';
import { renderFullChat } from '../render/fullChat.js';
import { renderMember } from '../render/member.js';
import { renderUser } from '../render/user.js';
import { membershipOf } from '../world/lookup.js';
import { hasRight, isAdministrator, isInside } from '../world/members.js';
import { type BotCall, type Methods, viewOf } from './call.js';
import { chatParam, ownMembership, type SharedChat } from './chats.js';

export const chatInfoMethods = {
  getChat(call) {
    return renderFullChat(viewOf(call), chatParam(call));
  },

  getChatMember(call) {
    const accountId = call.params.userId();
    const chat = chatParam(call, accountId === call.bot.id ? 'read' : 'members');
    if (chat.kind === 'private') {
      if (accountId !== chat.personId && accountId !== call.bot.id) throw badRequest('member not found');
      return { user: renderUser(call.telegram.world, accountId), status: 'member' };
    }
    if (accountId !== call.bot.id) checkMemberList(call, chat);
    if (!isKnown(call, chat, accountId)) throw badRequest('PARTICIPANT_ID_INVALID');
    return renderMember(viewOf(call), { chat, accountId, membership: membershipOf(chat, accountId) });
  },

  getChatMemberCount(call) {
    const chat = chatParam(call, 'members');
    return chat.kind === 'private' ? 2 : Object.values(chat.members).filter(isInside).length;
  },

  getChatAdministrators(call) {
    const chat = chatParam(call, 'members');
    if (chat.kind === 'private') throw badRequest('there are no administrators in the private chat');
    checkMemberList(call, chat);
    const withBots = call.params.boolean('return_bots');
    return Object.entries(chat.members)
      .map(([id, membership]) => ({ chat, accountId: Number(id), membership }))
      .filter(({ membership }) => isAdministrator(membership))
      .filter(({ accountId }) => withBots || accountId === call.bot.id || !isOtherBot(call, accountId))
      .map((member) => renderMember(viewOf(call), member));
  },
} satisfies Partial<Methods>;

/** In a channel only administrators see who is in it (TDLib DialogParticipantManager::get_channel_participant). */
function checkMemberList(call: BotCall, chat: SharedChat): void {
  const membership = ownMembership(call, chat);
  if (chat.kind !== 'channel' || membership === undefined || hasRight(membership, 'can_manage_chat')) return;
  throw badRequest('member list is inaccessible');
}

function isKnown({ telegram: { world }, bot }: BotCall, chat: SharedChat, accountId: number): boolean {
  return (
    world.accounts[accountId] !== undefined && (chat.members[accountId] !== undefined || bot.knows[accountId] === true)
  );
}

function isOtherBot({ telegram: { world } }: BotCall, accountId: number): boolean {
  return world.accounts[accountId]?.kind === 'bot';
}
