import type { Chat } from '../world/chats.js';
import { type Quote, type Reply, type StoredMessage, threadOf } from '../world/messages.js';

/** Where a message stands in the chat's threads. */
export interface Place {
  readonly reply?: Reply;
  readonly threadId?: number;
}

/** An answer belongs to the thread of what it answers (core.telegram.org/api/threads); only supergroups have threads. */
export function placeIn(chat: Chat, target: StoredMessage, quote?: Quote): Place {
  const reply: Reply = { kind: 'same_chat', messageId: target.id, quote };
  return chat.kind === 'supergroup' ? { reply, threadId: threadOf(target) } : { reply };
}

/** The part of a message that is quoted; undefined when it does not stand there word for word. */
export function quoteFrom(
  whole: string,
  { text, entities, position = 0 }: Pick<Quote, 'text' | 'entities'> & { position?: number | undefined },
): Quote | undefined {
  const at = whole.startsWith(text, position) ? position : whole.indexOf(text);
  return at === -1 ? undefined : { text, entities, position: at, isManual: true };
}
