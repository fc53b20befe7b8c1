import type { TelegramUpdate } from '@gramio/types/objects';
import { createCanned } from './canned/desk.js';
import type { Config } from './config.js';
import { createBudget } from './delivery/budget.js';
import { createRootWatch, defaultPatience, type RootPatience } from './delivery/rootWatch.js';
import { createSender, type Sender } from './delivery/sender.js';
import { defaultCopyPatienceMs } from './delivery/settle.js';
import { quotaOf } from './delivery/turns.js';
import { createWatch } from './delivery/watch.js';
import { createGate } from './ingest/gate.js';
import { createWorker } from './ingest/worker.js';
import { ConfigError, messageOf } from './errors.js';
import { createLeadership } from './leadership.js';
import type { Log } from './log.js';
import { createMetrics } from './metrics.js';
import { plainText } from './relay/content.js';
import { ticketTag } from './relay/names.js';
import { createReached } from './reached.js';
import { startServer } from './server.js';
import { openSignals } from './signals.js';
import type { Hint } from './store/applyState.js';
import { knowBot } from './store/bots.js';
import type { Database } from './store/database.js';
import { isDatabaseAway } from './store/errors.js';
import type { Fence } from './store/leases.js';
import { newestStanding } from './store/links.js';
import { migrate } from './store/migrate.js';
import { openDatabase } from './store/open.js';
import { latestPayloads, storeUpdates } from './store/updates.js';
import type { Lane } from './store/wanted.js';
import { connect } from './telegram/connect.js';
import { alertText } from './text/alerts.js';
import { createPhrases } from './text/phrases.js';

/** What a test may set and an operator may not. */
export interface DeskOptions {
  readonly rootPatience?: RootPatience;
  /** How long the copy of a post is waited for whose answer was lost, in milliseconds. */
  readonly copyPatienceMs?: number;
  /** How long a process that is not heard of keeps its lease, in milliseconds. */
  readonly leaseMs?: number;
  /** How often it is looked at what waits, in milliseconds. */
  readonly watchMs?: number;
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
    // It was there when the start began; whoever starts programs again will find it there.
    if (isDatabaseAway(error)) {
      throw new ConfigError([
        `DATABASE_URL: the database went away while the desk started (${messageOf(error)}). Try again.`,
      ]);
    }
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
  const { roles } = config;
  const phrases = createPhrases(config.language);
  const telegram = await connect({ config: config.telegram, phrases, log });

  const database = options.database ?? (await openDatabase(config));
  if (!options.database) onStop(() => database.close());
  for (const name of await database.hold((connection) => migrate(connection)))
    log.info({ migration: name }, 'migrated');
  const record = await knowBot(database, telegram.bot);
  const bot = record.id;
  const setup = telegram.createSetup({ database, bot: record, onKept: () => signals.tellSetup() });
  const { customers, surface } = telegram.plugs(setup);
  const relays = telegram.createRelayBots(setup, () => sender?.wakeAll());
  const phrase = phrases.notice;
  const reached = createReached(config.fault);
  const lease = { database, bot, log, ...(options.leaseMs !== undefined && { leaseMs: options.leaseMs }) };

  let sender: Sender | undefined;
  /** Whoever makes the calls hears of it: this process, or another. */
  const wake = (lanes: readonly Lane[]): void => {
    if (sender) sender.wake(lanes);
    else signals.tellLanes(lanes);
  };
  const say = ({ replyTo, text }: Hint): void => void sender?.announce(plainText(text), replyTo);
  const notify = (keys: readonly string[]): void => {
    if (roles.has('worker')) worker.notify(keys);
    else signals.tellKeys(keys);
  };
  const signals = openSignals({
    database,
    bot,
    log,
    onKeys: (keys) => worker.notify(keys),
    onLanes: (lanes) => sender?.wake(lanes),
    onRest: (waitMs) => sender?.rest(waitMs),
    onSetup: () => void setup.recheck(),
    onHint: (hint) => say(hint),
    onAll: () => sender?.wakeAll(),
  });
  onStop(() => signals.close());

