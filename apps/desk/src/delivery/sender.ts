import type { Log } from '../log.js';
import type { Content } from '../relay/content.js';
import type { PlaceId } from '../relay/ids.js';
import { unsettledCall } from '../store/calls.js';
import { LeaseLost } from '../store/leases.js';
import { loadLane, mergingWindow, openLanes, type OpenLane } from '../store/lanes.js';
import { finish } from '../store/outcomes.js';
import { loadPacing, savePacing } from '../store/pacing.js';
import { priorities, type Lane } from '../store/wanted.js';
import { backoffMs, exponential } from './backoff.js';
import type { Budget, Rate } from './budget.js';
import { costOf, messengerOf, placeOf } from './call.js';
import { createHands } from './hands.js';
import type { LaneView, LiveThread } from './lane.js';
import type { SenderMeters } from './meters.js';
import { detach, perform, type Performer, type Verdict } from './perform.js';
import { nextStep, type Step } from './plan.js';
import type { Wording } from './render.js';
import { settle } from './settle.js';
import { createTurns, unsettledPriority, type Planned, type Turn } from './turns.js';

/** What showing needs. */
export interface SenderParts extends Performer {
  readonly log: Log;
  readonly budget: Budget;
  readonly wording: Wording;
  readonly meters: SenderMeters;
  /** Milliseconds that never jump; the budget's clock. */
  readonly now: () => number;
  readonly isPrivate: (place: PlaceId) => boolean;
  /** In each place, a conversation that had more calls than this lets the others go first. */
  readonly quota: Rate;
  /** How long the automatic copy of a post is waited for whose answer was lost, in milliseconds. */
  readonly copyPatienceMs: number;
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
  /** Says something to the whole team, outside all threads. Lost when the process ends before it could. */
  announce(content: Content): void;
  /** Shows everything that waits, from now on. */
  start(): Promise<void>;
  /** Begins nothing new and resolves when the calls under way have ended and are written down, `withinMs` at the latest. */
  stop(withinMs?: number): Promise<void>;
  /** What waits at a place, and since how many milliseconds. */
  waiting(place: PlaceId): { readonly lanes: number; readonly oldestMs: number };
}

/** Lanes that other processes filled, or that a wake-up missed, are found this often. */
const sweepMs = 5_000;
/** A process that is asked to end has ten seconds in all. */
const drainMs = 8_000;

/** Texts are put together when half of a place's calls are used up: into comments that read well... */
const scarceShare = 0.5;
const readableLength = 800;
/** ...or, when they have been waiting for a whole window, into as few as possible. */
const longestLength = 3_900;
/** The look of a post is refreshed only while this part of the channel's calls is not used up. */
const lookShare = 0.75;

/**
 * Gives out calls: one at a time per place, as the budget allows, to the lane whose turn it is. Lanes of one place take
 * turns; lanes of different places run side by side. Lanes are planned late, when their turn has come: what they hold may
 * have changed, and a hundred thousand that wait must not fill the memory.
 */
