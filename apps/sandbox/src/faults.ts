import { STATUS_CODES } from 'node:http';
import type { TelegramResponseParameters } from '@gramio/types/objects';
import type { Params } from './http/params.js';

/** What a caller sees instead of the answer. */
export type FaultEffect =
  /** A refusal in Telegram's form. */
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly description: string;
      readonly parameters?: TelegramResponseParameters | undefined;
    }
  | { readonly kind: 'too_many_requests'; readonly seconds: number }
  /** No answer, ever; the connection stays open. */
  | { readonly kind: 'timeout' }
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** The answer breaks off in the middle of its JSON, and the connection with it. */
  | { readonly kind: 'cut' }
  /** A 502 page in HTML, as a proxy in front of Telegram shows it. */
  | { readonly kind: 'html' }
  /** A 200 without a body. */
  | { readonly kind: 'empty' }
  /** The message has no number yet: Telegram has scheduled it by itself (Bot API: Message, `message_id`). */
  | { readonly kind: 'unnumbered' }
  /** The right answer, this much later. */
  | { readonly kind: 'slow'; readonly ms: number };

export interface Fault {
  readonly effect: FaultEffect;
  /** Whether the method was carried out all the same: `after` is the case in which callers send twice. */
  readonly when: 'before' | 'after';
}

/** Which calls a rule is for; what is not given matches every call. */
export interface FaultMatch {
  /** In any case. */
  readonly method?: string | undefined;
  readonly chatId?: number | undefined;
  readonly botId?: number | undefined;
}

export interface FaultRequest extends Fault {
  readonly match?: FaultMatch | undefined;
  /** For how many of the next matching calls; 1 when not given. */
  readonly next?: number | undefined;
}

export interface FaultRule extends Fault {
  readonly id: number;
  readonly match: FaultMatch;
  /** Calls that are still to meet it. */
  next: number;
}

export interface FaultCall {
  readonly botId: number;
  readonly method: string;
  readonly params: Params;
}

/** How the way between bots and Telegram is: `hang` never answers, `refuse` resets every connection. */
export type Network = 'up' | 'hang' | 'refuse';

/**
 * Faults on demand. A call meets, in this order: the network when it is down, the oldest rule that matches, and a
 * sentinel in any of its parameters, a text like `[[fault 500 after]]` (see `readSentinel`).
 */
export class Faults {
  network: Network = 'up';
  private readonly rules: FaultRule[] = [];
  private readonly met = new Map<string, number>();
  private lastId = 0;

  add({ effect, when, match = {}, next = 1 }: FaultRequest): FaultRule {
    this.lastId += 1;
    const rule: FaultRule = { id: this.lastId, effect, when, match, next };
    this.rules.push(rule);
    return rule;
  }

  /** The rules that are not used up. */
  list(): readonly FaultRule[] {
    return this.rules;
  }

  /** Takes back one rule, or all of them; the network is not touched. */
  clear(id?: number): void {
    const kept = id === undefined ? [] : this.rules.filter((rule) => rule.id !== id);
    this.rules.splice(0, this.rules.length, ...kept);
  }

  /** The fault that a call meets, which counts as met with this. */
  take(call: FaultCall): Fault | undefined {
    if (this.network === 'hang') return { effect: { kind: 'timeout' }, when: 'before' };
    if (this.network === 'refuse') return { effect: { kind: 'reset' }, when: 'before' };
    return this.takeRule(call) ?? this.takeSentinel(call);
  }

  private takeRule(call: FaultCall): Fault | undefined {
    const rule = this.rules.find(({ match }) => isMatch(match, call));
    if (rule === undefined) return undefined;
    rule.next -= 1;
    if (rule.next <= 0) this.clear(rule.id);
    return { effect: rule.effect, when: rule.when };
  }

  /** A repeated call with the same parameters passes once its sentinel was met often enough. */
  private takeSentinel({ botId, method, params }: FaultCall): Fault | undefined {
    const text = JSON.stringify(params);
    const sentinel = readSentinel(text);
    if (sentinel === undefined) return undefined;
    const key = `${botId} ${method.toLowerCase()} ${text}`;
    const met = this.met.get(key) ?? 0;
    if (met >= sentinel.times) return undefined;
    this.met.set(key, met + 1);
    return sentinel.fault;
  }
}

function isMatch(match: FaultMatch, { botId, method, params }: FaultCall): boolean {
  return (
    (match.method === undefined || match.method.toLowerCase() === method.toLowerCase()) &&
    (match.botId === undefined || match.botId === botId) &&
    (match.chatId === undefined || String(match.chatId) === params.string('chat_id'))
  );
}

/**
 * Reads the first sentinel of a text: `[[fault WHAT]]`, `[[fault WHAT before]]` (the same) or `[[fault WHAT after]]`,
 * with ` xN` behind for the first N calls instead of the first. WHAT is a status like `500`, `429:3` with the seconds to
 * wait, `slow:1500` with milliseconds, or `timeout`, `reset`, `cut`, `html`, `empty`, `unnumbered`. Anything else is just text.
 */
export function readSentinel(text: string): { fault: Fault; times: number } | undefined {
  const match = /\[\[fault (\w+)(?::(\d+))?(?: (before|after))?(?: x(\d+))?\]\]/.exec(text);
  if (match === null) return undefined;
  const [, what = '', number, when, times = '1'] = match;
  const effect = readEffect(what, number === undefined ? undefined : Number(number));
  if (effect === undefined) return undefined;
  return { fault: { effect, when: when === 'after' ? 'after' : 'before' }, times: Number(times) };
}

function readEffect(what: string, number: number | undefined): FaultEffect | undefined {
  switch (what) {
    case 'timeout':
    case 'reset':
    case 'cut':
    case 'html':
    case 'empty':
    case 'unnumbered':
      return { kind: what };
    case 'slow':
      return { kind: 'slow', ms: number ?? 1000 };
    case '429':
      return { kind: 'too_many_requests', seconds: number ?? 1 };
    default: {
      const description = STATUS_CODES[what];
      return description === undefined ? undefined : { kind: 'error', code: Number(what), description };
    }
  }
}
