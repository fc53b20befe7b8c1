import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../errors.js';
import { decodeUtf8, type Field, jsonFields, urlEncodedFields } from './fields.js';
import { readMultipart, type UploadedFile } from './multipart.js';

/** Bytes of all parameters of one call together (td HttpReader::MAX_TOTAL_PARAMETERS_LENGTH). */
const MAX_PARAMETERS = 1 << 20;

export interface Body {
  readonly fields: readonly Field[];
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a body by its content type; an unknown type is read to its end and ignored. A body that is too large is read to
 * its end too before it is refused, so that the caller sees the answer and not a closed connection.
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const type = (request.headers['content-type'] ?? '').toLowerCase();
  const stream = uncompressed(request);
  if (type.includes('multipart/form-data')) return readMultipart(stream, request.headers);
  const bytes = await readAll(stream);
  if (type.includes('application/x-www-form-urlencoded')) {
    return { fields: urlEncodedFields(decodeUtf8(bytes)), files: [] };
  }
  if (type.includes('application/json')) return { fields: jsonFields(decodeUtf8(bytes)), files: [] };
  return { fields: [], files: [] };
}

function uncompressed(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? '').toLowerCase();
  switch (encoding) {
    case '':
      return request;
    case 'gzip':
      return through(request, createGunzip());
    case 'deflate':
      return through(request, createInflate());
    default:
      throw new ApiError(415, 'Unsupported Media Type: unsupported content-encoding');
  }
}

function through(request: IncomingMessage, inflater: Transform): Readable {
  request.once('error', (error) => inflater.destroy(error));
  return request.pipe(inflater);
}

async function readAll(stream: Readable): Promise<Buffer> {
  const incoming: AsyncIterable<Buffer> = stream;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_PARAMETERS) chunks.push(chunk);
  }
  if (size > MAX_PARAMETERS) throw new ApiError(413, 'Request Entity Too Large: too much parameters');
  return Buffer.concat(chunks);
}
