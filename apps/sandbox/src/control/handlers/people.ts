import { append } from '../../acts/append.js';
import { storePicture } from '../../acts/files.js';
import { join } from '../../acts/join.js';
import { setBlocked, setMembership } from '../../acts/membership.js';
import { sampleOf } from '../../samples/index.js';
import type { Person } from '../../world/accounts.js';
import { createPerson } from '../../world/create.js';
import { ControlError } from '../errors.js';
import { findPerson, findSharedChat, privateChatOf } from '../find.js';
import type { peopleRoutes } from '../protocol/people.js';
import type { PersonData } from '../protocol/shapes.js';
import { refOf } from '../show.js';
import { typed } from '../typed.js';
import type { Handlers } from './handler.js';

export const peopleHandlers: Handlers<typeof peopleRoutes> = {
  addPerson({ telegram }, { staff, ...given }) {
    if (given.id !== undefined && telegram.world.accounts[given.id] !== undefined) {
      throw new ControlError(409, `account ${given.id} is there already`);
    }
    const person = createPerson(telegram.world, given);
    if (staff !== undefined) join(telegram, person, staff);
    telegram.changes.mark();
    return dataOf(person);
  },

  people({ telegram }) {
    return Object.values(telegram.world.accounts)
      .filter((account) => account.kind === 'person')
      .map(dataOf);
  },

  changesProfile({ telegram }, { person: id, lastName, username, ...changes }) {
    const person = findPerson(telegram.world, id);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    Object.assign(person, Object.fromEntries(given));
    if (lastName !== undefined) person.lastName = lastName ?? undefined;
    if (username !== undefined) person.username = username ?? undefined;
    telegram.changes.mark();
    return dataOf(person);
  },

  addsPhoto({ telegram }, { person, bytes }) {
    const picture = bytes === undefined ? sampleOf('photo').bytes : Buffer.from(bytes, 'base64');
    const sizes = storePicture(telegram.world, { bytes: picture, kind: 'profile_photo' });
    if (sizes === undefined) throw new ControlError(400, 'the bytes are no JPEG, PNG, GIF or WebP picture');
    findPerson(telegram.world, person).photos.unshift(sizes.map(({ key }) => key));
    telegram.changes.mark();
    return {};
  },

  starts({ telegram }, { person: id, payload, botId }) {
    const person = findPerson(telegram.world, id);
    const chat = privateChatOf(telegram.world, person.id, botId);
    setBlocked(telegram, chat, false);
    chat.isStarted = true;
    const text = payload === undefined || payload === '' ? '/start' : `/start ${payload}`;
    const content = { kind: 'text' as const, ...typed(telegram.world, { text }) };
    return refOf(telegram.world, append(telegram, chat, { authorId: id, sender: { kind: 'account' }, content }));
  },

  blocks({ telegram }, { person, botId }) {
    const chat = privateChatOf(telegram.world, findPerson(telegram.world, person).id, botId);
    setBlocked(telegram, chat, true);
    return {};
  },

  unblocks({ telegram }, { person, botId }) {
    const chat = privateChatOf(telegram.world, findPerson(telegram.world, person).id, botId);
    setBlocked(telegram, chat, false);
    return {};
  },

  disappears({ telegram }, { person }) {
    findPerson(telegram.world, person).isDeleted = true;
    telegram.changes.mark();
    return {};
  },

  joins({ telegram }, { person: id, chatId }) {
    const person = findPerson(telegram.world, id);
    const chat = findSharedChat(telegram.world, chatId);
    if (chat.members[person.id]?.status === 'kicked')
      throw new ControlError(403, `${person.firstName} is banned there`);
    setMembership(telegram, chat, { accountId: person.id, next: { status: 'member' }, byId: person.id });
    return {};
  },

  leaves({ telegram }, { person: id, chatId }) {
    const person = findPerson(telegram.world, id);
    const chat = findSharedChat(telegram.world, chatId);
    setMembership(telegram, chat, { accountId: person.id, next: { status: 'left' }, byId: person.id });
    return {};
  },
};

function dataOf(person: Person): PersonData {
  const { id, firstName, lastName, username, languageCode, isPremium } = person;
  return { id, firstName, lastName, username, languageCode, isPremium };
}
