import { fsyncSync, openSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';

/**
 * The thread in which the embedded PostgreSQL runs: its queries block, so they must not run beside the relay.
 * It speaks PostgreSQL's wire protocol in messages: bytes in, bytes out, one at a time and in order.
 */

type NodeFsModule = Parameters<NodeFS['init']>[1];

/** What this file uses of an open file of Emscripten's NODEFS. Internal to PGlite: a test holds that it is called. */
interface OpenFile {
  readonly nfd?: number;
  readonly node: unknown;
}
interface MountedFs {
  readonly NODEFS: {
    readonly stream_ops: { fsync?: (file: OpenFile) => number };
    realPath(node: unknown): string;
  };
}

/**
 * PGlite writes through Node but never calls fsync, so a power cut would lose acknowledged commits.
 * This gives its file system the missing operation.
 */
class SyncedNodeFs extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const addFsync = (module: unknown): void => {
      if (!isMounted(module)) throw new Error('PGlite has no NODEFS: the embedded database cannot be made durable');
      const nodefs = module.NODEFS;
      nodefs.stream_ops.fsync = (file) => {
        fsyncs += 1;
        syncFile(file.nfd, () => nodefs.realPath(file.node));
        return 0;
      };
    };
    return { emscriptenOpts: withPreRun(emscriptenOpts, addFsync) };
  }
}

function withPreRun(options: NodeFsModule, step: (module: unknown) => void): NodeFsModule {
  const before = options.preRun ?? [];
  return { ...options, preRun: [...(Array.isArray(before) ? before : [before]), step] };
}

function isMounted(module: unknown): module is MountedFs {
  return typeof module === 'object' && module !== null && 'NODEFS' in module;
}

/** A folder has no descriptor of its own in NODEFS: it is opened for the moment. */
function syncFile(descriptor: number | undefined, path: () => string): void {
  if (descriptor !== undefined) {
    fsyncSync(descriptor);
    return;
  }
  const folder = openSync(path(), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

let fsyncs = 0;

const { dataDir, template } = z.object({ dataDir: z.string(), template: z.string().optional() }).parse(workerData);
const port = parentPort;
if (!port) throw new Error('embedded/worker.ts runs as a worker thread only');

/** PGlite starts PostgreSQL with -F, which means: no fsync. */
const settings = ['fsync=on', 'wal_sync_method=fsync', 'TimeZone=UTC'];
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...settings.flatMap((setting) => ['-c', setting]),
];
const database = new PGlite({
  fs: new SyncedNodeFs(dataDir),
  startParams,
  ...(template !== undefined && { loadDataDir: new Blob([await readFile(template)]) }),
});

const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bytes'), bytes: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('dump') }),
  z.object({ kind: z.literal('fsyncs') }),
  z.object({ kind: z.literal('stop') }),
]);

async function answer(message: unknown): Promise<unknown> {
  const request = requestSchema.parse(message);
  switch (request.kind) {
    case 'bytes':
      return database.execProtocolRaw(request.bytes);
    case 'reset':
      // One session serves every connection: what the last one left behind would meet the next.
      await database.exec('ROLLBACK');
      await database.exec('DISCARD ALL');
      return undefined;
    case 'dump':
      return new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer());
    case 'fsyncs':
      return fsyncs;
    case 'stop':
      await database.close();
      return undefined;
  }
}

await database.waitReady;
let previous: Promise<void> = Promise.resolve();
port.on('message', (message: unknown) => {
  previous = previous.then(async () => {
    try {
      port.postMessage({ value: await answer(message) });
    } catch (error) {
      port.postMessage({ error: error instanceof Error ? error.message : String(error) });
    }
  });
});
port.postMessage({ value: 'ready' });
