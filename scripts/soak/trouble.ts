import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxClient } from '../../apps/sandbox/src/control/client.js';
import type { Mishap, TroubleAction } from './actions.js';
import type { Desk } from './desks.js';
import type { Server } from './server.js';

export interface TroubleParts {
  readonly control: SandboxClient;
  readonly desks: readonly Desk[];
  readonly server: Server;
  readonly say: (text: string) => void;
}

export interface Trouble {
  /** Begins it. What befalls the same desk, the server or the network comes one after the other. */
  begin(action: TroubleAction): void;
  /** Ends everything that goes wrong; resolves when all is up again. */
  calm(): Promise<void>;
  /** How often each kind has happened, faults by what went wrong. */
  readonly counts: Map<string, number>;
}

type FaultRequest = Parameters<SandboxClient['faults']['add']>[0];

/** What a desk sends, so that a kill can be aimed at the middle of it. */
const sending = ['sendMessage', 'sendPhoto', 'sendMediaGroup', 'editMessageText'];
const aimingMs = 5_000;

export function createTrouble(parts: TroubleParts): Trouble {
  const { control, desks } = parts;
  const lines = new Map<string, Promise<void>>();
  const counts = new Map<string, number>();
  return {
    begin: (action) => {
      const { name, line, run } = stepsOf(action, parts);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      lines.set(line, (lines.get(line) ?? Promise.resolve()).then(run));
    },
    calm: async () => {
      await Promise.all(lines.values());
      await control.faults.clear();
      await control.network.resume();
      await control.autoForward.set({ timing: 'after_delay', delayMs: 200 });
      const bot = await control.bot();
      await bot.disturbs({ twice: 0, swap: 0, hold: 0, lose: 0 });
      await bot.releases();
      for (const desk of desks) desk.start();
    },
    counts,
  };
}

interface Steps {
  /** As it is counted. */
  readonly name: string;
  /** What stands in one line happens one after the other. */
  readonly line: string;
  readonly run: () => Promise<void>;
}

function stepsOf(action: TroubleAction, parts: TroubleParts): Steps {
  const { control, server, say } = parts;
  switch (action.kind) {
    case 'fault': {
      const name = `${action.mishap} ${action.when}`;
      return { name, line: 'faults', run: () => control.faults.add(faultOf(action)).then(() => undefined) };
    }
    case 'forward': {
      const { timing, delayMs } = action;
      const run = () => control.autoForward.set({ timing, delayMs }).then(() => undefined);
      return { name: `forward ${timing}`, line: 'forwards', run };
    }
    case 'updates':
      return { name: 'updates disturbed', line: 'updates', run: () => disturb(control, action) };
    case 'network':
      return { name: `network ${action.how}`, line: 'network', run: () => interrupt(control, action) };
    case 'kill':
    case 'term':
    case 'freeze': {
      const name = action.kind === 'kill' ? `kill ${action.moment}` : action.kind;
      return { name, line: `desk ${action.desk}`, run: () => befall(action, parts) };
    }
    case 'database':
      return {
        name: `database ${action.how}`,
        line: 'database',
        run: async () => {
          await server.restart(action.how, action.forMs);
          say('the database is back');
        },
      };
  }
}

/** What happens to a desk. */
async function befall(
  action: Extract<TroubleAction, { kind: 'kill' | 'term' | 'freeze' }>,
  { control, desks, say }: TroubleParts,
): Promise<void> {
  const desk = desks[action.desk];
  if (!desk) throw new Error(`there is no desk ${action.desk}`);
  if (action.kind === 'freeze') return desk.freeze(action.forMs);
  if (action.kind === 'term') await desk.term();
  else {
    if (action.moment !== 'now') await untilInCall(control, action.moment === 'after a call' ? 'after' : 'before');
    await desk.kill();
    say(`desk ${action.desk} is killed`);
  }
  await wait(action.forMs);
  desk.start();
}

async function interrupt(
  control: SandboxClient,
  { how, forMs }: Extract<TroubleAction, { kind: 'network' }>,
): Promise<void> {
  await control.network.pause(how);
  await wait(forMs);
  await control.network.resume();
}

function faultOf({ mishap, when, method, times, seconds }: Extract<TroubleAction, { kind: 'fault' }>): FaultRequest {
  return { effect: effectOf(mishap, seconds), when, next: times, ...(method !== undefined && { match: { method } }) };
}

function effectOf(mishap: Mishap, seconds: number): FaultRequest['effect'] {
  switch (mishap) {
    case 'flood':
      return { kind: 'too_many_requests', seconds };
    case 'error 500':
      return { kind: 'error', code: 500, description: 'Internal Server Error' };
    case 'html':
    case 'reset':
    case 'cut':
    case 'empty':
    case 'timeout':
      return { kind: mishap };
  }
}

async function disturb(
  control: SandboxClient,
  { twice, swap, hold, forMs }: Extract<TroubleAction, { kind: 'updates' }>,
): Promise<void> {
  const bot = await control.bot();
  await bot.disturbs({ twice, swap, hold });
  await wait(forMs);
  await bot.disturbs({ twice: 0, swap: 0, hold: 0 });
  await bot.releases();
}

/** Has the next call that sends stop where a kill is wanted, and resolves when one has, or when none came for a while. */
async function untilInCall(control: SandboxClient, when: 'before' | 'after'): Promise<void> {
  const since = (await control.calls()).at(-1)?.seq ?? 0;
  const add = (method: string) => control.faults.add({ effect: { kind: 'timeout' }, when, match: { method } });
  const rules = await Promise.all(sending.map(add));
  const isCaught = async (): Promise<boolean> =>
    (await control.calls({ since })).some(
      ({ method, outcome }) => sending.includes(method) && outcome?.kind === 'withheld' && outcome.fault === 'timeout',
    );
  await control.until('a call is under way', isCaught, { patienceMs: aimingMs }).catch(() => undefined);
  for (const rule of rules) await control.faults.clear(rule);
}
