import { TelegramError } from 'telegraf';
import { messageOf } from '../errors.js';
import { DeliveryError, type Rejection } from '../relay/ports.js';

/**
 * What a failed call means: certainly not carried out (`retry`, `rejected`), or perhaps carried out (`uncertain`). Texts
 * are those of the Bot API server (Client.cpp) and TDLib; capitals are errors that Telegram's servers pass through.
 */
export function classify(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof TelegramError) return classifyAnswer(error);
  return classifyTransport(error);
}

/** Refusals that no repetition changes. The first pattern that matches counts. */
const rejections: readonly (readonly [RegExp, Rejection])[] = [
  [/bot was blocked by the user|can't initiate conversation with a user|can't send messages to the bot/, 'blocked'],
  [/user is deactivated/, 'gone'],
  [/message to be replied not found/, 'reply_target_gone'],
  [/message to edit not found|MESSAGE_ID_INVALID/, 'message_gone'],
  [
    /message can't be edited|there is no (text|caption|live location) in the message to edit|message media can't be edited|can't change media type in the album|can't be used in an album/,
    'not_editable',
  ],
  [/the message can't be copied|messages can't be forwarded|message to copy not found|protected content/, 'uncopyable'],
  [/message can't be deleted|MESSAGE_DELETE_FORBIDDEN/, 'too_old'],
  [/user restricted receiving of (voice|video) note messages|VOICE_MESSAGES_FORBIDDEN/, 'voice_refused'],
];

/** The bot lacks something that a person can give back, or the chat is away: the queue is kept and tried again. */
const recoverable =
  /bot is not a member|bot was kicked|need administrator rights|have no write access|chat was deleted|chat not found|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED|CHAT_RESTRICTED|TOPIC_CLOSED|group chat was upgraded/;
const recoverableRetryMs = 15_000;

function classifyAnswer(error: TelegramError): DeliveryError {
  const { code, description } = error;
  const cause = { cause: error };
  const seconds = error.parameters?.retry_after ?? nestedRetryAfter(description);
  if (code === 429 || seconds !== undefined) {
    // A tenth of a second more: the answer rounds, and the window moves while it travels.
    const afterMs = (seconds ?? 1) * 1_000 + 100;
    return new DeliveryError({ kind: 'retry', scope: 'place', afterMs }, description, cause);
  }
  if (code >= 500) return new DeliveryError({ kind: 'uncertain' }, description, cause);
  if (code === 401 || code === 404) {
    return new DeliveryError({ kind: 'retry', scope: 'bot', afterMs: 30_000 }, description, cause);
  }
  const rejection = rejections.find(([pattern]) => pattern.test(description));
  if (rejection) return new DeliveryError({ kind: 'rejected', reason: rejection[1] }, description, cause);
  if (recoverable.test(description)) {
    return new DeliveryError({ kind: 'retry', scope: 'place', afterMs: recoverableRetryMs }, description, cause);
  }
  return new DeliveryError({ kind: 'rejected', reason: 'refused' }, withoutPrefix(description), cause);
}

/** An album that meets the flood limit half-way answers 400 with the real reason inside (Client.cpp, fail of a group). */
function nestedRetryAfter(description: string): number | undefined {
  const seconds = /Too Many Requests: retry after (\d+)/.exec(description)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

function withoutPrefix(description: string): string {
  return description.replace(/^(Bad Request|Forbidden): /, '');
}

/** The request never reached the server. Everything else may have: the answer is what was lost. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);

function classifyTransport(error: unknown): DeliveryError {
  const code = systemCode(error);
  const cause = { cause: error };
  if (code !== undefined && (neverSent.has(code) || code.startsWith('ERR_TLS') || code.startsWith('CERT_'))) {
    return new DeliveryError({ kind: 'retry', scope: 'bot' }, messageOf(error), cause);
  }
  return new DeliveryError({ kind: 'uncertain' }, messageOf(error), cause);
}

function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether a call failed only because everything is as it should be already. */
export function isUnchanged(error: unknown): boolean {
  return error instanceof TelegramError && error.description.includes('message is not modified');
}

export function isDeleted(error: unknown): boolean {
  return error instanceof TelegramError && error.description.includes('message to delete not found');
}

/** The quoted words are not in the message that is replied to. */
export function isQuoteRefused(error: unknown): boolean {
  return error instanceof TelegramError && error.description.includes('QUOTE_TEXT_INVALID');
}

/** The group became a supergroup; its new id (Bot API: ResponseParameters). */
export function migratedTo(error: unknown): number | undefined {
  return error instanceof TelegramError ? error.parameters?.migrate_to_chat_id : undefined;
}
