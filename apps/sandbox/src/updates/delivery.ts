import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Clock } from '../clock.js';
import { post, type PostOutcome, type RepliedCall } from './post.js';
import { confirmUpdate, dropUpdate, type QueuedUpdate, type UpdateQueue } from './queue.js';
import { parseWebhookUrl, type WebhookSettings } from './webhook.js';

/** Milliseconds until an answer is given up (telegram-bot-api WebhookActor: 60 s per connection). */
const ANSWER_TIMEOUT = 60_000;
/** Seconds; the longest pause is chosen at random between this and twice this (WEBHOOK_MAX_RESEND_TIMEOUT). */
const MAX_PAUSE = 60;
/** Milliseconds of nothing but 410 after which the webhook is given up (WEBHOOK_DROP_TIMEOUT). */
const GONE_TIMEOUT = 23 * 3_600_000;

export type DeliveryEvent =
  | { readonly kind: 'delivered'; readonly updateId: number }
  | { readonly kind: 'not_delivered'; readonly updateId: number; readonly reason: string; readonly retryInMs: number }
  /** The update would expire before the next attempt. */
  | { readonly kind: 'given_up'; readonly updateId: number; readonly reason: string };

export interface DeliveryOptions {
  readonly clock: Clock;
  readonly queue: UpdateQueue;
  readonly settings: WebhookSettings;
  readonly random: () => number;
  /** Runs the method a webhook asked for in its answer; the result is lost, as it is on Telegram. */
  readonly execute: (call: RepliedCall) => Promise<unknown>;
  /** False while the network is down: every attempt then fails as a refused connection does. */
  readonly isReachable: () => boolean;
  readonly observe: (event: DeliveryEvent) => void;
  /** The webhook answered 410 for 23 hours: it must be forgotten. */
  readonly onGone: () => void;
}

/** One webhook queue with something to deliver. `pause` in seconds. */
interface Line {
  isBusy: boolean;
  readyAt: number;
  pause: number;
  failures: number;
}

/**
 * Delivers updates to a webhook (telegram-bot-api WebhookActor): of each queue one at a time and in order, of different
 * queues side by side, up to `maxConnections`. A failed update is tried again at once (or when `Retry-After` says), then
 * after 2, 4, 8 ... up to 60 to 120 s, and holds up its own queue only.
 */
export class Delivery {
  private readonly lines = new Map<string, Line>();
  private readonly url: URL;
  private readonly agent: Agent;
  private readonly ended = new AbortController();
  private underWay = 0;
  private cancelTimer = (): void => undefined;

  constructor(private readonly options: DeliveryOptions) {
    const { settings } = options;
    this.url = parseWebhookUrl(settings.url);
    const AgentOfScheme = this.url.protocol === 'https:' ? SecureAgent : Agent;
    this.agent = new AgentOfScheme({ keepAlive: true });
    this.wake();
  }

  /** To be called when updates were added or released. */
  wake(): void {
    if (this.ended.signal.aborted) return;
    this.cancelTimer();
    const now = this.options.clock.now();
    let wakeAt = Infinity;
    for (const [name, entry] of this.heads(now)) {
      const line = this.line(name);
      if (line.isBusy) continue;
      if (line.readyAt > now) wakeAt = Math.min(wakeAt, line.readyAt);
      else if (this.underWay < this.options.settings.maxConnections) this.start(line, entry);
    }
    if (wakeAt !== Infinity) this.cancelTimer = this.options.clock.after(wakeAt - now, () => this.wake());
  }

  /** Ends at once; what is under way may have arrived, and counts as not delivered. */
  stop(): void {
    this.cancelTimer();
    this.ended.abort();
    this.agent.destroy();
  }

  /** The first update of each queue. No more queues are looked at than Telegram loads at a time. */
  private heads(now: number): Map<string, QueuedUpdate> {
    const heads = new Map<string, QueuedUpdate>();
    for (const entry of this.options.queue.updates) {
      if (entry.state !== 'ready' || entry.expiresAt < now) continue;
      if (!heads.has(entry.queue)) heads.set(entry.queue, entry);
      if (heads.size === this.options.settings.maxConnections * 2) break;
    }
    return heads;
  }

  private line(name: string): Line {
    const line = this.lines.get(name) ?? { isBusy: false, readyAt: 0, pause: 1, failures: 0 };
    this.lines.set(name, line);
    return line;
  }

  private start(line: Line, entry: QueuedUpdate): void {
    line.isBusy = true;
    this.underWay += 1;
    void this.attempt(entry).then((outcome) => {
      if (this.ended.signal.aborted) return;
      line.isBusy = false;
      this.underWay -= 1;
      if (outcome.kind === 'accepted') this.accept(entry, outcome.call);
      else this.fail({ line, entry, outcome });
      this.wake();
    });
  }

  private async attempt({ update }: QueuedUpdate): Promise<PostOutcome> {
    const { clock, settings, isReachable } = this.options;
    if (!isReachable()) return { kind: 'failed', reason: 'Connection refused' };
    const timeout = new AbortController();
    const cancel = clock.after(ANSWER_TIMEOUT, () => timeout.abort());
    const outcome = await post({
      url: this.url,
      body: JSON.stringify(update),
      agent: this.agent,
      signal: AbortSignal.any([timeout.signal, this.ended.signal]),
      secretToken: settings.secretToken,
      certificate: settings.certificate === undefined ? undefined : Buffer.from(settings.certificate, 'base64'),
      address: settings.address,
    });
    cancel();
    return outcome;
  }

  private accept(entry: QueuedUpdate, call: RepliedCall | undefined): void {
    const { settings, observe, execute } = this.options;
    settings.goneSince = undefined;
    this.lines.delete(entry.queue);
    confirmUpdate(this.options.queue, entry);
    observe({ kind: 'delivered', updateId: entry.update.update_id });
    if (call !== undefined) execute(call).catch(() => undefined); // nobody is told how the method ended
  }

  private fail({ line, entry, outcome }: { line: Line; entry: QueuedUpdate; outcome: Failure }): void {
    const { clock, settings, observe } = this.options;
    const { reason } = outcome;
    const updateId = entry.update.update_id;
    settings.lastError = { reason, date: Math.floor(clock.now() / 1000) };
    const seconds = this.nextPause(line, outcome.kind === 'refused' ? outcome.retryAfter : 0);
    if (clock.now() + seconds * 1000 > entry.expiresAt) {
      this.lines.delete(entry.queue);
      dropUpdate(this.options.queue, entry);
      observe({ kind: 'given_up', updateId, reason });
    } else {
      line.failures += 1;
      line.readyAt = clock.now() + seconds * 1000;
      observe({ kind: 'not_delivered', updateId, reason, retryInMs: seconds * 1000 });
    }
    this.noteGone(outcome.kind === 'refused' && outcome.status === 410);
  }

  private nextPause(line: Line, retryAfter: number): number {
    if (retryAfter > 0 || line.failures === 0) return retryAfter;
    const longest = MAX_PAUSE + Math.floor(this.options.random() * (MAX_PAUSE + 1));
    line.pause = Math.min(longest, line.pause * 2);
    return line.pause;
  }

  private noteGone(isGone: boolean): void {
    const { clock, settings, onGone } = this.options;
    if (!isGone) settings.goneSince = undefined;
    else if (settings.goneSince === undefined) settings.goneSince = clock.now();
    else if (clock.now() > settings.goneSince + GONE_TIMEOUT) onGone();
  }
}

type Failure = Exclude<PostOutcome, { kind: 'accepted' }>;
