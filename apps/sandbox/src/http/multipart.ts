import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { ApiError, badRequest } from '../errors.js';
import type { Field } from './fields.js';

/** One file of a multipart body, whole in memory. */
export interface UploadedFile {
  readonly fieldName: string;
  /** The name as sent, without folders; may be empty. Never use it as a path. */
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** Bots upload files of up to 50 MB (Bot API: sending files). */
const MAX_FILE = 50 * 1024 * 1024;
/** Files of one call (telegram-bot-api HttpServer). */
const MAX_FILES = 50;
/** Bytes of one parameter (td HttpReader::MAX_TOTAL_PARAMETERS_LENGTH). */
const MAX_FIELD = 1 << 20;

/** Reads a multipart body. A part with a file name is a file, any other a parameter. */
export async function readMultipart(
  stream: Readable,
  headers: IncomingHttpHeaders,
): Promise<{ fields: Field[]; files: UploadedFile[] }> {
  const parser = createParser(headers);
  const fields: Field[] = [];
  const files: Promise<UploadedFile>[] = [];
  parser.on('field', (...part) => {
    const [name, value, nameCut, valueCut] = part;
    if (nameCut || valueCut) parser.destroy(tooLarge('too much parameters in form data'));
    else fields.push({ name, value });
  });
  parser.on('file', (...part) => {
    const [fieldName, content, fileName, , mimeType] = part;
    content.on('limit', () => parser.destroy(tooLarge('file is too big to be uploaded')));
    const file = buffer(content).then((bytes) => ({ fieldName, fileName, mimeType, bytes }));
    file.catch(() => undefined); // a broken body is told of below
    files.push(file);
  });
  parser.on('filesLimit', () => parser.destroy(tooLarge('too much files attached')));
  try {
    stream.once('error', (error) => parser.destroy(error));
    await finished(stream.pipe(parser));
  } catch (error) {
    stream.resume(); // the rest is read and dropped: a connection closed under the caller would hide the refusal
    throw error instanceof ApiError ? error : badRequest(`can't parse form data (${String(error)})`);
  }
  return { fields, files: await Promise.all(files) };
}

function createParser(headers: IncomingHttpHeaders): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      isPartAFile: (_name, _type, fileName) => fileName !== undefined,
      limits: { fieldNameSize: 1024, fieldSize: MAX_FIELD, fileSize: MAX_FILE, files: MAX_FILES },
    });
  } catch {
    throw badRequest('boundary not found');
  }
}

function tooLarge(reason: string): ApiError {
  return new ApiError(413, `Request Entity Too Large: ${reason}`);
}
