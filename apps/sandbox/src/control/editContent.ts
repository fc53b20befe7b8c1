import type { TelegramMessageEntity } from '@gramio/types/objects';
import { stopped } from '../rules/location.js';
import type { Telegram } from '../telegram.js';
import { type Content, isCaptioned } from '../world/content.js';
import { compose, type Sending } from './compose.js';
import { ControlError } from './errors.js';
import type { ReadComposition } from './protocol/content.js';
import { typed } from './typed.js';

export interface Edit {
  readonly text?: string | undefined;
  readonly entities?: TelegramMessageEntity[] | undefined;
  readonly content?: ReadComposition | undefined;
  readonly sending: Sending;
}

/** What a message holds after a person edited it. */
export function edited(telegram: Telegram, old: Content, { text, entities, content, sending }: Edit): Content {
  if (content !== undefined) {
    const next = compose(telegram, content, sending);
    if (old.kind !== 'text' && next.kind === 'text') throw new ControlError(409, 'media cannot become text');
    return next;
  }
  if (text === undefined) throw new ControlError(400, 'an edit has text or content');
  const formatted = typed(telegram.world, { text, entities, isCaption: isCaptioned(old) });
  if (old.kind === 'text') return { ...old, ...formatted };
  if (isCaptioned(old)) return { ...old, caption: formatted.text, captionEntities: formatted.entities };
  throw new ControlError(409, `a ${old.kind} has no text`);
}

export function moved(old: Content, to: { latitude: number; longitude: number }): Content {
  if (old.kind !== 'location' || old.live === undefined) throw new ControlError(409, 'it is no live location');
  return { ...old, location: { ...old.location, ...to } };
}

export function ended(old: Content): Content {
  if (old.kind !== 'location' || old.live === undefined) throw new ControlError(409, 'it is no live location');
  return stopped(old);
}
