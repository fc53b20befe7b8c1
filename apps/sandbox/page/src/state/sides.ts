import { batch, computed, signal } from '@preact/signals';
import type { RosterEntry, ShownMessage } from '../../../src/control/client.js';
import { tab } from './settings.js';
import { agentId, channelChat, customer, customerId, messagesOf, openPost, people, roster } from './sandbox.js';

/** People who were seen in the channel or the group: they stay with the team when they leave it. */
const staff = new Set<number>();

function isOfTeam(person: RosterEntry): boolean {
  if (person.channel !== 'left' || person.group !== 'left') staff.add(person.id);
  return staff.has(person.id);
}

export const team = computed(() => roster.value.filter(isOfTeam));
export const customers = computed(() => roster.value.filter((person) => !isOfTeam(person) && !person.isDeleted));

/** Chooses for whom nobody was chosen yet, or who is gone: the first customer, the first plain agent, the first post. */
export function chooseSomebody(): void {
  batch(() => {
    if (!people.value.has(customerId.value)) customerId.value = customers.value[0]?.id ?? 0;
    if (!people.value.has(agentId.value)) {
      const plain = team.value.find(({ channel }) => channel === 'member');
      agentId.value = (plain ?? team.value[0])?.id ?? 0;
      openPost.value = undefined;
    }
  });
}

/** The post whose comments are open, as it is now. */
export const post = computed(() => messagesOf(channelChat.value).find(({ ref }) => isOpen({ ref })));

function isOpen({ ref }: Pick<ShownMessage, 'ref'>): boolean {
  return ref.chatId === openPost.value?.chatId && ref.messageId === openPost.value.messageId;
}

/** How many messages each chat had when it was last looked at, by who looks and where. */
const read = signal<Readonly<Record<string, number>>>({});

const postKey = (agent: number, messageId: number): string => `${agent} ${messageId}`;

/** Messages of the bot that a customer has not looked at. */
export function unreadOf({ id, chat }: RosterEntry): number {
  return Math.max(0, chat.incoming - (read.value[id] ?? 0));
}

/** Comments of a post that the agent has not looked at. */
export function unreadComments({ ref, comments }: ShownMessage): number {
  return Math.max(0, (comments?.count ?? 0) - (read.value[postKey(agentId.value, ref.messageId)] ?? 0));
}

/** Counts what is on the screen as read. On a phone that is one pane only. */
export function markRead(): void {
  const isWide = matchMedia('(min-width: 960px)').matches;
  const seen: Record<string, number> = {};
  const who = customer.value;
  if (who !== undefined && (isWide || tab.value === 'customer')) seen[who.id] = who.chat.incoming;
  const open = post.value;
  if (open !== undefined && (isWide || tab.value === 'thread')) {
    seen[postKey(agentId.value, open.ref.messageId)] = open.comments?.count ?? 0;
  }
  if (Object.entries(seen).some(([key, count]) => read.value[key] !== count)) read.value = { ...read.value, ...seen };
}

/** Opens the comments of a post. */
export function openComments({ ref }: Pick<ShownMessage, 'ref'>): void {
  batch(() => {
    openPost.value = ref;
    tab.value = 'thread';
  });
}

/** Opens the newest post for who has opened none yet. A phone waits for the tap: the pane would not be seen. */
export function openNewest(): void {
  if (openPost.value !== undefined || !matchMedia('(min-width: 960px)').matches) return;
  const newest = messagesOf(channelChat.value).findLast(({ comments }) => comments !== undefined);
  if (newest !== undefined) openPost.value = newest.ref;
}

/** Comments that the agent has not looked at, below all posts. */
export const channelUnread = computed(() =>
  messagesOf(channelChat.value).reduce((sum, message) => sum + unreadComments(message), 0),
);
