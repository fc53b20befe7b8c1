import { TelegramError } from 'telegraf';
import { messageOf } from '../errors.js';
import { DeliveryError, type Rejection } from '../relay/ports.js';

/**
 * What a failed call means: certainly not carried out (`retry`, `rejected`), or perhaps carried out (`uncertain`). Texts
 * are those of the Bot API server (Client.cpp) and TDLib; capitals are errors that Telegram's servers pass through.
 * `chatId` is the chat that the call was for, if it was for one.
 */
export function classify(error: unknown, chatId?: number): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof TelegramError) return classifyAnswer(error, chatId);
  return classifyTransport(error);
}

/** Refusals that no repetition changes. The first pattern that matches counts. */
const rejections: readonly (readonly [RegExp, Rejection])[] = [
  [
    /bot was blocked by the user|USER_IS_BLOCKED|can't initiate conversation with a user|can't send messages to (the bot|bots)/,
    'blocked',
  ],
  [/user is deactivated|INPUT_USER_DEACTIVATED/, 'gone'],
  [
    /(message to be replied|message to reply|replied message|reply message|message thread) not found|TOPIC_DELETED/,
    'reply_target_gone',
  ],
  [/message to (edit|delete) not found|MESSAGE_ID_INVALID/, 'message_gone'],
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
  /bot is not a member|bot was kicked|need administrator rights|have no write access|not enough rights to send text messages|chat was deleted|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED|CHAT_RESTRICTED|CHAT_SEND_PLAIN_FORBIDDEN|TOPIC_CLOSED|group chat was upgraded/;
const recoverableRetryMs = 15_000;

/** A group or channel may come back; nobody can bring a private chat back but the customer, who writes anew. */
const notFound = /chat not found|PEER_ID_INVALID/;

/** The bot may write, but nothing of this kind. */
const kindForbidden = /not enough rights to send|CHAT_SEND_\w+_FORBIDDEN/;

/** No chat can be reached with this token, or on this server, until a person sees to it. */
const botAwayRetryMs = 30_000;

function classifyAnswer(error: TelegramError, chatId: number | undefined): DeliveryError {
  return new DeliveryError(outcomeOf(error, chatId), wordsOf(error), { cause: error });
}

function outcomeOf(error: TelegramError, chatId: number | undefined): DeliveryError['outcome'] {
  const { code } = error;
  const seconds = retryAfter(error);
  // Not an answer of Telegram's: something between it and the desk has spoken.
  if (!Number.isInteger(code) || code >= 500) return { kind: 'uncertain' };
  if (code === 429) return { kind: 'retry', scope: 'place', afterMs: floodMs(seconds ?? 1), flood: true };
  if (code === 409) return { kind: 'retry', scope: 'bot' };
  if (code === 401 || code === 404 || /Logged out/i.test(error.message)) {
    return { kind: 'retry', scope: 'bot', afterMs: botAwayRetryMs };
  }
  return seconds === undefined ? refusal(error, chatId) : { kind: 'uncertain', afterMs: floodMs(seconds), flood: true };
}

function refusal({ message }: TelegramError, chatId: number | undefined): DeliveryError['outcome'] {
  const rejection = rejections.find(([pattern]) => pattern.test(message));
  if (rejection) return { kind: 'rejected', reason: rejection[1] };
  const isPrivate = chatId !== undefined && chatId > 0;
  if (notFound.test(message) && isPrivate) return { kind: 'rejected', reason: 'gone' };
  if (notFound.test(message) || recoverable.test(message)) {
    return { kind: 'retry', scope: 'place', afterMs: recoverableRetryMs };
  }
  return { kind: 'rejected', reason: kindForbidden.test(message) ? 'no_right' : 'refused' };
}

/**
 * The seconds that Telegram asks to wait. An album that meets the flood limit half-way answers 400 with the real reason
 * inside (Client.cpp, fail of a group): some of its items have been sent.
 */
function retryAfter({ parameters, message }: TelegramError): number | undefined {
  const seconds = /Too Many Requests: retry after (\d+)/i.exec(message)?.[1];
  return parameters?.retry_after ?? (seconds === undefined ? undefined : Number(seconds));
}

/** A tenth of a second more than asked: the answer rounds, and the window moves while it travels. */
function floodMs(seconds: number): number {
  return seconds * 1_000 + 100;
}

/** Telegram's words alone, as a person would read them. */
function wordsOf({ message }: TelegramError): string {
  return message.replace(/^\d+: (Bad Request: |Forbidden: )?/, '');
}

/** The request never reached the server. Everything else may have: the answer is what was lost. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ERR_TLS_\w+|CERT_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+)$/;

function classifyTransport(error: unknown): DeliveryError {
  const code = systemCode(error);
  const cause = { cause: error };
  if (code !== undefined && neverSent.test(code)) {
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
  return error instanceof TelegramError && error.message.includes('message is not modified');
}

export function isDeleted(error: unknown): boolean {
  return error instanceof TelegramError && error.message.includes('message to delete not found');
}

/** The quoted words are not in the message that is replied to. */
export function isQuoteRefused(error: unknown): boolean {
  return error instanceof TelegramError && error.message.includes('QUOTE_TEXT_INVALID');
}

/** Telegram does not let the bot do its work in a group or channel; a look at it will tell why. */
export function isPlaceLost(error: unknown): boolean {
  return error instanceof TelegramError && (recoverable.test(error.message) || notFound.test(error.message));
}

/** The formatting is not to Telegram's taste: a kind that bots may not send, or a link that leads nowhere. */
export function areEntitiesRefused(error: unknown): boolean {
  return (
    error instanceof TelegramError &&
    error.code === 400 &&
    /can't parse (MessageEntity|entities)|ENTIT(Y|IES)_[A-Z_]+/.test(error.message)
  );
}

/** The group became a supergroup; its new id (Bot API: ResponseParameters). */
export function migratedTo(error: unknown): number | undefined {
  return error instanceof TelegramError ? error.parameters?.migrate_to_chat_id : undefined;
}
