import type { World } from './world.js';

/**
 * Takes over how far an earlier state of the same world has counted: a bot goes on with it, and to a bot no number of a
 * message or update, and no account, is ever given twice.
 */
export function goOnCounting(loaded: World, before: World): void {
  if (loaded.staff.botId !== before.staff.botId) return;
  loaded.random = before.random;
  loaded.lastSerial = Math.max(loaded.lastSerial, before.lastSerial);
  for (const [id, account] of Object.entries(loaded.accounts)) raise(account, before.accounts[id]);
  for (const [key, chat] of Object.entries(loaded.chats)) raise(chat, before.chats[key]);
  for (const [id, { queue }] of Object.entries(loaded.feeds)) {
    queue.nextId = Math.max(queue.nextId, before.feeds[id]?.queue.nextId ?? 0);
  }
}

function raise(counted: object, before: object | undefined): void {
  if (!isCounter(counted) || !isCounter(before)) return;
  counted.lastMessageId = Math.max(counted.lastMessageId, before.lastMessageId);
}

/** Bots, supergroups and channels count messages. */
function isCounter(thing: object | undefined): thing is { lastMessageId: number } {
  return thing !== undefined && 'lastMessageId' in thing && typeof thing.lastMessageId === 'number';
}
