import type { Log } from '../log.js';
import type { PlaceId } from '../relay/ids.js';
import type { Messenger } from '../relay/ports.js';
import { loadLane, openLanes } from '../store/lanes.js';
import { finish, lockConversation, putBack } from '../store/outcomes.js';
import type { Lane } from '../store/wanted.js';
import { backoffMs, exponential } from './backoff.js';
import type { Budget } from './budget.js';
import type { LaneView, LiveThread } from './lane.js';
import { perform, type CallStep, type Performer, type Verdict } from './perform.js';
import { nextStep, type Step } from './plan.js';
import type { Wording } from './render.js';
import { createTurns, keyOf, type Turn } from './turns.js';

/** What showing needs. */
export interface SenderParts extends Performer {
  readonly log: Log;
  readonly budget: Budget;
  readonly wording: Wording;
  /** Milliseconds that never jump; the budget's clock. */
  readonly now: () => number;
  /** Called when a lane waits for its thread to be opened, each time that it is looked at. */
  readonly onRootMissing: (lane: Lane, thread: LiveThread) => void;
}

export interface Sender {
  /** These lanes have something new to show. */
  wake(lanes: readonly Lane[]): void;
  /** Anything may have become possible: looks at everything that waits. */
  wakeAll(): void;
  /** Shows everything that waits, from now on. */
  start(): Promise<void>;
  /** Begins nothing new and resolves when the calls under way have ended and are written down. */
  stop(): Promise<void>;
}

/** Lanes that other processes filled, or that a wake-up missed, are found this often. */
const sweepMs = 5_000;

/**
 * Gives out calls: one at a time per place, as the budget allows, to the lane whose turn it is. Lanes of one place take
 * turns; lanes of different places run side by side. A lane is looked at or carried out by one hand at a time: `lanes`
 * holds what is in hand, `turns` what waits, and a lane that is woken while in hand is looked at again afterwards.
 */
