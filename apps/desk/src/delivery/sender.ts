import type { Content } from '../relay/content.js';
import type { ExternalId, PlaceId } from '../relay/ids.js';
import type { RelayBot } from '../relay/ports.js';
import { LeaseLost } from '../store/leases.js';
import { openLanes, type OpenLane } from '../store/lanes.js';
import { priorities, type Lane } from '../store/wanted.js';
import type { Budget, Rate } from './budget.js';
import { costOf } from './call.js';
import { createCaller, Stopped, type Announcement, type CallerParts } from './caller.js';
import { takes } from './carriage.js';
import { createHands } from './hands.js';
import type { LiveThread } from './lane.js';
import { createLookout } from './lookout.js';
import { placeStates, type PlaceState } from './placeStates.js';
import type { Wording } from './render.js';
import { createServers, type Server } from './servers.js';
import { createTurns, unsettledPriority, type Turn } from './turns.js';

/** What showing needs. */
export interface SenderParts extends CallerParts {
  /** Further bots that carry comments when the desk's own has no room for them. */
  readonly relayBots: readonly RelayBot[];
  /** A budget for one bot. */
  readonly createBudget: () => Budget;
  readonly wording: Wording;
  readonly isPrivate: (place: PlaceId) => boolean;
  /** In each place, a conversation that had more calls than this lets the others go first. */
  readonly quota: Rate;
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
  /**
   * Says something to the whole team, or to one of them, outside all threads; resolves when it was said. Lost when the
   * process ends before it could.
   */
  announce(content: Content, replyTo?: ExternalId): Promise<void>;
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

/** Something to do in a place that nothing else may be done in meanwhile. */
interface Job {
  /** How many calls there must be room for. */
  readonly cost: number;
  readonly share?: number;
  /** `release` lets the next job of the place begin before this one has wholly ended. */
  run(release: () => void): Promise<void>;
}

/**
 * Gives out calls: one at a time per place and bot, as the bot's budget allows, to the lane whose turn it is. Lanes of one
 * place take turns; lanes of different places run side by side.
 */
export function createSender(parts: SenderParts): Sender {
  const { database, bot, log, now } = parts;
  const turns = createTurns({ now, quota: parts.quota });
  const hands = createHands();
  const servers = createServers(parts);
  const underWay = new Set<Promise<void>>();
  const announcements: (Announcement & { readonly said: () => void })[] = [];
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
    isLeftToOwn: (lane) => caller.isLeftToOwn(lane),
    onWait: (lane, ms) => {
      setTimeout(() => wake([lane]), Math.max(0, ms) + 1).unref();
    },
  });
  const { look, guessPlace } = lookout;
  const caller = createCaller({ ...parts, servers, running: () => running, wake: (lanes) => wake(lanes) });

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

  /** Nothing else may wait where they are said. */
  const serveAnnouncements = (): void => {
    const comments = parts.surface.places()?.comments;
    if (comments !== undefined && announcements.length > 0) serve(comments);
  };

  /** Gives a bot's next call in a place to the lane whose turn it is, if there is room for it now. */
  const serveBy = (server: Server, place: PlaceId): void => {
    if (server.busy.has(place)) return;
    const job = nextJob(server, place);
    if (!job) return;
    const waitMs = caller.waitFor(server, place, job);
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
    if (parts.relayBots.length === 0) return turns.next(place);
    const ownHasRoom = once(() => {
      const job = nextJob(servers.own, place);
      return job !== undefined && caller.waitFor(servers.own, place, job) <= 0;
    });
    const { isGone } = servers;
    const offer = { ...(relay && { relay: relay.id }), ownHasRoom, isGone };
    return turns.next(place, ({ carriage }) => takes({ ...offer, carriage }));
  };

  const nextJob = (server: Server, place: PlaceId): Job | undefined => {
    const turn = nextTurn(server, place);
    if (turn?.priority === unsettledPriority) {
      const { lane } = turn;
      const settleAndLook = async (): Promise<Turn | undefined> => {
        await caller.settle(server, place, lane);
        return look(lane);
      };
      return { cost: 0, run: () => take(lane, settleAndLook) };
    }
    const [announcement] = announcements;
    if (announcement && !server.relay && place === parts.surface.places()?.comments) {
      const say = async (): Promise<void> => {
        if (await caller.announce(place, announcement)) announcements.shift()?.said();
      };
      return { cost: 1, run: say };
    }
    if (!turn) return undefined;
    const { lane, planned } = turn;
    if (!planned || lookout.isStale(turn)) return { cost: 1, run: () => take(lane, () => look(lane)) };
    return {
      cost: costOf(planned.step),
      ...(turn.priority === priorities.look && { share: lookShare }),
      run: (release) =>
        take(lane, async () => {
          turns.served(place, lane, costOf(planned.step));
          const result = await caller.carryOut(server, turn, planned);
          // Nothing else of this bot's may go to this place before it is known what became of the call.
          if (result !== 'unknown') release();
          return result === 'shown' ? lookout.goOn(lane, planned) : look(lane);
        }),
    };
  };

  /** Lanes are only noted here; each is planned when its turn comes. What is unsettled comes first. */
  const sweep = async (): Promise<void> => {
    try {
      const lanes = (await openLanes(database, bot)).filter((lane) => !hands.has(lane));
      await Promise.all(lanes.filter(({ unsettled }) => unsettled).map(noteUnsettled));
      for (const open of lanes) noteOpen(open);
      for (const place of turns.places()) serve(place);
      serveAnnouncements();
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
    announce: (content, replyTo) =>
      new Promise((said) => {
        announcements.push({ content, ...(replyTo !== undefined && { replyTo }), said });
        serveAnnouncements();
      }),
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
