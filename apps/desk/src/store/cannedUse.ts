import type { BotId, ExternalId, PersonId } from '../relay/ids.js';
import { halfLifeDays } from '../canned/search/habits.js';
import { nextRevision } from './cannedWrite.js';
import type { Sql } from './database.js';

/**
 * A choice and the comment that came of it belong together when they are this close, in minutes. The messenger keeps a
 * choice for ten (telegram.md, 8); a comment may wait as long as the desk is away.
 */
const pairMinutes = 30;

interface Use {
  readonly reply: string;
  readonly person: PersonId;
  readonly digest: string;
  readonly comment?: ExternalId;
}

/**
 * Counts the use of a reply. The messenger may tell of one use twice, as a choice and by the comment that came of it, in
 * any order: the second of the two finds the first without a partner, and counts nothing.
 */
export async function countUse(sql: Sql, bot: BotId, use: Use): Promise<void> {
  // Both may be handled at the same time.
  await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${bot} ${use.person} ${use.digest}`]);
  const known = use.comment === undefined ? await joinComment(sql, bot, use) : await joinChoice(sql, bot, use);
  if (known) return;
  const [added] = await sql.query<{ reply_id: string }>(
    `INSERT INTO canned_uses (bot_id, reply_id, person_id, digest, chosen, comment)
     SELECT $1, id, $3, $4, $5, $6 FROM canned_replies WHERE bot_id = $1 AND id::text = $2 AND state <> 'deleted'
     RETURNING reply_id`,
    [bot, use.reply, use.person, use.digest, use.comment === undefined, use.comment ?? null],
  );
  if (added) await countUsage(sql, bot, { ...use, reply: added.reply_id });
}

/** A choice whose comment was there first. */
async function joinComment(sql: Sql, bot: BotId, { person, digest }: Use): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE canned_uses SET chosen = true WHERE id = (
       SELECT id FROM canned_uses WHERE bot_id = $1 AND person_id = $2 AND digest = $3 AND NOT chosen
         AND at > now() - make_interval(mins => $4) ORDER BY at, id LIMIT 1)
     RETURNING id`,
    [bot, person, digest, pairMinutes],
  );
  return rows.length > 0;
}

/** A comment whose choice was there first. */
async function joinChoice(sql: Sql, bot: BotId, { person, digest, comment }: Use): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE canned_uses SET comment = $5 WHERE id = (
       SELECT id FROM canned_uses WHERE bot_id = $1 AND person_id = $2 AND digest = $3 AND chosen AND comment IS NULL
         AND at > now() - make_interval(mins => $4) ORDER BY at, id LIMIT 1)
     RETURNING id`,
    [bot, person, digest, pairMinutes, comment],
  );
  return rows.length > 0;
}

async function countUsage(sql: Sql, bot: BotId, { reply, person }: Use): Promise<void> {
  const revision = await nextRevision(sql, bot);
  await sql.query(
    `INSERT INTO canned_usage AS u (bot_id, reply_id, person_id, uses, recent, used_at, revision)
     VALUES ($1, $2, $3, 1, 1, now(), $4)
     ON CONFLICT (reply_id, person_id) DO UPDATE SET uses = u.uses + 1, used_at = now(), revision = excluded.revision,
       recent = 1 + u.recent * power(0.5, extract(epoch FROM now() - u.used_at)::float8 / $5)`,
    [bot, reply, person, revision, halfLifeDays * 86_400],
  );
}
