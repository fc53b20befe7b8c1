/**
 * Steps between which a process can die, named so that a test can make it die there: `FAULT_POINT=after_call` kills the
 * process the first time it gets there, `FAULT_POINT=after_call:stop` holds it until somebody sends SIGCONT.
 */
export const faultPoints = [
  /** Updates were fetched and are not stored. */
  'before_store',
  /** Updates are stored and not confirmed. */
  'after_store',
  /** All of an update's effects are written and not committed. */
  'in_apply',
  /** A call is marked as under way and not made. */
  'before_call',
  /** A call was carried out and its result is not written down. */
  'after_call',
  /** The result is written down, and nothing has followed from it. */
  'after_record',
] as const;

export type FaultPoint = (typeof faultPoints)[number];

/** What a test wants to happen, and where. */
export interface Fault {
  readonly point: FaultPoint;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** Says that a step has been reached. Does nothing outside tests. */
export type Reached = (point: FaultPoint) => void;

export function createReached(fault?: Fault): Reached {
  if (!fault) return () => undefined;
  let left = 1;
  return (point) => {
    if (point !== fault.point || left === 0) return;
    left -= 1;
    process.kill(process.pid, fault.signal);
  };
}

/** Reads `POINT` or `POINT:stop`; undefined for anything else. */
export function parseFault(text: string): Fault | undefined {
  const [name, what] = text.split(':');
  const point = faultPoints.find((known) => known === name);
  if (!point || (what !== undefined && what !== 'stop')) return undefined;
  return { point, signal: what === 'stop' ? 'SIGSTOP' : 'SIGKILL' };
}
