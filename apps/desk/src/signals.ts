import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Log } from './log.js';
import type { BotId } from './relay/ids.js';
import type { Hint } from './store/applyState.js';
import type { Database } from './store/database.js';
import type { Lane } from './store/wanted.js';

/** What processes that share a database tell each other, so that nobody has to look all the time. Any of it may get lost. */
export interface Signals {
  /** Updates were stored under these keys. */
  tellKeys(keys: readonly string[]): void;
  /** These lanes have something new to show. */
  tellLanes(lanes: readonly Lane[]): void;
  /** Telegram has asked the whole bot to wait so long, in milliseconds. */
  tellRest(waitMs: number): void;
  /** The desk's owner or places have changed. */
  tellSetup(): void;
  /** Something to be said outside all conversations by whoever makes the calls. */
  tellHint(hint: Hint): void;
  close(): Promise<void>;
}

export interface SignalParts {
  readonly database: Database;
  readonly bot: BotId;
  readonly log: Log;
  readonly onKeys: (keys: readonly string[]) => void;
  readonly onLanes: (lanes: readonly Lane[]) => void;
  readonly onRest: (waitMs: number) => void;
  readonly onSetup: () => void;
  readonly onHint: (hint: Hint) => void;
  /** Something may have been missed: look at everything. */
  readonly onAll: () => void;
}

const signal = z.union([
  z.object({ keys: z.array(z.string()) }),
  z.object({ restMs: z.number() }),
  z.object({ setup: z.string() }),
  z.object({ hint: z.object({ text: z.string(), replyTo: z.string() }) }),
  z.object({ lanes: z.array(z.object({ conversation: z.string(), queue: z.enum(['customer', 'staff', 'card']) })) }),
]);

/** PostgreSQL takes less than 8000 bytes; what is longer is found by those who look now and then. */
const mostBytes = 7_500;

export function openSignals({ database, bot, log, onAll, ...on }: SignalParts): Signals {
  if (database.kind === 'embedded')
    return {
      tellKeys: () => undefined,
      tellLanes: () => undefined,
      tellRest: () => undefined,
      tellSetup: () => undefined,
      tellHint: () => undefined,
      close: () => Promise.resolve(),
    };
  const channel = `postdesk_${bot}`;
  /** Whoever tells hears it too. */
  const self = randomUUID();
  const heard = (text: string): void => {
    const said = read(text);
    if (!said) onAll();
    else if ('keys' in said) on.onKeys(said.keys);
    else if ('restMs' in said) on.onRest(said.restMs);
    else if ('hint' in said) on.onHint(said.hint);
    else if ('setup' in said) {
      if (said.setup !== self) on.onSetup();
    } else on.onLanes(said.lanes);
  };
  const close = database.listen(channel, { heard, onLost: onAll });
  const tell = (said: z.input<typeof signal>): void => {
    const text = JSON.stringify(said);
    const payload = Buffer.byteLength(text) > mostBytes ? '' : text;
    database.query('SELECT pg_notify($1, $2)', [channel, payload]).catch((error: unknown) => {
      log.debug({ err: error }, 'other processes cannot be told now: they look by themselves');
    });
  };
  return {
    tellKeys: (keys) => {
      if (keys.length > 0) tell({ keys: [...keys] });
    },
    tellLanes: (lanes) => {
      if (lanes.length > 0) tell({ lanes: lanes.map(({ conversation, queue }) => ({ conversation, queue })) });
    },
    tellRest: (restMs) => tell({ restMs }),
    tellSetup: () => tell({ setup: self }),
    tellHint: ({ text, replyTo }) => tell({ hint: { text, replyTo } }),
    close,
  };
}

function read(text: string): z.output<typeof signal> | undefined {
  try {
    return signal.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
