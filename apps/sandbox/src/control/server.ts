import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Runtime } from '../runtime.js';
import { NotInWorld } from '../world/lookup.js';
import { ControlError } from './errors.js';
import { streamChanges } from './events.js';
import { endpoints } from './handlers/index.js';
import { sendFile } from './fileBytes.js';
import { isLocal } from './origin.js';
import { servePage } from './page.js';

/** Bytes of one request: a world with its files can be large. */
const BODY_LIMIT = 256 * 1024 * 1024;

/** The control API, one route of HTTP for each entry of `routes`, and the page. Serves requests of this machine only. */
export function createControlServer(runtime: Runtime): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  server.addHook('onRequest', refuseForeign);
  server.setErrorHandler((error, _request, reply) => void tell(error, reply));
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `there is no ${request.method} ${request.url}` }),
  );
  for (const { method, path, run } of endpoints) {
    const url = `/control${path}`.replace(/\/$/, '');
    server.route({ method, url, handler: (request) => run(runtime, inputOf(request)) });
  }
  server.get('/control/events', (_request, reply) => {
    reply.hijack();
    streamChanges(runtime.telegram.changes, reply.raw);
  });
  server.get<{ Params: { uniqueId: string } }>('/control/files/:uniqueId', ({ params }, reply) =>
    sendFile(reply, runtime.telegram.world, params.uniqueId),
  );
  servePage(server);
  return server;
}

function inputOf({ params, query, body }: FastifyRequest): unknown {
  const parts = [query, body, params].filter((part) => typeof part === 'object' && part !== null);
  return Object.assign({}, ...parts);
}

async function refuseForeign(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
  const { host, origin } = request.headers;
  if (isLocal(host) && (origin === undefined || isLocal(hostOf(origin)))) return;
  await reply.code(403).send({ error: 'the control API serves this machine only' });
}

/** The host of an origin; undefined for `null`, which sandboxed pages send. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function tell(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
  if (error instanceof ControlError) return reply.code(error.status).send({ error: error.message });
  if (error instanceof NotInWorld) return reply.code(404).send({ error: error.message });
  const isRefusal = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return reply.code(isRefusal ? Number(error.statusCode) : 500).send({ error: message });
}
