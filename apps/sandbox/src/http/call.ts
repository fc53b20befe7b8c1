import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors.js';
import { readBody } from './body.js';
import { decodePercent, type Field, urlEncodedFields } from './fields.js';
import type { UploadedFile } from './multipart.js';
import { Params } from './params.js';

export type { UploadedFile } from './multipart.js';
export { Params } from './params.js';

/** One call of the Bot API as it came over HTTP. Neither the token nor the method is checked yet. */
export interface ApiCall {
  readonly token: string;
  /** The method as written; Telegram compares it without regard to case. Empty when none was named. */
  readonly method: string;
  /** True for `/bot<token>/test/<method>`, the test data centre. */
  readonly test: boolean;
  readonly params: Params;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

interface Target {
  readonly token: string;
  readonly method: string;
  readonly test: boolean;
}

/**
 * Reads one call: path, query string and body (urlencoded, JSON or multipart, told by the content type; other bodies are
 * ignored). Where a parameter is named more than once the first counts, and the query string comes before the body.
 * Throws ApiError: 404 for a path that is not of the Bot API, 413 for a body that is too large, 415 and 501 for
 * encodings and HTTP methods that Telegram's server does not know, 400 for a broken multipart body.
 */
export async function readApiCall(request: IncomingMessage): Promise<ApiCall> {
  if (request.method !== 'GET' && request.method !== 'POST') throw new ApiError(501, 'Not Implemented');
  const [path = '', query = ''] = splitOnce(request.url ?? '', '?');
  const target = readPath(decodePercent(path));
  const body = await readBody(request);
  const params = new Params(firstOfEach([...urlEncodedFields(query), ...body.fields]));
  const method = target.method === '' ? params.string('method') : target.method;
  return { ...target, method, params, files: firstFileOfEach(body.files) };
}

/** telegram-bot-api HttpConnection::handle. */
function readPath(path: string): Target {
  const parts = /^\/bot([^/]*)(\/test)?\/(.*)$/s.exec(path);
  if (parts === null) throw new ApiError(404, 'Not Found');
  const [, token = '', test, method = ''] = parts;
  return { token, method, test: test !== undefined };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function firstOfEach(fields: readonly Field[]): Map<string, string> {
  return new Map(fields.toReversed().map(({ name, value }) => [name, value]));
}

function firstFileOfEach(files: readonly UploadedFile[]): Map<string, UploadedFile> {
  return new Map(files.toReversed().map((file) => [file.fieldName, file]));
}
