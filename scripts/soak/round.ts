import { setTimeout as wait } from 'node:timers/promises';
import { isOmitted, type Omission, type Round, type TroubleAction } from './actions.js';
import type { People } from './people.js';
import type { Trouble } from './trouble.js';

export interface RoundParts {
  readonly people: People;
  readonly trouble: Trouble;
  readonly without: ReadonlySet<Omission>;
  readonly say: (text: string) => void;
  /** Called now and then while it goes on. */
  readonly meanwhile: () => Promise<void>;
}

/** Has people talk while things go wrong, each at its time; resolves when all is said and nothing goes wrong any more. */
export async function playRound(round: Round, parts: RoundParts): Promise<void> {
  const began = performance.now();
  const until = (at: number): Promise<unknown> => wait(Math.max(0, at - (performance.now() - began)));
  const state = { over: false };
  const watch = async (): Promise<void> => {
    while (!state.over) {
      await parts.meanwhile();
      await wait(1_000);
    }
  };
  const talk = async (): Promise<void> => {
    for (const action of round.talk) {
      await until(action.at);
      const who =
        action.by === 'customer' ? `customer ${action.customer}` : `agent ${action.agent} to ${action.customer}`;
      parts.say(`${who}: ${await parts.people.act(action)}`);
    }
  };
  const trouble = async (): Promise<void> => {
    for (const action of round.trouble) {
      if (isOmitted(action, parts.without)) continue;
      await until(action.at);
      parts.say(`!! ${describe(action)}`);
      parts.trouble.begin(action);
    }
  };
  const watching = watch();
  await Promise.all([talk(), trouble()]);
  await parts.trouble.calm();
  state.over = true;
  await watching;
}

function describe(action: TroubleAction): string {
  const details = Object.entries(action)
    .filter(([name, value]) => name !== 'kind' && name !== 'at' && value !== undefined)
    .map(([name, value]) => `${name} ${String(value)}`);
  return `${[action.kind, ...details].join(', ')} (planned at ${action.at} ms)`;
}
