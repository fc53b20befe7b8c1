import type { TelegramReplyParameters } from '@gramio/types/objects';
import { captionedMedia, type Content, type Media } from '../relay/content.js';
import type { ExternalId } from '../relay/ids.js';
import type { Messenger, SendRequest } from '../relay/ports.js';
import { shapeOf, DeliveryError } from '../relay/ports.js';
import type { BotApi } from './client.js';
import { classify, isDeleted, isPlaceLost, isQuoteRefused, isUnchanged, migratedTo } from './errors.js';
import { chatOf, messageRef, parseMessageRef } from './externalId.js';
import { editContent, sendContent, type ContentManner } from './contentCalls.js';
import type { SeenMessages } from './seen.js';
import { albumClass, albumItem, canBecome, cut, entitiesOf } from './writeContent.js';

/** How one side of Telegram wants to be written to. */
export interface Manner extends ContentManner {
  /** Send all the same when the message to reply to is gone. Never in a thread: it would land outside. */
  readonly replyIsOptional: boolean;
  /** Called when a chat turns out to have moved to another id. */
  readonly onMoved?: (from: number, to: number) => void;
  readonly seen: SeenMessages;
  /** Called when the bot turns out to lack a right in a chat, or the chat to be gone. */
  readonly onTrouble?: () => void;
}

/** Sends, edits and deletes by the Bot API: one call each, and errors that say whether they are certain. */
export function createMessenger(api: BotApi, manner: Manner): Messenger {
  return {
    cut,
    canBecome,
    albumClass,
    send: (request) => guarded(manner, chatOf(request.to), () => send(api, manner, request)),
    edit: async (request) => {
      const { chatId } = numbered(request.message);
      await guarded(manner, chatId, () => unlessFine(isUnchanged, () => editContent(api, manner, request)));
    },
    delete: async (message) => {
      const { chatId, messageId } = numbered(message);
      const call = (): Promise<unknown> => api.call('deleteMessage', { chat_id: chatId, message_id: messageId });
      await guarded(manner, chatId, () => unlessFine(isDeleted, call));
    },
    mark: (place, near) => manner.seen.mark(chatOf(place), near),
    candidates: (place, mark) => manner.seen.candidates(chatOf(place), mark),
    shows: (message, content) => shows(api, manner, { message, content }),
  };
}

/**
 * Edits a message into what it should show already: “not modified” says that it does. Anybody else's message cannot be
 * edited, and one that is not there is not found (TDLib MessagesManager: can_edit_message, edit_message_text).
 */
async function shows(
  api: BotApi,
  manner: Manner,
  { message, content }: { readonly message: ExternalId; readonly content: Content },
): Promise<'yes' | 'no' | 'unclear'> {
  const { chatId, messageId } = parseMessageRef(message);
  try {
    await probe(api, manner, { message, content, target: { chat_id: chatId, message_id: messageId } });
    // It was the desk's own and showed something else: a line of which nobody knows any more, or this, put otherwise.
    return 'unclear';
  } catch (error) {
    if (isUnchanged(error)) return 'yes';
    const failure = classify(error, chatId);
    const { outcome } = failure;
    if (outcome.kind !== 'rejected') throw failure;
    return outcome.reason === 'message_gone' || outcome.reason === 'not_editable' ? 'no' : 'unclear';
  }
}

/** What has neither text nor caption is asked for its keyboard, which it does not have. */
async function probe(
  api: BotApi,
  manner: Manner,
  asked: {
    readonly message: ExternalId;
    readonly content: Content;
    readonly target: { chat_id: number; message_id: number };
  },
): Promise<unknown> {
  const { message, content, target } = asked;
  const hasCaption = content.kind === 'media' && captionedMedia.some((kind) => kind === content.media);
  if (content.kind === 'text' || hasCaption)
    return editContent(api, manner, { message, shape: shapeOf(content), content });
  return api.call('editMessageReplyMarkup', target);
}

/**
 * What can be edited, deleted or answered. Telegram may schedule a message by itself and answer with the number 0 (Bot API:
 * Message, `message_id`): it was accepted, and will never be found again.
 */
function numbered(message: ExternalId): { readonly chatId: number; readonly messageId: number } {
  const ref = parseMessageRef(message);
  if (ref.messageId !== 0) return ref;
  throw new DeliveryError({ kind: 'rejected', reason: 'message_gone' }, 'Telegram gave the message no number');
}

/** Runs one call; what it throws says what is certain. */
export async function guarded<T>(
  { onMoved, onTrouble }: Pick<Manner, 'onMoved' | 'onTrouble'>,
  chatId: number,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const moved = migratedTo(error);
    if (moved !== undefined) onMoved?.(chatId, moved);
    else if (isPlaceLost(error)) onTrouble?.();
    throw classify(error, chatId);
  }
}

/** Runs one call and takes a refusal for success when it only says that things are as they should be. */
export async function unlessFine(isFine: (error: unknown) => boolean, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isFine(error)) throw error;
  }
}

async function send(api: BotApi, manner: Manner, request: SendRequest): Promise<readonly (ExternalId | undefined)[]> {
  try {
    return await sendOnce(api, manner, request);
  } catch (error) {
    // Certainly not sent: the words quoted are not in the target, which a split or an edit can cause.
    if (!request.quote || !isQuoteRefused(error)) throw error;
    const { to, contents, source, replyTo } = request;
    return sendOnce(api, manner, {
      to,
      contents,
      ...(source !== undefined && { source }),
      ...(replyTo !== undefined && { replyTo }),
    });
  }
}

async function sendOnce(
  api: BotApi,
  manner: Manner,
  request: SendRequest,
): Promise<readonly (ExternalId | undefined)[]> {
  const { to, contents, source } = request;
  const chatId = chatOf(to);
  const reply = replyParameters(manner, request);
  const common = { chat_id: chatId, ...(reply && { reply_parameters: reply }) };
  const [first, ...rest] = contents;
  if (rest.length > 0) {
    const media = contents.map((content) => albumItem(mediaOnly(content)));
    const messages = await api.call('sendMediaGroup', { ...common, media }, { timeoutMs: 30_000 });
    return messages.map((message) => sentRef(manner, chatId, message.message_id));
  }
  const { message_id: id } = await sendContent(api, manner, {
    content: first,
    common: { ...common, ...(source !== undefined && { source }) },
  });
  return [sentRef(manner, chatId, id)];
}

/** Bot API: `message_id` may be 0, when the server scheduled the message: it was taken, and nothing can follow it. */
function sentRef({ seen }: Manner, chatId: number, messageId: number): ExternalId {
  if (messageId !== 0) seen.noteOwn(chatId, messageId);
  return messageRef(chatId, messageId);
}

function mediaOnly(content: Content): Media {
  if (content.kind === 'media') return content;
  throw new Error(`${content.kind} was put into an album`);
}

function replyParameters(manner: Manner, { to, replyTo, quote }: SendRequest): TelegramReplyParameters | undefined {
  if (replyTo === undefined) return undefined;
  const { chatId, messageId } = parseMessageRef(replyTo);
  if (chatId !== chatOf(to) || messageId === 0) {
    if (manner.replyIsOptional) return undefined;
    // The comments are somewhere else than this process believes.
    manner.onTrouble?.();
    throw new DeliveryError({ kind: 'rejected', reason: 'reply_target_gone' }, 'the target cannot be answered there');
  }
  return {
    message_id: messageId,
    ...(manner.replyIsOptional && { allow_sending_without_reply: true }),
    ...(quote && {
      quote: quote.text.text,
      quote_entities: entitiesOf(quote.text),
      quote_position: quote.position,
    }),
  };
}
