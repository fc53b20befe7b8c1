import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call on its way to Telegram. `params` is what telegraf sends when no file is in it. */
export interface Passing {
  readonly method: string;
  readonly params: Record<string, unknown>;
  /** Lets Telegram carry out the call, or another one; resolves with its answer. */
  pass(params?: Record<string, unknown>): Promise<{ ok: boolean; result?: unknown } & Record<string, unknown>>;
}

/** Something between the desk and Telegram that may answer otherwise. */
export interface Front {
  readonly url: string;
  /** Stops listening: connections are refused. */
  close(): Promise<void>;
  open(): Promise<void>;
}

type Answer = Record<string, unknown> & { readonly ok: boolean };

/** `meddle` answers a call itself; undefined: the call passes as it is. */
export async function openFront(
  target: string,
  meddle: (call: Passing) => Promise<Answer> | undefined = () => undefined,
): Promise<Front> {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
    const forward = (sent: Buffer | string): Promise<Response> =>
      fetch(`${target}${request.url!}`, { method: 'POST', headers, body: sent });
    const params = body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>);
    const own = meddle({
      method: request.url!.split('/').at(-1)!,
      params,
      pass: async (changed = params) => (await forward(JSON.stringify(changed))).json() as Promise<Answer>,
    });
    const [status, text] = own ? answered(await own) : await relayed(await forward(body));
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  };
  let server: Server;
  let port = 0;
  const listen = async (): Promise<void> => {
    server = createServer((request, response) => {
      handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    open: listen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answered(answer: Answer): [number, string] {
  return [answer.ok ? 200 : Number(answer['error_code']), JSON.stringify(answer)];
}

async function relayed(response: Response): Promise<[number, string]> {
  return [response.status, await response.text()];
}
