import type { BotId, PersonId } from '../relay/ids.js';
import { hintGiven } from '../relay/comment.js';
import type { Role } from '../relay/model.js';
import type { Sql } from './database.js';

export interface StaffMember {
  readonly role: Role;
  readonly alias?: string;
  /** Whether the messenger was asked, or told us, lately enough to rely on it. */
  readonly fresh: boolean;
}

/** How long an answer about a membership is relied on, in seconds; changes that the messenger reports count at once. */
const freshSeconds = 60;

export async function staffMember(sql: Sql, bot: BotId, person: PersonId): Promise<StaffMember | undefined> {
  const [row] = await sql.query<{ role: Role; alias: string | null; fresh: boolean | null }>(
    `SELECT role, alias, checked_at > now() - make_interval(secs => $3) AS fresh FROM staff
     WHERE bot_id = $1 AND person_id = $2`,
    [bot, person, freshSeconds],
  );
  return row && { role: row.role, ...(row.alias !== null && { alias: row.alias }), fresh: row.fresh === true };
}

/** Notes what the messenger reports about a person. */
export async function setRole(
  sql: Sql,
  bot: BotId,
  member: { readonly person: PersonId; readonly name: string; readonly role: Role },
): Promise<void> {
  await sql.query(
    `INSERT INTO staff (bot_id, person_id, name, role, checked_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (bot_id, person_id) DO UPDATE
       SET name = excluded.name, role = excluded.role, checked_at = excluded.checked_at`,
    [bot, member.person, member.name, member.role],
  );
}

/** When a person was last heard of, in the database's own writing; to be handed to `learnRole`. */
export async function lastHeard(sql: Sql, bot: BotId, person: PersonId): Promise<string | undefined> {
  const [row] = await sql.query<{ checked: string | null }>(
    `SELECT checked_at::text AS checked FROM staff WHERE bot_id = $1 AND person_id = $2`,
    [bot, person],
  );
  return row?.checked ?? undefined;
}

/** Notes what the messenger answered when it was asked; nothing if a report came while it was. */
export async function learnRole(
  sql: Sql,
  bot: BotId,
  member: { readonly person: PersonId; readonly name: string; readonly role: Role; readonly heardBefore?: string },
): Promise<void> {
  await sql.query(
    `INSERT INTO staff AS known (bot_id, person_id, name, role, checked_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (bot_id, person_id) DO UPDATE
       SET name = excluded.name, role = excluded.role, checked_at = excluded.checked_at
       WHERE known.checked_at::text IS NOT DISTINCT FROM $5`,
    [bot, member.person, member.name, member.role, member.heardBefore ?? null],
  );
}

/** What a person is called in the messenger; empty when it has not told. */
export async function nameOf(sql: Sql, bot: BotId, person: PersonId): Promise<string> {
  const [row] = await sql.query<{ name: string }>(`SELECT name FROM staff WHERE bot_id = $1 AND person_id = $2`, [
    bot,
    person,
  ]);
  return row?.name ?? '';
}

/** The name an agent signs with; null: none. */
export async function setAlias(
  sql: Sql,
  bot: BotId,
  { person, alias }: { readonly person: PersonId; readonly alias: string | null },
): Promise<void> {
  await sql.query(
    `INSERT INTO staff (bot_id, person_id, name, role, alias) VALUES ($1, $2, '', 'none', $3)
     ON CONFLICT (bot_id, person_id) DO UPDATE SET alias = excluded.alias`,
    [bot, person, alias],
  );
}

/** Whether somebody was told already that what they write outside the threads reaches no customer. */
export async function wasHinted(sql: Sql, bot: BotId, person: PersonId): Promise<boolean> {
  const look = (): Promise<unknown[]> =>
    sql.query(
      `SELECT 1 FROM audit_entries WHERE bot_id = $1 AND actor = $2 AND action = $3 AND conversation_id IS NULL LIMIT 1`,
      [bot, person, hintGiven],
    );
  if ((await look()).length > 0) return true;
  // Of several comments that are handled side by side, only the first may find that nobody was told.
  await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`hint ${bot} ${person}`]);
  return (await look()).length > 0;
}
