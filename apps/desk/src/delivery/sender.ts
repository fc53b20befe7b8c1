import type { Log } from '../log.js';
import type { Content } from '../relay/content.js';
import type { ExternalId, PlaceId } from '../relay/ids.js';
import type { RelayBot } from '../relay/ports.js';
import { LeaseLost } from '../store/leases.js';
import { loadLane, openLanes, type OpenLane } from '../store/lanes.js';
import { priorities, type Lane } from '../store/wanted.js';
import type { Budget, Rate } from './budget.js';
import { costOf } from './call.js';
import { takes } from './carriage.js';
import { createHands } from './hands.js';
import type { LiveThread } from './lane.js';
import { createLookout } from './lookout.js';
import type { SenderMeters } from './meters.js';
import { perform } from './perform.js';
import type { Performer } from './performer.js';
import { placeStates, type PlaceState } from './placeStates.js';
import type { Wording } from './render.js';
import { createServers, type Server } from './servers.js';
import { settle } from './settle.js';
import { createTurns, keyOf, unsettledPriority, type Planned, type Turn } from './turns.js';

/** What showing needs. */
export interface SenderParts extends Omit<Performer, 'relay'> {
  readonly log: Log;
  /** Further bots that carry comments when the desk's own has no room for them. */
  readonly relayBots: readonly RelayBot[];
  /** A budget for one bot. */
  readonly createBudget: () => Budget;
  readonly wording: Wording;
  readonly meters: SenderMeters;
  /** Milliseconds that never jump; the budget's clock. */
  readonly now: () => number;
  readonly isPrivate: (place: PlaceId) => boolean;
  /** In each place, a conversation that had more calls than this lets the others go first. */
  readonly quota: Rate;
  /** How long the automatic copy of a post is waited for whose answer was lost, in milliseconds. */
  readonly copyPatienceMs: number;
  /** Counts in what the messenger has told other processes, or told before this one was started. */
  readonly recall: () => Promise<void>;
  /** Called when a lane waits for its thread to be opened, each time that it is looked at. */
  readonly onRootMissing: (lane: Lane, thread: LiveThread) => void;
  /** Called once when another process turns out to make the calls now: this sender has stopped by itself. */
  readonly onLeaseLost: () => void;
}

export interface Sender {
  /** These lanes have something new to show. */
  wake(lanes: readonly Lane[]): void;
  /** Anything may have become possible: looks at everything that waits. */
  wakeAll(): void;
  /** Telegram has asked the whole bot to wait so long, in milliseconds: no call begins before. */
  rest(waitMs: number): void;
  /** Says something to the whole team, or to one of them, outside all threads. Lost when the process ends before it could. */
  announce(content: Content, replyTo?: ExternalId): void;
  /** Shows everything that waits, from now on. */
  start(): Promise<void>;
  /** Begins nothing new and resolves when the calls under way have ended and are written down, `withinMs` at the latest. */
  stop(withinMs?: number): Promise<void>;
  /** How the places stand that all conversations share. */
  places(): readonly PlaceState[];
}

/** Lanes that other processes filled, or that a wake-up missed, are found this often. */
const sweepMs = 5_000;
/** A process that is asked to end has ten seconds in all. */
const drainMs = 8_000;
/** The look of a post is refreshed only while this part of the channel's calls is not used up. */
const lookShare = 0.75;

interface Announcement {
  readonly content: Content;
  readonly replyTo?: ExternalId;
}

/** Something to do in a place that nothing else may be done in meanwhile. */
interface Job {
  /** How many calls there must be room for. */
  readonly cost: number;
  readonly share?: number;
  /** `release` lets the next job of the place begin before this one has wholly ended. */
  run(release: () => void): Promise<void>;
}

/** The sender was stopped while something waited for its room. */
class Stopped extends Error {}

/**
 * Gives out calls: one at a time per place and bot, as the bot's budget allows, to the lane whose turn it is. Lanes of one
 * place take turns; lanes of different places run side by side.
 */
