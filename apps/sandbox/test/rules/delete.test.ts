import { deleteRefusal } from '../../src/rules/delete.js';
import type { Bot } from '../../src/world/accounts.js';
import type { Chat } from '../../src/world/chats.js';
import type { Content } from '../../src/world/content.js';
import { createWorld } from '../../src/world/create.js';
import { botOf, sharedChatOf } from '../../src/world/lookup.js';
import { ALL_RIGHTS, type Membership, NO_RIGHTS } from '../../src/world/members.js';
import type { StoredMessage } from '../../src/world/messages.js';

const HOUR = 3600;
const world = createWorld({ seed: 1 }, 0);
const bot: Bot = botOf(world, world.staff.botId);
const text: Content = { kind: 'text', text: 'x', entities: [] };
const admin = (rights: Partial<typeof ALL_RIGHTS>): Membership => ({
  status: 'administrator',
  rights: { ...NO_RIGHTS, ...rights },
  isAnonymous: false,
  promotedBy: 1,
});

/** A private chat, or the group or channel with the bot in it as said. */
function chatOf(kind: 'private' | 'group' | 'channel', membership: Membership): Chat {
  if (kind === 'private') {
    return { kind, key: 'k', botId: bot.id, personId: 1, isStarted: true, isBlocked: false, pinned: [] };
  }
  const chat = structuredClone(sharedChatOf(world, kind === 'group' ? world.staff.groupId : world.staff.channelId));
  chat.members[bot.id] = membership;
  return chat;
}

function message(changes: Partial<StoredMessage>): StoredMessage {
  return { chat: 'k', id: 7, date: 0, authorId: bot.id, sender: { kind: 'account' }, content: text, ...changes };
}

const member: Membership = { status: 'member' };
const others = { authorId: 1 };
const NO = "message can't be deleted";

interface Case {
  readonly what: string;
  readonly where: 'private' | 'group' | 'channel';
  readonly as?: Membership;
  readonly of?: Partial<StoredMessage>;
  readonly hours: number;
  readonly refusal?: string;
}

const dice: Content = { kind: 'dice', value: { emoji: '🎲', value: 1 } };
const groupMade: Content = { kind: 'service', service: 'supergroup_chat_created' };

test.each<Case>([
  { what: 'own, young', where: 'private', hours: 47 },
  { what: 'own, old', where: 'private', hours: 48, refusal: NO },
  { what: 'a person’s', where: 'private', of: others, hours: 1 },
  {
    what: 'young dice',
    where: 'private',
    of: { content: dice },
    hours: 1,
    refusal: "message can't be deleted for everyone",
  },
  { what: 'own, as a member', where: 'group', hours: 1 },
  { what: 'others’, as a member', where: 'group', of: others, hours: 1, refusal: NO },
  { what: 'others’, with the right', where: 'group', as: admin({ can_delete_messages: true }), of: others, hours: 1 },
  { what: 'old ones, with all rights', where: 'group', as: admin(ALL_RIGHTS), of: others, hours: 48, refusal: NO },
  { what: 'an agent’s through the bot', where: 'group', of: { ...others, viaBotId: bot.id }, hours: 1, refusal: NO },
  { what: 'the first message', where: 'group', as: admin(ALL_RIGHTS), of: { id: 1 }, hours: 1, refusal: NO },
  { what: 'how it began', where: 'group', as: admin(ALL_RIGHTS), of: { content: groupMade }, hours: 1, refusal: NO },
  { what: 'own, with the right to post', where: 'channel', as: admin({ can_post_messages: true }), hours: 1 },
  { what: 'own, without it', where: 'channel', as: admin({ can_edit_messages: true }), hours: 1, refusal: NO },
  {
    what: 'others’, with the right to post',
    where: 'channel',
    as: admin({ can_post_messages: true }),
    of: others,
    hours: 1,
    refusal: NO,
  },
])('deleting in a $where: $what', ({ where, as = member, of = {}, hours, refusal }) => {
  expect(deleteRefusal(bot, { message: message(of), chat: chatOf(where, as), now: hours * HOUR })).toBe(refusal);
});
