import type { Telegram } from '../telegram.js';
import { TELEGRAM_ID } from '../world/accounts.js';
import { type Channel, sharedKey, type Supergroup } from '../world/chats.js';
import { historyOf, messageOf, sharedChatOf } from '../world/lookup.js';
import type { Origin, Reply, StoredMessage } from '../world/messages.js';
import { newAlbumId, type World } from '../world/world.js';
import { announce } from './announce.js';
import { type Draft, store } from './store.js';
import { schedule } from './schedule.js';

/** Lets Telegram copy channel posts into the linked group, at the time that the sandbox is set to. */
export function forwardLater(telegram: Telegram, channel: Channel, posts: readonly StoredMessage[]): void {
  const postIds = posts.filter(({ content }) => content.kind !== 'service').map(({ id }) => id);
  if (channel.linkedGroupId === undefined || postIds.length === 0) return;
  const { timing, delayMs } = telegram.world.settings.autoForward;
  const task = { kind: 'forward_posts', channelId: channel.id, postIds, copies: timing === 'twice' ? 2 : 1 } as const;
  switch (timing) {
    case 'before_answer':
      forwardPosts(telegram, task);
      return;
    case 'with_answer':
      schedule(telegram, 0, task);
      return;
    case 'after_delay':
    case 'twice':
      schedule(telegram, delayMs, task);
      return;
    case 'lost':
      return;
  }
}

export interface ForwardTask {
  readonly channelId: number;
  readonly postIds: readonly number[];
  /** How often the bots are told of each copy. */
  readonly copies: number;
}

/**
 * Copies posts into the linked group (core.telegram.org/api/discussion): from Telegram's own account, without
 * buttons, pinned without a service message. Posts of one album keep together under a new album id.
 */
export function forwardPosts(telegram: Telegram, { channelId, postIds, copies }: ForwardTask): void {
  const { world } = telegram;
  const channel = sharedChatOf(world, channelId);
  const group = linkedGroup(world, channelId);
  if (channel.kind !== 'channel' || group === undefined) return;
  const albumId = newAlbumId(world);
  for (const postId of postIds) {
    const post = messageOf(world, channel.key, postId);
    if (post === undefined) continue;
    const copy = store(telegram, group, copyDraft(world, { post, channel, group, albumId }));
    group.pinned.push(copy.id);
    for (let told = 0; told < copies; told += 1) announce(telegram, copy, 'new');
  }
}

interface CopyOf {
  readonly post: StoredMessage;
  readonly channel: Channel;
  readonly group: Supergroup;
  readonly albumId: string;
}

function copyDraft(world: World, { post, channel, group, albumId }: CopyOf): Draft {
  return {
    authorId: TELEGRAM_ID,
    sender: { kind: 'automatic_forward', channelId: channel.id },
    content: structuredClone(post.content),
    origin: post.origin ?? postOrigin(channel, post),
    copyOfPost: post.id,
    reply: copiedReply(world, post, group),
    albumId: post.albumId === undefined ? undefined : albumId,
    isProtected: post.isProtected,
  };
}

function postOrigin(channel: Channel, post: StoredMessage): Origin {
  const signature = post.sender.kind === 'channel_post' ? post.sender.signature : undefined;
  return { kind: 'channel', channelId: channel.id, messageId: post.id, signature, date: post.date };
}

/** A post that answers an earlier post becomes a copy that answers the earlier copy. */
function copiedReply(world: World, { reply }: StoredMessage, group: Supergroup): Reply | undefined {
  if (reply?.kind !== 'same_chat') return undefined;
  const earlier = findCopy(world, group, reply.messageId);
  return earlier === undefined ? undefined : { kind: 'same_chat', messageId: earlier.id, quote: reply.quote };
}

/** The group where a channel's posts are copied to. */
export function linkedGroup(world: World, channelId: number): Supergroup | undefined {
  const channel = sharedChatOf(world, channelId);
  if (channel.kind !== 'channel' || channel.linkedGroupId === undefined) return undefined;
  const group = world.chats[sharedKey(channel.linkedGroupId)];
  return group?.kind === 'supergroup' && !group.isDeleted ? group : undefined;
}

/** The copy of a post in a group: the root of its comments. */
export function findCopy(world: World, group: Supergroup, postId: number): StoredMessage | undefined {
  return historyOf(world, group.key).findLast(({ copyOfPost }) => copyOfPost === postId);
}

/** Copies of a channel's post in whatever group they are; there is none when it was deleted or never made. */
export function copiesOf(world: World, channelId: number, postId: number): StoredMessage[] {
  return Object.values(world.chats)
    .filter((chat) => chat.kind === 'supergroup')
    .map((group) => findCopy(world, group, postId))
    .filter((copy) => copy?.sender.kind === 'automatic_forward' && copy.sender.channelId === channelId)
    .filter((copy) => copy !== undefined);
}
