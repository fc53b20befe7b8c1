import type { Call, ShownMessage } from '../../apps/sandbox/src/control/client.js';
import type { Violation } from './history.js';
import type { Observed } from './observe.js';
import { placeOf, wordsIn } from './shown.js';
import { wordingsIn } from './wording.js';

export interface ReportParts {
  readonly observed: Observed;
  readonly calls: readonly Call[];
  /** What the desk has noted of messages. */
  readonly rowsOf: (tokens: readonly number[]) => Promise<string[]>;
}

/** So many violations are told at length, and so many calls with each. */
const toldAtLength = 5;
const shownCalls = 25;
/** Calls this close to one that carries the message are shown with it, in milliseconds. */
const aroundMs = 1_500;
const textLength = 70;

/** Violations for people to read: all of them in a line, the first with the conversation and the calls around. */
export async function report(violations: readonly Violation[], parts: ReportParts): Promise<string> {
  const lines = violations.map(({ kind, what }, index) => `${index + 1}. ${kind.toUpperCase()}: ${what}`);
  const told = new Set<number>();
  const atLength = violations.flatMap((violation, index) => {
    const { customer } = violation;
    if (customer === undefined || told.has(customer) || told.size >= toldAtLength) return [];
    told.add(customer);
    return [{ violation, customer, number: index + 1 }];
  });
  for (const { violation, customer, number } of atLength) {
    lines.push(`\n--- ${number}. ${violation.kind}: ${violation.what}`, await tell(violation, customer, parts));
  }
  return lines.join('\n');
}

async function tell(violation: Violation, customer: number, parts: ReportParts): Promise<string> {
  const { observed, calls } = parts;
  const { chat = [], thread = [] } = observed.chats.get(customer) ?? {};
  const posts = observed.history.conversations.find((one) => one.customer === customer)?.posts ?? [];
  const { tokens = [] } = violation;
  return [
    `what customer ${customer} sees:`,
    ...chat.map(line),
    'what the team sees:',
    ...posts.map(({ place, text }) => `  ${place} post: ${short(text)}`),
    ...thread.map(line),
    'what the desk has noted:',
    ...(await parts.rowsOf(tokens)),
    'calls around it:',
    ...callsAround(calls, tokens).map(describeCall),
  ].join('\n');
}

function line(message: ShownMessage): string {
  const reply = message.replyTo ? ` (to ${message.replyTo.messageId})` : '';
  const edited = message.edited ? ' (edited)' : '';
  return `  ${placeOf(message.ref)} ${message.from}${reply}: ${short(wordsIn(message))}${edited}`;
}

function short(text: string): string {
  const single = text.replaceAll('\n', ' ⏎ ');
  return single.length > textLength ? `${single.slice(0, textLength)}...` : single;
}

function callsAround(calls: readonly Call[], tokens: readonly number[]): Call[] {
  const carrying = calls.filter(({ params }) =>
    wordingsIn(JSON.stringify(params)).some(({ token }) => tokens.includes(token)),
  );
  const chats = new Set(carrying.map(({ params }) => params['chat_id']));
  const around = calls.filter(
    (call) =>
      carrying.includes(call) ||
      (chats.has(call.params['chat_id']) && carrying.some(({ at }) => Math.abs(at - call.at) <= aroundMs)),
  );
  return around.slice(0, shownCalls);
}

function describeCall({ at, method, params, tookEffect, outcome, ms }: Call): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const words = short(params['text'] ?? params['caption'] ?? params['media'] ?? '');
  const place = [params['chat_id'], params['message_id']].filter(Boolean).join('/');
  const effect = tookEffect ? 'took effect' : 'no effect';
  return `  ${time} ${method} ${place} ${JSON.stringify(words)} ${effect}, ${describeOutcome(outcome)} after ${ms ?? '?'} ms`;
}

function describeOutcome(outcome: Call['outcome']): string {
  if (!outcome) return 'under way';
  if (outcome.kind === 'withheld') return `answer withheld (${outcome.fault})`;
  if (outcome.status === 200) return `200 ${resultIds(outcome.body)}`;
  return `${outcome.status} ${JSON.stringify(outcome.body)}`;
}

/** The ids of the messages that a call made, as far as it answered with any. */
function resultIds(body: unknown): string {
  return [...JSON.stringify(body).matchAll(/"message_id":(\d+),"(?:from|sender_chat|author_signature|chat)/g)]
    .map(([, id]) => id)
    .slice(0, 4)
    .join(' ');
}
