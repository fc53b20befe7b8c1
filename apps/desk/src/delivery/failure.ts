import { plainText } from '../relay/content.js';
import type { Notice } from '../relay/notices.js';
import type { DeliveryError, Rejection } from '../relay/ports.js';
import { standingChanged } from '../relay/standing.js';
import { blank } from '../relay/situation.js';
import { apply } from '../store/apply.js';
import type { Sql } from '../store/database.js';
import { dropLink, updateLink } from '../store/links.js';
import {
  fail,
  failCustomerQueue,
  finish,
  keepMessage,
  putBack,
  standingOf,
  turnUncopyable,
} from '../store/outcomes.js';
import { loseThread } from '../store/threads.js';
import { wantNotice, type Lane } from '../store/wanted.js';
import { deliveriesOf, type CallStep } from './call.js';
import type { LaneView, MessageView } from './lane.js';
import { fenced, untilWritten, type Performer, type Verdict } from './performer.js';

interface Failure {
  readonly performer: Performer;
  readonly lane: LaneView;
  readonly step: CallStep;
  readonly error: DeliveryError;
}

/**
 * Writes down a call that failed, and whatever follows from why it did. What may have been carried out stays marked: the
 * lane is settled before anything else.
 */
export async function handleFailure(failure: Failure): Promise<Verdict> {
  const { performer, step, error, lane } = failure;
  const { outcome } = error;
  const write = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => untilWritten(() => fenced(performer, lane, work));
  switch (outcome.kind) {
    case 'retry':
      await write((sql) => putBack(sql, deliveriesOf(step), { counted: false, error: error.message }));
      return pause(error, outcome);
    case 'uncertain':
      if (!isProbed(step))
        await write((sql) => putBack(sql, deliveriesOf(step), { counted: true, error: error.message }));
      return pause(error, { ...outcome, scope: 'place' });
    case 'rejected':
      if (performer.relay && step.kind === 'send') {
        await write((sql) => putBack(sql, step.deliveries, { counted: false, error: error.message }));
        return { kind: 'left', error };
      }
      return { kind: 'changed', wake: await write((sql) => rejected(sql, failure, outcome.reason)) };
  }
}

/** Whether a repetition would show something twice. */
function isProbed({ kind }: CallStep): boolean {
  return kind === 'send' || kind === 'open_thread';
}

/** The pause that a failed call asks for. */
export function pause(
  error: DeliveryError,
  { scope, afterMs, flood }: { readonly scope: 'place' | 'bot'; readonly afterMs?: number; readonly flood?: true },
): Extract<Verdict, { kind: 'pause' }> {
  return { kind: 'pause', scope, error, refused: flood === true, ...(afterMs !== undefined && { afterMs }) };
}

async function rejected(sql: Sql, failure: Failure, reason: Rejection): Promise<Lane[]> {
  switch (reason) {
    case 'blocked':
    case 'gone':
      return unreachable(sql, failure, reason);
    case 'reply_target_gone':
      return threadGone(sql, failure);
    case 'message_gone':
      return copyGone(sql, failure);
    case 'not_editable':
      return replaceCopy(sql, failure);
    case 'uncopyable':
      return uncopyable(sql, failure);
    case 'too_old':
      return tooOld(sql, failure);
    case 'voice_refused':
    case 'no_right':
    case 'refused':
      return refused(sql, failure);
  }
}

/** The customer cannot be reached: everything that waits for them is told as undelivered, and nothing is tried again. */
async function unreachable(sql: Sql, failure: Failure, reason: 'blocked' | 'gone'): Promise<Lane[]> {
  const { performer, lane, error } = failure;
  // The messenger may have told of it since the lane was read.
  const customer = { ...lane.customer, standing: await standingOf(sql, lane.conversation) };
  const decisions = standingChanged({ ...blank, conversation: { id: lane.conversation, customer } }, reason);
  const { bot, phrase } = performer;
  const { lanes } = await apply({ sql, bot, conversation: lane.conversation, phrase }, decisions);
  const undelivered = await failCustomerQueue(sql, lane.conversation, error.message);
  for (const { author, message, removed, shown } of undelivered) {
    if (author !== 'agent' || (removed && !shown)) continue;
    if (removed) await keepMessage(sql, message);
    lanes.push(await tell(sql, failure, { notice: notReached({ reason, removed, shown }), about: message }));
  }
  return lanes;
}

