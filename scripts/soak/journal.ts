import { z } from 'zod';
import type { Call, SandboxClient } from '../../apps/sandbox/src/control/client.js';
import type { Place } from './history.js';

/** What passed between the desks and Telegram. The sandbox forgets the oldest: it must be read now and then. */
export interface Journal {
  /** Reads what is new. */
  read(): Promise<void>;
  /** Calls other than those for updates, the oldest first; at most as many as are worth showing. */
  readonly calls: readonly Call[];
  /** When the desk was first told of each message, or of an edit of it. Counts up. */
  readonly handed: ReadonlyMap<Place, number>;
  /** Calls that took effect and whose caller never knew. */
  readonly unknown: number;
  readonly total: number;
}

const kept = 20_000;

const Message = z.looseObject({ message_id: z.number(), chat: z.looseObject({ id: z.number() }) });
const Added = z.looseObject({
  kind: z.literal('added'),
  added: z.looseObject({
    update: z.looseObject({
      update_id: z.number(),
      message: Message.optional(),
      edited_message: Message.optional(),
    }),
  }),
});
const Polled = z.looseObject({ kind: z.literal('polled'), updateIds: z.array(z.number()) });
const Delivered = z.looseObject({ kind: z.literal('delivered'), updateId: z.number() });

export function createJournal(control: SandboxClient): Journal {
  const calls: Call[] = [];
  const handed = new Map<Place, number>();
  const messages = new Map<number, Place>();
  const state = { unknown: 0, total: 0, handings: 0, lastCall: 0, lastUpdate: 0 };

  const readCalls = async (): Promise<void> => {
    const fresh = await control.calls({ since: state.lastCall });
    // One that is under way is read again when it has ended, and with it all that came after it.
    const open = fresh.findIndex(({ outcome, method }) => outcome === undefined && method !== 'getUpdates');
    for (const call of open === -1 ? fresh : fresh.slice(0, open)) {
      state.lastCall = call.seq;
      if (call.method === 'getUpdates') continue;
      state.total += 1;
      if (call.tookEffect && call.outcome?.kind === 'withheld') state.unknown += 1;
      calls.push(call);
    }
    if (calls.length > kept) calls.splice(0, calls.length - kept);
  };
  const readUpdates = async (): Promise<void> => {
    for (const { seq, event } of await control.updates({ since: state.lastUpdate })) {
      state.lastUpdate = seq;
      const added = Added.safeParse(event).data?.added.update;
      const message = added?.message ?? added?.edited_message;
      if (added && message) messages.set(added.update_id, `${message.chat.id}/${message.message_id}`);
      for (const id of handedBy(event)) {
        const place = messages.get(id);
        state.handings += 1;
        if (place !== undefined && !handed.has(place)) handed.set(place, state.handings);
      }
    }
  };
  return {
    read: async () => {
      await readCalls();
      await readUpdates();
    },
    calls,
    handed,
    get unknown() {
      return state.unknown;
    },
    get total() {
      return state.total;
    },
  };
}

/** The updates that a desk got by an answer to a poll, or took by a webhook. */
function handedBy(event: unknown): readonly number[] {
  const delivered = Delivered.safeParse(event).data;
  return delivered ? [delivered.updateId] : (Polled.safeParse(event).data?.updateIds ?? []);
}
