import type { ShownMessage } from '../../../src/control/client.js';

/** What a chat shows one below the other. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly date: number }
  | { readonly kind: 'service'; readonly key: string; readonly message: ShownMessage }
  | {
      readonly kind: 'bubble';
      readonly key: string;
      /** One message, or the items of an album. */
      readonly messages: readonly [ShownMessage, ...ShownMessage[]];
      /** Begins and ends a group of one sender: it has the name above, and the tail below. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

/** Seconds after which messages of one sender do not belong together any more. */
const TOGETHER = 600;

/** Puts messages together as chats show them: by day, album and sender. */
export function rowsOf(messages: readonly ShownMessage[]): Row[] {
  const groups = albumsOf(messages);
  return groups.flatMap((group, index): Row[] => {
    const [message] = group;
    const before = groups[index - 1]?.[0];
    const after = groups[index + 1]?.[0];
    const key = String(message.ref.messageId);
    const isNewDay = before === undefined || dayOf(before) !== dayOf(message);
    const day: Row[] = isNewDay ? [{ kind: 'day', key: `day ${key}`, date: message.date }] : [];
    if (message.kind === 'service') return [...day, { kind: 'service', key, message }];
    const isFirst = before === undefined || isNewDay || !belongTogether(before, message);
    const isLast = after === undefined || dayOf(after) !== dayOf(message) || !belongTogether(message, after);
    return [...day, { kind: 'bubble', key, messages: group, isFirst, isLast }];
  });
}

type Group = [ShownMessage, ...ShownMessage[]];

function albumsOf(messages: readonly ShownMessage[]): Group[] {
  const groups: Group[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (last !== undefined && message.albumId !== undefined && last[0].albumId === message.albumId) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function belongTogether(a: ShownMessage, b: ShownMessage): boolean {
  if (a.kind === 'service' || b.kind === 'service') return false;
  return a.fromId === b.fromId && a.authorId === b.authorId && b.date - a.date < TOGETHER && a.copyOf === undefined;
}

function dayOf({ date }: ShownMessage): string {
  return new Date(date * 1000).toDateString();
}
