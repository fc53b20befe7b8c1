import type { TelegramMessage, TelegramUpdate } from '@gramio/types/objects';

/** What an update is about: the name of its one member beside `update_id`. */
export type UpdateKind = Exclude<keyof TelegramUpdate, 'update_id'>;

/** What an update of this kind carries. */
export type UpdateContent<K extends UpdateKind> = NonNullable<TelegramUpdate[K]>;

interface KindRule<K extends UpdateKind> {
  /**
   * The webhook queue of an update (telegram-bot-api Client::add_update, `webhook_queue_id`): updates of one queue are
   * delivered one after the other, queues run side by side. Without one, every update has a queue of its own.
   */
  readonly queue?: (content: UpdateContent<K>) => string;
  /** How long the update is kept; a day when not given. */
  readonly seconds?: number;
  /** From when it is kept, in seconds since the epoch; from now when not given. */
  readonly since?: (content: UpdateContent<K>) => number;
}

const ofChat = (queue: number, event: { chat: { id: number } }) => `${queue}:${event.chat.id}`;
const ofPerson = (queue: number, event: { from: { id: number } }) => `${queue}:${event.from.id}`;

/** A message is kept for a day from when it was written, or edited; edits stay in line with messages of their chat. */
const ofMessages = {
  queue: (message: TelegramMessage) => ofChat(0, message),
  since: (message: TelegramMessage) => message.edit_date ?? message.date,
};

const ofBusinessMessages = {
  queue: (event: { chat: { id: number } }) => ofChat(11, event),
};

/** The times and queues of telegram-bot-api Client::add_new_* and Client::add_update_*. */
const RULES: { readonly [K in UpdateKind]: KindRule<K> } = {
  message: ofMessages,
  edited_message: ofMessages,
  channel_post: ofMessages,
  edited_channel_post: ofMessages,
  inline_query: { seconds: 30, queue: (query) => ofPerson(1, query) },
  chosen_inline_result: { seconds: 600, queue: (chosen) => ofPerson(2, chosen) },
  callback_query: { seconds: 150, queue: (query) => ofPerson(3, query) },
  shipping_query: { seconds: 150, queue: (query) => ofPerson(4, query) },
  pre_checkout_query: { seconds: 150, queue: (query) => ofPerson(4, query) },
  poll: { queue: (poll) => `0:poll ${poll.id}` },
  poll_answer: { queue: (answer) => `0:poll ${answer.poll_id}` },
  my_chat_member: { queue: (change) => ofChat(5, change), since: (change) => change.date },
  chat_member: { queue: (change) => `6:${change.new_chat_member.user.id}`, since: (change) => change.date },
  chat_join_request: { queue: (request) => ofPerson(6, request), since: (request) => request.date },
  chat_boost: { queue: (boost) => ofChat(7, boost) },
  removed_chat_boost: { queue: (boost) => ofChat(7, boost) },
  message_reaction: { queue: (reaction) => ofChat(8, reaction), since: (reaction) => reaction.date },
  message_reaction_count: { queue: (count) => ofChat(9, count), since: (count) => count.date },
  business_connection: { queue: (connection) => `10:${connection.user.id}` },
  business_message: ofBusinessMessages,
  edited_business_message: ofBusinessMessages,
  deleted_business_messages: ofBusinessMessages,
  guest_message: { queue: (message) => ofChat(12, message) },
  managed_bot: { queue: (change) => `13:${change.user.id}` },
  purchased_paid_media: {},
  subscription: {},
  stopped_message_generation: {},
};

/** Kinds that a bot gets only when it asks for them (Bot API: getUpdates, allowed_updates). */
const OPT_IN: readonly UpdateKind[] = ['chat_member', 'message_reaction', 'message_reaction_count'];

export function isUpdateKind(name: string): name is UpdateKind {
  return Object.hasOwn(RULES, name);
}

/** What a bot gets that never said what it wants. */
export const DEFAULT_ALLOWED: readonly UpdateKind[] = Object.keys(RULES)
  .filter(isUpdateKind)
  .filter((kind) => !OPT_IN.includes(kind));

/** The webhook queue of an update; undefined for one that waits for no other. */
export function queueOf<K extends UpdateKind>(kind: K, content: UpdateContent<K>): string | undefined {
  return RULES[kind].queue?.(content);
}

/** When an update is forgotten, in milliseconds since the epoch. `now` likewise. */
export function expiryOf<K extends UpdateKind>(kind: K, content: UpdateContent<K>, now: number): number {
  const { seconds = 86_400, since } = RULES[kind];
  return (since === undefined ? now : since(content) * 1000) + seconds * 1000;
}

/**
 * What `allowed_updates` asks for; undefined when it says nothing, so that the setting stays as it is
 * (telegram-bot-api Client::get_allowed_update_types). An empty list, or one without a known name, is the default set;
 * text that is no list of strings says nothing.
 */
export function readAllowed(text: string): readonly UpdateKind[] | undefined {
  const names = parseList(text);
  if (names === undefined) return undefined;
  const kinds = new Set(names.map((name) => name.toLowerCase()).filter(isUpdateKind));
  return kinds.size === 0 ? DEFAULT_ALLOWED : [...kinds];
}

/** True for the default set, which getWebhookInfo does not mention. */
export function isDefaultAllowed(kinds: readonly UpdateKind[]): boolean {
  return kinds.length === DEFAULT_ALLOWED.length && DEFAULT_ALLOWED.every((kind) => kinds.includes(kind));
}

function parseList(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
