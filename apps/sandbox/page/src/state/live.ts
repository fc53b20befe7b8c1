import { readJournal } from './journal.js';
import { isDrawerOpen } from './settings.js';
import { chooseSomebody, markRead, openNewest } from './sides.js';
import {
  agentId,
  client,
  comments,
  customerId,
  gauges,
  isConnected,
  NOTHING,
  openPost,
  privateChat,
  readChats,
  readWorld,
  roster,
  show,
  state,
} from './sandbox.js';

/** Milliseconds between two looks at a sandbox in which something goes on all the time. */
const PAUSE_MS = 40;

let isWanted = false;
let isLooking = false;

/** Looks at the sandbox now, or again after the look that is under way. */
export function look(): void {
  isWanted = true;
  if (!isLooking) void keepLooking();
}

async function keepLooking(): Promise<void> {
  isLooking = true;
  while (isWanted) {
    isWanted = false;
    await lookOnce();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  isLooking = false;
}

async function lookOnce(): Promise<void> {
  try {
    await readWorld();
    if (roster.value.length === 1) {
      await client.addCast();
      await readWorld();
    }
    chooseSomebody();
    await Promise.all([readChats(), readJournal(), readGauges()]);
    openNewest();
    markRead();
    isConnected.value = true;
  } catch (error) {
    isConnected.value = false;
    if (!(error instanceof TypeError)) throw error;
  }
}

async function readGauges(): Promise<void> {
  if (isDrawerOpen.value) show(gauges, await client.limits.gauges());
}

/** Follows the sandbox by its events; a browser opens the stream again by itself when it breaks. */
export function follow(): void {
  const events = new EventSource('/control/events');
  events.onmessage = look;
  events.onerror = () => {
    isConnected.value = false;
  };
  // Another choice shows something else, and nothing of what was there before.
  customerId.subscribe(() => {
    privateChat.value = NOTHING;
  });
  openPost.subscribe(() => {
    comments.value = NOTHING;
  });
  for (const choice of [customerId, agentId, openPost, isDrawerOpen]) choice.subscribe(look);
  // Budgets refill, and presets end, without anything happening.
  setInterval(() => {
    if (isDrawerOpen.value || state.value?.preset !== undefined) look();
  }, 1000);
}
