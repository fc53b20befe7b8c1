import type { APIMethods } from '@gramio/types/methods';
import type { APIMethodParams, APIMethodReturn } from '@gramio/types/utils';
import type { TelegramMessage, TelegramResponseParameters, TelegramUpdate } from '@gramio/types/objects';
import { checkResult } from './spec.js';

/** The Bot API refused. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: TelegramResponseParameters,
  ) {
    super(`${code} ${description}`);
  }
}

type Answer<T> =
  | { ok: true; result: T }
  | { ok: false; error_code: number; description: string; parameters?: TelegramResponseParameters };

/** Parameters as a careless caller writes them. */
type Loose<M extends keyof APIMethods> = APIMethodParams<M> | Record<string, unknown>;

/** A bot that calls methods by hand. Every answer and update is held to the documentation, field by field. */
export class TestBot {
  private offset = 1;
  private lastSent = 0;

  constructor(
    readonly root: string,
    readonly token: string,
  ) {}

  get id(): number {
    return Number(this.token.split(':')[0]);
  }

  /** Throws Refused. */
  async call<M extends keyof APIMethods>(method: M, params?: Loose<M>): Promise<APIMethodReturn<M>> {
    const response = await fetch(`${this.root}/bot${this.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params ?? {}),
    });
    return this.read(method, response);
  }

  /** Calls with a multipart body; strings are fields, buffers files. Throws Refused. */
  async upload<M extends keyof APIMethods>(
    method: M,
    parts: Record<string, string | { bytes: Buffer; name: string; type: string }>,
  ): Promise<APIMethodReturn<M>> {
    const form = new FormData();
    for (const [name, part] of Object.entries(parts)) {
      if (typeof part === 'string') form.set(name, part);
      else form.set(name, new Blob([new Uint8Array(part.bytes)], { type: part.type }), part.name);
    }
    return this.read(method, await fetch(`${this.root}/bot${this.token}/${method}`, { method: 'POST', body: form }));
  }

  /**
   * What waits now; confirmed by the next look. The same offset is never sent twice in a row: Telegram makes such
   * pollers wait and gives them one update only. One less confirms as much.
   */
  async news(params: Loose<'getUpdates'> = {}): Promise<TelegramUpdate[]> {
    const offset = this.offset === this.lastSent ? this.offset - 1 : this.offset;
    this.lastSent = offset;
    const updates = await this.call('getUpdates', { offset: Math.max(0, offset), timeout: 0, ...params });
    this.offset = Math.max(this.offset, ...updates.map(({ update_id }) => update_id + 1));
    return updates;
  }

  /** The messages among what waits now. */
  async messages(): Promise<TelegramMessage[]> {
    return (await this.news()).map(({ message }) => message).filter((message) => message !== undefined);
  }

  private async read<M extends keyof APIMethods>(method: M, response: Response): Promise<APIMethodReturn<M>> {
    const answer = (await response.json()) as Answer<APIMethodReturn<M>>;
    if (!answer.ok) throw new Refused(answer.error_code, answer.description, answer.parameters);
    checkResult(method, answer.result);
    return answer.result;
  }
}
