import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { preparePage } from './support/page.mjs';
import { checkNode, prepare } from './support/prepare.mjs';
import { exitCode, exitCodeAfterStop, startProgram, stopSignal } from './support/programs.mjs';
import { say } from './support/say.mjs';
import {
  dataDir,
  forgetSandboxSettings,
  hasToken,
  isSandboxRunning,
  isSet,
  loadDotEnv,
  makeDataDir,
  saveSandboxSettings,
} from './support/settings.mjs';

// npm start: the desk; without a token together with a Telegram of its own, the sandbox. Runs until SIGTERM or SIGINT.

checkNode();
loadDotEnv();
if (!hasToken() && process.env.NODE_ENV === 'production') {
  say('BOT_TOKEN is not set. Get a token from @BotFather. The local sandbox is refused where NODE_ENV is production.');
  process.exit(1);
}
const stop = stopSignal();
await prepare();
if (!hasToken() && !(await preparePage())) process.exit(1);
process.exit(hasToken() ? await runDesk() : await runWithSandbox());

/** Runs the desk to its end; resolves with the exit code. */
async function runDesk(env = {}, end = stop) {
  const desk = startProgram('apps/desk/src/main.ts', { env });
  const first = await Promise.race([desk.ended, end]);
  return first === 'stop' ? exitCodeAfterStop(await desk.stop()) : exitCode(first);
}

/** Runs the desk in the sandbox, and stops both when one of them ends. */
async function runWithSandbox() {
  makeDataDir();
  if (await isSandboxRunning()) {
    say(
      `another \`npm start\` runs on ${dataDir()}. Stop it, or set DATA_DIR, PORT and SANDBOX_PORT for a second one.`,
    );
    return 1;
  }
  const port = isSet('SANDBOX_PORT') ? process.env.SANDBOX_PORT : '8081';
  const sandbox = startProgram('apps/sandbox/src/main.ts', {
    args: ['--port', port, '--state', join(dataDir(), 'sandbox.json')],
    // A token that is empty is none.
    env: { BOT_TOKEN: undefined },
    stdout: 'pipe',
  });
  const answer = await Promise.race([announced(sandbox.stdout), sandbox.ended, stop]);
  if (answer === 'stop') return exitCodeAfterStop(await sandbox.stop());
  if (!(answer instanceof Map)) return exitCode(answer);

  const settings = Object.fromEntries(answer);
  saveSandboxSettings(settings);
  introduce(settings.TELEGRAM_API_ROOT);
  const sandboxEnded = sandbox.ended.then(() => 'stop');
  const code = await runDesk(settings, Promise.race([stop, sandboxEnded]));
  forgetSandboxSettings();
  const first = await Promise.race([sandbox.ended, Promise.resolve('runs')]);
  if (first !== 'runs') {
    say('the sandbox has ended, so the desk was stopped.');
    return exitCode(first);
  }
  await sandbox.stop();
  return code;
}

/** Reads what the sandbox says of itself; resolves with the settings in it as soon as all are there. */
async function announced(stdout) {
  const settings = new Map();
  return new Promise((resolve) => {
    // Read to the end, because a pipe that nobody reads would stop the sandbox.
    createInterface({ input: stdout }).on('line', (line) => {
      const [, name, value] = /^\s*(BOT_TOKEN|TELEGRAM_API_ROOT|STAFF_CHANNEL_ID)=(\S+)$/.exec(line) ?? [];
      if (name !== undefined) settings.set(name, value);
      if (settings.size === 3) resolve(settings);
    });
  });
}

function introduce(sandboxUrl) {
  say('BOT_TOKEN is not set, so this is the local sandbox: a Telegram on this machine that nobody else sees.');
  say(`open ${sandboxUrl} in a browser: you are the customers and the team there.`);
  say(
    `the sandbox answers at ${sandboxUrl}, the desk at http://localhost:${isSet('PORT') ? process.env.PORT : '8080'}/readyz.`,
  );
  say(`everything is kept in ${dataDir()}. For the real Telegram, see "With a real bot" in README.md.`);
}
