import type { TelegramUpdate } from '@gramio/types/objects';
import type { Config } from './config.js';
import { createBudget } from './delivery/budget.js';
import { createRootWatch, defaultPatience, type RootPatience } from './delivery/rootWatch.js';
import { createSender } from './delivery/sender.js';
import { createWorker } from './ingest/worker.js';
import type { Log } from './log.js';
import { plainText } from './relay/content.js';
import { ticketTag } from './relay/names.js';
import { startServer } from './server.js';
import { knowBot } from './store/bots.js';
import { openPostgres, type Database } from './store/database.js';
import { openEmbedded } from './store/embedded/open.js';
import { migrate } from './store/migrate.js';
import { reachPostgres } from './store/reach.js';
import { storeUpdates } from './store/updates.js';
import { connect } from './telegram/connect.js';
import { createPhrases } from './text/phrases.js';

/** What a test may set and an operator may not. */
export interface DeskOptions {
  readonly rootPatience?: RootPatience;
  /** An open database to use instead of the configured one; it is left open. */
  readonly database?: Database;
}

export interface Desk {
  /** The port of health checks and webhook. */
  readonly port: number;
  /** Ends what is under way and begins nothing new. */
  stop(): Promise<void>;
}

/**
 * The composition root: everything is made here, in the order in which it is needed, and stopped in the reverse. Throws
 * ConfigError when the configuration cannot work.
 */
export async function startDesk(config: Config, log: Log, options: DeskOptions = {}): Promise<Desk> {
  const stops: (() => Promise<void> | void)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    const port = await assemble({ config, log, options, onStop: (stop) => stops.push(stop) });
    return { port, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

interface Assembly {
  readonly config: Config;
  readonly log: Log;
  readonly options: DeskOptions;
  readonly onStop: (stop: () => Promise<void> | void) => void;
}

async function assemble({ config, log, options, onStop }: Assembly): Promise<number> {
  const phrases = createPhrases(config.language);
  const telegram = await connect({ config: config.telegram, phrases, log });

  const database = options.database ?? (await openDatabase(config));
  if (!options.database) onStop(() => database.close());
  for (const name of await database.hold((connection) => migrate(connection)))
    log.info({ migration: name }, 'migrated');
  const bot = await knowBot(database, telegram.bot);

  const monotonic = (): number => performance.now();
  const { limits } = config.telegram;
  const budget = createBudget({ limits, now: monotonic, isPrivate: telegram.isPrivate });
  const setup = telegram.createSetup({ database, bot });
  const { customers, surface } = telegram.plugs(setup);
  const rootWatch = createRootWatch({
    database,
    bot: bot.id,
    surface,
    log,
    patience: options.rootPatience ?? defaultPatience,
    alarmText: (ticket) => phrases.say('thread-late', { ticket: ticketTag(ticket) }),
    wake: (lanes) => sender.wake(lanes),
    recheck: setup.recheck,
  });
  const phrase = phrases.notice;
  const sender = createSender({
    database,
    bot: bot.id,
    customers,
    surface,
    log,
    budget,
    now: monotonic,
    phrase,
    wording: { uncopyable: (what) => phrase({ id: 'uncopyable-staff', what }, 'staff') },
    onRootMissing: rootWatch.missing,
  });
  const worker = createWorker({
    database,
    bot: bot.id,
    log,
    phrase,
    read: (payload) => telegram.read(payload, setup.known()),
    staff: telegram.staff(setup),
    wake: sender.wake,
    hint: ({ replyTo, text }) => {
      const comments = surface.places()?.comments;
      if (comments === undefined) return;
      surface
        .send({ to: comments, contents: [plainText(text)], replyTo })
        .catch((error: unknown) => log.info({ err: error }, 'a hint could not be given'));
    },
    concurrency: database.kind === 'embedded' ? 2 : 8,
  });

  const receive = async (updates: readonly TelegramUpdate[]): Promise<void> => {
    const stored = await telegram.sort(updates, setup);
    worker.notify(await storeUpdates(database, { bot: bot.id, source: 'telegram', updates: stored }));
  };
  const intake = telegram.createIntake(receive);
  const server = await startServer({
    port: config.port,
    log,
    addRoutes: intake.addRoutes,
    readiness: async () => ({
      database: await isReachable(database),
      telegram: intake.healthy(),
      setUp: setup.places() !== undefined,
    }),
  });
  onStop(() => server.close());

  onStop(() => rootWatch.stop());
  onStop(() => sender.stop());
  await sender.start();
  onStop(() => worker.stop());
  await worker.start();
  onStop(() => setup.stop());
  setup.onPlaces(() => sender.wakeAll());
  await setup.start();
  onStop(() => intake.stop());
  await intake.start();
  log.info({ bot: telegram.bot.name, database: database.kind }, 'the desk is running');
  return server.port;
}

async function openDatabase({ database: config }: Config): Promise<Database> {
  if (config.kind === 'embedded') return openEmbedded({ dataDir: config.dataDir });
  const database = openPostgres(config.url);
  try {
    await reachPostgres(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function isReachable(database: Database): Promise<boolean> {
  try {
    await database.query('SELECT 1');
    return true;
  } catch {
    return false;
  }
}
