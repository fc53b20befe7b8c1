import { subscribe } from 'node:diagnostics_channel';
import { Agent as HttpAgent, ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { APIMethods } from '@gramio/types/methods';
import type { APIMethodParams, APIMethodReturn } from '@gramio/types/utils';
import { Telegram } from 'telegraf';
import { z } from 'zod';
import { scrubError } from '../secrets.js';
import { areEntitiesRefused } from './errors.js';

export type MethodName = keyof APIMethods;

interface CallOptions {
  /** Covers the whole call; 10 seconds if not given, where telegraf alone would wait for 500. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The Bot API, one call at a time. Throws what telegraf throws; `errors.ts` says what that means. */
export interface BotApi {
  call<Method extends MethodName>(
    method: Method,
    params: APIMethodParams<Method>,
    options?: CallOptions,
  ): Promise<APIMethodReturn<Method>>;
}

const callTimeoutMs = 10_000;

export function createBotApi({ token, root }: { readonly token: string; readonly root: string }): BotApi {
  const telegram = new Telegram(token, { apiRoot: root.endsWith('/') ? root : `${root}/`, webhookReply: false });
  // telegraf takes the agent away from every http:// root; connections are kept open there too.
  const agent = root.startsWith('http:') ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
  telegram.options.agent = agent;
  watch(agent);
  const send = async (
    method: MethodName,
    params: object,
    { timeoutMs = callTimeoutMs, signal }: CallOptions,
  ): Promise<unknown> => {
    const deadline = createDeadline(timeoutMs, signal);
    try {
      // telegraf's types end at Bot API 9.2; its client sends any method.
      return await Reflect.apply(telegram.callApi.bind(telegram), undefined, [
        method,
        params,
        { signal: deadline.signal },
      ]);
    } catch (error) {
      throw scrubError(error);
    } finally {
      deadline.clear();
    }
  };
  /** Formatting that is refused was certainly not carried out: better the bare words than none. */
  const sendReadable = async (method: MethodName, params: object, options: CallOptions): Promise<unknown> => {
    try {
      return await send(method, params, options);
    } catch (error) {
      if (!areEntitiesRefused(error)) throw error;
      return send(method, withoutEntities(params), options);
    }
  };
  return {
    call: (method, params, options = {}) =>
      sendReadable(method, params ?? {}, options).then((answer) => {
        if (isAnswer(method, answer)) return answer;
        throw new Error(`${method}: the answer has no result`);
      }),
  };
}

const watchedAgents = new WeakSet<object>();
let watching = false;

/**
 * Makes an answer that breaks off an error at once. telegraf's node-fetch passes answers on without their errors and would
 * wait for the deadline; errors of the request it does hear. Node tells on this channel that the head of an answer has
 * come (diagnostics_channel, built-in channels).
 */
function watch(agent: HttpAgent): void {
  watchedAgents.add(agent);
  if (watching) return;
  watching = true;
  subscribe('http.client.response.finish', (message) => {
    const { data } = answerBegun.safeParse(message);
    if (!data || !watchedAgents.has(data.request.agent)) return;
    const { request, response } = data;
    response.once('error', (error) => request.emit('error', error));
  });
}

const answerBegun = z.object({
  request: z.custom<ClientRequest & { readonly agent: object }>(
    (value) => value instanceof ClientRequest && 'agent' in value,
  ),
  response: z.instanceof(IncomingMessage),
});

/**
 * Aborts after so long, or with `outer`. Not AbortSignal.any of AbortSignal.timeout: in Node 20 the garbage collector may
 * take the timeout, and the call waits for ever (node issue 57736).
 */
function createDeadline(
  timeoutMs: number,
  outer: AbortSignal | undefined,
): { readonly signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  if (outer?.aborted === true) abort();
  else outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}

/** The same call without any formatting; every member of the Bot API that holds some is called `...entities`. */
function withoutEntities(params: object): object {
  const bare: unknown = JSON.parse(
    JSON.stringify(params, (key, value: unknown) => (key.endsWith('entities') ? undefined : value)),
  );
  return typeof bare === 'object' && bare !== null ? bare : params;
}

/** The one place where the server's word is taken for the shape of its answers. */
function isAnswer<Method extends MethodName>(_method: Method, answer: unknown): answer is APIMethodReturn<Method> {
  return answer !== undefined && answer !== null;
}
