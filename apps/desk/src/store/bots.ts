import type { BotId, PersonId, PlaceId } from '../relay/ids.js';
import type { Database } from './database.js';
import { loseThreadsElsewhere } from './threads.js';

/** What is kept about the bot itself: which places are its own, and who owns it. */
export interface BotRecord {
  readonly id: BotId;
  readonly channel?: PlaceId;
  readonly discussion?: PlaceId;
  readonly owner?: PersonId;
}

/** The record of a bot, made when there is none. `externalId` outlives a new token or name. */
export async function knowBot(
  { prisma }: Database,
  { externalId, name }: { readonly externalId: string; readonly name: string },
): Promise<BotRecord> {
  const bot = await prisma.bot.upsert({ where: { externalId }, create: { externalId, name }, update: { name } });
  return {
    id: String(bot.id),
    ...(bot.channel !== null && { channel: bot.channel }),
    ...(bot.discussion !== null && { discussion: bot.discussion }),
    ...(bot.owner !== null && { owner: bot.owner }),
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

/** Keeps the hash of the one-time link that makes its opener the owner. */
export async function offerOwnership({ prisma }: Database, id: BotId, claimHash: string): Promise<void> {
  await prisma.bot.update({ where: { id: BigInt(id) }, data: { claimHash } });
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

/** The channel that the desk of this bot has; undefined when it has none, or has never run. Changes nothing. */
export async function channelOfBot({ prisma }: Database, externalId: string): Promise<PlaceId | undefined> {
  const bot = await prisma.bot.findUnique({ where: { externalId }, select: { channel: true } });
  return bot?.channel ?? undefined;
}
