import type { Log } from '../log.js';
import type { PlaceId } from '../relay/ids.js';
import { unsettledCall } from '../store/calls.js';
import { LeaseLost } from '../store/leases.js';
import { loadLane, mergingWindow } from '../store/lanes.js';
import { finish, lockConversation } from '../store/outcomes.js';
import { priorities, type Lane } from '../store/wanted.js';
import { abandonCopy } from './abandon.js';
import { exponential } from './backoff.js';
import { messengerOf, placeOf } from './call.js';
import { boundTo, carriageOf } from './carriage.js';
import type { LaneView, LiveThread } from './lane.js';
import { detach } from './perform.js';
import type { Performer } from './performer.js';
import { nextStep, type Step } from './plan.js';
import type { Wording } from './render.js';
import type { Servers } from './servers.js';
import { unsettledPriority, type Planned, type Turn } from './turns.js';

export interface LookoutParts {
  readonly performer: Performer;
  readonly log: Log;
  readonly servers: Servers;
  readonly wording: Wording;
  /** Milliseconds that never jump. */
  readonly now: () => number;
  readonly running: () => boolean;
  /** Whether no relay bot may carry a lane's next call. */
  readonly isLeftToOwn: (lane: Lane) => boolean;
  /** Called when a lane waits for its thread to be opened, each time that it is looked at. */
  readonly onRootMissing: (lane: Lane, thread: LiveThread) => void;
  /** To be looked at again after so many milliseconds. */
  readonly onWait: (lane: Lane, ms: number) => void;
}

/** Reads lanes and plans what they would do next. */
export interface Lookout {
  /** Undefined when there is nothing to call for now. Waits for the database; throws LeaseLost. */
  look(lane: Lane): Promise<Turn | undefined>;
  /**
   * As `look`, after a call was carried out: plans from what was seen before it, as long as that tells enough. What has
   * changed since then is found when the next call is marked.
   */
  goOn(lane: Lane, done: Planned): Promise<Turn | undefined>;
  /** Where a lane's next call goes, as far as that is known without reading it. */
  guessPlace(lane: Lane): PlaceId | undefined;
  /**
   * Whether a turn was planned under other circumstances: texts could share a comment now, or no longer need to; or the
   * bot is gone that was to edit.
   */
  isStale(turn: Turn): boolean;
}

/** Texts are put together when half of a place's calls are used up, of every bot's that serves it: into comments that read well... */
const scarceShare = 0.5;
const readableLength = 800;
/** ...or, when they have been waiting for a whole window, into as few as possible. */
const longestLength = 3_900;

