import type { BotId } from '../relay/ids.js';
import type { Side } from '../relay/model.js';
import type { Notice } from '../relay/notices.js';
import type { DeliveryError } from '../relay/ports.js';
import type { Reached } from '../reached.js';
import type { Database, Sql } from '../store/database.js';
import { isDatabaseAway } from '../store/errors.js';
import { holdFence, type Fence } from '../store/leases.js';
import { lockConversation } from '../store/outcomes.js';
import type { Lane } from '../store/wanted.js';
import { exponential } from './backoff.js';
import type { Plugs } from './call.js';

/** What carrying out a step needs. */
export interface Performer extends Plugs {
  readonly database: Database;
  readonly bot: BotId;
  /** The right to make calls; refused by the database when another process has it. */
  readonly fence: Fence;
  /** Whether no other process can have begun to make calls, as far as this one's clock tells. */
  readonly holds: () => boolean;
  readonly reached: Reached;
  readonly phrase: (notice: Notice, to: Side, language?: string) => string;
}

/** What the sender has to do after a step. */
export type Verdict =
  /** Carried out and written down; these lanes may have something new. */
  | { readonly kind: 'shown'; readonly wake: readonly Lane[] }
  /** Nothing was shown, and there is nothing to wait for: the lane is not as it was when it was looked at. */
  | { readonly kind: 'changed'; readonly wake: readonly Lane[] }
  /** Nothing was shown; this place, or the whole bot, has to wait. `refused`: by a flood limit. */
  | {
      readonly kind: 'pause';
      readonly scope: 'place' | 'bot';
      readonly refused: boolean;
      readonly afterMs?: number;
      readonly error: DeliveryError;
    }
  /** A relay bot was refused: only when the desk's own bot is refused as well is it certain that it cannot be shown. */
  | { readonly kind: 'left'; readonly error: DeliveryError };

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

/** Writes about a conversation in one transaction, as long as this process is the one that makes the calls. */
export function fenced<T>(performer: Performer, lane: Lane, work: (sql: Sql) => Promise<T>): Promise<T> {
  return performer.database.transaction(async (sql) => {
    await holdFence(sql, performer.fence);
    await lockConversation(sql, lane.conversation);
    return work(sql);
  });
}
