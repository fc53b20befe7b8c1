import { batch, computed, type Signal, signal } from '@preact/signals';
import {
  ControlRefusal,
  type ChatGauge,
  type Overview,
  type Person,
  type Ref,
  type RosterEntry,
  SandboxClient,
  type SandboxState,
  type ShownMessage,
} from '../../../src/control/client.js';
import type { BotData } from '../../../src/control/protocol/bots.js';

export const client = new SandboxClient(location.origin);

/** What somebody sees of a chat, or why they see nothing. */
export type Sight =
  | { readonly kind: 'seen'; readonly messages: readonly ShownMessage[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** A chat of which nothing is known yet. */
export const NOTHING: Sight = { kind: 'seen', messages: [] };

export const overview = signal<Overview | undefined>(undefined);
export const state = signal<SandboxState | undefined>(undefined);
export const roster = signal<readonly RosterEntry[]>([]);
export const bots = signal<readonly BotData[]>([]);
export const gauges = signal<readonly ChatGauge[]>([]);
/** The private chat of the chosen customer with the first bot. */
export const privateChat = signal<Sight>(NOTHING);
export const channelChat = signal<Sight>(NOTHING);
export const groupChat = signal<Sight>(NOTHING);
/** The comments of the open post. */
export const comments = signal<Sight>(NOTHING);
export const isConnected = signal(true);

/** Whom the page is on each side, and which post is open; 0 before anybody was chosen. */
export const customerId = signal(0);
export const agentId = signal(0);
export const openPost = signal<Ref | undefined>(undefined);
/** Shows the whole group in the place of one post's comments. */
export const isGroupShown = signal(false);

export const people = computed(() => new Map(roster.value.map((person) => [person.id, person])));
export const customer = computed(() => people.value.get(customerId.value));
export const agent = computed(() => people.value.get(agentId.value));

/** Somebody of the world, to act as. */
export function actor(id: number): Promise<Person> {
  return client.person(id);
}

/** Puts what was read in its place; equal data leaves everything that shows it alone. */
export function show<T>(target: Signal<T>, value: T): void {
  if (JSON.stringify(target.value) !== JSON.stringify(value)) target.value = value;
}

/** Reads everything that the panes show. */
export async function readWorld(): Promise<void> {
  const [seenOverview, seenRoster, seenState, seenBots] = await Promise.all([
    client.overview(),
    client.roster(),
    client.state(),
    client.bots(),
  ]);
  batch(() => {
    show(overview, seenOverview);
    show(roster, seenRoster);
    show(state, seenState);
    show(bots, seenBots);
  });
}

/** Reads the chats of the people that are chosen. */
export async function readChats(): Promise<void> {
  const [who, member, post] = [customerId.value, agentId.value, openPost.value];
  const ids = overview.value;
  if (who === 0 || member === 0 || ids === undefined) return;
  const [mine, channel, group, thread] = await Promise.all([
    sight(client.seenBy(who, who)),
    sight(client.seenBy(member, ids.channel.id)),
    sight(client.seenBy(member, ids.group.id)),
    post === undefined ? NOTHING : sight(client.commentsSeenBy(member, post)),
  ]);
  // Somebody else was chosen meanwhile: their chats are being read already.
  if (who !== customerId.value || member !== agentId.value || post !== openPost.value) return;
  batch(() => {
    show(privateChat, mine);
    show(channelChat, channel);
    show(groupChat, group);
    show(comments, thread);
  });
}

async function sight(looking: Promise<ShownMessage[]>): Promise<Sight> {
  try {
    return { kind: 'seen', messages: await looking };
  } catch (error) {
    if (error instanceof ControlRefusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

/** The messages of a chat; none where nothing may be seen. */
export function messagesOf(seen: Sight): readonly ShownMessage[] {
  return seen.kind === 'seen' ? seen.messages : [];
}
