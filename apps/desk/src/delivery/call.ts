import type { ExternalId, PlaceId, RelayBotId } from '../relay/ids.js';
import {
  DeliveryError,
  type CustomerChannel,
  type Messenger,
  type RelayBot,
  type StaffSurface,
} from '../relay/ports.js';
import type { CallRecord, PlannedLink, Seen } from '../store/calls.js';
import type { NewLink } from '../store/links.js';
import { LeaseLost } from '../store/leases.js';
import type { LaneView } from './lane.js';
import { contentsOf, type PlannedSend, type Step } from './plan.js';

/** A step that makes a call. */
export type CallStep = Extract<Step, { kind: 'send' | 'edit' | 'delete' | 'open_thread' | 'update_thread' }>;

export interface Plugs {
  readonly customers: CustomerChannel;
  readonly surface: StaffSurface;
  /** The relay bot that makes the call; absent: the desk's own. */
  readonly relay?: Pick<RelayBot, 'id' | 'messenger'>;
}

export function deliveriesOf(step: CallStep): readonly string[] {
  return step.kind === 'send' ? step.deliveries : [step.delivery.id];
}

/** The deliveries of a step, as the lane was when it was planned. */
export function seenBy(view: LaneView, step: CallStep): readonly Seen[] {
  const ids = deliveriesOf(step);
  return view.deliveries.flatMap(({ id, message }) => {
    if (!ids.includes(id)) return [];
    return [{ id, ...(message && { message: { id: message.id, revision: message.revision } }) }];
  });
}

/** An album counts as many calls as it has items (telegraph: each file counts). */
export function costOf(step: CallStep): number {
  return step.kind === 'send' ? contentsOf(step.send).length : 1;
}

/** Where a step's call goes. Undefined while the desk has no channel. */
export function placeOf({ surface }: Plugs, view: LaneView, step: CallStep): PlaceId | undefined {
  if (view.queue === 'customer') return view.customer.place;
  const places = surface.places();
  return step.kind === 'open_thread' || step.kind === 'update_thread' ? places?.posts : places?.comments;
}

/**
 * What to keep of a call, so that it can be found out later whether it was carried out. Edits and deletions need nothing:
 * they are repeated.
 */
export function recordOf(plugs: Plugs, view: LaneView, step: CallStep): CallRecord | undefined {
  if (step.kind === 'open_thread') return recordOfOpening(plugs, view, step);
  if (step.kind !== 'send') return undefined;
  const { send, complete } = step;
  const place = send.side === 'customer' ? view.customer.place : placeOfComments(plugs.surface);
  const mark = messengerOf(plugs, view).mark(place, nearby(view));
  return {
    kind: 'send',
    side: send.side,
    place,
    contents: contentsOf(send),
    links: linksOf(send, plugs.relay?.id),
    complete,
    ...(plugs.relay && { sender: plugs.relay.id }),
    ...(mark !== undefined && { mark }),
  };
}

function recordOfOpening(
  { surface }: Plugs,
  view: LaneView,
  step: Extract<CallStep, { kind: 'open_thread' }>,
): CallRecord {
  const place = surface.places()?.posts ?? '';
  const mark = surface.mark(place, nearby(view));
  const first = view.firstMessage;
  return {
    kind: 'open_thread',
    place,
    card: surface.cardContent(step.card),
    digest: step.digest,
    ...(first?.inPost === true && !step.card.continued && { inPost: { id: first.id, revision: first.revision } }),
    ...(mark !== undefined && { mark }),
  };
}

/** Messages that stand in the places of this lane, whatever place each is in. */
function nearby({ thread, deliveries }: LaneView): ExternalId[] {
  const known = deliveries.flatMap(({ message }) => [
    ...(message?.links ?? []).map(({ externalId }) => externalId),
    ...(message?.replyTo ? [message.replyTo.externalId] : []),
  ]);
  return [...known, ...(thread ? [thread.post] : []), ...(thread?.root === undefined ? [] : [thread.root])];
}

export function linksOf(send: PlannedSend, sender?: RelayBotId): readonly PlannedLink[] {
  const thread = send.thread?.root === undefined ? undefined : send.thread.id;
  return send.pieces.map(({ message, part, slot, shape, digest }, index) => ({
    message,
    part,
    shape,
    digest,
    side: send.side,
    role: 'copy',
    content: slot === undefined ? index : 0,
    ...(slot !== undefined && { slot }),
    ...(thread !== undefined && { thread }),
    ...(sender !== undefined && { sender }),
  }));
}

/** The links of what has an id now. */
export function placed(links: readonly PlannedLink[], ids: readonly (ExternalId | undefined)[]): NewLink[] {
  return links.flatMap(({ content, ...link }) => {
    const externalId = ids[content];
    return externalId === undefined ? [] : [{ ...link, externalId }];
  });
}

export function messengerOf({ customers, surface, relay }: Plugs, { queue }: Pick<LaneView, 'queue'>): Messenger {
  return queue === 'customer' ? customers : (relay?.messenger ?? surface);
}

export function placeOfComments(surface: StaffSurface): PlaceId {
  const places = surface.places();
  if (!places) throw new DeliveryError({ kind: 'retry', scope: 'bot', afterMs: 5_000 }, 'the desk is not set up yet');
  return places.comments;
}

/**
 * Sends. When what it replies to has been deleted from the thread, it is sent again, at once, under the root: the first
 * call was certainly refused. A root that is gone is for the caller to see.
 */
export async function sendWithFallback(
  plugs: Plugs & { readonly holds: () => boolean },
  view: LaneView,
  send: PlannedSend,
): Promise<readonly (ExternalId | undefined)[]> {
  const messenger = messengerOf(plugs, view);
  const to = send.side === 'customer' ? view.customer.place : placeOfComments(plugs.surface);
  const { source, replyTo, quote } = send;
  const request = { to, contents: contentsOf(send), ...(source !== undefined && { source }) } as const;
  try {
    return await messenger.send({
      ...request,
      ...(replyTo !== undefined && { replyTo }),
      ...(quote && { quote }),
    });
  } catch (error) {
    const root = send.thread?.root;
    if (!isReplyTargetGone(error) || root === undefined || replyTo === root) throw error;
    // It is a call of its own, and the process may have been paused since the first.
    if (!plugs.holds()) throw new LeaseLost();
    return messenger.send({ ...request, replyTo: root });
  }
}

function isReplyTargetGone(error: unknown): boolean {
  return (
    error instanceof DeliveryError && error.outcome.kind === 'rejected' && error.outcome.reason === 'reply_target_gone'
  );
}
