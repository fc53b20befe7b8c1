import { knownAdmins } from '../store/staffNow.js';
import { changesSince } from '../store/canned.js';
import { markRefused } from '../store/cannedWrite.js';
import type { Database } from '../store/database.js';
import type { Log } from '../log.js';
import { createLibrary, type Library } from './library.js';
import { createManager, type Manager, type ManagerParts, type Shown } from './manage/manager.js';
import type { StoredReply } from './reply.js';

/** Canned replies, as the composition root takes them apart. */
export interface Canned {
  readonly library: Library;
  readonly manager: Manager;
  /** A reply that the messenger refuses to offer is left out from now on, and every admin is told once. */
  readonly onRefused: (reply: StoredReply, reason: string) => Promise<void>;
}

export interface CannedParts extends Omit<ManagerParts, 'find'> {
  readonly database: Database;
  readonly log: Log;
  readonly present: (shown: readonly Shown[]) => Promise<void>;
}

export function createCanned(parts: CannedParts): Canned {
  const { database, bot, log, phrases, present } = parts;
  const library = createLibrary((revision) => changesSince(database, bot, revision));
  // Not waited for: whoever searches is inside a transaction, which may hold the only connection.
  const refresh = (): void => {
    library.sync().catch((error: unknown) => log.warn({ err: error }, 'canned replies cannot be read now'));
  };
  const find: ManagerParts['find'] = (query, person) => {
    refresh();
    if (query === '') return [];
    return library.search({ query, person, now: new Date(), hidden: true }).map(({ id }) => id);
  };
  return {
    library,
    manager: createManager({ ...parts, find }),
    onRefused: async (reply, reason) => {
      const isNew = await database.transaction((sql) => markRefused(sql, bot, { id: reply.id, refusal: reason }));
      if (!isNew) return;
      log.error({ reply: reply.id, reason }, 'Telegram refuses a canned reply; it is left out');
      const text = phrases.say('canned-refused-report', { title: reply.title, reason });
      const screen: Shown['screen'] = { kind: 'words', text: { text, entities: [] }, buttons: [] };
      // Whoever never wrote to the bot cannot be reached; who waits for the answer does not wait for this.
      void present((await knownAdmins(database, bot)).map((place) => ({ place, screen })));
    },
  };
}
