import type { BotId, PersonId } from '../relay/ids.js';
import type { Sql } from './database.js';
import { staffMember, type StaffMember } from './staff.js';

/** What is known of a person, unless a reported change of the staff waits to be handled: then nothing is. */
export async function staffNow(
  sql: Sql,
  bot: BotId,
  { person, staffKey }: { readonly person: PersonId; readonly staffKey: string },
): Promise<{ readonly settled: boolean; readonly member?: StaffMember }> {
  const [waiting] = await sql.query(
    `SELECT 1 FROM updates WHERE bot_id = $1 AND chat_key = $2 AND state = 'waiting' LIMIT 1`,
    [bot, staffKey],
  );
  if (waiting) return { settled: false };
  const member = await staffMember(sql, bot, person);
  return { settled: true, ...(member && { member }) };
}

/** Everybody who is known to administer the desk, its owner among them. */
export async function knownAdmins(sql: Sql, bot: BotId): Promise<PersonId[]> {
  const rows = await sql.query<{ person: string }>(
    `SELECT person_id AS person FROM staff WHERE bot_id = $1 AND role = 'admin'
     UNION SELECT owner FROM bots WHERE id = $1 AND owner IS NOT NULL`,
    [bot],
  );
  return rows.map(({ person }) => person);
}
