import type { RelayBotId } from '../relay/ids.js';
import type { CallStep } from './call.js';
import { contentsOf } from './plan.js';

/**
 * Who may make a call. A bot edits and deletes what it has sent itself, and the names of files and customers' chats are
 * each bot's own (Bot API: file_id; editMessageText): relay bots send text, and change what they have sent.
 */
export type Carriage =
  | { readonly kind: 'own' }
  | { readonly kind: 'any' }
  /** The relay bot alone that made the comment; the desk's own when that one is gone. */
  | { readonly kind: 'bound'; readonly to: RelayBotId };

export function carriageOf(step: CallStep): Carriage {
  switch (step.kind) {
    case 'send': {
      const isBareText = contentsOf(step.send).every((content) => content.kind === 'text' && !content.buttons);
      return { kind: step.send.side === 'staff' && isBareText ? 'any' : 'own' };
    }
    case 'edit':
    case 'delete':
      return boundTo(step.link.sender);
    case 'open_thread':
    case 'update_thread':
      return { kind: 'own' };
  }
}

/** What has to be seen to by whoever made it. */
export function boundTo(sender: RelayBotId | undefined): Carriage {
  return sender === undefined ? { kind: 'own' } : { kind: 'bound', to: sender };
}

export interface Offer {
  /** Undefined: nobody has looked yet what is to be done. */
  readonly carriage: Carriage | undefined;
  /** The relay bot that is asked; absent: the desk's own. */
  readonly relay?: RelayBotId;
  /** Whether the desk's own bot could make its next call at once. */
  readonly ownHasRoom: () => boolean;
  readonly isGone: (bot: RelayBotId) => boolean;
}

/** Whether a bot takes what waits: the desk's own whenever it can, a relay bot what the desk's own has no room for. */
export function takes({ carriage, relay, ownHasRoom, isGone }: Offer): boolean {
  if (relay === undefined) return carriage?.kind !== 'bound' || isGone(carriage.to);
  switch (carriage?.kind) {
    case 'bound':
      return carriage.to === relay;
    case 'own':
      return false;
    case 'any':
    case undefined:
      return !ownHasRoom();
  }
}
