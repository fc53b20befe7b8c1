import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.js';
import { ApiError, tooManyRequests } from '../errors.js';
import type { FaultEffect } from '../faults.js';
import { errorAnswer, type HttpAnswer, okAnswer, writeAnswer } from './answer.js';

export interface FaultyAnswer {
  readonly effect: FaultEffect;
  readonly response: ServerResponse;
  /** What the method answered; undefined when it was not carried out. */
  readonly answer: HttpAnswer | undefined;
  readonly clock: Clock;
}

const BAD_GATEWAY: HttpAnswer = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n',
};

/**
 * Does to an answer what a fault asks for. Resolves with false when the call is to go on as if nothing had been, which
 * is so for a slow one that was not carried out yet; else the response is done with, or never will be.
 */
export async function applyFault({ effect, response, answer, clock }: FaultyAnswer): Promise<boolean> {
  switch (effect.kind) {
    case 'error':
      writeAnswer(response, errorAnswer(new ApiError(effect.code, effect.description, effect.parameters)));
      return true;
    case 'too_many_requests':
      writeAnswer(response, errorAnswer(tooManyRequests(effect.seconds)));
      return true;
    case 'html':
      writeAnswer(response, BAD_GATEWAY);
      return true;
    case 'empty':
      writeAnswer(response, { status: 200, headers: { 'content-type': 'application/json' }, body: '' });
      return true;
    case 'timeout':
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'cut':
      await writeHalf(response, answer ?? okAnswer({ result: true }));
      return true;
    case 'unnumbered':
      if (answer !== undefined) writeAnswer(response, { ...answer, body: unnumbered(answer.body) });
      return answer !== undefined;
    case 'slow':
      await new Promise<void>((resolve) => clock.after(effect.ms, resolve));
      if (answer !== undefined) writeAnswer(response, answer);
      return answer !== undefined;
  }
}

/** The first message of an answer without its number. */
function unnumbered(body: string): string {
  return body.replace(/"message_id":\d+/, '"message_id":0');
}

/** Announces the whole body, sends half of it and breaks off. */
function writeHalf(response: ServerResponse, { status, headers, body }: HttpAnswer): Promise<void> {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  return new Promise((resolve) => {
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => {
      response.socket?.destroySoon();
      resolve();
    });
  });
}
