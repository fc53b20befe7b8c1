import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ConfigError } from './errors.js';
import type { Log } from './log.js';

/** What is ready, and what is not, in words. */
export interface Readiness {
  readonly database: boolean;
  readonly telegram: boolean;
  readonly setUp: boolean;
}

export interface ServerParts {
  readonly port: number;
  readonly log: Log;
  readonly readiness: () => Promise<Readiness>;
  /** Figures as Prometheus reads them. */
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  /** Adds the webhook's route, when updates come by webhook. */
  readonly addRoutes?: ((server: FastifyInstance) => void) | undefined;
}

export interface HttpServer {
  /** The port that it listens on; differs from the setting when that is 0. */
  readonly port: number;
  close(): Promise<void>;
}

/** Bodies are updates of at most some hundred kilobytes. */
const bodyLimit = 1_048_576;
const requestTimeoutMs = 10_000;

/** `/healthz`, `/readyz`, `/metrics` and whatever is added. Throws ConfigError when the port is taken. */
export async function startServer({ port, log, readiness, metrics, addRoutes }: ServerParts): Promise<HttpServer> {
  const server = fastify({
    bodyLimit,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs * 2,
    // Node looks for slow requests only every 30 seconds, and takes the longer of the two limits for the whole request.
    http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: 1_000 },
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    forceCloseConnections: true,
  });
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request: FastifyRequest, reply: FastifyReply) => {
    const ready = await readiness();
    const all = ready.database && ready.telegram && ready.setUp;
    return reply.status(all ? 200 : 503).send({ status: all ? 'ready' : 'not ready', ...ready });
  });
  server.get('/metrics', async (_request: FastifyRequest, reply: FastifyReply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  addRoutes?.(server);
  try {
    await server.listen({ port, host: '0.0.0.0' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new ConfigError([`PORT ${port} is in use by another program. Stop it, or set PORT to another number.`]);
    }
    throw error;
  }
  const address = server.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  log.info({ port: bound }, 'listening');
  return { port: bound, close: () => server.close() };
}
