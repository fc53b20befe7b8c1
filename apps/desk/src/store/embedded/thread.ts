import { Worker } from 'node:worker_threads';

/** What the embedded database's thread can be asked for. */
export type ThreadRequest =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** A new connection begins. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'dump' }
  | { readonly kind: 'fsyncs' }
  | { readonly kind: 'stop' };

export interface DatabaseThread {
  /** Answers come in the order of the requests. Rejects when the thread has ended. */
  ask(request: ThreadRequest): Promise<unknown>;
  terminate(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Reply {
  readonly value?: unknown;
  readonly error?: string;
}

/** A thread does not inherit the loader that a process runs TypeScript with; compiled, it needs none. */
const entry = import.meta.url.endsWith('.ts') ? './worker.mjs' : './worker.js';

/**
 * Starts the embedded database on `dataDir` and resolves when it takes queries.
 * `template` is the path of a dump that an empty directory starts from (used by the tests).
 */
export async function startThread(options: { dataDir: string; template?: string }): Promise<DatabaseThread> {
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: options });
  const waiting: Waiting[] = [];
  const failAll = (error: Error): void => {
    for (const request of waiting.splice(0)) request.reject(error);
  };
  worker.on('message', (reply: Reply) => {
    const request = waiting.shift();
    if (reply.error === undefined) request?.resolve(reply.value);
    else request?.reject(new Error(`embedded database: ${reply.error}`));
  });
  worker.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => failAll(new Error(`the embedded database's thread ended with code ${code}`)));

  await new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(request);
      }),
    terminate: async () => {
      await worker.terminate();
    },
  };
}