export function createSender(parts: SenderParts): Sender {
  const { database, bot, log, budget, now } = parts;
  const turns = createTurns({ now, quota: parts.quota });
  const hands = createHands();
  const busy = new Set<PlaceId>();
  const alarms = new Map<PlaceId, NodeJS.Timeout>();
  const failures = new Map<PlaceId, number>();
  const preparing = new Set<PlaceId>();
  const underWay = new Set<Promise<void>>();
  const announcements: Content[] = [];
  let lastRefusal: { readonly place: PlaceId; readonly waitMs: number; readonly at: number } | undefined;
  let running = false;
  let sweeper: NodeJS.Timeout | undefined;

  const track = (work: Promise<unknown>): void => {
    const caught: Promise<void> = work
      .then(() => undefined)
      .catch((error: unknown) => {
        if (error instanceof LeaseLost) loseLease();
        else if (!(error instanceof Stopped)) log.error({ err: error }, 'the sender failed');
      })
      .finally(() => underWay.delete(caught));
    underWay.add(caught);
  };

  const loseLease = (): void => {
    if (!running) return;
    halt();
    parts.onLeaseLost();
  };

  const halt = (): void => {
    running = false;
    clearTimeout(sweeper);
    for (const alarm of alarms.values()) clearTimeout(alarm);
  };

  /* ---- what lanes want ---- */

  /** Where a lane's next call goes, as far as that is known without reading it. */
  const guessPlace = ({ queue }: Lane): PlaceId | undefined => {
    if (queue === 'customer') return undefined;
    const places = parts.surface.places();
    return queue === 'card' ? places?.posts : places?.comments;
  };

  const wakeOne = (lane: Lane): void => {
    if (!hands.woke(lane)) track(take(lane, () => look(lane)));
  };

  /** Takes a lane in hand, works on it, and looks again if it was woken meanwhile. */
  const take = async (lane: Lane, work: () => Promise<Turn | undefined>): Promise<void> => {
    turns.remove(lane);
    const turn = await hands.take(lane, work, () => look(lane));
    if (!turn || !running) return;
    turns.add(turn);
    serve(turn.place);
  };

  /** Plans a lane's next step. Undefined when there is nothing to call for now. */
  const look = async (lane: Lane): Promise<Turn | undefined> => {
    for (let tries = 1; running; tries += 1) {
      try {
        return await lookOnce(lane);
      } catch (error) {
        if (error instanceof LeaseLost) throw error;
        log.warn({ err: error, conversation: lane.conversation }, 'a lane cannot be read now');
        await exponential(tries, { firstMs: 200, mostMs: 5_000 });
      }
    }
    return undefined;
  };

  const lookOnce = async (lane: Lane): Promise<Turn | undefined> => {
    for (;;) {
      const place = guessPlace(lane);
      const merging = place !== undefined && mergeUpTo(place, 0) > 0;
      const view = await loadLane(database, bot, { ...lane, ...(merging && { window: mergingWindow }) });
      if (!view) return undefined;
      const merge = place === undefined ? 0 : mergeUpTo(place, view.deliveries[0]?.ageMs ?? 0);
      const messenger = messengerOf(parts, view);
      const step = nextStep(view, { messenger, wording: parts.wording, mergeUpTo: merge });
      if (step.kind === 'done') await finish(database, [step.delivery.id]);
      else if (step.kind === 'detach') await detach(parts, view, step);
      else return toTurn(view, step, merge);
    }
  };

  const toTurn = async (
    view: LaneView,
    step: Exclude<Step, { kind: 'done' | 'detach' }>,
    merge: number,
  ): Promise<Turn | undefined> => {
    const { conversation, queue } = view;
    const lane: Lane = { conversation, queue };
    switch (step.kind) {
      case 'empty':
        return undefined;
      case 'settle':
        return unsettledTurn(view, lane);
      case 'wait':
        setTimeout(() => wake([lane]), Math.max(0, step.ms) + 1).unref();
        return undefined;
      case 'await_root':
        parts.onRootMissing(lane, step.thread);
        return undefined;
      case 'send':
      case 'edit':
      case 'delete':
      case 'open_thread':
      case 'update_thread': {
        const place = placeOf(parts, view, step);
        const [head] = view.deliveries;
        if (place === undefined || !head) return undefined;
        const priority = step.kind === 'open_thread' ? priorities.post : head.priority;
        return { lane, place, priority, since: now() - head.ageMs, planned: { view, step, mergeUpTo: merge } };
      }
    }
  };

  const unsettledTurn = async (view: LaneView, lane: Lane): Promise<Turn | undefined> => {
    const unsettled = await unsettledCall(database, bot, lane);
    const place = unsettled?.call?.place ?? (lane.queue === 'customer' ? view.customer.place : guessPlace(lane));
    if (place === undefined) return undefined;
    return { lane, place, priority: unsettledPriority, since: 0 };
  };

  /** How long a comment may become for which waiting texts are put together: not at all while calls are to be had. */
  const mergeUpTo = (place: PlaceId, ageMs: number): number => {
    const window = budget.limit(place);
    if (!window || budget.used(place) < scarceShare) return 0;
    return ageMs > window.seconds * 1_000 ? longestLength : readableLength;
  };

  const isStale = ({ place, planned, since }: Turn): boolean =>
    planned?.step.kind === 'send' &&
    planned.view.queue === 'staff' &&
    planned.mergeUpTo !== mergeUpTo(place, now() - since);

  /* ---- whose turn it is ---- */

  /** Gives the next call of a place to the lane whose turn it is, if there is room for it now. */
  const serve = (place: PlaceId): void => {
    if (!running || busy.has(place)) return;
    const job = nextJob(place);
    if (!job) return;
    const waitMs = budget.freeAt(place, job.cost, job.share) - now();
    if (waitMs > 0) {
      serveLater(place, waitMs);
      return;
    }
    busy.add(place);
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      busy.delete(place);
      serve(place);
    };
    track(job.run(release).finally(release));
    prepare(place);
  };

  const serveLater = (place: PlaceId, waitMs: number): void => {
    clearTimeout(alarms.get(place));
    const ring = (): void => {
      alarms.delete(place);
      serve(place);
    };
    alarms.set(place, setTimeout(ring, Math.min(waitMs, 60_000)).unref());
  };

  /** While a place is busy, the lane that comes next is planned. */
  const prepare = (place: PlaceId): void => {
    if (!running || preparing.has(place)) return;
    const next = turns.next(place);
    if (!next || next.planned || next.priority === unsettledPriority) return;
    preparing.add(place);
    track(
      take(next.lane, () => look(next.lane)).finally(() => {
        preparing.delete(place);
      }),
    );
  };

  interface Job {
    readonly cost: number;
    readonly share?: number;
    /** `release` lets the next job of the place begin before this one has wholly ended. */
    run(release: () => void): Promise<void>;
  }

  const nextJob = (place: PlaceId): Job | undefined => {
    const turn = turns.next(place);
    if (turn?.priority === unsettledPriority) {
      return { cost: 0, run: () => take(turn.lane, () => settleLane(place, turn.lane)) };
    }
    const [content] = announcements;
    if (content && place === parts.surface.places()?.comments) return { cost: 1, run: () => sayToAll(place, content) };
    if (!turn) return undefined;
    const { lane, planned } = turn;
    if (!planned || isStale(turn)) return { cost: 1, run: () => take(lane, () => look(lane)) };
    return {
      cost: costOf(planned.step),
      ...(turn.priority === priorities.look && { share: lookShare }),
      run: (release) =>
        take(lane, async () => {
          const known = await carryOut(place, turn, planned);
          // Nothing else may go to this place before it is known what became of the call.
          if (known) release();
          return look(lane);
        }),
    };
  };

  /* ---- calls ---- */

  /** Resolves with whether the outcome is known. */
  const carryOut = async (place: PlaceId, turn: Turn, { view, step }: Planned): Promise<boolean> => {
    const { conversation, queue } = view;
    const context = { conversation, queue, step: step.kind, delivery: view.deliveries[0]?.id };
    const cost = costOf(step);
    const began = now();
    turns.served(place, turn.lane);
    const answered = budget.spend(place, cost);
    await remember(place);
    try {
      const verdict = await perform(parts, view, step);
      answered();
      log.debug(context, verdict.kind === 'done' ? 'shown' : 'not shown yet');
      if (verdict.kind === 'done') {
        parts.meters.shown({ queue, waitedMs: began - turn.since, tookMs: now() - began });
      }
      obey(place, verdict, cost);
      return verdict.kind === 'done' || verdict.error.outcome.kind !== 'uncertain';
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      log.error({ err: error, ...context }, 'a step failed');
      budget.pause(place, now() + noteFailure(place));
      return false;
    } finally {
      await remember(place);
    }
  };

  const obey = (place: PlaceId, verdict: Verdict, cost: number): void => {
    if (verdict.kind === 'done') {
      failures.delete(place);
      wake(verdict.wake);
      return;
    }
    const waitMs = verdict.afterMs ?? noteFailure(place);
    log.warn({ place, waitMs, scope: verdict.scope, reason: verdict.error.message }, 'calls are paused');
    if (verdict.scope === 'bot') budget.pauseAll(now() + waitMs);
    else if (verdict.refused) obeyRefusal(place, waitMs, cost);
    else budget.pause(place, now() + waitMs);
  };

  /** The same wait for two places at once, one of them a private chat, is the whole bot's. */
  const obeyRefusal = (place: PlaceId, waitMs: number, cost: number): void => {
    parts.meters.refused(place);
    const other = lastRefusal;
    lastRefusal = { place, waitMs, at: now() };
    const isSame =
      other && other.place !== place && now() - other.at < 2_000 && Math.abs(other.waitMs - waitMs) <= 1_000;
    if (isSame && (parts.isPrivate(place) || parts.isPrivate(other.place))) budget.pauseAll(now() + waitMs);
    budget.refused(place, now() + waitMs, cost);
  };

  const noteFailure = (place: PlaceId): number => {
    const count = (failures.get(place) ?? 0) + 1;
    failures.set(place, count);
    return backoffMs(count, { firstMs: 500, mostMs: 30_000 });
  };

  /** Finds out what became of a call, with the place to itself. */
  const settleLane = async (place: PlaceId, lane: Lane): Promise<Turn | undefined> => {
    const view = await loadLane(database, bot, lane);
    if (!view) return undefined;
    const room = async (): Promise<void> => {
      await roomAt(place);
      budget.spend(place, 1)();
      await remember(place);
    };
    try {
      const { copyPatienceMs } = parts;
      const { settlement, wake: woken } = await settle({ performer: parts, lane: view, room, copyPatienceMs });
      log.warn(
        { conversation: lane.conversation, queue: lane.queue, settlement },
        'a call of unknown outcome is settled',
      );
      parts.meters.settled(settlement);
      failures.delete(place);
      wake(woken);
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof Stopped) throw error;
      const waitMs = noteFailure(place);
      log.warn({ err: error, place, waitMs }, 'the messenger cannot be asked now what became of a call');
      budget.pause(place, now() + waitMs);
    }
    return look(lane);
  };

  const roomAt = async (place: PlaceId): Promise<void> => {
    for (;;) {
      if (!running) throw new Stopped();
      const waitMs = budget.freeAt(place, 1) - now();
      if (waitMs <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 250)));
    }
  };

  const sayToAll = async (place: PlaceId, content: Content): Promise<void> => {
    const answered = budget.spend(place, 1);
    try {
      await parts.surface.send({ to: place, contents: [content] });
      answered();
      announcements.shift();
    } catch (error) {
      log.warn({ err: error }, 'the team cannot be told now');
      budget.pause(place, now() + noteFailure(place));
    }
  };

  /** What is used of a place's budget outlives the process. */
  const remember = async (place: PlaceId): Promise<void> => {
    const record = budget.record(place);
    if (!record) return;
    await savePacing(database, bot, record).catch((error: unknown) =>
      log.warn({ err: error, place }, 'the pacing of a place cannot be kept now'),
    );
  };

  const wake = (lanes: readonly Lane[]): void => {
    if (running) for (const lane of lanes) wakeOne(lane);
  };

  /** Lanes are only noted here; each is planned when its turn comes. What is unsettled comes first. */
  const sweep = async (): Promise<void> => {
    try {
      const lanes = (await openLanes(database, bot)).filter((lane) => !hands.has(lane));
      const unsettled = lanes.filter((lane) => lane.unsettled);
      await Promise.all(unsettled.map(({ conversation, queue }) => lookFirst({ conversation, queue })));
      for (const open of lanes) {
        const { conversation, queue, ageMs } = open;
        const lane: Lane = { conversation, queue };
        if (hands.has(lane) || turns.get(lane)) continue;
        const place = openPlace(open);
        if (place === undefined) continue;
        turns.add({ lane, place, priority: open.hasThread ? open.priority : priorities.post, since: now() - ageMs });
      }
      for (const place of turns.places()) serve(place);
    } catch (error) {
      log.warn({ err: error }, 'waiting deliveries cannot be read now');
    }
    clearTimeout(sweeper);
    if (running) sweeper = setTimeout(() => track(sweep()), sweepMs);
  };

  const openPlace = ({ customerPlace, hasThread, ...lane }: OpenLane): PlaceId | undefined => {
    if (lane.queue === 'customer') return customerPlace;
    return hasThread ? guessPlace(lane) : parts.surface.places()?.posts;
  };

  /** Notes a lane with what is unsettled in it, without serving it yet. */
  const lookFirst = async (lane: Lane): Promise<void> => {
    if (turns.get(lane)?.priority === unsettledPriority) return;
    turns.remove(lane);
    const turn = await hands.take(
      lane,
      () => look(lane),
      () => look(lane),
    );
    if (turn) turns.add(turn);
  };

  return {
    wake,
    wakeAll: () => {
      if (running) track(sweep());
    },
    announce: (content) => {
      announcements.push(content);
      const comments = parts.surface.places()?.comments;
      if (comments !== undefined) serve(comments);
    },
    start: async () => {
      for (const record of await loadPacing(database, bot)) budget.restore(record);
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
    waiting: (place) => {
      const { lanes, since } = turns.waiting(place);
      return { lanes, oldestMs: since === undefined ? 0 : now() - since };
    },
  };
}

/** The sender was stopped while something waited for its room. */
class Stopped extends Error {}
