import { type Agent, type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { readBody } from '../http/body.js';
import { Params } from '../http/params.js';
import type { UploadedFile } from '../http/multipart.js';

/** A method that a webhook asks for in its answer. */
export interface RepliedCall {
  readonly method: string;
  readonly params: Params;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** How one attempt ended. `reason` is what getWebhookInfo tells of it; `retryAfter` in seconds, 0 when not asked for. */
export type PostOutcome =
  | { readonly kind: 'accepted'; readonly call: RepliedCall | undefined }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string; readonly retryAfter: number }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Post {
  readonly url: URL;
  readonly body: string;
  readonly agent: Agent;
  readonly signal: AbortSignal;
  /** Sent as `X-Telegram-Bot-Api-Secret-Token` unless empty. */
  readonly secretToken: string;
  /** The bot's own certificate, if it uploaded one. */
  readonly certificate: Buffer | undefined;
  /** Where to connect to, whatever the name of the host says. */
  readonly address: string;
}

/** Methods that a webhook may not ask for in its answer (telegram-bot-api WebhookActor::handle), and all `get*`. */
const NOT_IN_ANSWERS = ['deletewebhook', 'setwebhook', 'close', 'logout'];

/** Sends one update. Any 2xx accepts it, whatever the body says. Never throws. */
export async function post(update: Post): Promise<PostOutcome> {
  try {
    const response = await send(update);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status <= 299) return { kind: 'accepted', call: await readCall(response) };
    response.resume();
    const reason = `Wrong response from the webhook: ${status} ${response.statusMessage ?? ''}`;
    return { kind: 'refused', status, reason, retryAfter: readRetryAfter(response) };
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

function send({ url, body, agent, signal, ...rest }: Post): Promise<IncomingMessage> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'accept-encoding': 'gzip, deflate',
    ...(rest.secretToken === '' ? {} : { 'x-telegram-bot-api-secret-token': rest.secretToken }),
  };
  const options: RequestOptions & { ca?: Buffer } = { method: 'POST', agent, headers, signal };
  options.lookup = (_host, { all }, done) => {
    const family = rest.address.includes(':') ? 6 : 4;
    if (all === true) done(null, [{ address: rest.address, family }]);
    else done(null, rest.address, family);
  };
  if (rest.certificate !== undefined) options.ca = rest.certificate;
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    request(url, options, resolve).on('error', reject).end(body);
  });
}

async function readCall(response: IncomingMessage): Promise<RepliedCall | undefined> {
  const body = await readBody(response).catch(() => ({ fields: [], files: [] }));
  const fields = new Map(body.fields.toReversed().map(({ name, value }) => [name, value]));
  const method = fields.get('method') ?? '';
  const name = method.toLowerCase();
  if (name === '' || name.startsWith('get') || NOT_IN_ANSWERS.includes(name)) return undefined;
  return { method, params: new Params(fields), files: new Map(body.files.map((file) => [file.fieldName, file])) };
}

/** Up to an hour (telegram-bot-api WebhookActor::on_update_error). */
function readRetryAfter(response: IncomingMessage): number {
  const seconds = new Params(new Map([['s', response.headers['retry-after'] ?? '']])).integer('s', {
    min: 0,
    max: 3600,
  });
  return seconds;
}

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  switch ('code' in error ? error.code : undefined) {
    case 'ECONNREFUSED':
      return 'Connection refused';
    case 'ECONNRESET':
      return 'Connection reset by peer';
    case 'ETIMEDOUT':
      return 'Connection timed out';
    case 'ABORT_ERR':
      return 'Read timeout expired';
    default:
      return 'message' in error ? String(error.message) : 'Connection failed';
  }
}
