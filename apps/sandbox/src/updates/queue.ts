import type { TelegramUpdate } from '@gramio/types/objects';
import { DEFAULT_ALLOWED, expiryOf, queueOf, type UpdateContent, type UpdateKind } from './kinds.js';

/** A week without updates, after which the next id is chosen anew (Bot API: Update, update_id). */
const SILENCE = 7 * 86_400_000;
/** td TQueue: updates of one bot, bytes of one update, and the range of a first id. */
const MAX_UPDATES = 100_000;
const MAX_UPDATE_SIZE = 512 * 1024;
const FIRST_ID = { min: 2 * MAX_UPDATES + 1, max: 1_000_000_000 };
/** Bytes of one answer of getUpdates (telegram-bot-api JsonUpdates). */
const MAX_ANSWER_SIZE = 1 << 22;

export interface QueuedUpdate {
  readonly update: TelegramUpdate;
  readonly kind: UpdateKind;
  /** Its webhook queue; see `queueOf`. */
  readonly queue: string;
  readonly expiresAt: number;
  /** `held` until it is released, `swapping` until the next update went ahead of it. */
  state: 'ready' | 'held' | 'swapping';
  /** How many times it is still to be delivered. */
  copies: number;
  /** Came after later ids were handed out: an offset does not confirm it before it was handed out itself. */
  isLate: boolean;
}

/** What is to happen to the next updates, each a number of updates. */
export interface Disturbances {
  /** Delivered a second time after they were confirmed, with the same id. */
  twice: number;
  /** Overtaken by the update after them; ids stay, so that a poller must confirm by the highest and not by the last. */
  swap: number;
  /** Kept back until `releaseHeld`. */
  hold: number;
  /** Never delivered; their ids are missing. */
  lose: number;
}

/** The updates of one bot that wait for it. Plain data: it can be saved and loaded as JSON. */
export interface UpdateQueue {
  /** The id of the next update; 0 before the first. */
  nextId: number;
  /** Milliseconds since the epoch. */
  lastAddedAt: number;
  allowed: UpdateKind[];
  updates: QueuedUpdate[];
  disturbances: Disturbances;
}

export function emptyQueue(): UpdateQueue {
  return {
    nextId: 0,
    lastAddedAt: 0,
    allowed: [...DEFAULT_ALLOWED],
    updates: [],
    disturbances: { twice: 0, swap: 0, hold: 0, lose: 0 },
  };
}