export function createSender(parts: SenderParts): Sender {
  const { database, bot, log, budget, now } = parts;
  const turns = createTurns();
  const inHand = new Map<string, { woken: boolean }>();
  const busy = new Set<PlaceId>();
  const alarms = new Map<PlaceId, NodeJS.Timeout>();
  const failures = new Map<PlaceId, number>();
  const underWay = new Set<Promise<void>>();
  let running = false;
  let sweeper: NodeJS.Timeout | undefined;

  const track = (work: Promise<void>): Promise<void> => {
    const caught = work
      .catch((error: unknown) => log.error({ err: error }, 'the sender failed'))
      .finally(() => underWay.delete(caught));
    underWay.add(caught);
    return caught;
  };

  const wakeOne = (lane: Lane): void => {
    const hand = inHand.get(keyOf(lane));
    if (hand) hand.woken = true;
    else void track(take(lane, () => look(lane)));
  };

  /** Takes a lane in hand, works on it, and looks again if it was woken meanwhile. */
  const take = async (lane: Lane, work: () => Promise<Turn | undefined>): Promise<void> => {
    const key = keyOf(lane);
    const hand = { woken: false };
    turns.remove(lane);
    inHand.set(key, hand);
    let turn: Turn | undefined;
    try {
      turn = await work();
      while (hand.woken && running) {
        hand.woken = false;
        turn = await look(lane);
      }
    } finally {
      inHand.delete(key);
    }
    if (!turn) return;
    turns.add(turn);
    serve(turn.place);
  };

  /** Plans a lane's next step. Undefined when there is nothing to call for now. */
  const look = async (lane: Lane): Promise<Turn | undefined> => {
    for (let tries = 1; running; tries += 1) {
      try {
        return await lookOnce(lane);
      } catch (error) {
        log.warn({ err: error, conversation: lane.conversation }, 'a lane cannot be read now');
        await exponential(tries, { firstMs: 200, mostMs: 5_000 });
      }
    }
    return undefined;
  };

  const lookOnce = async (lane: Lane): Promise<Turn | undefined> => {
    for (;;) {
      const view = await loadLane(database, bot, lane);
      const step: Step = view ? plan(parts, view) : { kind: 'empty' };
      if (step.kind === 'done') await conclude(lane);
      else if (step.kind === 'settle') await settle(step);
      else return view && toTurn(view, step);
    }
  };

  /** Looks once more while nobody can write about the conversation: an edit may have come since the look. */
  const conclude = (lane: Lane): Promise<void> =>
    database.transaction(async (sql) => {
      await lockConversation(sql, lane.conversation);
      const view = await loadLane(sql, bot, lane);
      const step = view && plan(parts, view);
      if (step?.kind === 'done') await finish(sql, [{ id: step.delivery.id }]);
    });

  const settle = async ({ deliveries }: Extract<Step, { kind: 'settle' }>): Promise<void> => {
    const ids = deliveries.map(({ id }) => id);
    log.warn({ deliveries: ids }, 'a call was begun and its result is not known: it is made again');
    await database.transaction((sql) => putBack(sql, ids));
  };

  const toTurn = (view: LaneView, step: Exclude<Step, { kind: 'done' | 'settle' }>): Turn | undefined => {
    const lane: Lane = view;
    switch (step.kind) {
      case 'empty':
        return undefined;
      case 'wait':
        setTimeout(() => wake([lane]), Math.max(0, step.until.getTime() - Date.now()) + 1).unref();
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
        return { lane, place, priority: head.priority, since: head.createdAt.getTime(), planned: { view, step } };
      }
    }
  };

  /** Gives the next call of a place to the lane whose turn it is, if there is room for it now. */
  const serve = (place: PlaceId): void => {
    if (!running || busy.has(place)) return;
    const turn = turns.next(place);
    if (!turn) return;
    const { planned, lane } = turn;
    const waitMs = budget.freeAt(place, planned ? costOf(planned.step) : 1) - now();
    if (waitMs > 0) {
      serveLater(place, waitMs);
      return;
    }
    busy.add(place);
    const done = (): void => {
      busy.delete(place);
      serve(place);
    };
    if (!planned) void track(take(lane, () => look(lane)).finally(done));
    else
      void track(
        take(lane, () =>
          carryOut(place, planned)
            .finally(done)
            .then(() => look(lane)),
        ),
      );
  };

  const serveLater = (place: PlaceId, waitMs: number): void => {
    clearTimeout(alarms.get(place));
    const ring = (): void => {
      alarms.delete(place);
      serve(place);
    };
    alarms.set(place, setTimeout(ring, Math.min(waitMs, 60_000)).unref());
  };

  const carryOut = async (place: PlaceId, { view, step }: NonNullable<Turn['planned']>): Promise<void> => {
    const { conversation, queue } = view;
    const context = {
      conversation,
      queue,
      step: step.kind,
      deliveries: view.deliveries.map(({ id }) => id).slice(0, 1),
    };
    budget.spend(place, costOf(step));
    try {
      const verdict = await perform(parts, view, step);
      log.debug(context, verdict.kind === 'done' ? 'shown' : 'not shown yet');
      obey(place, verdict);
    } catch (error) {
      log.error({ err: error, ...context }, 'a step failed');
      budget.pause(place, now() + noteFailure(place));
    }
  };

  const obey = (place: PlaceId, verdict: Verdict): void => {
    if (verdict.kind === 'done') {
      failures.delete(place);
      wake(verdict.wake);
      return;
    }
    const waitMs = verdict.afterMs ?? noteFailure(place);
    log.warn({ place, waitMs, scope: verdict.scope, reason: verdict.error.message }, 'calls are paused');
    if (verdict.scope === 'bot') budget.pauseAll(now() + waitMs);
    else budget.pause(place, now() + waitMs);
  };

  const noteFailure = (place: PlaceId): number => {
    const count = (failures.get(place) ?? 0) + 1;
    failures.set(place, count);
    return backoffMs(count, { firstMs: 500, mostMs: 30_000 });
  };

  const wake = (lanes: readonly Lane[]): void => {
    if (running) for (const lane of lanes) wakeOne(lane);
  };

  /** Lanes are only noted here; each is planned when its turn comes. */
  const sweep = async (): Promise<void> => {
    try {
      const comments = parts.surface.places()?.comments;
      for (const { priority, since, customerPlace, ...lane } of await openLanes(database, bot)) {
        const place = lane.queue === 'customer' ? customerPlace : comments;
        if (place === undefined || inHand.has(keyOf(lane)) || turns.has(lane)) continue;
        turns.add({ lane, place, priority, since: since.getTime() });
      }
      for (const place of turns.places()) serve(place);
    } catch (error) {
      log.warn({ err: error }, 'waiting deliveries cannot be read now');
    }
    clearTimeout(sweeper);
    if (running) sweeper = setTimeout(() => void sweep(), sweepMs);
  };

  return {
    wake,
    wakeAll: () => void track(sweep()),
    start: async () => {
      running = true;
      await sweep();
    },
    stop: async () => {
      running = false;
      clearTimeout(sweeper);
      for (const alarm of alarms.values()) clearTimeout(alarm);
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function plan(parts: SenderParts, view: LaneView): Step {
  const messenger: Messenger = view.queue === 'customer' ? parts.customers : parts.surface;
  return nextStep(view, { messenger, wording: parts.wording, now: new Date() });
}

/** Undefined while the desk has no channel. */
function placeOf({ surface }: SenderParts, view: LaneView, step: CallStep): PlaceId | undefined {
  if (view.queue === 'customer') return view.customer.place;
  const places = surface.places();
  return step.kind === 'open_thread' || step.kind === 'update_thread' ? places?.posts : places?.comments;
}

/** An album counts as many calls as it has items (telegraph: each file counts). */
function costOf(step: CallStep): number {
  return step.kind === 'send' ? step.send.pieces.length : 1;
}
