import { badRequest } from '../errors.js';

/** What `chat_id` names: a number, or a public name without its `@`. */
export type ChatReference = { readonly id: number } | { readonly username: string };

export interface IntegerRange {
  readonly min?: number;
  readonly max?: number;
  /** What an absent or empty parameter counts as; 0 when not given. */
  readonly default?: number;
}

/**
 * The parameters of one call. Telegram's server keeps every parameter as text, whatever the content type: a JSON body's
 * number, object or `null` is the text it was written as. These readers turn that text into values the way the server
 * does (telegram-bot-api Client::get_integer_arg, Client::to_bool, td::to_integer).
 */
export class Params {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  /** Parameters from plain values, as a JSON body would carry them: strings as they are, the rest as JSON text. */
  static of(values: Readonly<Record<string, unknown>>): Params {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    return new Params(
      new Map(given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])),
    );
  }

  /** True when the parameter was sent, even empty: an empty `caption` of copyMessage removes the caption. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The text of a parameter; empty when it was not sent, which Telegram's server does not tell apart. */
  string(name: string): string {
    const value = this.values.get(name) ?? '';
    if (/\p{Surrogate}/u.test(value)) throw badRequest('strings must be encoded in UTF-8');
    return value;
  }

  /** The leading digits of a parameter, 0 when it has none, moved into the range. */
  integer(name: string, range: IntegerRange = {}): number {
    const text = this.string(name);
    if (text === '') return range.default ?? 0;
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
    return Math.min(max, Math.max(min, leadingInteger(text)));
  }

  /** True for "true", "yes" and "1" in any case, with white space around; false for all else. */
  boolean(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.string(name).trim().toLowerCase());
  }

  /**
   * The value of a parameter that holds JSON, undefined when absent or empty. `what` completes the refusal
   * `Bad Request: can't parse <what>`, for example `reply markup JSON object`.
   */
  json(name: string, what = `${name.replaceAll('_', ' ')} JSON object`): unknown {
    const text = this.string(name);
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw badRequest(`can't parse ${what}`);
    }
  }

  /** The chat a parameter names; refuses an empty one with `chat_id is empty`. Text without digits is chat 0. */
  chat(name = 'chat_id'): ChatReference {
    const text = this.string(name);
    if (text === '') throw badRequest('chat_id is empty');
    return text.startsWith('@') ? { username: text.slice(1) } : { id: leadingInteger(text) };
  }

  /** A message's id: 0 when absent, -1 (which no message has) for anything that is not a positive number. */
  messageId(name = 'message_id'): number {
    const text = this.string(name);
    if (text === '') return 0;
    const id = leadingInteger(text);
    return id > 0 ? id : -1;
  }

  /** A person's id; refuses what is not a positive number. */
  userId(name = 'user_id'): number {
    const id = this.integer(name);
    if (id <= 0) throw badRequest(`invalid ${name} specified`);
    return id;
  }

  /** All parameters as text, for a journal. */
  toJSON(): Record<string, string> {
    return Object.fromEntries(this.values);
  }
}

function leadingInteger(text: string): number {
  const digits = /^-?\d+/.exec(text);
  return digits === null ? 0 : Number(digits[0]);
}