/** What did not come about: that the answer arrives or, where the customer has it, that it is taken back or edited. */
function notReached(what: { reason: 'blocked' | 'gone'; removed: boolean; shown: boolean }): Notice {
  if (what.removed) return { id: 'unsend-unreachable' };
  if (what.shown) return { id: 'edit-unreachable' };
  return { id: what.reason === 'blocked' ? 'not-delivered-blocked' : 'not-delivered-gone' };
}

/** The root is gone, or the post: what waits is shown under a new post. */
async function threadGone(sql: Sql, { performer, lane, step }: Failure): Promise<Lane[]> {
  await putBack(sql, deliveriesOf(step), { counted: false });
  return lane.thread ? loseThread(sql, performer.bot, lane.thread.id) : [];
}

/** What was to be edited or deleted is no longer there. */
async function copyGone(sql: Sql, failure: Failure): Promise<Lane[]> {
  const { lane, step } = failure;
  if (step.kind === 'update_thread') return threadGone(sql, failure);
  if (step.kind !== 'edit') return refused(sql, failure);
  await dropLink(sql, { message: step.piece.message, side: step.side, part: step.link.part });
  if (lane.queue === 'staff') {
    // Somebody tidied the thread: the new wording must be seen all the same.
    await putBack(sql, [step.delivery.id], { counted: false });
    return [];
  }
  await finish(sql, [step.delivery.id]);
  return [await tell(sql, failure, { notice: { id: 'edit-not-delivered' }, about: step.piece.message })];
}

/** It cannot be edited into this: the copy is taken away and sent anew. The planner sees the shape that fits nothing. */
async function replaceCopy(sql: Sql, failure: Failure): Promise<Lane[]> {
  const { step, performer } = failure;
  if (step.kind !== 'edit') return refused(sql, failure);
  const { link, delivery } = step;
  await updateLink(sql, performer.bot, { externalId: link.externalId, shape: 'replaced', digest: '' });
  await putBack(sql, [delivery.id], { counted: false });
  return [];
}

/** Only now did the messenger say that no bot may copy it: it is named on one side and explained on the other. */
async function uncopyable(sql: Sql, failure: Failure): Promise<Lane[]> {
  const { lane, step } = failure;
  if (step.kind !== 'send') return refused(sql, failure);
  const [piece] = step.send.pieces;
  const what = piece.content.kind === 'native' ? piece.content.name : piece.shape;
  if (lane.queue === 'customer') {
    await fail(sql, step.deliveries, 'uncopyable');
    return [await tell(sql, failure, { notice: { id: 'uncopyable-agent', what }, about: piece.message })];
  }
  await turnUncopyable(sql, piece.message, what);
  await putBack(sql, step.deliveries, { counted: false });
  return [
    await tell(sql, failure, { notice: { id: 'uncopyable-customer', what }, about: piece.message, to: 'customer' }),
  ];
}

/** An answer can be taken back for 48 hours. It stays, and goes on being mirrored. */
async function tooOld(sql: Sql, failure: Failure): Promise<Lane[]> {
  const { step } = failure;
  if (step.kind !== 'delete') return refused(sql, failure);
  const { message, link, side, delivery } = step;
  if (!message.removed) {
    // It was to be replaced: the old copy stays, the new one is sent beside it.
    await dropLink(sql, { message: message.id, side, part: link.part });
    await putBack(sql, [delivery.id], { counted: false });
    return [];
  }
  await keepMessage(sql, message.id);
  await finish(sql, [delivery.id]);
  return [await tell(sql, failure, { notice: { id: 'unsend-failed' }, about: message.id })];
}

/** Refused for a reason of its own: told in the thread, with the messenger's words, and the lane goes on. */
async function refused(sql: Sql, failure: Failure): Promise<Lane[]> {
  const { step, error } = failure;
  await fail(sql, deliveriesOf(step), error.message);
  const message = messageOfStep(failure);
  // A line of the desk's own that is refused is not told by another one.
  if (!message || message.author === 'desk') return [];
  return [await tell(sql, failure, { notice: { id: 'not-delivered', reason: error.message }, about: message.id })];
}

function messageOfStep({ lane, step }: Failure): Pick<MessageView, 'id' | 'author'> | undefined {
  const [first] = deliveriesOf(step);
  return lane.deliveries.find((delivery) => delivery.id === first)?.message;
}

async function tell(
  sql: Sql,
  { performer, lane }: Failure,
  { notice, about, to = 'staff' }: { notice: Notice; about: string; to?: 'staff' | 'customer' },
): Promise<Lane> {
  return wantNotice(sql, {
    bot: performer.bot,
    conversation: lane.conversation,
    to,
    content: plainText(performer.phrase(notice, to, lane.customer.language)),
    replyTo: about,
  });
}
