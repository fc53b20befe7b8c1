import type { BotId, ConversationId, ExternalId, PersonId } from '../relay/ids.js';
import type { Content } from '../relay/content.js';
import type { Author } from '../relay/model.js';
import type { Sql } from './database.js';

/** The life of messages, for a person who asks what became of them. Texts are not part of it. */

export interface TracedMessage {
  readonly id: string;
  readonly author: Author;
  readonly kind: string;
  readonly internal: boolean;
  /** When it was written, by the messenger's clock, and when the desk heard of it; all times after that are the database's. */
  readonly writtenAt: Date;
  readonly receivedAt?: Date;
  readonly handledAt: Date;
  readonly editedAt: readonly Date[];
  readonly removedAt?: Date;
  readonly deliveries: readonly TracedDelivery[];
  readonly places: readonly {
    readonly side: string;
    readonly role: string;
    readonly id: ExternalId;
    readonly at: Date;
  }[];
}

export interface TracedDelivery {
  readonly side: string;
  readonly state: string;
  readonly attempts: number;
  readonly wantedAt: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  readonly error?: string;
}

/** A conversation by its customer, or by anything that is shown of it; with the one message, if it was named. */
export async function findTraced(
  sql: Sql,
  bot: BotId,
  wanted: { readonly person: PersonId } | { readonly message: ExternalId },
): Promise<{ readonly conversation: ConversationId; readonly messages?: readonly string[] } | undefined> {
  if ('person' in wanted) {
    const [row] = await sql.query<{ id: string }>(
      `SELECT c.id FROM conversations c JOIN customers cu ON cu.id = c.customer_id
       WHERE cu.bot_id = $1 AND cu.external_id = $2`,
      [bot, wanted.person],
    );
    return row && { conversation: row.id };
  }
  const shown = await sql.query<{ id: string; conversation_id: string }>(
    `SELECT m.id, m.conversation_id FROM message_links l JOIN messages m ON m.id = l.message_id
     WHERE l.bot_id = $1 AND l.external_id = $2 AND l.role <> 'post' ORDER BY l.slot, m.id`,
    [bot, wanted.message],
  );
  const [first] = shown;
  if (first) return { conversation: first.conversation_id, messages: shown.map(({ id }) => id) };
  const [thread] = await sql.query<{ conversation_id: string }>(
    `SELECT conversation_id FROM threads WHERE bot_id = $1 AND (post = $2 OR root = $2) ORDER BY id DESC LIMIT 1`,
    [bot, wanted.message],
  );
  return thread && { conversation: thread.conversation_id };
}

/** The newest `limit` messages of a conversation, or those named, the oldest first. */
export async function traceMessages(
  sql: Sql,
  traced: { readonly conversation: ConversationId; readonly messages?: readonly string[]; readonly limit: number },
): Promise<TracedMessage[]> {
  const rows = await sql.query<{
    id: string;
    author: Author;
    content: Content;
    internal: boolean;
    written_at: Date;
    created_at: Date;
    received_at: Date | null;
    removed_at: Date | null;
    versions: string[] | null;
    deliveries: Record<string, string | null>[] | null;
    places: Record<string, string>[] | null;
  }>(
    `SELECT m.id, m.author, m.content, m.internal, m.written_at, m.created_at, m.removed_at, u.received_at,
       (SELECT json_agg(replaced_at ORDER BY revision) FROM message_versions WHERE message_id = m.id) AS versions,
       (SELECT json_agg(json_build_object('side', queue, 'state', state, 'attempts', attempts::text,
          'wanted', created_at, 'started', started_at, 'finished', finished_at, 'error', error) ORDER BY id)
        FROM deliveries WHERE message_id = m.id) AS deliveries,
       (SELECT json_agg(json_build_object('side', side, 'role', role, 'id', external_id, 'at', created_at) ORDER BY id)
        FROM message_links WHERE message_id = m.id) AS places
     FROM messages m LEFT JOIN updates u ON u.id = m.update_id
     WHERE m.conversation_id = $1 AND ($2::bigint[] IS NULL OR m.id = ANY($2))
     ORDER BY m.id DESC LIMIT $3`,
    [traced.conversation, traced.messages ?? null, traced.limit],
  );
  return rows.reverse().map((row) => ({
    id: row.id,
    author: row.author,
    kind: row.content.kind === 'media' ? row.content.media : row.content.kind,
    internal: row.internal,
    writtenAt: row.written_at,
    handledAt: row.created_at,
    ...(row.received_at && { receivedAt: row.received_at }),
    ...(row.removed_at && { removedAt: row.removed_at }),
    editedAt: (row.versions ?? []).map((at) => new Date(at)),
    deliveries: (row.deliveries ?? []).map(toDelivery),
    places: (row.places ?? []).map(({ side = '', role = '', id = '', at = '' }) => ({
      side,
      role,
      id,
      at: new Date(at),
    })),
  }));
}

function toDelivery(row: Readonly<Record<string, string | null>>): TracedDelivery {
  const { side, state, attempts, wanted, started, finished, error } = row;
  return {
    side: side ?? '',
    state: state ?? '',
    attempts: Number(attempts),
    wantedAt: new Date(wanted ?? 0),
    ...(started && { startedAt: new Date(started) }),
    ...(finished && { finishedAt: new Date(finished) }),
    ...(error && { error }),
  };
}
