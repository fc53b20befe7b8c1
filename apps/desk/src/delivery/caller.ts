import type { Log } from '../log.js';
import type { Content } from '../relay/content.js';
import type { ExternalId, PlaceId } from '../relay/ids.js';
import { DeliveryError } from '../relay/ports.js';
import { LeaseLost } from '../store/leases.js';
import { loadLane } from '../store/lanes.js';
import type { Lane } from '../store/wanted.js';
import { costOf } from './call.js';
import { pause } from './failure.js';
import { perform } from './perform.js';
import type { SenderMeters } from './meters.js';
import type { Performer } from './performer.js';
import type { Server, Servers } from './servers.js';
import { settle, type SettleParts } from './settle.js';
import { keyOf, type Planned, type Turn } from './turns.js';

/** Something to say to the team outside all threads. */
export interface Announcement {
  readonly content: Content;
  readonly replyTo?: ExternalId;
}

/** Makes calls that were given out: each spends its bot's budget, and what comes of it teaches or pauses that. */
export interface Caller {
  /** Resolves with whether something was shown, as far as that is known. Throws LeaseLost. */
  carryOut(server: Server, turn: Turn, planned: Planned): Promise<'shown' | 'not shown' | 'unknown'>;
  /** Finds out what became of a lane's call, while the bot makes no other in this place. Throws LeaseLost or Stopped. */
  settle(server: Server, place: PlaceId, lane: Lane): Promise<void>;
  /** Resolves with whether there is nothing more to do about it: it was said, or never can be. Throws LeaseLost. */
  announce(place: PlaceId, announcement: Announcement): Promise<boolean>;
  /** How many milliseconds from now there is room for a call. */
  waitFor(server: Server, place: PlaceId, call: { readonly cost: number; readonly share?: number }): number;
  /** Whether the desk's own bot has to make a lane's next call, because a relay bot was refused. */
  isLeftToOwn(lane: Lane): boolean;
}

/** What making calls needs, whoever gives them out. */
export interface CallerParts extends Omit<Performer, 'relay'>, Pick<SettleParts, 'recall' | 'copyPatienceMs'> {
  readonly log: Log;
  readonly meters: SenderMeters;
  /** Milliseconds that never jump; the budget's clock. */
  readonly now: () => number;
}

interface CallerContext extends CallerParts {
  readonly servers: Servers;
  readonly running: () => boolean;
  readonly wake: (lanes: readonly Lane[]) => void;
}

/** The sender was stopped while something waited for its room. */
export class Stopped extends Error {}

export function createCaller(parts: CallerContext): Caller {
  const { log, now, servers, running, wake } = parts;
  const leftToOwn = new Set<string>();

  const waitFor: Caller['waitFor'] = ({ budget }, place, { cost, share }) => budget.freeAt(place, cost, share) - now();

  const takeRoom = async (server: Server, place: PlaceId): Promise<void> => {
    for (;;) {
      if (!running()) throw new Stopped();
      const waitMs = waitFor(server, place, { cost: 1 });
      if (waitMs <= 0) break;
      await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 250)));
    }
    server.budget.spend(place, 1);
    await servers.remember(server, place);
    // Whoever waited may have been paused for longer than the lease.
    if (!parts.holds()) throw new LeaseLost();
  };

  /** As long as the messenger asks for, if it does. */
  const restFor = ({ pauses }: Server, place: PlaceId, error: unknown): void => {
    if (error instanceof DeliveryError && error.outcome.kind === 'retry') {
      pauses.obey(place, pause(error, error.outcome), 1);
    } else pauses.rest(place);
  };

  return {
    waitFor,
    isLeftToOwn: (lane) => leftToOwn.has(keyOf(lane)),

    carryOut: async (server, { place, lane, since }, { view, step }) => {
      const { relay, budget, pauses } = server;
      const { conversation, queue } = lane;
      const context = { conversation, queue, step: step.kind, delivery: view.deliveries[0]?.id, relay: relay?.id };
      const cost = costOf(step);
      const began = now();
      const answered = budget.spend(place, cost);
      await servers.remember(server, place);
      if (!relay) leftToOwn.delete(keyOf(lane));
      try {
        const verdict = await perform({ ...parts, ...(relay && { relay }) }, view, step);
        answered();
        log.debug(context, verdict.kind === 'shown' ? 'shown' : 'not shown yet');
        switch (verdict.kind) {
          case 'left':
            log.warn(
              { ...context, reason: verdict.error.message },
              'a relay bot was refused: the desk’s own bot tries',
            );
            leftToOwn.add(keyOf(lane));
            return 'not shown';
          case 'pause':
            pauses.obey(place, verdict, cost);
            return verdict.error.outcome.kind === 'uncertain' ? 'unknown' : 'not shown';
          case 'changed':
            pauses.forget(place);
            wake(verdict.wake);
            return 'not shown';
          case 'shown':
            pauses.forget(place);
            wake(verdict.wake);
            parts.meters.shown({ queue, waitedMs: began - since, tookMs: now() - began });
            return 'shown';
        }
      } catch (error) {
        if (error instanceof LeaseLost) throw error;
        log.error({ err: error, ...context }, 'a step failed');
        pauses.rest(place);
        return 'unknown';
      } finally {
        await servers.remember(server, place);
      }
    },

    settle: async (server, place, lane) => {
      const view = await loadLane(parts.database, parts.bot, lane);
      if (!view) return;
      const { relay, pauses } = server;
      try {
        const { copyPatienceMs, recall } = parts;
        const room = (): Promise<void> => takeRoom(server, place);
        const performer = { ...parts, ...(relay && { relay }) };
        const { settlement, wake: woken } = await settle({ performer, lane: view, room, recall, copyPatienceMs });
        log.warn({ ...lane, settlement, relay: relay?.id }, 'a call of unknown outcome is settled');
        parts.meters.settled(settlement);
        pauses.forget(place);
        wake(woken);
      } catch (error) {
        if (error instanceof LeaseLost || error instanceof Stopped) throw error;
        log.warn({ err: error, place }, 'the messenger cannot be asked now what became of a call');
        restFor(server, place, error);
        await servers.remember(server, place);
      }
    },

    announce: async (place, { content, replyTo }) => {
      const answered = servers.own.budget.spend(place, 1);
      if (!parts.holds()) throw new LeaseLost();
      const say = (reply: Pick<Announcement, 'replyTo'>): Promise<unknown> =>
        parts.surface.send({ to: place, contents: [content], ...reply });
      try {
        await say(replyTo === undefined ? {} : { replyTo }).catch((error: unknown) => {
          // What it is about may have been deleted meanwhile.
          if (replyTo === undefined || !isRejected(error)) throw error;
          return say({});
        });
        answered();
        return true;
      } catch (error) {
        log.warn({ err: error }, 'the team cannot be told now');
        if (isRejected(error)) return true;
        restFor(servers.own, place, error);
        return false;
      } finally {
        await servers.remember(servers.own, place);
      }
    },
  };
}

function isRejected(error: unknown): boolean {
  return error instanceof DeliveryError && error.outcome.kind === 'rejected';
}
