import type { Random } from '../random.js';
import type { Timeline } from './timeline.js';

/** Where a call goes: one private chat per conversation. */
export type Chat = 'group' | 'channel' | number;

export interface ServerOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  /** Calls in any 60 s in the group and in the channel; 20 as on Telegram, if not given. */
  readonly perMinute?: number;
}

export interface ModelServer {
  /** Makes a call; tells later whether it was carried out, or after how many seconds it may be. */
  call(chat: Chat, done: (retryAfter: number | undefined) => void): void;
  readonly carriedOut: { readonly at: number; readonly chat: Chat }[];
  refused: number;
}

/** The server of the workload: see `docs/benchmarks`. Takes the time of a call first and counts it then. */
export function createServer({ timeline, random, perMinute = 20 }: ServerOptions): ModelServer {
  const logs = new Map<Chat | 'all', number[]>();
  const log = (chat: Chat | 'all'): number[] => logs.get(chat) ?? logs.set(chat, []).get(chat) ?? [];

  /** Seconds until there is room for one more in any `seconds`. */
  const wait = (calls: readonly number[], limit: number, seconds: number): number => {
    const oldest = calls.at(-limit);
    return oldest === undefined ? 0 : Math.max(0, oldest + seconds - timeline.now());
  };
  const server: ModelServer = {
    carriedOut: [],
    refused: 0,
    call: (chat, done) =>
      timeline.after(random.logNormal({ median: 0.05, sigma: 0.6 }), () => {
        const shared = typeof chat === 'string';
        const seconds = Math.max(
          shared ? wait(log(chat), perMinute, 60) : 0,
          wait(log(chat), 3, 3),
          wait(log('all'), 30, 1),
        );
        if (seconds > 0) {
          server.refused += 1;
          done(Math.ceil(seconds));
          return;
        }
        log(chat).push(timeline.now());
        log('all').push(timeline.now());
        server.carriedOut.push({ at: timeline.now(), chat });
        done(undefined);
      }),
  };
  return server;
}
