import type { TelegramMessageEntity } from '@gramio/types/objects';
import { formatText, type FormattedText } from '../entities/formatText.js';
import { renderUser } from '../render/user.js';
import type { World } from '../world/world.js';

export interface Typed {
  readonly text: string;
  readonly entities?: TelegramMessageEntity[] | undefined;
  readonly isCaption?: boolean;
}

/** What people type: Telegram trims it, and finds links, mentions and commands in it by itself. */
export function typed(world: World, said: Typed): FormattedText {
  return formatText({ ...said, findUser: (id) => renderUser(world, id) });
}