  const metrics = createMetrics({ database, bot, places: () => sender?.places() ?? [] });
  const watch = createWatch({
    database,
    bot,
    log,
    afterSeconds: config.delayAlertSeconds,
    ...(options.watchMs !== undefined && { everyMs: options.watchMs }),
    tell: async (alert) => sender?.announce(plainText(alertText(phrases, alert))),
  });
  const rootWatch = createRootWatch({
    database,
    bot,
    surface,
    log,
    patience: options.rootPatience ?? defaultPatience,
    alarmText: (ticket) => phrases.say('thread-late', { ticket: ticketTag(ticket) }),
    wake,
    announce: (content) => void sender?.announce(content),
    recheck: setup.recheck,
  });
  /** What a process that is new does not know by itself: how far each chat has come. */
  const recall = async (): Promise<void> =>
    telegram.recall({
      payloads: await latestPayloads(database, bot),
      standing: await newestStanding(database, bot),
    });
  const openSender = (fence: Fence): Sender => {
    const now = (): number => performance.now();
    const { limits } = config.telegram;
    const { isPrivate } = telegram;
    return createSender({
      database,
      bot,
      fence,
      holds: () => sending.holds(),
      reached,
      customers,
      surface,
      log,
      createBudget: () => createBudget({ limits, now, isPrivate }),
      relayBots: relays.bots,
      quota: quotaOf(limits),
      now,
      isPrivate,
      phrase,
      wording: { uncopyable: (what) => phrase({ id: 'uncopyable-staff', what }, 'staff') },
      meters: metrics.sender,
      copyPatienceMs: options.copyPatienceMs ?? defaultCopyPatienceMs,
      recall,
      onRootMissing: rootWatch.missing,
      onLeaseLost: () => sending.lost(),
    });
  };
  const closeSender = async (): Promise<void> => {
    const closing = sender;
    sender = undefined;
    await closing?.stop();
  };
  const sending = createLeadership({
    ...lease,
    name: 'sender',
    onGained: async (fence) => {
      metrics.leaseChanged('sender', true);
      await recall();
      sender = openSender(fence);
      await sender.start();
      watch.start();
    },
    onLost: async () => {
      metrics.leaseChanged('sender', false);
      watch.stop();
      await closeSender();
    },
  });
  const canned = createCanned({
    database,
    bot,
    botName: telegram.bot.name,
    phrases,
    editors: config.cannedEditors,
    log,
    link: telegram.stateLink,
    present: telegram.present,
  });
  const readReplies = (): Promise<void> =>
    canned.library.sync().catch((error: unknown) => log.warn({ err: error }, 'canned replies cannot be read yet'));
  const staff = telegram.staff(setup);
  const gate = createGate({ database, bot, staff });
  const interactive = telegram.createInteractive({ database, gate, ...canned });
  const worker = createWorker({
    database,
    bot,
    log,
    phrase,
    read: (payload) => telegram.read(payload, setup.known()),
    knowsPlaces: async (sql) => {
      const isCurrent = await setup.isCurrent(sql);
      if (!isCurrent) void setup.recheck();
      return isCurrent;
    },
    staff,
    manage: canned.manager.written,
    // What was saved can be found as soon as it is said to be.
    show: (shown) => {
      if (shown.length > 0) void readReplies().then(() => telegram.present(shown));
    },
    wake,
    hint: (hint) => (sender ? say(hint) : signals.tellHint(hint)),
    reached,
    concurrency: database.kind === 'embedded' ? 2 : 8,
  });

  const receive = async (updates: readonly TelegramUpdate[]): Promise<void> => {
    reached('before_store');
    const { stored, waiting } = await telegram.sort(updates, setup);
    const began = performance.now();
    const keys = await storeUpdates(database, { bot, source: 'telegram', updates: stored });
    reached('after_store');
    metrics.stored(updates.length, performance.now() - began);
    notify(keys);
    for (const update of waiting) interactive(update);
  };
  const onFlood = (waitMs: number): void => {
    if (sender) sender.rest(waitMs);
    else signals.tellRest(waitMs);
  };
  const intake = telegram.createIntake(receive, { lease, onFlood });
  const server = await startServer({
    port: config.port,
    log,
    metrics,
    addRoutes: roles.has('intake') ? intake.addRoutes : undefined,
    readiness: async () => ({
      database: await isReachable(database),
      telegram: !roles.has('intake') || intake.healthy(),
      setUp: setup.places() !== undefined,
    }),
  });
  onStop(() => server.close());

  onStop(() => rootWatch.stop());
  // Read in beforehand, so that the first query does not wait for it.
  void readReplies();
  // All at once: none may use up the time in which the others could have ended their work.
  onStop(async () => {
    setup.stop();
    relays.stop();
    await Promise.all([intake.stop(), worker.stop(), sending.stop()]);
  });
  if (roles.has('sender')) await sending.start();
  if (roles.has('worker')) await worker.start();
  setup.onPlaces(() => {
    void relays.recheck();
    sender?.wakeAll();
  });
  await setup.start();
  if (roles.has('sender')) relays.start();
  if (roles.has('intake')) await intake.start();
  log.info({ bot: telegram.bot.name, database: database.kind, roles: [...roles] }, 'the desk is running');
  return server.port;
}

async function isReachable(database: Database): Promise<boolean> {
  try {
    await database.query('SELECT 1');
    return true;
  } catch {
    return false;
  }
}
