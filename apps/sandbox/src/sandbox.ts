import { SandboxClock } from './clock.js';
import { SandboxClient } from './control/client.js';
import { createControlServer } from './control/server.js';
import { serveBotApi } from './http/botApi.js';
import { serveFile } from './http/fileDownload.js';
import { close, createHttpServer, listen } from './http/server.js';
import { DEFAULT_LIMITS, type LimitSettings } from './limits.js';
import { createRuntime, stopRuntime } from './runtime.js';
import type { Snapshot } from './savedWorld.js';
import { loadSnapshot, takeSnapshot } from './snapshot.js';
import { AUTO_FORWARD_DELAY_MS, createWorld } from './world/create.js';
import type { AutoForwardTiming, World } from './world/world.js';

export interface SandboxOptions {
  /** The address to listen on; 127.0.0.1 when not given. */
  readonly host?: string | undefined;
  /** 0, or none: any free port. */
  readonly port?: number | undefined;
  readonly clock?: SandboxClock | undefined;
  /** A saved world to go on with; the options that make a new one do not count then. */
  readonly world?: Snapshot | undefined;
  /** The same seed makes the same world. */
  readonly seed?: number | undefined;
  /** The token of the first bot, with the bot's id before the colon. */
  readonly botToken?: string | undefined;
  /** `delayMs` is 3500 when not given, as Telegram was measured. */
  readonly autoForward?: { readonly timing?: AutoForwardTiming | undefined; readonly delayMs?: number | undefined };
  /** Flood limits: off when not given; `on` as Telegram's are known, or on with settings of their own. */
  readonly limits?: 'off' | 'on' | Partial<LimitSettings> | undefined;
}

/** A local Telegram that runs in this process. */
export interface Sandbox {
  /** The root of the Bot API: calls go to `<url>/bot<token>/<method>`. */
  readonly url: string;
  readonly control: SandboxClient;
  readonly clock: SandboxClock;
  /** Resolves at the next change of the world, the queues, the journal or the settings. */
  changed(): Promise<void>;
  /** The world as it is now; `world` of the options takes it. */
  snapshot(): Snapshot;
  stop(): Promise<void>;
}

/** Starts a local Telegram with one world. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, clock = new SandboxClock() } = options;
  const runtime = createRuntime({ world: newWorld(options, clock.now()), clock });
  if (options.world !== undefined) loadSnapshot(runtime, options.world);
  const control = createControlServer(runtime);
  await control.ready();
  const server = createHttpServer({
    botApi: (request, response) => serveBotApi(runtime, request, response),
    files: (request, response) => serveFile(runtime, request.url ?? '', response),
    control: (request, response) => control.routing(request, response),
  });
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${await listen(server, { host, port })}`;
  const { changes } = runtime.telegram;
  return {
    url,
    control: new SandboxClient(url),
    clock,
    snapshot: () => takeSnapshot(runtime),
    changed: () => changes.after(changes.revision).then(() => undefined),
    stop: async () => {
      stopRuntime(runtime);
      await control.close();
      await close(server);
    },
  };
}

function newWorld({ seed, botToken, autoForward = {}, limits = 'off' }: SandboxOptions, now: number): World {
  const { timing = 'after_delay', delayMs = AUTO_FORWARD_DELAY_MS } = autoForward;
  const given = typeof limits === 'string' ? { isOn: limits === 'on' } : limits;
  const settings = { autoForward: { timing, delayMs }, limits: { ...DEFAULT_LIMITS, ...given } };
  return createWorld({ seed, botToken, settings }, now);
}
