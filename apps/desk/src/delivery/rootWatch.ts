import type { Log } from '../log.js';
import { plainText, type Content } from '../relay/content.js';
import type { BotId, ThreadId } from '../relay/ids.js';
import type { StaffSurface } from '../relay/ports.js';
import type { Database } from '../store/database.js';
import { awaitsRoot, markAlarmed, rememberRoot } from '../store/threads.js';
import type { Lane } from '../store/wanted.js';
import type { LiveThread } from './lane.js';

/** How long after the post the messenger may take to open its thread, in milliseconds. */
export interface RootPatience {
  /** Then it is asked. */
  readonly askMs: number;
  /** Then the team is told, and the messages are shown outside the thread. */
  readonly alarmMs: number;
}

/** Measured: three to four seconds, sometimes tens. */
export const defaultPatience: RootPatience = { askMs: 20_000, alarmMs: 60_000 };

export interface RootWatchParts {
  readonly database: Database;
  readonly bot: BotId;
  readonly surface: StaffSurface;
  readonly log: Log;
  readonly patience: RootPatience;
  /** What the team is told. `ticket` is the conversation's number. */
  readonly alarmText: (ticket: string) => string;
  readonly wake: (lanes: readonly Lane[]) => void;
  /** Says something to the whole team, outside all threads. */
  readonly announce: (content: Content) => void;
  /** Looks whether the places are still as they have to be. */
  readonly recheck: () => Promise<void>;
}

export interface RootWatch {
  /** A lane waits for this thread to be opened. */
  missing(lane: Lane, thread: LiveThread): void;
  stop(): void;
}

/** Threads whose opening is not reported: asks, waits, raises the alarm. The lane is woken when it can go on. */
export function createRootWatch(parts: RootWatchParts): RootWatch {
  const { database, bot, surface, log, patience } = parts;
  const timers = new Map<ThreadId, NodeJS.Timeout>();
  let stopped = false;

  const ask = async (thread: LiveThread): Promise<void> => {
    if (!(await awaitsRoot(database, thread.id))) return;
    const root = await surface.findRoot(thread.post);
    if (root === undefined) return;
    log.info({ thread: thread.id }, 'a thread was found whose opening had not been reported');
    parts.wake(await database.transaction((sql) => rememberRoot(sql, bot, { post: thread.post, root })));
  };

  /** Resolves with whether there is nothing more to wait for. */
  const alarm = async (lane: Lane, thread: LiveThread): Promise<boolean> => {
    await ask(thread).catch((error: unknown) => log.warn({ err: error }, 'the thread cannot be asked for now'));
    if (!(await awaitsRoot(database, thread.id))) return true;
    await parts.recheck();
    // While the places are not as they have to be nothing can be shown outside the thread either.
    if (!surface.places()) return false;
    if (await markAlarmed(database, thread.id)) {
      log.error(
        { thread: thread.id, conversation: lane.conversation },
        'the messenger has not opened the thread of a post',
      );
      parts.announce(plainText(parts.alarmText(lane.conversation)));
    }
    return true;
  };

  const after = (thread: LiveThread, delayMs: number, run: () => Promise<void>): void => {
    const fire = (): void => {
      run().catch((error: unknown) => {
        log.warn({ err: error, thread: thread.id }, 'watching a thread failed');
        timers.delete(thread.id);
      });
    };
    if (!stopped) timers.set(thread.id, setTimeout(fire, Math.max(0, delayMs)).unref());
  };

  const alarmAfter = (delayMs: number, lane: Lane, thread: LiveThread): void =>
    after(thread, delayMs, async () => {
      if (await alarm(lane, thread)) {
        timers.delete(thread.id);
        parts.wake([lane]);
      } else alarmAfter(patience.askMs, lane, thread);
    });

  return {
    missing: (lane, thread) => {
      if (timers.has(thread.id)) return;
      after(thread, patience.askMs - thread.postedMsAgo, async () => {
        await ask(thread).catch((error: unknown) => log.warn({ err: error }, 'the thread cannot be asked for now'));
        alarmAfter(patience.alarmMs - Math.max(patience.askMs, thread.postedMsAgo), lane, thread);
      });
    },
    stop: () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
