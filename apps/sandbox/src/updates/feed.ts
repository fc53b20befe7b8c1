import type { TelegramUpdate, TelegramWebhookInfo } from '@gramio/types/objects';
import type { Clock } from '../clock.js';
import { ApiError, tooManyRequests } from '../errors.js';
import type { MethodAnswer } from '../http/answer.js';
import type { UploadedFile } from '../http/multipart.js';
import type { Params } from '../http/params.js';
import { Delivery, type DeliveryEvent } from './delivery.js';
import { readAllowed, type UpdateContent, type UpdateKind } from './kinds.js';
import { Polling } from './polling.js';
import type { RepliedCall } from './post.js';
import { type Added, addUpdate, clearQueue, type Disturbances, dropExpired, emptyQueue, releaseHeld } from './queue.js';
import type { UpdateQueue } from './queue.js';
import { areSame, checkSettings, describeWebhook, readSettings } from './webhook.js';
import type { WebhookRules, WebhookSettings } from './webhook.js';

/** All that is to be kept of one bot's updates. Plain data: it can be saved and loaded as JSON. */
export interface FeedState {
  queue: UpdateQueue;
  webhook?: WebhookSettings | undefined;
}

export function newFeedState(): FeedState {
  return { queue: emptyQueue() };
}

export type FeedEvent =
  | { readonly kind: 'added'; readonly updateKind: UpdateKind; readonly added: Added }
  | { readonly kind: 'polled'; readonly updateIds: readonly number[] }
  | DeliveryEvent;

export interface FeedOptions {
  readonly clock: Clock;
  /** Is changed in place; a saved one goes on where it stopped. */
  readonly state: FeedState;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  /** Runs the method that a webhook asked for in its answer. */
  readonly execute: (call: RepliedCall) => Promise<unknown>;
  /** HTTPS, ports and public addresses as on Telegram's own server; off, as on a self-hosted one, when not given. */
  readonly rules?: WebhookRules;
  /** False while the network is down; always up when not given. */
  readonly isReachable?: () => boolean;
  readonly observe?: (event: FeedEvent) => void;
}

const WEBHOOK_IS_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

/** The updates of one bot: made by `push`, fetched by getUpdates or delivered to a webhook. */
export class UpdateFeed {
  private readonly polling: Polling;
  private delivery: Delivery | undefined;
  private nextSetAt = 0;
  /** Counts calls that change the webhook, so that one overtaken by another can tell. */
  private change = 0;

  constructor(private readonly options: FeedOptions) {
    this.polling = new Polling({ clock: options.clock, queue: options.state.queue });
    if (options.state.webhook !== undefined) this.startDelivery(options.state.webhook);
  }

  /** Makes an update; what became of it depends on `allowed_updates`, its age and the disturbances asked for. */
  push<K extends UpdateKind>(kind: K, content: UpdateContent<K>): Added {
    const { clock, random, state } = this.options;
    const added = addUpdate(state.queue, { kind, content, now: clock.now(), random });
    this.options.observe?.({ kind: 'added', updateKind: kind, added });
    this.wake();
    return added;
  }

  /** Throws ApiError 409 while a webhook is set; see Polling for the rest. */
  async getUpdates(params: Params): Promise<TelegramUpdate[]> {
    if (this.options.state.webhook !== undefined) return this.polling.refuse(WEBHOOK_IS_ACTIVE);
    this.allow(params);
    const updates = await this.polling.getUpdates(params);
    this.options.observe?.({ kind: 'polled', updateIds: updates.map(({ update_id }) => update_id) });
    return updates;
  }

  /** An empty `url` deletes the webhook. At most one call a second; see `checkSettings` for the refusals. */
  async setWebhook(params: Params, files: ReadonlyMap<string, UploadedFile>): Promise<MethodAnswer> {
    const { state, clock, rules = { cloudOnly: false } } = this.options;
    if (params.string('url') === '') return this.deleteWebhook(params);
    if (clock.now() < this.nextSetAt) throw tooManyRequests(1);
    this.nextSetAt = clock.now() + 1000;
    const asked = readSettings(params, files);
    const dropsPending = params.boolean('drop_pending_updates');
    if (state.webhook !== undefined && areSame(state.webhook, asked) && !dropsPending) {
      this.allow(params);
      return { result: true, description: 'Webhook is already set' };
    }
    this.polling.conflict('terminated by setWebhook request');
    const change = this.forgetWebhook();
    if (dropsPending) clearQueue(state.queue);
    const settings = await checkSettings(asked, rules);
    if (change !== this.change) throw new ApiError(409, 'Conflict: terminated by other setWebhook');
    this.allow(params);
    state.webhook = settings;
    this.startDelivery(settings);
    return { result: true, description: 'Webhook was set' };
  }

  deleteWebhook(params: Params): MethodAnswer {
    const wasSet = this.options.state.webhook !== undefined;
    this.forgetWebhook();
    if (params.boolean('drop_pending_updates')) clearQueue(this.options.state.queue);
    return { result: true, description: wasSet ? 'Webhook was deleted' : 'Webhook is already deleted' };
  }

  getWebhookInfo(): TelegramWebhookInfo {
    dropExpired(this.options.state.queue, this.options.clock.now());
    return describeWebhook(this.options.state.webhook, this.options.state.queue);
  }

  /** Asks that the next updates be delivered twice, swapped, kept back or lost: how many of each. */
  disturb(wanted: Partial<Disturbances>): void {
    Object.assign(this.options.state.queue.disturbances, wanted);
  }

  /** Lets updates go that were kept back. */
  release(): void {
    releaseHeld(this.options.state.queue);
    this.wake();
  }

  /** Ends deliveries and waiting polls; the state can be loaded again. */
  stop(): void {
    this.delivery?.stop();
    this.delivery = undefined;
    this.polling.stop();
  }

  private wake(): void {
    if (this.delivery !== undefined) this.delivery.wake();
    else this.polling.wake();
  }

  private allow(params: Params): void {
    const allowed = readAllowed(params.string('allowed_updates'));
    if (allowed !== undefined) this.options.state.queue.allowed = [...allowed];
  }

  private startDelivery(settings: WebhookSettings): void {
    this.delivery = new Delivery({
      clock: this.options.clock,
      queue: this.options.state.queue,
      settings,
      random: this.options.random,
      execute: this.options.execute,
      isReachable: this.options.isReachable ?? (() => true),
      observe: this.options.observe ?? (() => undefined),
      onGone: () => this.forgetWebhook(),
    });
  }

  private forgetWebhook(): number {
    this.delivery?.stop();
    this.delivery = undefined;
    this.options.state.webhook = undefined;
    this.change += 1;
    return this.change;
  }
}
