import type { BotId, PersonId } from '../relay/ids.js';
import type { Role } from '../relay/model.js';
import type { StaffDirectory } from '../relay/ports.js';
import type { Database } from '../store/database.js';
import { lastHeard, learnRole } from '../store/staff.js';
import { staffNow } from '../store/staffNow.js';
import { staffKey } from './worker.js';

/** Whether somebody is staff at this moment, for what cannot wait in the inbox. */
export type Gate = (person: PersonId) => Promise<Role>;

/** A change of the staff that was reported is handled within this time, or nobody is let in. */
const patienceMs = 3_000;
const lookAgainMs = 20;

/**
 * From what is known; the messenger is asked when that is old. What it has reported before counts already: a former
 * agent is out from the moment on at which the report came. Throws when nothing certain can be said.
 */
export function createGate({ database, bot, staff }: { database: Database; bot: BotId; staff: StaffDirectory }): Gate {
  return async (person) => {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const { settled, member } = await staffNow(database, bot, { person, staffKey });
      if (settled) return member?.fresh === true ? member.role : ask(person);
      if (performance.now() > deadline) throw new Error('a change of the staff is not handled yet');
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  };

  async function ask(person: PersonId): Promise<Role> {
    const heardBefore = await lastHeard(database, bot, person);
    const answer = await staff.role(person);
    await learnRole(database, bot, { person, ...answer, ...(heardBefore !== undefined && { heardBefore }) });
    const { member } = await staffNow(database, bot, { person, staffKey });
    return member?.role ?? 'none';
  }
}
