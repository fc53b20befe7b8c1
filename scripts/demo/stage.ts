import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../apps/desk/src/config.js';
import { startDesk } from '../../apps/desk/src/desk.js';
import { createLog } from '../../apps/desk/src/log.js';
import type { Person, SandboxClient } from '../../apps/sandbox/src/control/client.js';
import { startSandbox } from '../../apps/sandbox/src/sandbox.js';

/** Two customers and two agents. */
export interface People {
  readonly ann: Person;
  readonly ben: Person;
  readonly maria: Person;
  readonly tom: Person;
}

/** A Telegram and a desk of their own, and the people of the demo. */
export interface Stage extends People {
  readonly control: SandboxClient;
  close(): Promise<void>;
}

/** Milliseconds from a post to its comments: Telegram takes about 3,500. */
const commentsAfterMs = 400;

/** Opens a sandbox and a desk on an embedded database in a new folder; `close` leaves nothing behind. */
export async function openStage(): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'postdesk-demo-'));
  const stops: (() => Promise<void>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const sandbox = await startSandbox({ autoForward: { delayMs: commentsAfterMs } });
    stops.push(() => sandbox.stop());
    const { control, url } = sandbox;
    const { bot, channel } = await control.overview();
    const config = readConfig({
      BOT_TOKEN: bot.token,
      TELEGRAM_API_ROOT: url,
      STAFF_CHANNEL_ID: String(channel.id),
      DATA_DIR: dataDir,
      PORT: '0',
      TELEGRAM_LIMITS: 'off',
      LOG_LEVEL: 'error',
    });
    const desk = await startDesk(config, createLog(config.logLevel));
    stops.push(() => desk.stop());
    return { control, ...(await invite(control)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function invite(control: SandboxClient): Promise<People> {
  return {
    ann: await control.addPerson({ firstName: 'Ann', lastName: 'Lee', username: 'ann_l', languageCode: 'en' }),
    ben: await control.addPerson({ firstName: 'Ben', languageCode: 'pt' }),
    maria: await control.addPerson({ firstName: 'Maria', staff: 'member' }),
    tom: await control.addPerson({ firstName: 'Tom', staff: 'member' }),
  };
}
