import { type Person, SandboxClient } from '../../src/control/client.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox.js';
import { Refused, TestBot } from './bot.js';

/** A sandbox with a bot that is called by hand. */
export interface Office {
  readonly sandbox: Sandbox;
  readonly control: SandboxClient;
  readonly bot: TestBot;
  readonly owner: Person;
  readonly channelId: number;
  readonly groupId: number;
}

const open: Sandbox[] = [];
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const sandbox of open.splice(0)) await sandbox.stop();
});

/** Has something stopped at the end of the test, before its sandbox is. */
export function atEnd(stop: () => Promise<unknown>): void {
  stops.push(stop);
}

/** Opens a sandbox for one test; copies of posts come before the answer unless another timing is asked for. */
export async function openOffice(options: SandboxOptions = {}): Promise<Office> {
  const sandbox = await startSandbox({ autoForward: { timing: 'before_answer' }, ...options });
  open.push(sandbox);
  const { control } = sandbox;
  const { bot, channel, group } = await control.overview();
  const owner = await control.owner();
  return {
    sandbox,
    control,
    bot: new TestBot(sandbox.url, bot.token),
    owner,
    channelId: channel.id,
    groupId: group.id,
  };
}

/** What a refused call was answered with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof Refused) return `${error.code} ${error.description}`;
  throw error;
}
