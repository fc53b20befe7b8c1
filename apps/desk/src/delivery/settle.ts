import { setTimeout as delay } from 'node:timers/promises';
import { plainText, type Content } from '../relay/content.js';
import type { ExternalId } from '../relay/ids.js';
import type { Messenger } from '../relay/ports.js';
import { unsettledCall, type CallRecord } from '../store/calls.js';
import { knownLinks, newestLinks, saveLinks } from '../store/links.js';
import { failWith, putBack } from '../store/outcomes.js';
import { copyOfTicket } from '../store/threads.js';
import { wantNotice, type Lane } from '../store/wanted.js';
import { messengerOf, placed } from './call.js';
import type { LaneView } from './lane.js';
import { recordOpened, recordSend } from './perform.js';
import { fenced, untilWritten, type Performer } from './performer.js';

/**
 * Finding out what became of a call whose answer was lost, or during which the process died, before anything else is
 * sent to that place. Telegram has no key by which a repetition is known, so it is asked: the messages that the call may
 * have become are edited into exactly what they would show already. Safe because one call at a time is under way in a
 * place, and because no message is asked about that is known to be another.
 */

/** How an unknown outcome ended: it had been carried out, in part, not at all; or nobody can tell. */
export type Settlement = 'repeatable' | 'found' | 'partly' | 'absent' | 'flagged';

export interface SettleParts {
  readonly performer: Performer;
  readonly lane: LaneView;
  /** Resolves when the place has room for one more call, which is taken. */
  readonly room: () => Promise<void>;
  /** Has the messenger's latest news counted in: more may have been written around the call than this process saw. */
  readonly recall: () => Promise<void>;
  /** How long the automatic copy of a post is waited for, in milliseconds. */
  readonly copyPatienceMs: number;
}

/** Measured: the copy of a post comes three to four seconds after it. */
export const defaultCopyPatienceMs = 15_000;

/** Throws DeliveryError when the messenger cannot be asked now: the outcome is still unknown. */
export async function settle(parts: SettleParts): Promise<{ settlement: Settlement; wake: readonly Lane[] }> {
  const { performer, lane } = parts;
  const unsettled = await unsettledCall(performer.database, performer.bot, lane);
  if (!unsettled) return { settlement: 'repeatable', wake: [] };
  const { deliveries, call } = unsettled;
  if (!call) {
    await untilWritten(() => fenced(performer, lane, (sql) => putBack(sql, deliveries)));
    return { settlement: 'repeatable', wake: [] };
  }
  return call.kind === 'send' ? settleSend(parts, { deliveries, call }) : settleOpening(parts, { deliveries, call });
}

interface UnsettledSend {
  readonly deliveries: readonly string[];
  readonly call: Extract<CallRecord, { kind: 'send' }>;
}

async function settleSend(
  parts: SettleParts,
  unsettled: UnsettledSend,
): Promise<{ settlement: Settlement; wake: readonly Lane[] }> {
  const { performer, lane } = parts;
  const { deliveries, call } = unsettled;
  const { mark } = call;
  // A relay bot's messages answer to it alone.
  const isGone = call.sender !== performer.relay?.id;
  if (mark === undefined || isGone) return { settlement: 'flagged', wake: await flag(parts, unsettled) };
  const asked = { messenger: messengerOf(performer, lane), place: call.place, mark };
  const ids = await findAll(parts, { ...asked, contents: call.contents });
  if (ids === 'unclear') return { settlement: 'flagged', wake: await flag(parts, unsettled) };
  const found = ids.filter((id) => id !== undefined).length;
  if (found === call.contents.length) {
    const wake = await untilWritten(() => recordSend(performer, lane, { call, deliveries, ids }));
    return { settlement: 'found', wake };
  }
  await untilWritten(() =>
    fenced(performer, lane, async (sql) => {
      const links = placed(call.links, ids);
      await saveLinks(sql, performer.bot, links);
      // The planner finishes what is shown and sends the rest.
      await putBack(sql, deliveries);
    }),
  );
  return { settlement: found > 0 ? 'partly' : 'absent', wake: [] };
}

/** More messages than so many are not asked about: each costs a call, and by then nobody can tell. */
const mostAsked = 60;

interface Asked {
  readonly messenger: Messenger;
  readonly place: string;
  readonly mark: string;
  readonly contents: readonly Content[];
}

