import type { TelegramInlineQuery, TelegramMessage, TelegramUpdate } from '@gramio/types/objects';
import { SandboxClock } from '../../src/clock.js';
import { ApiError } from '../../src/errors.js';
import { Params } from '../../src/http/params.js';
import { type FeedEvent, type FeedOptions, newFeedState, UpdateFeed } from '../../src/updates/feed.js';
import type { RepliedCall } from '../../src/updates/post.js';

/** A feed on a clock of its own, with all that it told and was asked to run. */
export interface Bench {
  feed: UpdateFeed;
  clock: SandboxClock;
  events: FeedEvent[];
  executed: RepliedCall[];
  /** Puts a text message into the queue; the text doubles as its name. */
  says(text: string, chatId?: number): number;
  /** The texts that getUpdates gives. */
  polls(params?: Record<string, unknown>): Promise<string[]>;
}

export function bench(options: Partial<FeedOptions> & { clock?: SandboxClock } = {}): Bench {
  const { clock = new SandboxClock() } = options;
  const events: FeedEvent[] = [];
  const executed: RepliedCall[] = [];
  const feed = new UpdateFeed({
    state: newFeedState(),
    random: () => 0.5,
    execute: (call) => Promise.resolve(executed.push(call)),
    observe: (event) => events.push(event),
    ...options,
    clock,
  });
  return {
    feed,
    clock,
    events,
    executed,
    says(text, chatId = 42) {
      const added = feed.push('message', message(text, { date: Math.floor(clock.now() / 1000), chatId }));
      return 'update' in added ? added.update.update_id : 0;
    },
    async polls(params = {}) {
      return texts(await feed.getUpdates(Params.of(params)));
    },
  };
}

export function message(text: string, { date = 0, chatId = 42 } = {}): TelegramMessage {
  return { message_id: 1, date, chat: { id: chatId, type: 'private', first_name: 'Ann' }, text };
}

export function inlineQuery(query: string, personId = 42): TelegramInlineQuery {
  return { id: '1', from: { id: personId, is_bot: false, first_name: 'Ann' }, query, offset: '' };
}

export function texts(updates: TelegramUpdate[]): string[] {
  return updates.map((update) => update.message?.text ?? update.inline_query?.query ?? 'something else');
}

/** How a refused call ended: `409 Conflict: ...`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    return `answered ${JSON.stringify(await call)}`;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `${error.code} ${error.description}`;
  }
}

/** Waits until `fact` holds; looks again after every turn of the event loop and gives up when it never does. */
export async function until(fact: () => boolean): Promise<void> {
  for (let turns = 0; !fact(); turns += 1) {
    if (turns === 3000) throw new Error(`never came true: ${fact.toString()}`);
    await new Promise((turn) => setTimeout(turn, 1));
  }
}
