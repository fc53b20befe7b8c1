import type { Clock } from './clock.js';
import type { FeedEvent } from './updates/feed.js';

/** How a call ended, as far as its caller can know. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  /** The caller never got the answer: `fault` names why. */
  | { readonly kind: 'withheld'; readonly fault: string; readonly body?: unknown };

/** One call of a bot. Times in milliseconds; parameters without the token. */
export interface JournaledCall {
  readonly seq: number;
  readonly at: number;
  readonly botId: number;
  readonly method: string;
  readonly params: Record<string, string>;
  readonly files: string[];
  /** True when the method was carried out, whatever the caller was told. */
  tookEffect: boolean;
  /** Absent while the call is under way. */
  outcome?: CallOutcome | undefined;
  ms?: number | undefined;
}

/** Something that happened to an update of a bot. */
export interface JournaledUpdate {
  readonly seq: number;
  readonly at: number;
  readonly botId: number;
  readonly event: FeedEvent;
}

/** Entries of each list that are kept; the oldest go first. */
const KEPT = 20_000;

/** What bots called and what they were told, in order. Kept beside the world: it is not saved with it. */
export class Journal {
  readonly calls: JournaledCall[] = [];
  readonly updates: JournaledUpdate[] = [];
  private lastSeq = 0;

  constructor(private readonly clock: Clock) {}

  begin(call: Pick<JournaledCall, 'botId' | 'method' | 'params' | 'files'>): JournaledCall {
    const entry: JournaledCall = { seq: this.next(), at: this.clock.now(), ...call, tookEffect: false };
    keep(this.calls, entry);
    return entry;
  }

  end(entry: JournaledCall, outcome: CallOutcome): void {
    entry.outcome = outcome;
    entry.ms = this.clock.now() - entry.at;
  }

  update(botId: number, event: FeedEvent): void {
    keep(this.updates, { seq: this.next(), at: this.clock.now(), botId, event });
  }

  private next(): number {
    this.lastSeq += 1;
    return this.lastSeq;
  }
}

function keep<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > KEPT) list.splice(0, list.length - KEPT);
}