/** For each content the message that shows it, in order; undefined where none does. `unclear` where nobody can tell. */
async function findAll(
  parts: SettleParts,
  { messenger, place, mark, contents }: Asked,
): Promise<(ExternalId | undefined)[] | 'unclear'> {
  const { performer, lane } = parts;
  const { database, bot } = performer;
  await parts.recall();
  // Numbers may be counted in each chat, and a process that is new knows none of this one.
  messenger.mark(place, await newestLinks(database, bot, lane));
  const all = messenger.candidates(place, mark);
  const known = await knownLinks(database, bot, all);
  let left = all.filter((id) => !known.has(id));
  if (left.length > mostAsked) return 'unclear';
  const found: (ExternalId | undefined)[] = [];
  for (const content of contents) {
    let match: ExternalId | undefined;
    for (const candidate of left) {
      await parts.room();
      const answer = await messenger.shows(candidate, content);
      if (answer === 'unclear') return 'unclear';
      if (answer === 'no') continue;
      match = candidate;
      break;
    }
    found.push(match);
    left = left.filter((id) => id !== match);
  }
  return found;
}

/**
 * Nobody can tell. The team would rather read something twice than not at all, a customer must not get an answer twice:
 * there it is left to the agent, who is told.
 */
async function flag({ performer, lane }: SettleParts, { deliveries, call }: UnsettledSend): Promise<readonly Lane[]> {
  const isAnswer = call.side === 'customer';
  const notice = isAnswer ? 'maybe-delivered' : 'maybe-repeated';
  const messages = [...new Set(call.links.map(({ message }) => message))];
  return untilWritten(() =>
    fenced(performer, lane, async (sql) => {
      if (isAnswer) await failWith(sql, deliveries, 'whether it was delivered is not known');
      else await putBack(sql, deliveries);
      const lanes: Lane[] = [];
      for (const message of messages) {
        const content = plainText(performer.phrase({ id: notice }, 'staff'));
        const { bot } = performer;
        const { conversation } = lane;
        lanes.push(await wantNotice(sql, { bot, conversation, to: 'staff', content, replyTo: message }));
      }
      return lanes;
    }),
  );
}

interface UnsettledOpening {
  readonly deliveries: readonly string[];
  readonly call: Extract<CallRecord, { kind: 'open_thread' }>;
}

/** A post is proven by its automatic copy, which names the ticket; and it can be asked for like any message. */
async function settleOpening(
  parts: SettleParts,
  { deliveries, call }: UnsettledOpening,
): Promise<{ settlement: Settlement; wake: readonly Lane[] }> {
  const { performer, lane } = parts;
  const post = await findPost(parts, { call });
  if (post === undefined) {
    await untilWritten(() => fenced(performer, lane, (sql) => putBack(sql, deliveries)));
    return { settlement: 'absent', wake: [] };
  }
  const opened = { performer, lane, call, deliveries, post };
  const wake = await untilWritten(() => fenced(performer, lane, (sql) => recordOpened(sql, opened)));
  return { settlement: 'found', wake };
}

async function findPost(parts: SettleParts, { call }: Pick<UnsettledOpening, 'call'>): Promise<ExternalId | undefined> {
  const { performer, lane, copyPatienceMs } = parts;
  const copied = async (): Promise<ExternalId | undefined> =>
    (await copyOfTicket(performer.database, performer.bot, lane.conversation))?.post;
  const { mark } = call;
  const seen = await copied();
  if (seen !== undefined) return seen;
  if (mark !== undefined) {
    const asked = { messenger: performer.surface, place: call.place, mark };
    const found = await findAll(parts, { ...asked, contents: [call.card] });
    if (found !== 'unclear' && found[0] !== undefined) return found[0];
  }
  // Asking was possible and found nothing: the copy has the last word, but not for as long.
  const patienceMs = mark === undefined ? copyPatienceMs : copyPatienceMs / 3;
  // Counted from now: the process that made the call may be gone for long, and with it whoever would have heard of the copy.
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += copyPollMs) {
    await delay(Math.min(copyPollMs, patienceMs - waitedMs));
    const late = await copied();
    if (late !== undefined) return late;
  }
  return performer.surface.findPost(lane.conversation);
}

const copyPollMs = 250;
