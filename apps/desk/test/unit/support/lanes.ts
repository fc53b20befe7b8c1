import type { DeliveryView, LaneView, LinkView, LiveThread, MessageView, Piece } from '../../../src/delivery/lane.js';
import { contentsOf, nextStep, type PlannedSend, type Step } from '../../../src/delivery/plan.js';
import { plainText, type Content } from '../../../src/relay/content.js';
import { albumClass, canBecome, cut } from '../../../src/telegram/writeContent.js';
import { ann, nine } from './people.js';

/** Lanes for the planner, and what a sender would make of them. */

export const messenger = { cut, canBecome, albumClass };
export const wording = { uncopyable: (what: string): string => `[${what}]` };

/** Its post is sent, and Telegram has not opened its comments yet. */
export const unopened: LiveThread = { id: '5', post: '-1001/7', cardDigest: '', postedMsAgo: 0, alarmed: false };
export const opened = { ...unopened, root: '-1002/31' } satisfies LiveThread;
/** The team was told that Telegram does not open the comments. */
export const alarmed: LiveThread = { ...unopened, alarmed: true };

let ids = 0;

export function message(content: Content | string, more: Partial<MessageView> = {}): MessageView {
  ids += 1;
  return {
    id: String(ids),
    author: 'customer',
    content: typeof content === 'string' ? plainText(content) : content,
    revision: 1,
    internal: false,
    inPost: false,
    removed: false,
    source: `42/${ids}`,
    writtenAt: nine,
    links: [],
    ...more,
  };
}

export function delivery(of: MessageView | Content | string, more: Partial<DeliveryView> = {}): DeliveryView {
  const isMessage = typeof of === 'object' && 'links' in of;
  return { ...cardDelivery(), message: isMessage ? of : message(of), ...more };
}

/** A delivery that is about no message. */
export function cardDelivery(): DeliveryView {
  ids += 1;
  return { id: `d${ids}`, priority: 2, attempts: 0, unsettled: false, ageMs: 0 };
}

export function lane(deliveries: readonly DeliveryView[], more: Partial<LaneView> = {}): LaneView {
  return threadless(deliveries, { thread: opened, ...more });
}

/** A lane whose post has not been sent. */
export function threadless(deliveries: readonly DeliveryView[], more: Partial<LaneView> = {}): LaneView {
  return {
    conversation: '12',
    queue: 'staff',
    customer: { ...ann, standing: 'active' },
    lostThreads: 0,
    deliveries,
    ...more,
  };
}

/** The next step `after` so many seconds; with `mergeUpTo`, while calls are scarce. */
export function plan(view: LaneView, { after: seconds = 0, mergeUpTo = 0 } = {}): Step {
  const deliveries = view.deliveries.map((waiting) =>
    waiting.waitMs === undefined ? waiting : { ...waiting, waitMs: waiting.waitMs - seconds * 1_000 },
  );
  return nextStep({ ...view, deliveries }, { messenger, wording, mergeUpTo });
}

/** The send that comes next; the test fails when it is none. */
export function plannedSend(view: LaneView, options: Parameters<typeof plan>[1] = {}): PlannedSend {
  const step = plan(view, options);
  if (step.kind !== 'send') throw new Error(`the next step is ${step.kind}`);
  return step.send;
}

/** A lane after everything in it was carried out, and the calls that it took, in words. */
export interface Outcome {
  readonly calls: string[];
  readonly shown: readonly MessageView[];
}

/**
 * Carries a lane out as a sender would whose every call succeeds: what was sent becomes a link, and deliveries leave the
 * lane when they are complete.
 */
export function carryOut(start: LaneView, { mergeUpTo = 0 } = {}): Outcome {
  const calls: string[] = [];
  const gone: MessageView[] = [];
  let view = start;
  for (let steps = 0; steps < 100; steps += 1) {
    const step = plan(view, { after: 60, mergeUpTo });
    if (step.kind === 'empty') return { calls, shown: gone };
    const call = callOf(step);
    if (call !== undefined) calls.push(call);
    view = after(view, step, (left) => gone.push(left));
  }
  throw new Error(`the lane never ends: ${calls.join(', ')}`);
}

