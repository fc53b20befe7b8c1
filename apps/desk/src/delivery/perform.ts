import type { Sql } from '../store/database.js';
import type { ExternalId } from '../relay/ids.js';
import { DeliveryError } from '../relay/ports.js';
import { markSending, recordSent, type CallRecord } from '../store/calls.js';
import { LeaseLost } from '../store/leases.js';
import { dropLink, saveLinks, updateLink } from '../store/links.js';
import { finish, putBack, standingInPost } from '../store/outcomes.js';
import { recordCard, recordPost } from '../store/threads.js';
import { wantCard, wantMessage, wantNotice, type Lane } from '../store/wanted.js';
import { plainText } from '../relay/content.js';
import { messengerOf, placed, recordOf, seenBy, sendWithFallback, type CallStep } from './call.js';
import { handleFailure } from './failure.js';
import type { LaneView } from './lane.js';
import { fenced, untilWritten, type Performer, type Verdict } from './performer.js';
import type { Step } from './plan.js';

/**
 * Carries out one step: marks the deliveries, makes the one call, writes down what came of it. The mark is committed
 * before the call and the result after it; no transaction is open while the messenger is asked. Throws LeaseLost when
 * another process makes the calls now.
 */
export async function perform(performer: Performer, lane: LaneView, step: CallStep): Promise<Verdict> {
  const { database, fence } = performer;
  const call = recordOf(performer, lane, step);
  const marked = await markSending(database, fence, { seen: seenBy(lane, step), ...(call && { call }) });
  if (!marked) return { kind: 'changed', wake: [] };
  performer.reached('before_call');
  // The mark may be older than it seems: a process that was paused since goes on here as if nothing had been.
  if (!performer.holds()) throw new LeaseLost();
  let record: () => Promise<Lane[]>;
  try {
    record = await carryOut(performer, lane, { step, ...(call && { call }) });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return handleFailure({ performer, lane, step, error });
  }
  performer.reached('after_call');
  const wake = await untilWritten(record);
  performer.reached('after_record');
  return { kind: 'shown', wake };
}

/** Makes the call; resolves with what is to be written down because it succeeded. */
async function carryOut(
  performer: Performer,
  lane: LaneView,
  { step, call }: { readonly step: CallStep; readonly call?: CallRecord },
): Promise<() => Promise<Lane[]>> {
  const messenger = messengerOf(performer, lane);
  const inTransaction = (work: (sql: Sql) => Promise<Lane[]>) => (): Promise<Lane[]> => fenced(performer, lane, work);
  switch (step.kind) {
    case 'send': {
      const ids = await sendWithFallback(performer, lane, step.send);
      if (call?.kind !== 'send') throw new Error('a send was not recorded');
      return () => recordSend(performer, lane, { call, deliveries: step.deliveries, ids });
    }
    case 'edit': {
      const { link, piece, delivery, complete } = step;
      await messenger.edit({ message: link.externalId, shape: link.shape ?? '', content: piece.content });
      return inTransaction(async (sql) => {
        const { shape, digest } = piece;
        await updateLink(sql, performer.bot, { externalId: link.externalId, shape, digest });
        await end(sql, [delivery.id], complete);
        return [];
      });
    }
    case 'delete': {
      await messenger.delete(step.link.externalId);
      return inTransaction((sql) => recordDeleted(sql, { performer, lane, step }));
    }
    case 'open_thread': {
      const post = await performer.surface.openThread(step.card);
      if (call?.kind !== 'open_thread') throw new Error('an opening was not recorded');
      return inTransaction((sql) => recordOpened(sql, { performer, lane, call, deliveries: [step.delivery.id], post }));
    }
    case 'update_thread': {
      await performer.surface.updateThread(step.thread.post, step.card);
      return inTransaction(async (sql) => {
        await recordCard(sql, step.thread.id, step.digest);
        // Whether it has changed again meanwhile shows when it is looked at again.
        await putBack(sql, [step.delivery.id], { counted: false });
        return [];
      });
    }
  }
}

async function end(sql: Sql, deliveries: readonly string[], complete: boolean): Promise<void> {
  if (complete) await finish(sql, deliveries);
  else await putBack(sql, deliveries, { counted: false });
}

/** Writes down a send that was carried out. */
export async function recordSend(
  performer: Performer,
  lane: Lane,
  sent: {
    readonly call: Extract<CallRecord, { kind: 'send' }>;
    readonly deliveries: readonly string[];
    readonly ids: readonly (ExternalId | undefined)[];
  },
): Promise<Lane[]> {
  const { call, deliveries, ids } = sent;
  const links = placed(call.links, ids);
  if (call.complete) {
    await recordSent(performer.database, performer.fence, { links, deliveries });
    return [];
  }
  return fenced(performer, lane, async (sql) => {
    await saveLinks(sql, performer.bot, links);
    await putBack(sql, deliveries, { counted: false });
    return [];
  });
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

/** Writes down that the post of a conversation was sent. */
export async function recordOpened(
  sql: Sql,
  opened: {
    readonly performer: Pick<Performer, 'bot'>;
    readonly lane: Lane;
    readonly call: Extract<CallRecord, { kind: 'open_thread' }>;
    readonly deliveries: readonly string[];
    readonly post: ExternalId;
  },
): Promise<Lane[]> {
  const { performer, lane, call, deliveries, post } = opened;
  const { bot } = performer;
  const thread = await recordPost(sql, bot, { conversation: lane.conversation, post, cardDigest: call.digest });
  await putBack(sql, deliveries, { counted: false });
  const { inPost } = call;
  // It may have outgrown the post meanwhile: then it follows as a comment, which waits already.
  const now = inPost && (await standingInPost(sql, inPost.id));
  if (!inPost || !now) return [];
  if (!now.inPost) return [await wantCard(sql, { bot, conversation: lane.conversation, urgent: true })];
  const link = { message: inPost.id, side: 'staff', part: 0, role: 'post', externalId: post } as const;
  await saveLinks(sql, bot, [{ ...link, thread, shape: 'post', digest: call.digest }]);
  // An edit that came while the post was being sent found no post to be shown in.
  return now.revision !== inPost.revision
    ? [await wantCard(sql, { bot, conversation: lane.conversation, urgent: true })]
    : [];
}

/** Gives a message that has outgrown a shared comment one of its own, and has the others' rendered anew. */
export async function detach(
  performer: Performer,
  lane: LaneView,
  step: Extract<Step, { kind: 'detach' }>,
): Promise<void> {
  const { message, link, side } = step;
  await fenced(performer, lane, async (sql) => {
    await dropLink(sql, { message: message.id, side, part: link.part });
    const other = message.shared?.find(({ id }) => id !== message.id);
    if (!other) return;
    const wanted = { bot: performer.bot, conversation: lane.conversation, side, message: other.id } as const;
    await wantMessage(sql, { ...wanted, change: 'edit' });
  });
}
