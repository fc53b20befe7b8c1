import type { TelegramLocation } from '@gramio/types/objects';
import { compact } from '../world/compact.js';
import type { Content } from '../world/content.js';

/** A location that neither moves nor can be edited any more. */
export function stillLocation({ latitude, longitude, horizontal_accuracy }: TelegramLocation): TelegramLocation {
  return compact<TelegramLocation>({ latitude, longitude, horizontal_accuracy });
}

/** A live location where it was at last; what is none stays as it is. */
export function stopped(content: Content): Content {
  if (content.kind !== 'location') return content;
  return { kind: 'location', location: stillLocation(content.location), wasLive: true };
}
