import type { BotId, PersonId, PlaceId } from '../relay/ids.js';
import type { Database, Sql } from './database.js';
import { loseThreadsElsewhere } from './threads.js';

/** What is kept about the bot itself: which places are its own, and who owns it. */
export interface BotRecord {
  readonly id: BotId;
  readonly channel?: PlaceId;
  readonly discussion?: PlaceId;
  readonly owner?: PersonId;
}

/**
 * The record of a bot, made when there is none. `externalId` outlives a new token or name; without a name, the known one
 * stays.
 */
export async function knowBot(
  sql: Sql,
  { externalId, name }: { readonly externalId: string; readonly name?: string },
): Promise<BotRecord> {
  const [bot] = await sql.query<BotColumns>(
    `INSERT INTO bots (external_id, name) VALUES ($1, coalesce($2, ''))
     ON CONFLICT (external_id) DO UPDATE SET name = coalesce($2, bots.name) RETURNING id, channel, discussion, owner`,
    [externalId, name ?? null],
  );
  if (!bot) throw new Error('a bot was neither inserted nor updated');
  return toRecord(bot);
}

/** The record as it is now: another process may have changed it. */
export async function currentBot(sql: Sql, id: BotId): Promise<BotRecord> {
  const [bot] = await sql.query<BotColumns>(`SELECT id, channel, discussion, owner FROM bots WHERE id = $1`, [id]);
  return bot ? toRecord(bot) : { id };
}

interface BotColumns {
  readonly id: BotId;
  readonly channel: PlaceId | null;
  readonly discussion: PlaceId | null;
  readonly owner: PersonId | null;
}

function toRecord({ id, channel, discussion, owner }: BotColumns): BotRecord {
  return {
    id,
    ...(channel !== null && { channel }),
    ...(discussion !== null && { discussion }),
    ...(owner !== null && { owner }),
  };
}

/**
 * The bot's places are these now. Threads that stand elsewhere are lost, in the same transaction. `posts` and `comments`
 * are what the names of messages in these places begin with.
 */
export async function savePlaces(
  database: Database,
  id: BotId,
  places: {
    readonly channel: PlaceId;
    readonly discussion: PlaceId;
    readonly posts: string;
    readonly comments: string;
  },
): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query(`UPDATE bots SET channel = $2, discussion = $3 WHERE id = $1`, [
      id,
      places.channel,
      places.discussion,
    ]);
    await loseThreadsElsewhere(sql, id, places);
  });
}

/** Keeps the hash of the one-time link that makes its opener the owner, unless there is one. */
export async function offerOwnership(sql: Sql, id: BotId, claimHash: string): Promise<void> {
  // Not by Prisma, whose first question costs 60 MB: this one is asked at each start.
  await sql.query(`UPDATE bots SET claim_hash = $2 WHERE id = $1 AND owner IS NULL`, [id, claimHash]);
}

/** Makes a person the owner, if the link is the one offered and nobody has used it. */
export async function claimOwnership(
  { prisma }: Database,
  id: BotId,
  { claimHash, person }: { readonly claimHash: string; readonly person: PersonId },
): Promise<boolean> {
  const { count } = await prisma.bot.updateMany({
    where: { id: BigInt(id), claimHash },
    data: { owner: person, claimHash: null },
  });
  return count === 1;
}

/** The record's id of a bot; undefined when its desk has never run on this database. Changes nothing. */
export async function findBot({ prisma }: Database, externalId: string): Promise<BotId | undefined> {
  const bot = await prisma.bot.findUnique({ where: { externalId }, select: { id: true } });
  return bot ? String(bot.id) : undefined;
}

/** The channel that the desk of this bot has; undefined when it has none, or has never run. Changes nothing. */
export async function channelOfBot({ prisma }: Database, externalId: string): Promise<PlaceId | undefined> {
  const bot = await prisma.bot.findUnique({ where: { externalId }, select: { channel: true } });
  return bot?.channel ?? undefined;
}