export function createLookout(parts: LookoutParts): Lookout {
  const { performer, log, servers, now } = parts;
  const { database, bot } = performer;

  const guessPlace = ({ queue }: Lane): PlaceId | undefined => {
    if (queue === 'customer') return undefined;
    const places = performer.surface.places();
    return queue === 'card' ? places?.posts : places?.comments;
  };

  const mergeUpTo = (place: PlaceId | undefined, ageMs: number): number => {
    const window = place === undefined ? undefined : servers.own.budget.limit(place);
    if (place === undefined || !window || servers.leastUsed(place) < scarceShare) return 0;
    return ageMs > window.seconds * 1_000 ? longestLength : readableLength;
  };

  const plan = (view: LaneView, merging: number): Step =>
    nextStep(view, { messenger: messengerOf(performer, view), wording: parts.wording, mergeUpTo: merging });

  /** Looks once more while nobody can write about the conversation: an edit may have come since the look. */
  const conclude = (lane: Lane, merging: number): Promise<void> =>
    database.transaction(async (sql) => {
      await lockConversation(sql, lane.conversation);
      const view = await loadLane(sql, bot, lane);
      const step = view && plan(view, merging);
      if (step?.kind === 'done') await finish(sql, [step.delivery.id]);
    });

  const lookOnce = async (lane: Lane): Promise<Turn | undefined> => {
    const place = guessPlace(lane);
    for (;;) {
      const window = mergeUpTo(place, 0) > 0 ? { window: mergingWindow } : {};
      const asked = now();
      const view = await loadLane(database, bot, { ...lane, ...window });
      if (!view) return undefined;
      const merging = mergeUpTo(place, view.deliveries[0]?.ageMs ?? 0);
      const step = plan(view, merging);
      if (step.kind === 'done') await conclude(lane, merging);
      else if (step.kind === 'detach') await detach(performer, view, step);
      else if (step.kind === 'edit' && isLost(step)) await abandonCopy(performer, view, step);
      else return toTurn(view, step, { merging, asked });
    }
  };

  /** Nobody can edit what a relay bot sent that is gone (Bot API: editMessageText, own messages only). */
  const isLost = ({ link: { sender } }: Extract<Step, { kind: 'edit' }>): boolean =>
    sender !== undefined && servers.isGone(sender);

  const toTurn = async (
    view: LaneView,
    step: Exclude<Step, { kind: 'done' | 'detach' }>,
    { merging, asked }: { readonly merging: number; readonly asked: number },
  ): Promise<Turn | undefined> => {
    const lane: Lane = { conversation: view.conversation, queue: view.queue };
    switch (step.kind) {
      case 'empty':
        return undefined;
      case 'settle':
        return unsettledTurn(view, lane);
      case 'wait':
        parts.onWait(lane, step.ms);
        return undefined;
      case 'await_root':
        parts.onRootMissing(lane, step.thread);
        return undefined;
      case 'send':
      case 'edit':
      case 'delete':
      case 'open_thread':
      case 'update_thread': {
        const place = placeOf(performer, view, step);
        const [head] = view.deliveries;
        if (place === undefined || !head) return undefined;
        const priority = step.kind === 'open_thread' ? priorities.post : head.priority;
        // Counted from before the question: else each lane that is looked at would fall behind those as old as it.
        const since = asked - head.ageMs;
        const carriage = carriageOf(step);
        const own = carriage.kind === 'any' && parts.isLeftToOwn(lane);
        const planned = { view, step, merging, asked };
        return { lane, place, priority, since, carriage: own ? { kind: 'own' } : carriage, planned };
      }
    }
  };

  const look = async (lane: Lane): Promise<Turn | undefined> => {
    for (let tries = 1; parts.running(); tries += 1) {
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

  const goOn = async (lane: Lane, { view, step, merging, asked }: Planned): Promise<Turn | undefined> => {
    const rest = step.kind === 'send' && step.complete ? without(view, step.deliveries) : undefined;
    if (!rest || merging > 0 || mergeUpTo(guessPlace(lane), 0) > 0) return look(lane);
    const next = plan(rest, merging);
    return next.kind === 'send' ? toTurn(rest, next, { merging, asked }) : look(lane);
  };

  const unsettledTurn = async (view: LaneView, lane: Lane): Promise<Turn | undefined> => {
    const unsettled = await unsettledCall(database, bot, lane);
    const place = unsettled?.call?.place ?? (lane.queue === 'customer' ? view.customer.place : guessPlace(lane));
    if (place === undefined) return undefined;
    // Where the comments no longer are no relay bot is asked.
    const isElsewhere = lane.queue === 'staff' && place !== guessPlace(lane);
    const sender = unsettled?.call?.kind === 'send' && !isElsewhere ? unsettled.call.sender : undefined;
    const carriage = boundTo(sender);
    return { lane, place, priority: unsettledPriority, since: 0, carriage };
  };

  return {
    guessPlace,
    look,
    goOn,
    isStale: ({ place, planned, since }) => {
      if (planned?.step.kind === 'edit') return isLost(planned.step);
      const isComment = planned?.step.kind === 'send' && planned.view.queue === 'staff';
      return isComment && planned.merging !== mergeUpTo(place, now() - since);
    },
  };
}

/**
 * A lane without deliveries that were carried out. Undefined when the next cannot be planned from it: an answer to a
 * message that may have got its place only now, or an album of which more may stand behind what was looked at.
 */
function without(view: LaneView, carriedOut: readonly string[]): LaneView | undefined {
  const deliveries = view.deliveries.filter(({ id }) => !carriedOut.includes(id));
  const next = deliveries[0]?.message;
  if (!next || next.album !== undefined || (next.answers !== undefined && !next.replyTo)) return undefined;
  return { ...view, deliveries };
}