function callOf(step: Step): string | undefined {
  switch (step.kind) {
    case 'send':
      return `send ${contentsOf(step.send).map(brief).join(' + ')}`;
    case 'edit':
      return `edit ${step.link.externalId} to ${brief(step.piece.content)}`;
    case 'delete':
      return `delete ${step.link.externalId}`;
    case 'open_thread':
      return 'open';
    case 'update_thread':
      return `update ${step.thread.post}`;
    case 'done':
    case 'detach':
      return undefined;
    case 'settle':
    case 'wait':
    case 'await_root':
    case 'empty':
      throw new Error(`the lane stops: ${step.kind}`);
  }
}

export function brief(content: Content): string {
  switch (content.kind) {
    case 'text':
      return content.text.length > 20 ? `${content.text.slice(0, 3)}…${Array.from(content.text).length}` : content.text;
    case 'media':
      return `${content.media} ${content.fileKey}${content.caption.text === '' ? '' : ` ${brief({ kind: 'text', ...content.caption })}`}`;
    default:
      return content.kind;
  }
}

function after(view: LaneView, step: Step, onGone: (message: MessageView) => void): LaneView {
  switch (step.kind) {
    case 'send': {
      const links = step.send.pieces.map((piece) => ({ message: piece.message, link: linkOf(view, piece) }));
      const changed = withMessages(view, (message) => {
        const added = links.filter((link) => link.message === message.id).map(({ link }) => link);
        return { ...message, links: [...message.links, ...added] };
      });
      return step.complete ? without(changed, step.deliveries, onGone) : changed;
    }
    case 'edit': {
      const { piece } = step;
      const changed = withMessages(view, (message) => ({
        ...message,
        links: message.links.map((link) =>
          link.externalId === step.link.externalId ? { ...link, shape: piece.shape, digest: piece.digest } : link,
        ),
      }));
      return step.complete ? without(changed, [step.delivery.id], onGone) : changed;
    }
    case 'detach':
    case 'delete':
      return withMessages(view, (message) =>
        message.id === step.message.id
          ? { ...message, links: message.links.filter(({ part }) => part !== step.link.part) }
          : message,
      );
    case 'open_thread':
      return { ...view, thread: { ...opened, cardDigest: step.digest } };
    case 'update_thread':
      return without({ ...view, thread: { ...step.thread, cardDigest: step.digest } }, [step.delivery.id], onGone);
    case 'done':
      return without(view, [step.delivery.id], onGone);
    default:
      return view;
  }
}

function linkOf(view: LaneView, { part, slot, shape, digest, content }: Piece): LinkView {
  const thread = view.queue === 'staff' && view.thread?.root !== undefined ? view.thread.id : undefined;
  return {
    part,
    role: 'copy',
    externalId: `copy of ${brief(content)}`,
    shape,
    digest,
    ...(slot !== undefined && { slot }),
    ...(thread !== undefined && { thread }),
  };
}

function withMessages(view: LaneView, change: (message: MessageView) => MessageView): LaneView {
  return {
    ...view,
    deliveries: view.deliveries.map((waiting) => ({
      ...waiting,
      ...(waiting.message && { message: change(waiting.message) }),
    })),
  };
}

function without(view: LaneView, ids: readonly string[], onGone: (message: MessageView) => void): LaneView {
  for (const { id, message } of view.deliveries) if (ids.includes(id) && message) onGone(message);
  return { ...view, deliveries: view.deliveries.filter(({ id }) => !ids.includes(id)) };
}

/** A message as it is shown after it was sent on this side; its links are what the planner left behind. */
export function sent(of: MessageView, more: Partial<LaneView> = {}): MessageView {
  const [shown] = carryOut(lane([delivery(of)], more)).shown;
  if (!shown) throw new Error('nothing was sent');
  return shown;
}
