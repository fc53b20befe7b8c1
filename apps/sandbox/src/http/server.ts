import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface Doors {
  /** Serves `/bot<token>/<method>`. */
  readonly botApi: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Serves `/file/bot<token>/<file_path>`. */
  readonly files: (request: IncomingMessage, response: ServerResponse) => void;
  /** Serves `/control`, and the page: `/` and `/page/`. */
  readonly control: (request: IncomingMessage, response: ServerResponse) => void;
}

/** One HTTP server with the Bot API, the control API and the page side by side. */
export function createHttpServer({ botApi, files, control }: Doors): Server {
  return createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/control') || path.startsWith('/page/') || /^\/(\?|$)/.test(path)) control(request, response);
    else if (path.startsWith('/file/')) files(request, response);
    else void botApi(request, response);
  });
}

/** Begins to listen; resolves with the port, chosen by the machine when `port` is 0. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Ends all connections and stops listening. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
