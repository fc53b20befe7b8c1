import type { TelegramMessageEntity } from '@gramio/types/objects';
import { type Content, isCaptioned } from '../world/content.js';

export interface FormattedText {
  readonly text: string;
  readonly entities: TelegramMessageEntity[];
}

/** The text or caption of a message; undefined for kinds that have none. */
export function textOf(content: Content): FormattedText | undefined {
  if (content.kind === 'text') return content;
  if (isCaptioned(content)) return { text: content.caption, entities: content.captionEntities };
  return undefined;
}
