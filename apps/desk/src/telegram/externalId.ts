import type { ExternalId, PersonId, PlaceId } from '../relay/ids.js';

/** Telegram's ids as the rest of the desk knows them. Only this folder makes or parses them. */

/** A user's id is also the id of their private chat with the bot (Bot API: Chat). */
export function personId(userId: number): PersonId {
  return String(userId);
}

export function placeId(chatId: number): PlaceId {
  return String(chatId);
}

/** Message ids count per chat, so a message is named by both. */
export function messageRef(chatId: number, messageId: number): ExternalId {
  return `${chatId}/${messageId}`;
}

/** What the name of every message in a chat begins with, and of none in another. */
export function messagesOf(chatId: number): string {
  return `${chatId}/`;
}

export function chatOf(place: PlaceId): number {
  return parse(place);
}

export function parseMessageRef(ref: ExternalId): { readonly chatId: number; readonly messageId: number } {
  const [chat, message, ...rest] = ref.split('/');
  if (chat === undefined || message === undefined || rest.length > 0) throw new Error(`not a Telegram message: ${ref}`);
  return { chatId: parse(chat), messageId: parse(message) };
}

/** Ids have up to 52 significant bits (Bot API: User, Chat), which a JavaScript number holds exactly. */
function parse(text: string): number {
  const id = Number(text);
  if (text === '' || !Number.isSafeInteger(id)) throw new Error(`not a Telegram id: ${text}`);
  return id;
}
