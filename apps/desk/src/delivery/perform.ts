import type { BotId, ExternalId } from '../relay/ids.js';
import type { CustomerChannel, Messenger, StaffSurface } from '../relay/ports.js';
import { DeliveryError } from '../relay/ports.js';
import type { Notice } from '../relay/notices.js';
import type { Side } from '../relay/model.js';
import type { Database, Sql } from '../store/database.js';
import { isDatabaseAway } from '../store/errors.js';
import { exponential } from './backoff.js';
import {
  dropLink,
  finish,
  lockConversation,
  markSending,
  putBack,
  saveLinks,
  updateLink,
  type Seen,
} from '../store/outcomes.js';
import { recordCard, recordPost } from '../store/threads.js';
import { wantNotice, type Lane } from '../store/wanted.js';
import { plainText } from '../relay/content.js';
import { handleFailure } from './failure.js';
import type { LaneView } from './lane.js';
import type { PlannedSend, Step } from './plan.js';

/** What carrying out a step needs. */
export interface Performer {
  readonly database: Database;
  readonly bot: BotId;
  readonly customers: CustomerChannel;
  readonly surface: StaffSurface;
  readonly phrase: (notice: Notice, to: Side, language?: string) => string;
}

/** What the sender has to do after a step. */
export type Verdict =
  /** Go on; these lanes may have something new. */
  | { readonly kind: 'done'; readonly wake: readonly Lane[] }
  /** Nothing was shown; this place, or the whole bot, has to wait. */
  | {
      readonly kind: 'pause';
      readonly scope: 'place' | 'bot';
      readonly afterMs?: number;
      readonly error: DeliveryError;
    };

/** A step that makes a call. */
export type CallStep = Extract<Step, { kind: 'send' | 'edit' | 'delete' | 'open_thread' | 'update_thread' }>;

/**
 * Carries out one step: marks the deliveries, makes the one call, writes down what came of it. The mark is committed
 * before the call and the result after it; no transaction is open while the messenger is asked.
 */
export async function perform(performer: Performer, lane: LaneView, step: CallStep): Promise<Verdict> {
  const { database } = performer;
  await markSending(database, deliveriesOf(step));
  let record: (sql: Sql) => Promise<Lane[]>;
  try {
    record = await call(performer, lane, step);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return handleFailure({ performer, lane, step, error });
  }
  const wake = await untilWritten(() =>
    database.transaction(async (sql) => {
      await lockConversation(sql, lane.conversation);
      return record(sql);
    }),
  );
  return { kind: 'done', wake };
}

/** What the messenger has done must be written down: while the database is away it is kept here and tried again. */
export async function untilWritten<T>(write: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await exponential(failures, { firstMs: 100, mostMs: 2_000 });
    }
  }
}

export function deliveriesOf(step: CallStep): readonly string[] {
  return step.kind === 'send' ? step.deliveries : [step.delivery.id];
}

/** The deliveries of a step, as the lane was when it was planned. */
export function seenBy(lane: LaneView, step: CallStep): readonly Seen[] {
  const ids = deliveriesOf(step);
  return lane.deliveries.flatMap(({ id, message }) =>
    ids.includes(id) ? [{ id, ...(message && { revision: message.revision }) }] : [],
  );
}

/** Makes the call; resolves with what is to be written down because it succeeded. */
async function call(performer: Performer, lane: LaneView, step: CallStep): Promise<(sql: Sql) => Promise<Lane[]>> {
  const messenger = lane.queue === 'customer' ? performer.customers : performer.surface;
  switch (step.kind) {
    case 'send': {
      const ids = await sendWithFallback(performer, lane, step.send);
      return (sql) => recordSent(sql, performer.bot, { lane, step, ids });
    }
    case 'edit': {
      await messenger.edit({
        message: step.link.externalId,
        shape: step.link.shape ?? '',
        content: step.piece.content,
      });
      return (sql) => recordEdited(sql, lane, step);
    }
    case 'delete': {
      await messenger.delete(step.link.externalId);
      return (sql) => recordDeleted(sql, { performer, lane, step });
    }
    case 'open_thread': {
      const post = await performer.surface.openThread(step.card);
      return (sql) => recordOpened(sql, { bot: performer.bot, lane, step, post });
    }
    case 'update_thread': {
      await performer.surface.updateThread(step.thread.post, step.card);
      return async (sql) => {
        await recordCard(sql, step.thread.id, step.digest);
        // Whether it has changed again meanwhile shows when it is looked at again.
        await putBack(sql, [step.delivery.id], { counted: false });
        return [];
      };
    }
  }
}

