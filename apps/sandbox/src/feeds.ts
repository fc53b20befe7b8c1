import type { Clock } from './clock.js';
import type { UpdateContent, UpdateKind } from './updates/kinds.js';
import type { RepliedCall } from './updates/post.js';
import { type FeedEvent, newFeedState, UpdateFeed } from './updates/feed.js';
import { draw } from './world/random.js';
import type { World } from './world/world.js';

export interface FeedsOptions {
  readonly clock: Clock;
  /** The world of now; another one after a load. */
  readonly world: () => World;
  /** Runs the method that a bot's webhook asked for in its answer. */
  readonly execute: (botId: number, call: RepliedCall) => Promise<unknown>;
  readonly isReachable: () => boolean;
  readonly observe: (botId: number, event: FeedEvent) => void;
}

/** The update feeds of all bots of a world. */
export class Feeds {
  private readonly running = new Map<number, UpdateFeed>();

  constructor(private readonly options: FeedsOptions) {}

  /** Tells a bot something. Later changes of `content` do not reach the update. */
  push<K extends UpdateKind>(botId: number, kind: K, content: UpdateContent<K>): void {
    this.of(botId).push(kind, structuredClone(content));
  }

  /** The feed of one bot, which begins or goes on when it is first asked for. */
  of(botId: number): UpdateFeed {
    const running = this.running.get(botId);
    if (running !== undefined) return running;
    const { clock, world, execute, isReachable, observe } = this.options;
    const feed = new UpdateFeed({
      clock,
      state: (world().feeds[String(botId)] ??= newFeedState()),
      random: () => draw(world()),
      execute: (call) => execute(botId, call),
      isReachable,
      observe: (event) => observe(botId, event),
    });
    this.running.set(botId, feed);
    return feed;
  }

  /** Starts the feeds of bots that have a webhook, after a world was loaded. */
  resume(): void {
    for (const [botId, state] of Object.entries(this.options.world().feeds)) {
      if (state.webhook !== undefined) this.of(Number(botId));
    }
  }

  /** Ends all deliveries and waiting polls. */
  stop(): void {
    for (const feed of this.running.values()) feed.stop();
    this.running.clear();
  }
}
