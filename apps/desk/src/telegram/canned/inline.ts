import type { TelegramInlineQuery, TelegramInlineQueryResultsButton } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import { problemsOf } from '../../canned/check.js';
import type { Library } from '../../canned/library.js';
import type { StoredReply } from '../../canned/reply.js';
import type { Gate } from '../../ingest/gate.js';
import type { Log } from '../../log.js';
import type { Phrases } from '../../text/phrases.js';
import type { BotApi } from '../client.js';
import { personId } from '../externalId.js';
import { startParameter } from '../readCanned.js';
import { resultOf } from './result.js';

export interface InlineParts {
  readonly api: BotApi;
  readonly gate: Gate;
  readonly library: Library;
  readonly phrases: Phrases;
  readonly log: Log;
  /** Called with a reply that Telegram refuses to offer, or would. Afterwards the library does not find it any more. */
  readonly onRefused: (reply: StoredReply, reason: string) => Promise<void>;
}

/** The most results in one answer (Bot API: answerInlineQuery). */
const pageSize = 50;

/** Answers `@bot words`: to agents with canned replies, to anybody else with nothing but a way to the private chat. */
export function createInline(parts: InlineParts): (query: TelegramInlineQuery) => Promise<void> {
  const { gate, library, phrases } = parts;
  return async (query) => {
    const person = personId(query.from.id);
    if ((await gate(person)) === 'none') {
      const text = phrases.saying(query.from.language_code, 'inline-stranger');
      await answer(parts, query, { page: [], button: { text, start_parameter: startParameter } });
      return;
    }
    await library.sync();
    const offset = Math.max(0, Math.trunc(Number(query.offset)) || 0);
    const found = library.search({ query: query.query, person, now: new Date() });
    const page = await usable(parts, found.slice(offset, offset + pageSize));
    await answer(parts, query, { page, offset, more: found.length > offset + pageSize });
  };
}

/** Those that Telegram will take, as far as can be seen from here; the others are reported. */
async function usable({ onRefused }: InlineParts, replies: readonly StoredReply[]): Promise<StoredReply[]> {
  const good: StoredReply[] = [];
  for (const reply of replies) {
    const [problem] = problemsOf(reply);
    if (problem) await onRefused(reply, `${problem.field}: ${problem.id}`);
    else good.push(reply);
  }
  return good;
}

interface Page {
  readonly page: readonly StoredReply[];
  readonly offset?: number;
  readonly more?: boolean;
  readonly button?: TelegramInlineQueryResultsButton;
}

/**
 * Answers with a page. One bad result makes Telegram refuse the answer as a whole, without saying which: half as many are
 * tried until it is found at the front. It is reported and left out; what was not shown comes with the next page.
 */
async function answer(
  parts: InlineParts,
  query: TelegramInlineQuery,
  { page, offset = 0, more = false, button }: Page,
): Promise<void> {
  let left = page;
  let size = page.length;
  for (;;) {
    const next = more || size < left.length ? String(offset + size) : '';
    const refused = await tryAnswer(parts, query, { results: left.slice(0, size), next, ...(button && { button }) });
    if (refused === undefined) return;
    const [first] = left;
    if (!first) throw refused;
    if (size > 1) {
      size = Math.floor(size / 2);
      continue;
    }
    await parts.onRefused(first, refused.description);
    left = left.slice(1);
    size = left.length;
  }
}

/** The refusal, when Telegram finds something wrong with the answer. */
async function tryAnswer(
  { api, log }: InlineParts,
  query: TelegramInlineQuery,
  {
    results,
    next,
    button,
  }: { results: readonly StoredReply[]; next: string; button?: TelegramInlineQueryResultsButton },
): Promise<TelegramError | undefined> {
  try {
    await api.call('answerInlineQuery', {
      inline_query_id: query.id,
      results: results.map(resultOf),
      // Nobody else is ever shown what was found for this person, and nothing outlives its moment.
      is_personal: true,
      cache_time: 0,
      next_offset: next,
      ...(button && { button }),
    });
    return undefined;
  } catch (error) {
    if (isTooLate(error)) {
      log.debug({ query: query.id }, 'an inline query was too old to be answered');
      return undefined;
    }
    if (error instanceof TelegramError && error.code === 400) return error;
    throw error;
  }
}

/** The window for an answer is over (telegram.md, 8 and 0.18): nobody waits any more. */
export function isTooLate(error: unknown): boolean {
  return error instanceof TelegramError && /query is too old|query ID is invalid/.test(error.description);
}
