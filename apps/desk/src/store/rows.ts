import type { Content } from '../relay/content.js';
import type { Author, Conversation, CustomerProfile, Quote, Standing, StoredMessage } from '../relay/model.js';

/** What rows look like as they come from the database, and how they become what the relay speaks of. */

export interface CustomerColumns {
  readonly conversation_id: string;
  readonly person: string;
  readonly place: string;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly username: string | null;
  readonly language: string | null;
  readonly standing: Standing;
}

/** The columns of CustomerColumns, for `conversations c JOIN customers cu`. */
export const customerColumns = `c.id AS conversation_id, cu.external_id AS person, cu.place, cu.first_name,
  cu.last_name, cu.username, cu.language, cu.standing`;

export function toProfile(row: CustomerColumns): CustomerProfile {
  return {
    id: row.person,
    place: row.place,
    firstName: row.first_name,
    ...(row.last_name !== null && { lastName: row.last_name }),
    ...(row.username !== null && { username: row.username }),
    ...(row.language !== null && { language: row.language }),
  };
}

export function toConversation(row: CustomerColumns): Conversation {
  return { id: row.conversation_id, customer: { ...toProfile(row), standing: row.standing } };
}

export interface MessageColumns {
  readonly id: string;
  readonly author: Author;
  readonly content: Content;
  readonly written: Content | null;
  readonly revision: number;
  readonly internal: boolean;
  readonly in_post: boolean;
  readonly removed_at: Date | null;
  readonly worded_at: Date | null;
  readonly worded_by: string | null;
  readonly signature: string | null;
  readonly quote: Quote | null;
}

/** The columns of MessageColumns, for `messages m`. */
export const messageColumns = `m.id, m.author, m.content, m.written, m.revision, m.internal, m.in_post, m.removed_at, m.worded_at, m.worded_by,
  m.signature, m.quote`;

export function toMessage(row: MessageColumns): StoredMessage {
  return {
    id: row.id,
    author: row.author,
    content: row.content,
    ...(row.written !== null && { written: row.written }),
    revision: row.revision,
    internal: row.internal,
    inPost: row.in_post,
    removed: row.removed_at !== null,
    ...(row.worded_at && row.worded_by !== null && { worded: { at: row.worded_at, order: Number(row.worded_by) } }),
  };
}
