import type { ServerResponse } from 'node:http';
import type { Changes } from '../changes.js';

/**
 * Tells a listener of every change as server-sent events: `data: {"revision":n}`. Changes that happen together are told
 * together. Ends when the listener goes.
 */
export function streamChanges(changes: Changes, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let isWaiting = false;
  const tell = (): void => {
    isWaiting = false;
    response.write(`data: ${JSON.stringify({ revision: changes.revision })}\n\n`);
  };
  const stop = changes.listen(() => {
    if (isWaiting) return;
    isWaiting = true;
    setImmediate(tell);
  });
  response.once('close', stop);
  tell();
}
