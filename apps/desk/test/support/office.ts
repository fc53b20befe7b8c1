import type { Person } from '../../../sandbox/src/control/client.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/src/sandbox.js';
import type { Config } from '../../src/config.js';
import { startDesk, type Desk, type DeskOptions } from '../../src/desk.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/store/database.js';
import { createStore, type StoreKind, type TestStore } from './stores.js';

declare const store: StoreKind;

/** The store that this run of the file uses; jest.config.ts runs every file once per store. */
export const storeKind = store;

let shared: TestStore | undefined;

/** One database per test file: every office has a bot of its own in it, so they never meet. */
export async function fileStore(): Promise<TestStore> {
  shared ??= await createStore(storeKind);
  return shared;
}

// Opening an embedded database takes seconds on a busy machine; that is not the first test's time.
beforeAll(fileStore, 120_000);

afterAll(async () => {
  await shared?.destroy();
  shared = undefined;
});

/** A desk at work on a Telegram of its own. */
export interface Office {
  readonly sandbox: Sandbox;
  readonly control: Sandbox['control'];
  readonly database: Database;
  /** The desk that runs now. */
  desk: Desk;
  readonly config: Config;
  /** Every line that the desk has logged, at every level. */
  readonly log: readonly string[];
  /** Stops the desk and starts it again on the same database and Telegram. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface OfficeOptions extends DeskOptions {
  readonly sandbox?: SandboxOptions;
  readonly config?: Partial<Config['telegram']>;
  /** Prepares the sandbox before the desk starts; resolves with settings that come of it. */
  readonly prepare?: (control: Sandbox['control']) => Promise<Partial<Config['telegram']>>;
  readonly cannedEditors?: Config['cannedEditors'];
  readonly delayAlertSeconds?: number;
  /** Where the desk listens; any free port if not given. */
  readonly port?: number;
  /** Do not start the desk yet. */
  readonly closed?: boolean;
}

const open: Office[] = [];

afterEach(async () => {
  for (const office of open.splice(0)) await office.close();
});

/** Opens an office for one test; it is closed when the test ends. */
export async function openOffice({
  sandbox: sandboxOptions,
  config: changes,
  prepare,
  cannedEditors = 'agents',
  delayAlertSeconds = 0,
  port = 0,
  closed,
  ...options
}: OfficeOptions = {}): Promise<Office> {
  const sandbox = await startSandbox({ autoForward: { timing: 'after_delay', delayMs: 5 }, ...sandboxOptions });
  const { bot, channel } = await sandbox.control.overview();
  const { database } = await fileStore();
  const prepared = await prepare?.(sandbox.control);
  const config: Config = {
    telegram: {
      token: bot.token,
      relayTokens: [],
      apiRoot: sandbox.url,
      limits: 'off',
      staffChannelId: channel.id,
      ...changes,
      ...prepared,
    },
    database: { kind: 'embedded', dataDir: '' },
    port,
    delayAlertSeconds,
    roles: new Set(['intake', 'worker', 'sender']),
    language: 'en',
    cannedEditors,
    logLevel: 'silent',
  };
  const lines: string[] = [];
  const start = (): Promise<Desk> => startDesk(config, createLog('trace', collector(lines)), { database, ...options });
  const idle: Desk = { port: 0, stop: () => Promise.resolve() };
  const office: Office = {
    sandbox,
    control: sandbox.control,
    database,
    desk: closed === true ? idle : await start(),
    config,
    log: lines,
    restart: async () => {
      await office.desk.stop();
      office.desk = await start();
    },
    close: async () => {
      await office.desk.stop();
      await sandbox.stop();
      expectNoSecrets(config, lines);
    },
  };
  open.push(office);
  return office;
}

/** With TEST_LOG_LEVEL, what is logged at that level and above is shown as well. */
function collector(lines: string[]): { write(line: string): void } {
  const level = process.env['TEST_LOG_LEVEL'];
  const shown = level === undefined ? undefined : createLog(level);
  return {
    write: (line) => {
      lines.push(line);
      const { level: number, msg, ...fields } = JSON.parse(line) as { level: number; msg: string };
      if (shown && number >= shown.levelVal) process.stdout.write(`${msg} ${JSON.stringify(fields)}\n`);
    },
  };
}

/** 87. Whatever a test does to the desk: no token and no secret is in the log. */
function expectNoSecrets({ telegram }: Config, lines: readonly string[]): void {
  const { token, relayTokens, webhook } = telegram;
  const tokens = [token, ...relayTokens].map((one) => one.split(':')[1]!);
  const secrets = [...tokens, ...(webhook ? [webhook.secret] : [])];
  for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
}

/** Waits for a fact that Telegram does not see, such as a row. Looks again and again; `fact` stands in the error. */
export async function eventually<T>(
  fact: string,
  look: () => Promise<T | undefined | false | null>,
  patienceMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false && found !== null) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when `messages` messages of people are stored, and nothing waits to be handled or shown any more. */
export async function settled({ database, sandbox }: Office, { messages }: { messages: number }): Promise<void> {
  const { bot } = await sandbox.control.overview();
  const look = async (): Promise<boolean> => {
    const [now] = await database.query<{ stored: number; open: number }>(
      `SELECT (SELECT count(*)::int FROM messages WHERE bot_id = b.id AND author <> 'desk') AS stored,
         (SELECT count(*)::int FROM updates WHERE bot_id = b.id AND state = 'waiting')
         + (SELECT count(*)::int FROM deliveries WHERE bot_id = b.id AND state IN ('waiting', 'sending')) AS open
       FROM bots b WHERE b.external_id = $1`,
      [`telegram:${bot.id}`],
    );
    return now?.stored === messages && now.open === 0;
  };
  await eventually(`${messages} messages are stored and shown`, look, 120_000);
}

export type { Person };
