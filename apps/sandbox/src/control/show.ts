import type { z } from 'zod';
import { linkedGroup } from '../acts/autoForward.js';
import { renderContent } from '../render/content.js';
import { textOf } from '../rules/text.js';
import { shownName } from '../world/accounts.js';
import { type Chat, chatId } from '../world/chats.js';
import { compact } from '../world/compact.js';
import { type Content, isCaptioned, type ServiceContent } from '../world/content.js';
import { chatOf, historyOf, sharedChatOf } from '../world/lookup.js';
import type { Origin, StoredMessage } from '../world/messages.js';
import type { World } from '../world/world.js';
import type { Ref, ShownMessage } from './protocol/shapes.js';
import { serviceFacts, serviceLine } from './serviceLine.js';

type Shown = z.input<typeof ShownMessage>;

/** All messages of a chat as they stand there now. */
export function showChat(world: World, chat: Chat): Shown[] {
  const comments = chat.kind === 'channel' ? commentsOf(world, chat.id) : undefined;
  return historyOf(world, chat.key).map((message) => show(world, message, comments));
}

/** One message as a person sees it. */
export function show(world: World, message: StoredMessage, comments?: Comments): Shown {
  const chat = chatOf(world, message.chat);
  const { content } = message;
  return compact<Shown>({
    ref: refOf(world, message),
    ...showSender(world, message, chat),
    authorId: message.authorId,
    date: message.date,
    edited: message.isEdited === true,
    kind: content.kind,
    entities: textOf(content)?.entities ?? [],
    ...showWords(world, message),
    file: fileOf(world, content),
    details: detailsOf(world, message),
    replyTo: replyTarget(world, message),
    quote: message.reply?.quote?.text,
    threadId: message.threadId,
    forwardedFrom: message.origin === undefined ? undefined : originName(world, message.origin),
    viaBot: message.viaBotId === undefined ? undefined : world.accounts[message.viaBotId]?.username,
    albumId: message.albumId,
    buttons: (message.keyboard?.inline_keyboard ?? []).map((row) => row.map((button) => button.text)),
    replyKeyboard: message.replyKeyboard,
    pinned: chat.pinned.includes(message.id),
    reactions: countReactions(message),
    comments: comments?.get(message.id),
    copyOf: copiedPost(message),
    linkPreview: content.kind === 'text' ? content.linkPreview : undefined,
    isProtected: message.isProtected === true,
  });
}

type Words = Pick<Shown, 'text' | 'caption' | 'isCaptionAbove' | 'hasSpoiler' | 'service'>;

/** What there is to read. */
function showWords(world: World, message: StoredMessage): Words {
  const { content } = message;
  if (content.kind === 'service') {
    return { text: serviceLine(world, content), caption: '', service: serviceOf(world, message, content) };
  }
  if (!isCaptioned(content)) return { text: content.kind === 'text' ? content.text : '', caption: '' };
  const { caption, isCaptionAbove, hasSpoiler } = content;
  const marks = compact<Words>({ text: '', caption, isCaptionAbove: isCaptionAbove || undefined });
  return hasSpoiler ? { ...marks, hasSpoiler } : marks;
}

/** A message's address as the control API names it. */
export function refOf(world: World, message: StoredMessage): Ref {
  const chat = chatOf(world, message.chat);
  const isOtherBots = chat.kind === 'private' && chat.botId !== world.staff.botId;
  const ref = { chatId: chatId(chat), messageId: message.id };
  return isOtherBots ? { ...ref, botId: chat.botId } : ref;
}

function showSender(world: World, message: StoredMessage, chat: Chat): Pick<Shown, 'from' | 'fromId' | 'fromBot'> {
  const { sender, authorId } = message;
  const named = (id: number): Pick<Shown, 'from' | 'fromId' | 'fromBot'> => ({
    from: sharedChatOf(world, id).title,
    fromId: id,
    fromBot: false,
  });
  switch (sender.kind) {
    case 'account': {
      const account = world.accounts[authorId];
      const from = account === undefined ? 'Deleted Account' : shownName(account);
      return { from, fromId: authorId, fromBot: account?.kind === 'bot' };
    }
    case 'channel_post':
    case 'anonymous_admin':
      return named(chatId(chat));
    case 'as_channel':
    case 'automatic_forward':
      return named(sender.channelId);
  }
}

