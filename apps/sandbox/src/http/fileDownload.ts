import type { ServerResponse } from 'node:http';
import { authenticate } from '../botApi/index.js';
import { bytesOf } from '../acts/files.js';
import { ApiError } from '../errors.js';
import type { Runtime } from '../runtime.js';
import { errorAnswer, writeAnswer } from './answer.js';

const FILE_PATH = /^\/file\/bot([^/]+)\/(.+)$/;

/** Serves `/file/bot<token>/<file_path>`, where getFile leads to. */
export function serveFile({ telegram, faults }: Runtime, path: string, response: ServerResponse): void {
  if (faults.network === 'hang') return;
  if (faults.network === 'refuse') return void response.socket?.resetAndDestroy();
  try {
    const [, token = '', filePath = ''] = FILE_PATH.exec(decodeURIComponent(path.split('?')[0] ?? '')) ?? [];
    authenticate(telegram, token);
    const file = Object.values(telegram.world.files).find((candidate) => candidate.path === filePath);
    if (file === undefined) throw new ApiError(404, 'Not Found');
    const bytes = bytesOf(telegram.world, file);
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
    response.end(bytes);
  } catch (error) {
    writeAnswer(response, errorAnswer(error));
  }
}
