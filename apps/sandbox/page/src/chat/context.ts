import type { Signal } from '@preact/signals';
import type { Destination } from '../../../src/control/protocol/shapes.js';
import type { RosterEntry, ShownMessage } from '../../../src/control/client.js';

export type Place = 'private' | 'channel' | 'group';

/** One chat on the page, as one person sees it. */
export interface Chat {
  readonly viewer: RosterEntry;
  readonly place: Place;
  /** Where a written message goes. */
  readonly to: Destination;
  /** The chat as bots name it, in which inline queries are typed. */
  readonly chatId: number;
  readonly messages: readonly ShownMessage[];
  /** What is typed so far. */
  readonly draft: Signal<string>;
  /** What the next message answers, or which message is being edited. */
  readonly intent: Signal<Intent>;
  /** The message to bring into view. */
  readonly target: Signal<number | undefined>;
}

export type Intent =
  | { readonly kind: 'write' }
  | { readonly kind: 'reply'; readonly message: ShownMessage; readonly quote?: string | undefined }
  | { readonly kind: 'edit'; readonly message: ShownMessage };

/** Whether a message stands on the viewer's side. Posts of a channel stand on nobody's. */
export function isOwn({ viewer, place }: Chat, message: ShownMessage): boolean {
  return place !== 'channel' && message.authorId === viewer.id && message.copyOf === undefined;
}

/** Whether the viewer's Telegram offers to edit it. */
export function isEditable({ viewer, place }: Chat, message: ShownMessage): boolean {
  if (message.kind === 'service' || message.forwardedFrom !== undefined || message.copyOf !== undefined) return false;
  if (!['text', 'photo', 'video', 'animation', 'audio', 'voice', 'document'].includes(message.kind)) return false;
  const isAdmin = viewer.channel === 'creator' || viewer.channel === 'administrator';
  return message.authorId === viewer.id || (place === 'channel' && isAdmin);
}

export function isAdmin({ viewer, place }: Chat): boolean {
  const status = place === 'channel' ? viewer.channel : viewer.group;
  return place === 'private' || status === 'creator' || status === 'administrator';
}