function fileOf(world: World, content: Content): Shown['file'] {
  const key = content.kind === 'photo' ? content.sizes.at(-1) : 'file' in content ? content.file : undefined;
  const file = key === undefined ? undefined : world.files[key];
  if (file === undefined) return undefined;
  const { key: uniqueId, fileName, mimeType, size, width, height, duration, title, performer, emoji, thumbnail } = file;
  return compact<NonNullable<Shown['file']>>({
    uniqueId,
    fileName,
    mimeType,
    size,
    width,
    height,
    duration,
    title,
    performer,
    emoji,
    thumbnail,
  });
}

function serviceOf(world: World, message: StoredMessage, content: ServiceContent): NonNullable<Shown['service']> {
  const pinned = content.service === 'pinned_message' ? content.messageId : undefined;
  const facts = { what: content.service, ...serviceFacts(world, content) };
  return pinned === undefined ? facts : { ...facts, message: { ...refOf(world, message), messageId: pinned } };
}

/** The Bot API object of a kind that has one and is neither text nor a file. */
function detailsOf(world: World, { content }: StoredMessage): unknown {
  if (content.kind === 'text' || content.kind === 'service' || isCaptioned(content) || 'file' in content)
    return undefined;
  const fields = renderContent({ world, botId: world.staff.botId }, content);
  return content.kind === 'venue' ? fields.venue : Object.values(fields)[0];
}

function replyTarget(world: World, message: StoredMessage): Ref | undefined {
  const { reply } = message;
  if (reply === undefined) return undefined;
  if (reply.kind === 'other_chat') return { chatId: reply.chatId, messageId: reply.messageId };
  return { ...refOf(world, message), messageId: reply.messageId };
}

function originName(world: World, origin: Origin): string {
  switch (origin.kind) {
    case 'account': {
      const account = world.accounts[origin.accountId];
      return account === undefined ? 'Deleted Account' : shownName(account);
    }
    case 'hidden_user':
      return origin.name;
    case 'chat':
      return sharedChatOf(world, origin.chatId).title;
    case 'channel':
      return sharedChatOf(world, origin.channelId).title;
  }
}

function countReactions({ reactions = [] }: StoredMessage): Shown['reactions'] {
  const counts = new Map<string, number>();
  for (const reaction of reactions.flatMap((given) => given.reactions)) {
    const emoji = reaction.type === 'emoji' ? reaction.emoji : reaction.type;
    counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  }
  return [...counts].map(([emoji, count]) => ({ emoji, count }));
}

/** The comments of a channel's posts, by the post: the copy below which they stand, and how many there are. */
type Comments = ReadonlyMap<number, NonNullable<Shown['comments']>>;

/** Reads the discussion group once for all posts of a channel. */
function commentsOf(world: World, channelId: number): Comments {
  const group = linkedGroup(world, channelId);
  const history = group === undefined ? [] : historyOf(world, group.key);
  const counts = new Map<number, number>();
  for (const { threadId } of history) {
    if (threadId !== undefined) counts.set(threadId, (counts.get(threadId) ?? 0) + 1);
  }
  const copies = history.filter(({ copyOfPost }) => copyOfPost !== undefined);
  return new Map(
    copies.map((copy) => [copy.copyOfPost ?? 0, { root: refOf(world, copy), count: counts.get(copy.id) ?? 0 }]),
  );
}

function copiedPost({ sender, copyOfPost }: StoredMessage): Ref | undefined {
  if (sender.kind !== 'automatic_forward' || copyOfPost === undefined) return undefined;
  return { chatId: sender.channelId, messageId: copyOfPost };
}
