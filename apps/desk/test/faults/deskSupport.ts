import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Call } from '../../../sandbox/src/control/client.js';
import type { Config } from '../../src/config.js';
import { startDesk, type Desk, type DeskOptions } from '../../src/desk.js';
import { silentLog, type Log } from '../../src/log.js';
import type { Office } from '../support/office.js';

/** Starts a desk in an office that is closed, with some of its settings changed; it is closed with the office. */
export async function openDesk(
  office: Office,
  {
    log = silentLog,
    options,
    roles,
    ...changes
  }: Partial<Config['telegram']> & {
    readonly log?: Log;
    readonly options?: DeskOptions;
    readonly roles?: Config['roles'];
  } = {},
): Promise<Desk> {
  const { config, database } = office;
  const settings: Config = { ...config, ...(roles && { roles }), telegram: { ...config.telegram, ...changes } };
  office.desk = await startDesk(settings, log, { database, ...options });
  return office.desk;
}

/** A log that is kept; `said` tells how often a line held these words. */
export function listeningLog(): { readonly log: Log; said(words: string): number } {
  const lines: string[] = [];
  const keep = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return {
    log: pino({ level: 'debug' }, keep),
    said: (words) => lines.filter((line) => line.includes(words)).length,
  };
}

/** Milliseconds between the beginnings of calls that follow each other. */
export function gaps(calls: readonly Call[]): number[] {
  return calls.slice(1).map(({ at }, index) => at - calls[index]!.at);
}

export async function groupId({ control }: Office): Promise<number> {
  return (await control.overview()).group.id;
}

/** The calls that would show something in the group, probes not among them. */
export async function sends(office: Office, chatId: number): Promise<Call[]> {
  return office.control.calls({ method: 'sendMessage', chatId });
}
