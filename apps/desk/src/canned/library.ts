import type { StoredReply, Usage } from './reply.js';
import { createCannedIndex, type CannedIndex, type Question } from './search/index.js';

/** What changed after a revision, as the store tells it. */
export interface LibraryChanges {
  readonly revision: string;
  readonly replies: readonly StoredReply[];
  readonly deleted: readonly string[];
  readonly usage: readonly Usage[];
}

/** All replies of a bot in memory, with their index; it follows the database, whoever changes that. */
export interface Library {
  /** Takes in what has changed. Resolves when everything that was committed before the call is there. */
  sync(): Promise<void>;
  search(question: Question): readonly StoredReply[];
}

/** Reading in goes on for this long at most before others get their turn, in milliseconds. */
const sliceMs = 8;

export function createLibrary(changesSince: (revision: string) => Promise<LibraryChanges>): Library {
  const index = createCannedIndex();
  const replies = new Map<string, StoredReply>();
  let revision = '0';
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const changes = await changesSince(revision);
    if (changes.revision === revision) return;
    for (const id of changes.deleted) {
      replies.delete(id);
      index.remove(id);
    }
    await putAll(index, replies, changes.replies);
    for (const usage of changes.usage) index.note(usage);
    revision = changes.revision;
  };

  /** One reading at a time; whoever calls during one waits for the next, which sees what this one cannot. */
  const sync = (): Promise<void> => {
    if (!running) {
      running = read().finally(() => {
        running = undefined;
      });
      return running;
    }
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return sync();
      });
    return next;
  };

  return {
    sync,
    search: (question) =>
      index.search(question).flatMap((id) => {
        const reply = replies.get(id);
        return reply ? [reply] : [];
      }),
  };
}

/** Ten thousand replies take seconds to read in: the relay goes on between slices. */
async function putAll(
  index: CannedIndex,
  replies: Map<string, StoredReply>,
  changed: readonly StoredReply[],
): Promise<void> {
  let started = performance.now();
  for (const reply of changed) {
    replies.set(reply.id, reply);
    index.put(reply);
    if (performance.now() - started < sliceMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    started = performance.now();
  }
}
