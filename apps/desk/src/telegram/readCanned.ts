import type { TelegramChosenInlineResult, TelegramMessage } from '@gramio/types/objects';
import type { Buttons, Content } from '../relay/content.js';
import type { RelayEvent } from '../relay/events.js';
import { wellFormed } from '../relay/richText.js';
import { personId } from './externalId.js';
import { buttonsBelow, isReadable } from './shape.js';

/** What is in Telegram's updates of canned replies: choices, buttons, and what a question of the desk's was about. */

/** Behind the button above an empty answer (Bot API: InlineQueryResultsButton, `start_parameter`). */
export const startParameter = 'canned';

/** A result is named by the reply and by what it said when it was offered. At most 64 bytes (Bot API: result_id). */
export function resultId(reply: string, digest: string): string {
  return `${reply}:${digest}`;
}

export function chosenEvent({ from, result_id: id }: TelegramChosenInlineResult): RelayEvent {
  const [, reply, digest] = /^(\d{1,19}):([\w-]{22})$/.exec(id) ?? [];
  if (reply === undefined || digest === undefined) return { kind: 'nothing', reason: 'a choice that is none of ours' };
  return { kind: 'reply_chosen', person: personId(from.id), reply, digest };
}

/** Whether the desk's own bot wrote it. */
export function isByBot({ from }: TelegramMessage, botName: string): boolean {
  return from?.is_bot === true && from.username?.toLowerCase() === botName.toLowerCase();
}

/** The buttons below a message that open links; others do nothing outside of where they are. */
export function readButtons(message: TelegramMessage): Buttons {
  return buttonsBelow(message)
    .map((row) =>
      row.flatMap(({ text, url }) => (url === undefined ? [] : [{ text: wellFormed(text), url: wellFormed(url) }])),
    )
    .filter((row) => row.length > 0);
}

/** The same content with buttons, where it can have any. */
export function withButtons(content: Content, buttons: Buttons): Content {
  if (buttons.length === 0 || (content.kind !== 'text' && content.kind !== 'media')) return content;
  return { ...content, buttons };
}

/**
 * A question of the desk's carries what it is about in a link that nobody needs to follow, so that an answer is
 * understood after a restart too, and nothing has to be kept.
 */
export function stateLink(botName: string, state: string): string {
  return `https://t.me/${botName}?${state}`;
}

/** What the question that was answered is about, if it is one of the desk's. */
export function stateOfPrompt(message: TelegramMessage, botName: string): string | undefined {
  if (!isReadable(message)) return undefined;
  const start = stateLink(botName, 'canned=');
  const link = message.entities?.find(({ type, url }) => type === 'text_link' && url?.startsWith(start) === true);
  return link?.url?.slice(stateLink(botName, '').length);
}
