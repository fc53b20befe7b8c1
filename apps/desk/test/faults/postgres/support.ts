import type { Person, SandboxClient, ShownMessage } from '../../../../sandbox/src/control/client.js';
import type { Sandbox, SandboxOptions } from '../../../../sandbox/src/sandbox.js';
import { readConfig } from '../../../src/config.js';
import { startDesk } from '../../../src/desk.js';
import { silentLog } from '../../../src/log.js';
import type { FaultPoint } from '../../../src/reached.js';
import { openPostgres, type Database } from '../../../src/store/database.js';
import { later, openSandbox, run, settingsFor, type Program } from '../../process/support.js';
import { conversation } from '../../support/cast.js';
import { eventually } from '../../support/office.js';

/** An office whose desk is a process of its own, or several. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly control: SandboxClient;
  readonly database: Database;
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly groupId: number;
  /** Starts a desk; with `fault` it dies, or halts, at that point. */
  start(fault?: FaultPoint | `${FaultPoint}:stop`, more?: Readonly<Record<string, string>>): Program;
}

export async function openPlace(
  changes: Readonly<Record<string, string>> = {},
  options: SandboxOptions = {},
): Promise<Place> {
  const sandbox = await openSandbox(options);
  const { control } = sandbox;
  const settings = { ...(await settingsFor(sandbox)), ...changes };
  const database = openPostgres(settings['DATABASE_URL']!);
  later(() => database.close());
  const { group } = await control.overview();
  return {
    sandbox,
    control,
    database,
    settings,
    groupId: group.id,
    start: (fault, more = {}) => run({ ...settings, ...more, ...(fault !== undefined && { FAULT_POINT: fault }) }),
  };
}

/** A conversation that stands there before the process under test is started: a desk in this process began it. */
export async function begun(
  place: Place,
  more: readonly string[] = [],
): Promise<{ readonly ann: Person; readonly maria: Person; readonly post: ShownMessage }> {
  const { settings, database, control } = place;
  const desk = await startDesk(readConfig({ ...settings, PORT: '0' }), silentLog, { database });
  const people = await conversation({ control });
  for (const text of more) await people.ann.writes(text);
  await control.until('all is shown', async () => (await inGroup(place, ...more)).length === more.length);
  await nothingOpen(place);
  await desk.stop();
  return people;
}

/** Does something while a desk takes in and handles, and shows nothing: what it leaves behind waits. */
export async function queued(
  { settings, database }: Place,
  work: () => Promise<unknown>,
  messages: number,
): Promise<void> {
  const desk = await startDesk(readConfig({ ...settings, PORT: '0', ROLE: 'intake,worker' }), silentLog, { database });
  await work();
  await eventually('all is handled', async () => {
    const [now] = await database.query<{ messages: number }>(
      `SELECT count(*)::int AS messages FROM messages WHERE author <> 'desk'`,
    );
    return now!.messages === messages;
  });
  await desk.stop();
}

/** The texts of the bot's comments that are among these. */
export async function inGroup({ control }: Pick<Place, 'control'>, ...texts: readonly string[]): Promise<string[]> {
  return (await control.group.sees()).map(({ text }) => text).filter((text) => texts.includes(text));
}

/** Nothing waits to be handled or shown. */
export async function nothingOpen({ database }: Pick<Place, 'database'>, messages = 0): Promise<void> {
  await eventually(
    'nothing waits any more',
    async () => {
      const [now] = await database.query<{ open: number; messages: number }>(
        `SELECT (SELECT count(*)::int FROM updates WHERE state = 'waiting')
           + (SELECT count(*)::int FROM deliveries WHERE state IN ('waiting', 'sending')) AS open,
           (SELECT count(*)::int FROM messages WHERE author <> 'desk') AS messages`,
      );
      return now!.open === 0 && now!.messages >= messages;
    },
    120_000,
  );
}

/** The probes: edits that ask whether a message shows something. */
export async function probes({ control, groupId }: Place): Promise<number> {
  return (await control.calls({ method: 'editMessageText', chatId: groupId })).length;
}
