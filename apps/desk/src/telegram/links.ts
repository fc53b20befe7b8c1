import type { ExternalId, PersonId } from '../relay/ids.js';
import { messageRef, personId } from './externalId.js';

/**
 * What a person may name a message by: a link that Telegram's own apps copy (Message links, core.telegram.org/api/links),
 * or a customer's number. Undefined for anything else.
 */
export function traceTarget(
  text: string,
): { readonly person: PersonId } | { readonly message: ExternalId } | undefined {
  if (/^\d{1,16}$/.test(text)) return { person: personId(Number(text)) };
  const [, chat, message] = /^https:\/\/t\.me\/c\/(\d{1,13})\/(\d{1,10})(?:\?.*)?$/.exec(text) ?? [];
  if (chat === undefined || message === undefined) return undefined;
  return { message: messageRef(Number(`-100${chat}`), Number(message)) };
}

/** The bot's external id, which its token begins with. */
export function botOfToken(token: string): string {
  return `telegram:${token.split(':')[0] ?? ''}`;
}
