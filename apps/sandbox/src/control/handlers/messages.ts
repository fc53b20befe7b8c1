import { append, appendAlbum } from '../../acts/append.js';
import { change, remove } from '../../acts/change.js';
import { pin, unpin } from '../../acts/pin.js';
import { vote } from '../../acts/polls.js';
import { react } from '../../acts/react.js';
import type { Draft } from '../../acts/store.js';
import { isForwardable } from '../../rules/copy.js';
import { originOf } from '../../rules/origin.js';
import { isReactionEmoji } from '../../rules/reactionEmoji.js';
import { secondsNow, type Telegram } from '../../telegram.js';
import type { Person } from '../../world/accounts.js';
import type { Content } from '../../world/content.js';
import { historyOf } from '../../world/lookup.js';
import { newAlbumId } from '../../world/world.js';
import { compose } from '../compose.js';
import { edited, ended, moved } from '../editContent.js';
import { ControlError } from '../errors.js';
import { findPerson, findRef, findRoot, findSharedChat, privateChatOf } from '../find.js';
import { checkMayDelete, checkMayEdit, checkMaySee, checkMayWrite, checkRight } from '../may.js';
import { findTarget, senderOf, type Target, type Wish } from '../places.js';
import type { messageRoutes } from '../protocol/messages.js';
import { refOf, show, showChat } from '../show.js';
import type { Handlers } from './handler.js';

export const messageHandlers: Handlers<typeof messageRoutes> = {
  sends({ telegram }, { person: id, content: composition, ...wish }) {
    const person = findPerson(telegram.world, id);
    const target = findTarget(telegram.world, person, wish);
    const content = compose(telegram, composition, sendingTo(person, target));
    return refOf(telegram.world, append(telegram, target.chat, write(telegram, person, { target, content, ...wish })));
  },

  sendsAlbum({ telegram }, { person: id, items, gapMs, ...wish }) {
    const person = findPerson(telegram.world, id);
    const target = findTarget(telegram.world, person, wish);
    const albumId = newAlbumId(telegram.world);
    const drafts = items.map((item) => {
      const content = compose(telegram, item, sendingTo(person, target));
      return { ...write(telegram, person, { target, content, ...wish }), albumId };
    });
    const messages = appendAlbum(telegram, { chat: target.chat, drafts }, { gapMs });
    return messages.map((message) => refOf(telegram.world, message));
  },

  forwards({ telegram }, { person: id, messages, ...wish }) {
    const person = findPerson(telegram.world, id);
    const target = findTarget(telegram.world, person, wish);
    return messages.map((ref) => {
      const { message } = findRef(telegram.world, ref);
      if (message.isProtected === true || !isForwardable(message.content))
        throw new ControlError(409, 'it cannot be forwarded');
      const draft = write(telegram, person, { target, content: structuredClone(message.content), ...wish });
      const origin = originOf(telegram.world, message);
      return refOf(telegram.world, append(telegram, target.chat, { ...draft, origin, viaBotId: message.viaBotId }));
    });
  },

  edits({ telegram }, { person: id, message: ref, ...edit }) {
    const { chat, message } = findRef(telegram.world, ref);
    const person = findPerson(telegram.world, id);
    checkMayEdit(person, { chat, message, now: secondsNow(telegram) });
    const privateTo = chat.kind === 'private' ? chat.botId : undefined;
    const content = edited(telegram, message.content, { ...edit, sending: { personId: id, privateTo } });
    change(telegram, message, { content, keyboard: message.keyboard });
    return {};
  },

  touches({ telegram }, { message: ref }) {
    const { message } = findRef(telegram.world, ref);
    change(telegram, message, { keyboard: message.keyboard });
    return {};
  },

  moves({ telegram }, { message: ref, latitude, longitude }) {
    const { message } = findRef(telegram.world, ref);
    change(telegram, message, { content: moved(message.content, { latitude, longitude }), keyboard: message.keyboard });
    return {};
  },

  endsLiveLocation({ telegram }, { message: ref }) {
    const { message } = findRef(telegram.world, ref);
    change(telegram, message, { content: ended(message.content), keyboard: message.keyboard });
    return {};
  },

  deletes({ telegram }, { person: id, messages }) {
    const person = findPerson(telegram.world, id);
    for (const ref of messages) {
      const { chat, message } = findRef(telegram.world, ref);
      checkMayDelete(person, { chat, message });
      remove(telegram, chat, [message.id]);
    }
    return {};
  },

  reacts({ telegram }, { person, message: ref, emoji }) {
    const { message } = findRef(telegram.world, ref);
    const reactions = emoji.map((text) => {
      if (!isReactionEmoji(text)) throw new ControlError(400, `${text} is no reaction`);
      return { type: 'emoji' as const, emoji: text };
    });
    react(telegram, message, { accountId: findPerson(telegram.world, person).id, reactions });
    return {};
  },

  votes({ telegram }, { person, message: ref, options }) {
    const { content } = findRef(telegram.world, ref).message;
    const stored = content.kind === 'poll' ? telegram.world.polls[content.pollId] : undefined;
    if (stored === undefined) throw new ControlError(400, 'the message is no poll');
    if (stored.poll.is_closed) throw new ControlError(409, 'the poll is closed');
    vote(telegram, stored, { accountId: findPerson(telegram.world, person).id, optionIds: options });
    return {};
  },

  pins({ telegram }, { person: id, message: ref }) {
    const { chat, message } = findRef(telegram.world, ref);
    const person = findPerson(telegram.world, id);
    checkRight(person, chat, chat.kind === 'channel' ? 'can_edit_messages' : 'can_pin_messages');
    const sender = senderOf(telegram.world, person, { chat, as: undefined });
    pin(telegram, { chat, message }, { authorId: id, sender });
    return {};
  },

  unpins({ telegram }, { person: id, message: ref }) {
    const { chat, message } = findRef(telegram.world, ref);
    checkRight(
      findPerson(telegram.world, id),
      chat,
      chat.kind === 'channel' ? 'can_edit_messages' : 'can_pin_messages',
    );
    unpin(telegram, chat, message.id);
    return {};
  },

  sees({ telegram: { world } }, { person: id, chatId }) {
    const person = findPerson(world, id);
    const chat = chatId > 0 ? privateChatOf(world, id) : findSharedChat(world, chatId);
    checkMaySee(person, chat);
    return showChat(world, chat);
  },

  seesComments({ telegram: { world } }, { chatId, messageId }) {
    const { chat, message: root } = findRoot(world, { chatId, messageId });
    return historyOf(world, chat.key)
      .filter(({ threadId }) => threadId === root.id)
      .map((message) => show(world, message));
  },
};

interface Written extends Wish {
  readonly target: Target;
  readonly content: Content;
  readonly as?: number | undefined;
  readonly isProtected?: boolean | undefined;
}

/** What a person is about to send, if their client lets them; the first message begins a private chat. */
function write({ world }: Telegram, person: Person, { target, content, as, isProtected }: Written): Draft {
  const { chat, place, isComment } = target;
  checkMayWrite(person, { chat, content, isComment });
  if (chat.kind === 'private') chat.isStarted = true;
  const isKept = isProtected === true || (chat.kind !== 'private' && chat.protectsContent);
  return {
    authorId: person.id,
    sender: senderOf(world, person, { chat, as }),
    content,
    ...place,
    isProtected: isKept ? true : undefined,
  };
}

function sendingTo(person: Person, { chat }: Target): { personId: number; privateTo: number | undefined } {
  return { personId: person.id, privateTo: chat.kind === 'private' ? chat.botId : undefined };
}
