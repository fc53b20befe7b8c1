import type { z } from 'zod';
import { join } from '../../acts/join.js';
import { textOf } from '../../rules/text.js';
import type { Person } from '../../world/accounts.js';
import { privateKey } from '../../world/chats.js';
import { createPerson, type NewPerson } from '../../world/create.js';
import { membershipOf, sharedChatOf } from '../../world/lookup.js';
import type { StoredMessage } from '../../world/messages.js';
import type { World } from '../../world/world.js';
import type { StaffRole } from '../protocol/people.js';
import type { RosterEntry, rosterRoutes } from '../protocol/roster.js';
import type { Handlers } from './handler.js';

/** Whom a newcomer meets: two customers, and everybody the rules of a desk tell apart. */
const CAST: readonly (NewPerson & { staff?: StaffRole })[] = [
  { firstName: 'Ann', lastName: 'Lee', username: 'ann_lee', languageCode: 'en' },
  { firstName: 'João', lastName: 'Pereira', username: 'joaop', languageCode: 'pt' },
  { firstName: 'Maria', lastName: 'Silva', languageCode: 'en', staff: 'member' },
  { firstName: 'Tom', lastName: 'Becker', languageCode: 'en', staff: 'administrator' },
  { firstName: 'Vera', lastName: 'Novak', languageCode: 'en', staff: 'anonymous_admin' },
  { firstName: 'Sam', lastName: 'Stranger', languageCode: 'en', staff: 'group_only' },
];

export const rosterHandlers: Handlers<typeof rosterRoutes> = {
  roster: ({ telegram: { world } }) => peopleOf(world).map((person) => entryOf(world, person)),

  addCast({ telegram }) {
    if (peopleOf(telegram.world).length > 1) return {};
    for (const { staff, ...given } of CAST) {
      const person = createPerson(telegram.world, given);
      if (staff !== undefined) join(telegram, person, staff);
    }
    telegram.changes.mark();
    return {};
  },
};

/** In the order in which they came, which the keys of an object do not keep when they are numbers. */
function peopleOf({ accounts }: World): Person[] {
  const people = Object.values(accounts).filter((account) => account.kind === 'person');
  return people.sort((a, b) => (a.arrival ?? 0) - (b.arrival ?? 0));
}

function entryOf(world: World, person: Person): z.input<typeof RosterEntry> {
  const { channelId, groupId } = world.staff;
  const { id, firstName, lastName, username, languageCode, isPremium, isDeleted, bio } = person;
  const inGroup = membershipOf(sharedChatOf(world, groupId), id);
  return {
    ...{ id, firstName, lastName, username, languageCode, isPremium, isDeleted, bio },
    channel: membershipOf(sharedChatOf(world, channelId), id).status,
    group: inGroup.status,
    isAnonymous: 'isAnonymous' in inGroup && inGroup.isAnonymous,
    chat: chatOf(world, id),
  };
}

function chatOf(world: World, personId: number): z.input<typeof RosterEntry>['chat'] {
  const key = privateKey(world.staff.botId, personId);
  const chat = world.chats[key];
  const history = world.messages[key] ?? [];
  const last = history.at(-1);
  return {
    isStarted: chat?.kind === 'private' && chat.isStarted,
    isBlocked: chat?.kind === 'private' && chat.isBlocked,
    incoming: history.filter(({ authorId }) => authorId !== personId).length,
    last: last === undefined ? undefined : summaryOf(last, personId),
  };
}

function summaryOf({ content, date, authorId }: StoredMessage, personId: number) {
  return { text: textOf(content)?.text ?? '', kind: content.kind, date, isOwn: authorId === personId };
}