/**
 * Sends. When what it replies to has been deleted from the thread, it is sent again, at once, under the root: the first
 * call was certainly refused. A root that is gone is for the caller to see.
 */
async function sendWithFallback(
  { customers, surface }: Performer,
  lane: LaneView,
  send: PlannedSend,
): Promise<readonly (ExternalId | undefined)[]> {
  const [first, ...rest] = send.pieces;
  const messenger: Messenger = send.side === 'customer' ? customers : surface;
  const to = send.side === 'customer' ? lane.customer.place : placeOfComments(surface);
  const { source, replyTo, quote } = send;
  const request = {
    to,
    contents: [first.content, ...rest.map((piece) => piece.content)],
    ...(source !== undefined && { source }),
  } as const;
  try {
    return await messenger.send({
      ...request,
      ...(replyTo !== undefined && { replyTo }),
      ...(quote && { quote }),
    });
  } catch (error) {
    const root = send.thread?.root;
    if (!isReplyTargetGone(error) || root === undefined || replyTo === root) throw error;
    return messenger.send({ ...request, replyTo: root });
  }
}

function isReplyTargetGone(error: unknown): boolean {
  return (
    error instanceof DeliveryError && error.outcome.kind === 'rejected' && error.outcome.reason === 'reply_target_gone'
  );
}

export function placeOfComments(surface: StaffSurface): string {
  const places = surface.places();
  if (!places) throw new DeliveryError({ kind: 'retry', scope: 'bot', afterMs: 5_000 }, 'the desk is not set up yet');
  return places.comments;
}

async function recordSent(
  sql: Sql,
  bot: BotId,
  sent: { lane: LaneView; step: Extract<CallStep, { kind: 'send' }>; ids: readonly (ExternalId | undefined)[] },
): Promise<Lane[]> {
  const { lane, step, ids } = sent;
  const { send, deliveries } = step;
  const links = send.pieces.flatMap((piece, index) => {
    const externalId = ids[index];
    if (externalId === undefined) return [];
    const thread = send.thread?.root === undefined ? undefined : send.thread.id;
    const { message, part, shape, digest } = piece;
    const link = { message, part, shape, digest, side: send.side, role: 'copy', externalId } as const;
    return [{ ...link, ...(thread !== undefined && { thread }) }];
  });
  await saveLinks(sql, bot, links);
  if (step.complete) await finish(sql, seenBy(lane, step));
  else await putBack(sql, deliveries, { counted: false });
  return [];
}

async function recordEdited(sql: Sql, lane: LaneView, step: Extract<CallStep, { kind: 'edit' }>): Promise<Lane[]> {
  const { delivery, link, piece, complete, side } = step;
  const { message, shape, digest } = piece;
  await updateLink(sql, { message, side, part: link.part, shape, digest });
  if (complete) await finish(sql, seenBy(lane, step));
  else await putBack(sql, [delivery.id], { counted: false });
  return [];
}

async function recordDeleted(
  sql: Sql,
  { performer, lane, step }: { performer: Performer; lane: LaneView; step: Extract<CallStep, { kind: 'delete' }> },
): Promise<Lane[]> {
  const { delivery, link, message, side } = step;
  await dropLink(sql, { message: message.id, side, part: link.part });
  await putBack(sql, [delivery.id], { counted: false });
  const last = message.links.filter(({ role }) => role === 'copy').length === 1;
  if (!message.removed || !last) return [];
  return [
    await wantNotice(sql, {
      bot: performer.bot,
      conversation: lane.conversation,
      to: 'staff',
      content: plainText(performer.phrase({ id: 'unsend-done' }, 'staff')),
      replyTo: message.id,
    }),
  ];
}

async function recordOpened(
  sql: Sql,
  opened: { bot: BotId; lane: LaneView; step: Extract<CallStep, { kind: 'open_thread' }>; post: ExternalId },
): Promise<Lane[]> {
  const { bot, lane, step, post } = opened;
  const thread = await recordPost(sql, bot, { conversation: lane.conversation, post, cardDigest: step.digest });
  const first = lane.firstMessage;
  if (first?.inPost === true && !step.card.continued) {
    const link = { message: first.id, side: 'staff', part: 0, role: 'post', externalId: post } as const;
    await saveLinks(sql, bot, [{ ...link, thread, shape: 'post', digest: step.digest }]);
  }
  await putBack(sql, [step.delivery.id], { counted: false });
  return [];
}
