import type { TelegramInlineKeyboardMarkup, TelegramReplyParameters } from '@gramio/types/objects';
import type { Shown } from '../../canned/manage/manager.js';
import type { Screen } from '../../canned/manage/screens.js';
import type { Log } from '../../log.js';
import type { BotApi } from '../client.js';
import { classify } from '../errors.js';
import { chatOf, parseMessageRef } from '../externalId.js';
import { createMessenger } from '../messenger.js';
import type { SeenMessages } from '../seen.js';
import { entitiesOf } from '../writeContent.js';

/** How often, and after what waits at most, a screen is sent again that Telegram had no room for. */
const attempts = 4;
const mostWaitMs = 65_000;

/**
 * Shows screens to whoever manages replies. What they did is kept already; a screen that gets lost on the way can be
 * asked for again with /canned.
 */
export function createPresenter(
  api: BotApi,
  { log, seen }: { readonly log: Log; readonly seen: SeenMessages },
): (shown: readonly Shown[]) => Promise<void> {
  const messenger = createMessenger(api, { replyIsOptional: true, linkPreviews: true, seen });
  const present = async ({ place, replyTo, screen }: Shown): Promise<void> => {
    if (screen.kind === 'content') {
      await messenger.send({ to: place, contents: [screen.content] });
      return;
    }
    const reply = replyTo === undefined ? {} : { reply_parameters: replyParameters(replyTo) };
    const chatId = chatOf(place);
    const sent = await api.call('sendMessage', { chat_id: chatId, ...reply, ...wordsOf(screen) });
    seen.noteOwn(chatId, sent.message_id);
  };
  return async (shown) => {
    for (const one of shown) {
      try {
        await patiently(() => present(one), chatOf(one.place));
      } catch (error) {
        log.warn({ err: error, place: one.place }, 'a screen cannot be shown');
      }
    }
  };
}

function replyParameters(ref: string): TelegramReplyParameters {
  return { message_id: parseMessageRef(ref).messageId, allow_sending_without_reply: true };
}

async function patiently(call: () => Promise<void>, chatId: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await call();
      return;
    } catch (error) {
      const { outcome } = classify(error, chatId);
      const afterMs = outcome.kind === 'retry' ? (outcome.afterMs ?? 1_000) : undefined;
      if (afterMs === undefined || afterMs > mostWaitMs || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, afterMs).unref());
    }
  }
}

/** Text and buttons of a screen, as Telegram takes them when it is sent and when it takes another's place. */
export function wordsOf(screen: Exclude<Screen, { kind: 'content' }>): {
  text: string;
  entities: ReturnType<typeof entitiesOf>;
  link_preview_options: { is_disabled: true };
  reply_markup?: TelegramInlineKeyboardMarkup | { force_reply: true };
} {
  const { text } = screen;
  const common = {
    text: text.text,
    entities: entitiesOf(text),
    // The links in a screen carry what it is about: there is nothing to see behind them.
    link_preview_options: { is_disabled: true } as const,
  };
  if (screen.kind === 'question') return { ...common, reply_markup: { force_reply: true } };
  if (screen.buttons.length === 0) return common;
  const rows = screen.buttons.map((row) => row.map(({ text: label, data }) => ({ text: label, callback_data: data })));
  return { ...common, reply_markup: { inline_keyboard: rows } };
}
