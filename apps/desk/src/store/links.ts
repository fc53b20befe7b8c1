import type { BotId, ConversationId, ExternalId, MessageId, RelayBotId, ThreadId } from '../relay/ids.js';
import type { Side } from '../relay/model.js';
import type { Sql } from './database.js';

/** Where messages are shown. */

export interface NewLink {
  readonly message: MessageId;
  readonly side: Side;
  readonly part: number;
  readonly role: 'copy' | 'post';
  readonly externalId: ExternalId;
  readonly slot?: number;
  /** The relay bot that sent it; absent: the desk's own. */
  readonly sender?: RelayBotId;
  readonly thread?: ThreadId;
  readonly shape: string;
  readonly digest: string;
}

/** Parameters 1 to 11 are the bot and `linkColumns`. A message has one place per side and part: the newest. */
export const insertLinks = (
  condition: string,
): string => `INSERT INTO message_links (bot_id, message_id, side, part, role, external_id, slot, sender, thread_id,
    shape, digest)
  SELECT $1, link.* FROM unnest($2::bigint[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::smallint[], $8::text[],
    $9::bigint[], $10::text[], $11::text[]) link WHERE ${condition}
  ON CONFLICT (message_id, side, part) DO UPDATE SET role = excluded.role, external_id = excluded.external_id,
    slot = excluded.slot, sender = excluded.sender, thread_id = excluded.thread_id, shape = excluded.shape,
    digest = excluded.digest`;

export function linkColumns(links: readonly NewLink[]): readonly unknown[][] {
  return [
    links.map((link) => link.message),
    links.map((link) => link.side),
    links.map((link) => link.part),
    links.map((link) => link.role),
    links.map((link) => link.externalId),
    links.map((link) => link.slot ?? null),
    links.map((link) => link.sender ?? null),
    links.map((link) => link.thread ?? null),
    links.map((link) => link.shape),
    links.map((link) => link.digest),
  ];
}

/** Notes where messages are shown now. */
export async function saveLinks(sql: Sql, bot: BotId, links: readonly NewLink[]): Promise<void> {
  await sql.query(insertLinks('true'), [bot, ...linkColumns(links)]);
}

/** Notes what a copy shows after an edit, for all messages that share it. */
export async function updateLink(
  sql: Sql,
  bot: BotId,
  copy: { readonly externalId: ExternalId; readonly shape: string; readonly digest: string },
): Promise<void> {
  await sql.query(
    `UPDATE message_links SET shape = $3, digest = $4 WHERE bot_id = $1 AND external_id = $2 AND role = 'copy'`,
    [bot, copy.externalId, copy.shape, copy.digest],
  );
}

/** The copy is gone, or was taken away. */
export async function dropLink(
  sql: Sql,
  link: { readonly message: MessageId; readonly side: Side; readonly part: number },
): Promise<void> {
  await sql.query(`DELETE FROM message_links WHERE message_id = $1 AND side = $2 AND part = $3 AND role = 'copy'`, [
    link.message,
    link.side,
    link.part,
  ]);
}

/** Where the newest messages of all stand: so many of them tell how far each shared place has come. */
export async function newestStanding(sql: Sql, bot: BotId): Promise<ExternalId[]> {
  const rows = await sql.query<{ external_id: ExternalId }>(
    `(SELECT external_id FROM message_links WHERE bot_id = $1 ORDER BY id DESC LIMIT 500)
     UNION ALL (SELECT post FROM threads WHERE bot_id = $1 ORDER BY id DESC LIMIT 1)`,
    [bot],
  );
  return rows.map((row) => row.external_id);
}

/** Where the newest messages of a conversation stand, on both sides. */
export async function newestLinks(
  sql: Sql,
  bot: BotId,
  { conversation }: { readonly conversation: ConversationId },
): Promise<ExternalId[]> {
  const rows = await sql.query<{ external_id: ExternalId }>(
    `SELECT l.external_id FROM (
       SELECT id FROM messages WHERE conversation_id = $2 ORDER BY id DESC LIMIT 50
     ) newest JOIN message_links l ON l.message_id = newest.id WHERE l.bot_id = $1`,
    [bot, conversation],
  );
  return rows.map((row) => row.external_id);
}

/** Which of these messages are known to be something else. */
export async function knownLinks(sql: Sql, bot: BotId, ids: readonly ExternalId[]): Promise<ReadonlySet<ExternalId>> {
  const rows = await sql.query<{ external_id: string }>(
    `SELECT external_id FROM message_links WHERE bot_id = $1 AND external_id = ANY($2)
     UNION SELECT post FROM threads WHERE bot_id = $1 AND post = ANY($2)
     UNION SELECT root FROM post_copies WHERE bot_id = $1 AND root = ANY($2)`,
    [bot, ids],
  );
  return new Set(rows.map((row) => row.external_id));
}
