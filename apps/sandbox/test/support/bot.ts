import type { APIMethods } from '@gramio/types/methods';
import type { APIMethodParams, APIMethodReturn } from '@gramio/types/utils';
import type { TelegramResponseParameters, TelegramUpdate } from '@gramio/types/objects';

/** The Bot API refused. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: TelegramResponseParameters,
  ) {
    super(description);
  }
}

type Answer<T> =
  | { ok: true; result: T }
  | { ok: false; error_code: number; description: string; parameters?: TelegramResponseParameters };

/** A bot that calls methods by hand, without any library between it and the sandbox. */
export class TestBot {
  private offset = 0;

  constructor(
    readonly root: string,
    readonly token: string,
  ) {}

  /** Throws Refused. */
  async call<M extends keyof APIMethods>(method: M, params?: APIMethodParams<M>): Promise<APIMethodReturn<M>> {
    const response = await fetch(`${this.root}/bot${this.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params ?? {}),
    });
    const answer = (await response.json()) as Answer<APIMethodReturn<M>>;
    if (answer.ok) return answer.result;
    throw new Refused(answer.error_code, answer.description, answer.parameters);
  }

  /** What waits now; confirmed by the next look. */
  async news(): Promise<TelegramUpdate[]> {
    const updates = await this.call('getUpdates', { offset: this.offset, timeout: 0 });
    this.offset = (updates.at(-1)?.update_id ?? this.offset - 1) + 1;
    return updates;
  }
}