export interface NewUpdate<K extends UpdateKind> {
  readonly kind: K;
  readonly content: UpdateContent<K>;
  readonly now: number;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** What became of a new update; only a queued one is kept, all but lost ones have no id. */
export type Added =
  | { readonly outcome: 'queued'; readonly update: TelegramUpdate }
  | { readonly outcome: 'lost'; readonly update: TelegramUpdate }
  | { readonly outcome: 'not_allowed' | 'too_old' | 'too_big' | 'queue_full' };

/**
 * Puts an update at the end of the queue. `allowed_updates` counts here, when the update is made, and not when it is
 * fetched (Bot API: getUpdates, allowed_updates).
 */
export function addUpdate<K extends UpdateKind>(queue: UpdateQueue, added: NewUpdate<K>): Added {
  const { kind, content, now } = added;
  if (!queue.allowed.includes(kind)) return { outcome: 'not_allowed' };
  const expiresAt = expiryOf(kind, content, now);
  if (expiresAt <= now) return { outcome: 'too_old' };
  if (queue.updates.length >= MAX_UPDATES) dropExpired(queue, now);
  if (queue.updates.length >= MAX_UPDATES) return { outcome: 'queue_full' };
  if (JSON.stringify(content).length > MAX_UPDATE_SIZE) return { outcome: 'too_big' };

  const update: TelegramUpdate = { update_id: takeId(queue, added) };
  update[kind] = content;
  if (used(queue.disturbances, 'lose')) return { outcome: 'lost', update };
  const place = queueOf(kind, content) ?? `own:${update.update_id}`;
  const copies = used(queue.disturbances, 'twice') ? 2 : 1;
  insert(queue, { update, kind, queue: place, expiresAt, state: 'ready', copies, isLate: false });
  return { outcome: 'queued', update };
}

function takeId(queue: UpdateQueue, { now, random }: { now: number; random: () => number }): number {
  const isFresh = queue.nextId === 0 || now - queue.lastAddedAt >= SILENCE;
  const id = isFresh ? FIRST_ID.min + Math.floor(random() * (FIRST_ID.max - FIRST_ID.min)) : queue.nextId;
  queue.nextId = id + 1;
  queue.lastAddedAt = now;
  return id;
}

function used(disturbances: Disturbances, name: keyof Disturbances): boolean {
  if (disturbances[name] === 0) return false;
  disturbances[name] -= 1;
  return true;
}

function insert(queue: UpdateQueue, entry: QueuedUpdate): void {
  const last = queue.updates.at(-1);
  if (last?.state === 'swapping') {
    queue.updates.splice(-1, 1, entry, last);
    release(last);
    return;
  }
  if (used(queue.disturbances, 'swap')) entry.state = 'swapping';
  else if (used(queue.disturbances, 'hold')) entry.state = 'held';
  queue.updates.push(entry);
}

/** Lets held updates go, and one that waits to be overtaken. */
export function releaseHeld(queue: UpdateQueue): void {
  for (const entry of queue.updates) if (entry.state !== 'ready') release(entry);
}

function release(entry: QueuedUpdate): void {
  entry.state = 'ready';
  entry.isLate = true;
}

/** Forgets what is older than it may be; returns what was forgotten. */
export function dropExpired(queue: UpdateQueue, now: number): QueuedUpdate[] {
  const expired = queue.updates.filter(({ expiresAt }) => expiresAt < now);
  if (expired.length > 0) queue.updates = queue.updates.filter(({ expiresAt }) => expiresAt >= now);
  return expired;
}

/** Forgets everything, as `drop_pending_updates` asks; ids go on. */
export function clearQueue(queue: UpdateQueue): void {
  queue.updates = [];
}

/** What waits to be delivered, in order. */
export function readyUpdates(queue: UpdateQueue): QueuedUpdate[] {
  return queue.updates.filter(({ state }) => state === 'ready');
}

/**
 * Hands out updates to getUpdates (td TQueue::get). An offset above an id confirms and forgets it; a negative one keeps
 * the last |offset| only; 0, and an offset that is far outside of the queue, start at its head and forget nothing.
 */
export function takeUpdates(
  queue: UpdateQueue,
  { offset, limit }: { offset: number; limit: number },
): TelegramUpdate[] {
  if (offset < 0) keepLast(queue, -offset);
  else if (offset <= queue.nextId + 10 && offset >= queue.nextId - 2 * MAX_UPDATES) confirmBelow(queue, offset);
  const taken: QueuedUpdate[] = [];
  let room = MAX_ANSWER_SIZE;
  for (const entry of readyUpdates(queue).slice(0, limit)) {
    room -= 50 + JSON.stringify(entry.update).length;
    if (room <= 0) break;
    taken.push(entry);
  }
  for (const entry of taken) entry.isLate = false;
  return taken.map(({ update }) => update);
}

function keepLast(queue: UpdateQueue, count: number): void {
  const dropped = new Set(readyUpdates(queue).slice(0, -count));
  queue.updates = queue.updates.filter((entry) => !dropped.has(entry));
}

function confirmBelow(queue: UpdateQueue, offset: number): void {
  queue.updates = queue.updates.filter((entry) => {
    const isConfirmed = entry.state === 'ready' && !entry.isLate && entry.update.update_id < offset;
    return !isConfirmed || isLeftAfterDelivery(entry);
  });
}

/** Forgets one update that a webhook took. */
export function confirmUpdate(queue: UpdateQueue, entry: QueuedUpdate): void {
  if (!isLeftAfterDelivery(entry)) dropUpdate(queue, entry);
}

/** Forgets one update that nobody took, however often it was to be delivered. */
export function dropUpdate(queue: UpdateQueue, entry: QueuedUpdate): void {
  const at = queue.updates.indexOf(entry);
  if (at !== -1) queue.updates.splice(at, 1);
}

function isLeftAfterDelivery(entry: QueuedUpdate): boolean {
  entry.copies -= 1;
  entry.isLate = true;
  return entry.copies > 0;
}
