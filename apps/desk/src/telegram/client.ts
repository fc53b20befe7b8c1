import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { APIMethods } from '@gramio/types/methods';
import type { APIMethodParams, APIMethodReturn } from '@gramio/types/utils';
import { Telegram } from 'telegraf';
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
  telegram.options.agent = root.startsWith('http:')
    ? new HttpAgent({ keepAlive: true })
    : new HttpsAgent({ keepAlive: true });
  const send = async (
    method: MethodName,
    params: object,
    { timeoutMs = callTimeoutMs, signal }: CallOptions,
  ): Promise<unknown> => {
    const limit = AbortSignal.timeout(timeoutMs);
    const options = { signal: signal ? AbortSignal.any([limit, signal]) : limit };
    try {
      // telegraf's types end at Bot API 9.2; its client sends any method.
      return await Reflect.apply(telegram.callApi.bind(telegram), undefined, [method, params, options]);
    } catch (error) {
      throw scrubError(error);
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
