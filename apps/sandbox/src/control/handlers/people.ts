import { append } from '../../acts/append.js';
import { change, remove } from '../../acts/change.js';
import { senderOf } from '../../acts/person.js';
import type { Draft } from '../../acts/store.js';
import type { Runtime } from '../../runtime.js';
import { type Place, placeIn, quoteFrom } from '../../rules/place.js';
import { textOf } from '../../rules/text.js';
import { type Person, shownName } from '../../world/accounts.js';
import type { Chat } from '../../world/chats.js';
import { historyOf } from '../../world/lookup.js';
import { createPerson } from '../../world/create.js';
import type { World } from '../../world/world.js';
import { compose } from '../compose.js';
import { ControlError } from '../errors.js';
import { findChat, findPerson, findRef, findRoot, findSharedChat, privateChatOf } from '../find.js';
import type { peopleRoutes } from '../protocol/people.js';
import type { Destination, PersonData, Ref } from '../protocol/shapes.js';
import { refOf, show, showChat } from '../show.js';
import { join } from '../../acts/join.js';
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

  sends({ telegram }, { person: personId, to, content, ...options }) {
    const { world } = telegram;
    const person = findPerson(world, personId);
    const { chat, place } = placeOf(world, person, { to, ...options });
    const draft: Draft = {
      authorId: person.id,
      sender: senderOf(chat, person.id, shownName(person)),
      content: compose(content),
      ...place,
      isProtected: options.hasProtectedContent === true ? true : undefined,
    };
    open(chat);
    return refOf(world, append(telegram, chat, draft));
  },

  edits({ telegram }, { person, message: ref, content }) {
    const { message } = findRef(telegram.world, ref);
    if (message.authorId !== findPerson(telegram.world, person).id)
      throw new ControlError(403, 'the message is not theirs');
    change(telegram, message, { content: compose(content) });
    return {};
  },

  deletes({ telegram }, { message: ref }) {
    const { chat, message } = findRef(telegram.world, ref);
    remove(telegram, chat, [message.id]);
    return {};
  },

  sees({ telegram: { world } }, { person, chatId }) {
    findPerson(world, person);
    return showChat(world, chatId > 0 ? privateChatOf(world, person) : findSharedChat(world, chatId));
  },

  seesComments(runtime, { chatId, messageId }) {
    return commentsBelow(runtime, { chatId, messageId });
  },
};

function dataOf(person: Person): PersonData {
  const { id, firstName, lastName, username, languageCode, isPremium } = person;
  return { id, firstName, lastName, username, languageCode, isPremium };
}

interface SendWish {
  readonly to: Destination;
  readonly replyTo?: Ref | undefined;
  readonly quote?: string | undefined;
}

function placeOf(world: World, person: Person, { to, replyTo, quote }: SendWish): { chat: Chat; place: Place } {
  const { chat, root } = destination(world, person, to);
  if (replyTo === undefined) return { chat, place: root === undefined ? {} : placeIn(chat, root) };
  const { chat: from, message } = findRef(world, replyTo);
  if (from.key !== chat.key) throw new ControlError(400, 'the answered message is in another chat');
  const quoted =
    quote === undefined ? undefined : quoteFrom(textOf(message.content)?.text ?? '', { text: quote, entities: [] });
  if (quote !== undefined && quoted === undefined)
    throw new ControlError(400, 'the quote does not stand in the message');
  return { chat, place: placeIn(chat, message, quoted) };
}

function destination(
  world: World,
  person: Person,
  to: Destination,
): { chat: Chat; root?: ReturnType<typeof findRoot>['message'] } {
  switch (to.kind) {
    case 'bot':
      return { chat: privateChatOf(world, person.id, to.botId) };
    case 'chat':
      return { chat: findChat(world, to) };
    case 'comments': {
      const { chat, message } = findRoot(world, to.post);
      return { chat, root: message };
    }
  }
}

/** A person's first message begins the private chat. */
function open(chat: Chat): void {
  if (chat.kind !== 'private') return;
  if (chat.isBlocked) throw new ControlError(409, 'the bot is blocked: unblock it first');
  chat.isStarted = true;
}

function commentsBelow({ telegram: { world } }: Runtime, post: Ref): ReturnType<typeof showChat> {
  const { chat, message: root } = findRoot(world, post);
  return historyOf(world, chat.key)
    .filter(({ threadId }) => threadId === root.id)
    .map((message) => show(world, message));
}
