import type { Telegram } from '../telegram.js';
import type { Person } from '../world/accounts.js';
import { membershipOf, sharedChatOf } from '../world/lookup.js';
import { ALL_RIGHTS, type Membership } from '../world/members.js';
import { setMembership } from './membership.js';

export type StaffRole = 'member' | 'administrator' | 'creator' | 'anonymous_admin' | 'group_only' | 'channel_only';

/** Lets a person join the staff channel and its group in the given role, as an admin of theirs would arrange it. */
export function join(telegram: Telegram, person: Person, role: StaffRole): void {
  const { channelId, groupId } = telegram.world.staff;
  if (role !== 'group_only') enter(telegram, person, { chatId: channelId, membership: membershipFor(role) });
  if (role !== 'channel_only') enter(telegram, person, { chatId: groupId, membership: membershipFor(role) });
}

function membershipFor(role: StaffRole): Membership {
  switch (role) {
    case 'member':
    case 'group_only':
    case 'channel_only':
      return { status: 'member' };
    case 'administrator':
      return { status: 'administrator', rights: { ...ALL_RIGHTS }, isAnonymous: false, promotedBy: 0 };
    case 'anonymous_admin':
      return { status: 'administrator', rights: { ...ALL_RIGHTS }, isAnonymous: true, promotedBy: 0 };
    case 'creator':
      return { status: 'creator', isAnonymous: false };
  }
}

function enter(
  telegram: Telegram,
  person: Person,
  { chatId, membership }: { chatId: number; membership: Membership },
): void {
  const chat = sharedChatOf(telegram.world, chatId);
  const creatorId = Number(
    Object.entries(chat.members).find(([, { status }]) => status === 'creator')?.[0] ?? person.id,
  );
  if (membershipOf(chat, person.id).status === 'left') {
    setMembership(telegram, chat, { accountId: person.id, next: { status: 'member' }, byId: person.id });
  }
  if (membership.status === 'member') return;
  const next = membership.status === 'administrator' ? { ...membership, promotedBy: creatorId } : membership;
  setMembership(telegram, chat, { accountId: person.id, next, byId: creatorId });
  if (next.status !== 'creator' || creatorId === person.id) return;
  const former: Membership = {
    status: 'administrator',
    rights: { ...ALL_RIGHTS },
    isAnonymous: false,
    promotedBy: person.id,
  };
  setMembership(telegram, chat, { accountId: creatorId, next: former, byId: person.id });
}
