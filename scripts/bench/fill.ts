import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { startDesk } from './desk.js';
import type { BenchDatabase } from './postgres.js';
import type { BenchTelegram } from './telegram.js';

export interface Filling {
  /** Messages that are stored and shown. */
  readonly messages: number;
  readonly perConversation: number;
  /** How many of them, the newest, are stored and still to be shown. */
  readonly waiting?: number;
}

/** Measured: rows and indexes of one message with its update, delivery and links. */
const bytesPerMessage = 2_000;

/** Throws when the disk has no room for so many messages; rows and the log of their writing. */
export function checkRoom(messages: number): void {
  const { bavail, bsize } = statfsSync(tmpdir());
  const [free, needed] = [bavail * bsize, messages * bytesPerMessage * 2];
  if (free > needed) return;
  const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(0);
  throw new Error(
    `${messages} messages need ${gigabytes(needed)} GB under ${tmpdir()}, and ${gigabytes(free)} GB are free: use --max`,
  );
}

/**
 * Fills a database as if the desk had been at work for years: customers, conversations, threads, messages, links,
 * updates and deliveries that belong together. The rows are made inside the server, and indexes afterwards, because ten
 * million of them would take hours otherwise.
 */
export async function fill(database: BenchDatabase, telegram: BenchTelegram, filling: Filling): Promise<void> {
  checkRoom(filling.messages);
  // The desk itself makes its tables, and its own row in them.
  const desk = await startDesk({ telegram, settings: { DATABASE_URL: database.url } });
  await desk.stop();
  const indexes = await dropIndexes(database);
  const { messages, perConversation, waiting = 0 } = filling;
  const conversations = Math.ceil(messages / perConversation);
  const rows = statements(telegram, { messages, conversations, waiting });
  await database.run([...rows, ...indexes, 'VACUUM ANALYZE', 'CHECKPOINT']);
}

/** Resolves with what makes them again. */
async function dropIndexes(database: BenchDatabase): Promise<string[]> {
  const indexes = await database.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes i
     WHERE schemaname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = i.indexname)
       AND indexname NOT LIKE '\\_prisma%'`,
  );
  for (const { name } of indexes) await database.query(`DROP INDEX "${name}"`);
  return indexes.map(({ definition }) => definition);
}

interface Counts {
  readonly messages: number;
  readonly conversations: number;
  readonly waiting: number;
}

/** Message n belongs to conversation n modulo their number, so that neighbours on disk are strangers, as in life. */
function statements({ groupId, channelId, token }: BenchTelegram, counts: Counts): string[] {
  const { messages, conversations, waiting } = counts;
  const bot = `(SELECT id FROM bots WHERE external_id = 'telegram:${token.split(':')[0]}')`;
  const perMessage = `generate_series(1, ${messages}) n`;
  const perConversation = `generate_series(1, ${conversations}) c`;
  const conversation = `1 + n % ${conversations}`;
  const isShown = `n <= ${messages - waiting}`;
  const at = `now() - make_interval(secs => (${messages} - n) * 20)`;
  const words = `'{"kind":"text","text":"Message ' || n || ' asks when the order comes and whether it can be changed.","entities":[]}'`;
  const rows = (table: string, columns: string, select: string): string =>
    `INSERT INTO ${table} (bot_id, ${columns}) SELECT ${bot}, ${select}`;
  const sequences = ['customers', 'conversations', 'threads', 'messages', 'updates', 'deliveries'];
  return [
    // Foreign keys hold by construction; checking each of them would take most of the time.
    'SET session_replication_role = replica',
    // The desk has met its channel while it started.
    'TRUNCATE updates',
    rows(
      'customers',
      'id, external_id, place, first_name',
      `c, c::text, c::text, 'Customer ' || c FROM ${perConversation}`,
    ),
    rows('conversations', 'id, customer_id', `c, c FROM ${perConversation}`),
    rows(
      'threads',
      'id, conversation_id, post, root, card_digest, posted_at, root_at',
      `c, c, '${channelId}/' || 10000000 + c, '${groupId}/' || 100000000 + c, '', now(), now()
       FROM ${perConversation}`,
    ),
    rows(
      'messages',
      'id, conversation_id, author, author_id, content, written_at',
      `n, ${conversation}, 'customer', (${conversation})::text, (${words})::jsonb, ${at} FROM ${perMessage}`,
    ),
    rows(
      'message_links',
      'message_id, side, role, external_id, thread_id',
      `n, 'customer', 'origin', ${conversation} || '/' || n, NULL FROM ${perMessage}`,
    ),
    rows(
      'message_links',
      'message_id, side, role, external_id, thread_id, shape, digest',
      `n, 'staff', 'copy', '${groupId}/' || 200000000 + n, ${conversation}, 'text', md5(n::text)
       FROM ${perMessage} WHERE ${isShown}`,
    ),
    rows(
      'updates',
      'id, source, external_id, digest, chat_key, payload, state, handled_at',
      `n, 'telegram', n::text, md5(n::text), (${conversation})::text,
       ('{"update_id":' || n || ',"message":' || ${words} || '}')::json, 'handled', ${at} FROM ${perMessage}`,
    ),
    rows(
      'deliveries',
      'id, conversation_id, queue, message_id, priority, state, attempts, finished_at',
      `n, ${conversation}, 'staff', n, 2, CASE WHEN ${isShown} THEN 'sent' ELSE 'waiting' END, 1, ${at}
       FROM ${perMessage}`,
    ),
    ...sequences.map(
      (table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`,
    ),
  ];
}
