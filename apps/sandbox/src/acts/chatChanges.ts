import type { Telegram } from '../telegram.js';
import type { BasicGroup, Channel, Supergroup } from '../world/chats.js';
import { createSupergroup } from '../world/create.js';
import { sharedChatOf } from '../world/lookup.js';
import { append } from './append.js';

/** Makes a group the place of a channel's comments; each can be linked to one other only. */
export function linkChats(telegram: Telegram, channel: Channel, group: Supergroup): void {
  unlinkChannel(telegram, channel);
  if (group.linkedChannelId !== undefined) {
    const former = sharedChatOf(telegram.world, group.linkedChannelId);
    if (former.kind === 'channel') unlinkChannel(telegram, former);
  }
  channel.linkedGroupId = group.id;
  group.linkedChannelId = channel.id;
  telegram.changes.mark();
}

/** Ends comments on new posts. What was copied stays, and nobody is told. */
export function unlinkChannel(telegram: Telegram, channel: Channel): void {
  if (channel.linkedGroupId === undefined) return;
  const group = sharedChatOf(telegram.world, channel.linkedGroupId);
  channel.linkedGroupId = undefined;
  if (group.kind === 'supergroup') group.linkedChannelId = undefined;
  telegram.changes.mark();
}

/** Turns a basic group into a supergroup with a new id; both say so (core.telegram.org/api/channel, migration). */
export function upgradeGroup(telegram: Telegram, group: BasicGroup, byId: number): Supergroup {
  const { title, username, members } = group;
  const supergroup = createSupergroup(telegram.world, { title, username, members: structuredClone(members) });
  supergroup.migratedFrom = group.id;
  const by = { authorId: byId, sender: { kind: 'account' } } as const;
  append(telegram, group, {
    ...by,
    content: { kind: 'service', service: 'migrate_to_chat_id', chatId: supergroup.id },
  });
  group.migratedTo = supergroup.id;
  append(telegram, supergroup, {
    ...by,
    content: { kind: 'service', service: 'migrate_from_chat_id', chatId: group.id },
  });
  return supergroup;
}
