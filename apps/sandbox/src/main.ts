import { SandboxClock } from './clock.js';
import { type MainOptions, readOptions, UsageError } from './options.js';
import { type Sandbox, startSandbox } from './sandbox.js';
import { readStateFile, StateFileError, writeStateFile } from './stateFile.js';

/** Milliseconds of real time between a change of the world and its being saved. */
const SAVE_DELAY_MS = 1000;

const USAGE = `Usage: node --import tsx apps/sandbox/src/main.ts [options]

  --port N            port to listen on (default 8081; 0 for any free one)
  --host ADDRESS      address to listen on (default 127.0.0.1)
  --state FILE        go on with the world saved in FILE, if there is one, and keep it saved there
  --seed N            make the same world every time
  --forward-delay MS  time between a channel post and its copy in the group (default 3500)
  --time-factor N     how much faster than outside time goes (default 1)
  --limits            refuse with 429 what Telegram's flood limits refuse
  --help              say this

The environment variable BOT_TOKEN gives the bot of a new world its token; otherwise one is made up.
`;

await main();

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2), process.env['BOT_TOKEN']);
    if (options.kind === 'help') process.stdout.write(USAGE);
    else await run(options);
  } catch (error) {
    if (isPortTaken(error)) {
      process.stderr.write(
        'sandbox: the port is in use by another program. Stop it, or choose another: SANDBOX_PORT with npm start, --port here.\n',
      );
      process.exitCode = 1;
      return;
    }
    if (!(error instanceof UsageError || error instanceof StateFileError)) throw error;
    process.stderr.write(`sandbox: ${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

async function run({
  state,
  timeFactor,
  forwardDelayMs,
  ...rest
}: Extract<MainOptions, { kind: 'run' }>): Promise<void> {
  const sandbox = await startSandbox({
    host: rest.host,
    port: rest.port,
    seed: rest.seed,
    botToken: rest.botToken,
    clock: new SandboxClock(timeFactor),
    world: state === undefined ? undefined : readStateFile(state),
    autoForward: { delayMs: forwardDelayMs },
    limits: rest.limits ? 'on' : 'off',
  });
  await greet(sandbox);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  const saving = state === undefined ? undefined : keepSaved(sandbox, state, stopped);
  await stopped;
  await saving;
  await sandbox.stop();
}

async function greet({ url, control }: Sandbox): Promise<void> {
  const { bot, channel, group } = await control.overview();
  const lines = [
    `A local Telegram answers at ${url}`,
    `  TELEGRAM_API_ROOT=${url}`,
    `  BOT_TOKEN=${bot.token}`,
    `  STAFF_CHANNEL_ID=${channel.id}`,
    `"${channel.title}" has the discussion group "${group.title}" (${group.id}); the bot is @${bot.username}.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Saves the world a moment after each change, and once more at the end. */
async function keepSaved(sandbox: Sandbox, path: string, stopped: Promise<void>): Promise<void> {
  let isStopped = false;
  void stopped.then(() => {
    isStopped = true;
  });
  while (!isStopped) {
    writeStateFile(path, sandbox.snapshot());
    await Promise.race([sandbox.changed(), stopped]);
    await Promise.race([pause(SAVE_DELAY_MS), stopped]);
  }
  writeStateFile(path, sandbox.snapshot());
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
