import type { ServerResponse } from 'node:http';
import { ApiError } from '../errors.js';

/** What a method returned. `description` is what setWebhook and deleteWebhook add: "Webhook was set". */
export interface MethodAnswer {
  readonly result: unknown;
  readonly description?: string;
}

/** An answer as it goes over the wire. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The success envelope (telegram-bot-api JsonQueryOk). */
export function okAnswer({ result, description }: MethodAnswer): HttpAnswer {
  const envelope = { ok: true, result, ...(description === undefined ? {} : { description }) };
  return { status: 200, headers: jsonHeaders, body: JSON.stringify(envelope) };
}

/**
 * The refusal envelope (telegram-bot-api JsonQueryError). The HTTP status is the error's code; a 429 also carries the
 * header `Retry-After`, in seconds. Anything that is not an ApiError is a fault of the sandbox and becomes a 500.
 */
export function errorAnswer(error: unknown): HttpAnswer {
  const { code, description, parameters } =
    error instanceof ApiError ? error : new ApiError(500, 'Internal Server Error');
  const envelope = { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) };
  const seconds = parameters?.retry_after;
  const headers = seconds === undefined ? jsonHeaders : { ...jsonHeaders, 'retry-after': String(seconds) };
  return { status: code, headers, body: JSON.stringify(envelope) };
}

/** Writes an answer, once, and ends the response. */
export function writeAnswer(response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

const jsonHeaders = { 'content-type': 'application/json' };