export function createSender(parts: SenderParts): Sender {
  const { database, bot, log, now } = parts;
  const turns = createTurns({ now, quota: parts.quota });
  const hands = createHands();
  const servers = createServers(parts);
  /** Lanes whose next call the desk's own bot has to make, because a relay bot was refused. */
  const leftToOwn = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const announcements: Announcement[] = [];
  let running = false;
  let sweeper: NodeJS.Timeout | undefined;

  const lookout = createLookout({
    performer: parts,
    log,
    servers,
    wording: parts.wording,
    now,
    running: () => running,
    onRootMissing: parts.onRootMissing,
    isLeftToOwn: (lane) => leftToOwn.has(keyOf(lane)),
    onWait: (lane, ms) => {
      setTimeout(() => wake([lane]), Math.max(0, ms) + 1).unref();
    },
  });
  const { look, guessPlace } = lookout;

  const halt = (): void => {
    running = false;
    clearTimeout(sweeper);
    servers.halt();
  };

  const track = (work: Promise<unknown>): void => {
    const caught: Promise<void> = work
      .then(() => undefined)
      .catch((error: unknown) => {
        if (error instanceof LeaseLost) {
          if (running) parts.onLeaseLost();
          halt();
        } else if (!(error instanceof Stopped)) log.error({ err: error }, 'the sender failed');
      })
      .finally(() => underWay.delete(caught));
    underWay.add(caught);
  };

  const wake = (lanes: readonly Lane[]): void => {
    if (!running) return;
    for (const lane of lanes) if (!hands.woke(lane)) track(take(lane, () => look(lane)));
  };

  /** Takes a lane in hand, works on it, and looks again if it was woken meanwhile. */
  const take = async (lane: Lane, work: () => Promise<Turn | undefined>): Promise<void> => {
    turns.remove(lane);
    const letGo = (turn: Turn | undefined): void => {
      if (!turn || !running) return;
      turns.add(turn);
      serve(turn.place);
    };
    await hands.take(lane, { work, again: () => look(lane), letGo });
  };

  const serve = (place: PlaceId): void => {
    if (running) for (const server of servers.at(place)) serveBy(server, place);
  };

  /** Gives a bot's next call in a place to the lane whose turn it is, if there is room for it now. */
  const serveBy = (server: Server, place: PlaceId): void => {
    if (server.busy.has(place)) return;
    const job = nextJob(server, place);
    if (!job) return;
    const waitMs = waitFor(server, place, job);
    if (waitMs > 0) {
      serveLater(server, place, waitMs);
      return;
    }
    server.busy.add(place);
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      server.busy.delete(place);
      serve(place);
    };
    track(job.run(release).finally(release));
    prepare(server, place);
  };

  const waitFor = ({ budget }: Server, place: PlaceId, { cost, share }: Pick<Job, 'cost' | 'share'>): number =>
    budget.freeAt(place, cost, share) - now();

  const serveLater = ({ alarms }: Server, place: PlaceId, waitMs: number): void => {
    clearTimeout(alarms.get(place));
    const ring = (): void => {
      alarms.delete(place);
      serve(place);
    };
    alarms.set(place, setTimeout(ring, Math.min(waitMs, 60_000)).unref());
  };

  /** While a bot is busy, the lane that it serves next is planned. */
  const prepare = (server: Server, place: PlaceId): void => {
    const { preparing } = server;
    if (!running || preparing.has(place)) return;
    const next = nextTurn(server, place);
    if (!next || next.planned || next.priority === unsettledPriority) return;
    preparing.add(place);
    track(
      take(next.lane, () => look(next.lane)).finally(() => {
        preparing.delete(place);
      }),
    );
  };

  /** The lane whose turn it is, among those that this bot takes. */
  const nextTurn = ({ relay }: Server, place: PlaceId): Turn | undefined => {
    const ownHasRoom = once(() => {
      const job = nextJob(servers.own, place);
      return job !== undefined && waitFor(servers.own, place, job) <= 0;
    });
    const { isGone } = servers;
    const offer = { ...(relay && { relay: relay.id }), ownHasRoom, isGone };
    return turns.next(place, ({ carriage }) => takes({ ...offer, carriage }));
  };

  const nextJob = (server: Server, place: PlaceId): Job | undefined => {
    const turn = nextTurn(server, place);
    if (turn?.priority === unsettledPriority) {
      return { cost: 0, run: () => take(turn.lane, () => settleLane(server, place, turn.lane)) };
    }
    const [announcement] = announcements;
    if (announcement && !server.relay && place === parts.surface.places()?.comments) {
      return { cost: 1, run: () => sayToAll(place, announcement) };
    }
    if (!turn) return undefined;
    const { lane, planned } = turn;
    if (!planned || lookout.isStale(turn)) return { cost: 1, run: () => take(lane, () => look(lane)) };
    return {
      cost: costOf(planned.step),
      ...(turn.priority === priorities.look && { share: lookShare }),
      run: (release) =>
        take(lane, async () => {
          const result = await carryOut(server, turn, planned);
          // Nothing else of this bot's may go to this place before it is known what became of the call.
          if (result !== 'unknown') release();
          return result === 'shown' ? lookout.goOn(lane, planned) : look(lane);
        }),
    };
  };

  /** Resolves with whether something was shown, as far as that is known. */
  const carryOut = async (
    server: Server,
    { place, lane, since }: Turn,
    { view, step }: Planned,
  ): Promise<'shown' | 'not shown' | 'unknown'> => {
    const { relay, budget, pauses } = server;
    const { conversation, queue } = lane;
    const context = { conversation, queue, step: step.kind, delivery: view.deliveries[0]?.id, relay: relay?.id };
    const cost = costOf(step);
    const began = now();
    turns.served(place, lane);
    const answered = budget.spend(place, cost);
    await servers.remember(server, place);
    if (!relay) leftToOwn.delete(keyOf(lane));
    try {
      const verdict = await perform({ ...parts, ...(relay && { relay }) }, view, step);
      answered();
      log.debug(context, verdict.kind === 'shown' ? 'shown' : 'not shown yet');
      if (verdict.kind === 'left') {
        log.warn({ ...context, reason: verdict.error.message }, 'a relay bot was refused: the desk’s own bot tries');
        leftToOwn.add(keyOf(lane));
        return 'not shown';
      }
      if (verdict.kind === 'pause') {
        pauses.obey(place, verdict, cost);
        return verdict.error.outcome.kind === 'uncertain' ? 'unknown' : 'not shown';
      }
      pauses.forget(place);
      wake(verdict.wake);
      if (verdict.kind === 'changed') return 'not shown';
      parts.meters.shown({ queue, waitedMs: began - since, tookMs: now() - began });
      return 'shown';
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      log.error({ err: error, ...context }, 'a step failed');
      pauses.rest(place);
      return 'unknown';
    } finally {
      await servers.remember(server, place);
    }
  };

  /** Finds out what became of a call, while the bot makes no other in this place. */
  const settleLane = async (server: Server, place: PlaceId, lane: Lane): Promise<Turn | undefined> => {
    const view = await loadLane(database, bot, lane);
    if (!view) return undefined;
    const { relay, pauses } = server;
    try {
      const { copyPatienceMs, recall } = parts;
      const room = (): Promise<void> => takeRoom(server, place);
      const performer = { ...parts, ...(relay && { relay }) };
      const settled = await settle({ performer, lane: view, room, recall, copyPatienceMs });
      const { settlement } = settled;
      log.warn({ ...lane, settlement, relay: relay?.id }, 'a call of unknown outcome is settled');
      parts.meters.settled(settlement);
      pauses.forget(place);
      wake(settled.wake);
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof Stopped) throw error;
      const waitMs = pauses.rest(place);
      log.warn({ err: error, place, waitMs }, 'the messenger cannot be asked now what became of a call');
    }
    return look(lane);
  };

  const takeRoom = async (server: Server, place: PlaceId): Promise<void> => {
    for (;;) {
      if (!running) throw new Stopped();
      const waitMs = waitFor(server, place, { cost: 1 });
      if (waitMs <= 0) break;
      await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 250)));
    }
    server.budget.spend(place, 1);
    await servers.remember(server, place);
  };

  const sayToAll = async (place: PlaceId, { content, replyTo }: Announcement): Promise<void> => {
    const { budget, pauses } = servers.own;
    const answered = budget.spend(place, 1);
    try {
      await parts.surface.send({ to: place, contents: [content], ...(replyTo !== undefined && { replyTo }) });
      answered();
      announcements.shift();
    } catch (error) {
      log.warn({ err: error }, 'the team cannot be told now');
      pauses.rest(place);
    }
  };

  /** Lanes are only noted here; each is planned when its turn comes. What is unsettled comes first. */
  const sweep = async (): Promise<void> => {
    try {
      const lanes = (await openLanes(database, bot)).filter((lane) => !hands.has(lane));
      await Promise.all(lanes.filter(({ unsettled }) => unsettled).map(noteUnsettled));
      for (const open of lanes) noteOpen(open);
      for (const place of turns.places()) serve(place);
    } catch (error) {
      log.warn({ err: error }, 'waiting deliveries cannot be read now');
    }
    clearTimeout(sweeper);
    if (running) sweeper = setTimeout(() => track(sweep()), sweepMs);
  };

  const noteOpen = ({ conversation, queue, customerPlace, hasThread, priority, ageMs }: OpenLane): void => {
    const lane: Lane = { conversation, queue };
    if (hands.has(lane) || turns.get(lane)) return;
    const posts = hasThread || queue === 'customer' ? undefined : parts.surface.places()?.posts;
    const place = queue === 'customer' ? customerPlace : (posts ?? guessPlace(lane));
    if (place === undefined) return;
    turns.add({ lane, place, priority: posts === undefined ? priority : priorities.post, since: now() - ageMs });
  };

  /** Notes a lane with a call of unknown outcome, before its place serves anybody. */
  const noteUnsettled = async ({ conversation, queue }: OpenLane): Promise<void> => {
    const lane: Lane = { conversation, queue };
    if (turns.get(lane)?.priority === unsettledPriority || hands.has(lane)) return;
    turns.remove(lane);
    const again = (): Promise<Turn | undefined> => look(lane);
    await hands.take(lane, { work: again, again, letGo: (turn) => turn && turns.add(turn) });
  };

  return {
    places: () => placeStates(parts.surface, servers, turns),
    wake,
    wakeAll: () => {
      if (running) track(sweep());
    },
    rest: (waitMs) => servers.own.budget.pauseAll(now() + waitMs),
    announce: (content, replyTo) => {
      announcements.push({ content, ...(replyTo !== undefined && { replyTo }) });
      const comments = parts.surface.places()?.comments;
      if (comments !== undefined) serve(comments);
    },
    start: async () => {
      await servers.restore();
      running = true;
      await sweep();
    },
    stop: async (withinMs = drainMs) => {
      halt();
      const drained = (async () => {
        while (underWay.size > 0) await Promise.all(underWay);
      })();
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, withinMs).unref())]);
    },
  };
}

/** Asked at most once. */
function once(ask: () => boolean): () => boolean {
  let known: boolean | undefined;
  return () => (known ??= ask());
}
