import { type Channel, sharedKey, type Supergroup } from './chats.js';
import { NotInWorld, sharedChatOf } from './lookup.js';
import type { World } from './world.js';

/**
 * The same world with nothing in it but its first bot, channel and group and their owner. Ids, tokens, settings and
 * counters stay, so that a desk goes on with it: numbers of messages and updates are never given twice.
 */
export function emptied(world: World): World {
  const { botId, channelId, groupId } = world.staff;
  const channel = sharedChatOf(world, channelId);
  const group = sharedChatOf(world, groupId);
  if (channel.kind !== 'channel' || group.kind !== 'supergroup') throw new NotInWorld('the staff chats are gone');
  const ownerId = Object.entries(channel.members).find(([, { status }]) => status === 'creator')?.[0] ?? '';
  const kept = [String(botId), ownerId];
  return {
    ...world,
    accounts: only(world.accounts, kept),
    chats: {
      [sharedKey(channelId)]: { ...bare(channel, kept), linkedGroupId: groupId },
      [sharedKey(groupId)]: { ...bare(group, kept), linkedChannelId: channelId },
    },
    messages: {},
    files: {},
    blobs: {},
    polls: {},
    inlineQueries: {},
    inlineCache: [],
    callbackQueries: {},
    pending: [],
    feeds: emptyFeeds(only(world.feeds, [String(botId)])),
  };
}

function bare<C extends Channel | Supergroup>(chat: C, members: readonly string[]): C {
  return { ...chat, members: only(chat.members, members), pinned: [], isDeleted: false };
}

function emptyFeeds(feeds: World['feeds']): World['feeds'] {
  return Object.fromEntries(
    Object.entries(feeds).map(([id, feed]) => [id, { ...feed, queue: { ...feed.queue, updates: [] } }]),
  );
}

function only<T>(table: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(table).filter(([key]) => keys.includes(key)));
}
