import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { say } from './say.mjs';

/** Reads `.env` of the working directory as the desk does: it adds what the environment does not set. */
export function loadDotEnv() {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

export function isSet(name) {
  return (process.env[name] ?? '').trim() !== '';
}

/** Without a token the desk works in the sandbox. */
export function hasToken() {
  return isSet('BOT_TOKEN') || isSet('BOT_TOKEN_FILE');
}

/** Where everything is kept that outlives the process. */
export function dataDir() {
  return resolve(isSet('DATA_DIR') ? process.env.DATA_DIR : 'data');
}

/** Makes the data directory where there is none yet; ends the process with exit code 1 when that cannot be. */
export function makeDataDir() {
  try {
    mkdirSync(dataDir(), { recursive: true });
    accessSync(dataDir(), constants.W_OK);
  } catch (error) {
    say(`DATA_DIR: ${dataDir()} cannot be written to: ${error.message}. Set it to a directory that can.`);
    process.exit(1);
  }
}

/** While the sandbox runs: the settings that bring a desk to it. */
const sandboxSettingsFile = () => join(dataDir(), 'sandbox.env');

export function saveSandboxSettings(settings) {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(sandboxSettingsFile(), lines.join(''));
}

export function forgetSandboxSettings() {
  rmSync(sandboxSettingsFile(), { force: true });
}

/** The settings of the sandbox that runs now; none when none does. */
export function sandboxSettings() {
  return existsSync(sandboxSettingsFile()) ? parseEnv(readFileSync(sandboxSettingsFile(), 'utf8')) : {};
}

/** The token of the bot in the sandbox that was saved last: the database is that bot's also while nothing runs. */
export function savedToken() {
  const file = join(dataDir(), 'sandbox.json');
  if (!existsSync(file)) return {};
  try {
    const { world } = JSON.parse(readFileSync(file, 'utf8'));
    return { BOT_TOKEN: world.accounts[world.staff.botId].token };
  } catch {
    return {};
  }
}

/** Whether a sandbox runs now on this data directory. */
export async function isSandboxRunning() {
  const { TELEGRAM_API_ROOT: root } = sandboxSettings();
  if (root === undefined) return false;
  try {
    return (await fetch(`${root}/control`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
