import type { PlaceRecord } from '../delivery/budget.js';
import type { BotId, RelayBotId } from '../relay/ids.js';
import type { Sql } from './database.js';

/** How much of each place's budget is used, kept so that neither a restart nor another process begins anew. */

/** One bot's budget in one place. */
export interface Pacing extends PlaceRecord {
  /** The relay bot whose budget it is; absent: the desk's own. */
  readonly sender?: RelayBotId;
}

export async function savePacing(sql: Sql, bot: BotId, pacing: Pacing): Promise<void> {
  const { place, sender = '', ages, pausedMs, learned } = pacing;
  await sql.query(
    `INSERT INTO pacing (bot_id, place, sender, ages, saved_at, paused_until, learned, learned_at)
     VALUES ($1, $2, $7, $3, now(), now() + make_interval(secs => $4), $5, now() - make_interval(secs => $6))
     ON CONFLICT (bot_id, place, sender) DO UPDATE SET ages = excluded.ages, saved_at = excluded.saved_at,
       paused_until = excluded.paused_until, learned = excluded.learned, learned_at = excluded.learned_at`,
    [
      bot,
      place,
      ages.map(Math.round),
      pausedMs > 0 ? pausedMs / 1_000 : null,
      learned?.calls ?? null,
      learned ? learned.ageMs / 1_000 : null,
      sender,
    ],
  );
}

/** All that is kept, as it stands now by the database's clock. */
export async function loadPacing(sql: Sql, bot: BotId): Promise<Pacing[]> {
  const rows = await sql.query<{
    place: string;
    sender: string;
    ages: number[];
    elapsed: number;
    paused: number | null;
    learned: number | null;
    learned_age: number | null;
  }>(
    `SELECT place, sender, ages, learned, ${millisecondsSince('saved_at')} AS elapsed,
       -${millisecondsSince('paused_until')} AS paused, ${millisecondsSince('learned_at')} AS learned_age
     FROM pacing WHERE bot_id = $1`,
    [bot],
  );
  return rows.map(({ place, sender, ages, elapsed, paused, learned, learned_age: learnedAge }) => ({
    place,
    ...(sender !== '' && { sender }),
    ages: ages.map((age) => age + elapsed),
    pausedMs: paused ?? 0,
    ...(learned !== null && { learned: { calls: learned, ageMs: learnedAge ?? 0 } }),
  }));
}

function millisecondsSince(column: string): string {
  return `(extract(epoch FROM now() - ${column}) * 1000)::float8`;
}
