import type { Config } from './config.js';
import { botOfToken, traceTarget } from './telegram/links.js';
import { findBot } from './store/bots.js';
import type { Database } from './store/database.js';
import { findTraced, traceMessages, type TracedMessage } from './store/trace.js';

/** At most so many messages of a conversation are told of. */
const mostMessages = 50;

/** What became of a customer's messages, or of one that a link names: a line per step, with times in UTC. */
export async function trace(
  database: Database,
  { telegram }: Pick<Config, 'telegram'>,
  wanted: string,
): Promise<readonly string[] | undefined> {
  const target = traceTarget(wanted);
  const bot = await findBot(database, botOfToken(telegram.token));
  if (!target || bot === undefined) return undefined;
  const found = await findTraced(database, bot, target);
  if (!found) return undefined;
  const messages = await traceMessages(database, { ...found, limit: mostMessages });
  return [`conversation ${found.conversation}`, ...messages.flatMap(linesOf)];
}

function linesOf(message: TracedMessage): string[] {
  const { id, author, kind, internal } = message;
  const steps: readonly (readonly [Date | undefined, string])[] = [
    [message.writtenAt, 'written'],
    [message.receivedAt, 'stored'],
    [message.handledAt, 'handled'],
    ...message.editedAt.map((at) => [at, 'edited'] as const),
    [message.removedAt, 'taken back'],
    ...message.deliveries.flatMap((delivery) => {
      const to = `to ${delivery.side}`;
      const tries = delivery.attempts > 1 ? `, ${delivery.attempts} tries` : '';
      const why = delivery.error === undefined ? '' : `: ${delivery.error}`;
      return [
        [delivery.wantedAt, `wanted ${to}`],
        [delivery.startedAt, `sending ${to}`],
        [delivery.finishedAt, `${delivery.state === 'sent' ? 'confirmed' : delivery.state} ${to}${tries}${why}`],
      ] as const;
    }),
    ...message.places.map(({ side, role, id: place, at }) => [at, `${role} on the ${side} side: ${place}`] as const),
  ];
  const told = steps.flatMap(([at, what]) => (at ? [{ at, what }] : []));
  told.sort((one, other) => one.at.getTime() - other.at.getTime());
  const head = `\nmessage ${id}: ${kind} by the ${author}${internal ? ', stays inside' : ''}`;
  return [head, ...told.map(({ at, what }) => `  ${at.toISOString()}  ${what}`)];
}
