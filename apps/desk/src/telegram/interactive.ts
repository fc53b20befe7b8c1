import type { TelegramCallbackQuery, TelegramInlineQuery, TelegramUpdate } from '@gramio/types/objects';
import type { Log } from '../log.js';
import { isTooLate } from './canned/inline.js';

export interface InteractiveParts {
  readonly inline: (query: TelegramInlineQuery) => Promise<void>;
  readonly callback: (query: TelegramCallbackQuery) => Promise<void>;
  readonly log: Log;
}

/** Answers what somebody waits for on the screen. Nothing of it is kept: who still wants it asks again. */
export function createInteractive({ inline, callback, log }: InteractiveParts): (update: TelegramUpdate) => void {
  return ({ inline_query: query, callback_query: pressed, update_id: update }) => {
    const answer = query ? inline(query) : pressed && callback(pressed);
    answer?.catch((error: unknown) => {
      if (!isTooLate(error)) log.warn({ err: error, update }, 'somebody waits in vain');
    });
  };
}
