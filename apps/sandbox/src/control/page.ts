import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';
import sirv from 'sirv';

/** Where `npm start` puts the built page. */
const BUILT = fileURLToPath(new URL('../../dist/page', import.meta.url));

/** Nothing from elsewhere, nothing inline, no frame around it; `blob:` shows files before they are sent. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = 'The page of the sandbox is not built. Run `npm start`, or `npm run page` to build it alone.\n';

/** Serves the page: `/` is its document, its parts are below `/page/`. */
export function servePage(server: FastifyInstance, folder = BUILT): void {
  const serve = sirv(folder, { dev: true, etag: true });
  const passOn = (reply: FastifyReply): FastifyReply => {
    const { raw: request } = reply.request;
    const { raw: response } = reply.hijack();
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    request.url = (request.url ?? '/').replace(/^\/page\//, '/');
    serve(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found\n');
    });
    return reply;
  };
  server.get('/', (_request, reply) =>
    existsSync(join(folder, 'index.html')) ? passOn(reply) : reply.code(503).type('text/plain').send(NOT_BUILT),
  );
  server.get('/page/*', (_request, reply) => passOn(reply));
}
