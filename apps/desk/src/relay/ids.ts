/**
 * Identifiers. Those of a messenger are opaque here: only the adapter that owns them makes or parses them.
 * Those of our own rows are decimal strings, because a 64-bit number does not survive JSON.
 */

/** A message as its messenger names it. Unique within a bot. */
export type ExternalId = string;
/** A person as a messenger names them. */
export type PersonId = string;
/** A chat, channel or group as a messenger names it; limits and calls in flight are counted per place. */
export type PlaceId = string;

/** A bot besides the desk's own, as its messenger names it. */
export type RelayBotId = string;

export type BotId = string;
export type ConversationId = string;
export type MessageId = string;
export type ThreadId = string;
export type DeliveryId = string;
