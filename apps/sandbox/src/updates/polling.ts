import type { TelegramUpdate } from '@gramio/types/objects';
import type { Clock } from '../clock.js';
import { ApiError } from '../errors.js';
import type { Params } from '../http/params.js';
import { dropExpired, takeUpdates, type UpdateQueue } from './queue.js';

/** Seconds; a longer time-out is shortened, not refused (telegram-bot-api LONG_POLL_MAX_TIMEOUT). */
const MAX_TIMEOUT = 50;
/** Milliseconds from the first update until a waiting poll is answered, so that updates made together go together. */
const WAKE_DELAY = 1;
/** Milliseconds between conflicts that are told at once; one that comes sooner is told this much later. */
const CONFLICT_PAUSE = 3000;

interface Request {
  readonly offset: number;
  readonly limit: number;
}

interface Waiting extends Request {
  readonly answer: (updates: TelegramUpdate[]) => void;
  readonly refuse: (error: ApiError) => void;
  readonly cancelTimeout: () => void;
  isWoken: boolean;
}

interface PollingOptions {
  readonly clock: Clock;
  readonly queue: UpdateQueue;
}

/** getUpdates of one bot (telegram-bot-api Client::process_get_updates_query, Client::do_get_updates). */
export class Polling {
  private waiting: Waiting | undefined;
  private previous = { offset: 0, at: Number.NEGATIVE_INFINITY };
  private nextConflictAt = 0;

  constructor(private readonly options: PollingOptions) {}

  /**
   * Answers at once when something waits, else after `timeout` seconds at most. A second long poll ends the first with
   * a 409. Whoever asks again with the same offset within 3 s is made to wait up to 3 s, and within 0.5 s gets a single
   * update: that is how Telegram slows down pollers that do not confirm.
   */
  async getUpdates(params: Params): Promise<TelegramUpdate[]> {
    const { clock, queue } = this.options;
    const now = clock.now();
    const offset = params.integer('offset');
    let limit = params.integer('limit', { min: 1, max: 100, default: 100 });
    let timeout = params.integer('timeout', { min: 0, max: MAX_TIMEOUT });
    const isRepeated = offset === this.previous.offset;
    if (isRepeated && now < this.previous.at + 3000) timeout = Math.max(timeout, 3);
    if (isRepeated && now < this.previous.at + 500) limit = 1;
    this.previous = { offset, at: now };

    dropExpired(queue, now);
    const updates = takeUpdates(queue, { offset, limit });
    if (updates.length > 0 || timeout === 0) return updates;
    this.conflict('terminated by other getUpdates request; make sure that only one bot instance is running');
    return this.wait({ offset: Math.max(0, offset), limit }, timeout);
  }

  /** To be called when updates were added or released. */
  wake(): void {
    const { waiting } = this;
    if (waiting === undefined || waiting.isWoken) return;
    waiting.isWoken = true;
    this.options.clock.after(WAKE_DELAY, () => this.answer(waiting));
  }

  /** Ends a waiting poll, if there is one, with `Conflict: <reason>`. */
  conflict(reason: string): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.waiting = undefined;
    waiting.cancelTimeout();
    this.tell(reason, waiting.refuse);
  }

  /** Refuses a call with a conflict: at once, or 3 s later when another conflict was told in the last 3 s. */
  refuse(reason: string): Promise<never> {
    return new Promise((_, reject) => this.tell(reason, reject));
  }

  /** Answers a waiting poll with nothing. */
  stop(): void {
    if (this.waiting !== undefined) this.end(this.waiting, []);
  }

  private wait(request: Request, timeout: number): Promise<TelegramUpdate[]> {
    return new Promise((answer, refuse) => {
      const cancelTimeout = this.options.clock.after(timeout * 1000, () => this.answer(waiting));
      const waiting: Waiting = { ...request, answer, refuse, cancelTimeout, isWoken: false };
      this.waiting = waiting;
    });
  }

  private answer(waiting: Waiting): void {
    if (this.waiting !== waiting) return;
    dropExpired(this.options.queue, this.options.clock.now());
    this.end(waiting, takeUpdates(this.options.queue, waiting));
  }

  private end(waiting: Waiting, updates: TelegramUpdate[]): void {
    this.waiting = undefined;
    waiting.cancelTimeout();
    waiting.answer(updates);
  }

  private tell(reason: string, refuse: (error: ApiError) => void): void {
    const { clock } = this.options;
    const error = new ApiError(409, `Conflict: ${reason}`);
    if (clock.now() >= this.nextConflictAt) {
      this.nextConflictAt = clock.now() + CONFLICT_PAUSE;
      refuse(error);
    } else {
      clock.after(CONFLICT_PAUSE, () => refuse(error));
    }
  }
}
