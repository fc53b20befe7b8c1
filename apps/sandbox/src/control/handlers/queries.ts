import { append } from '../../acts/append.js';
import { CALLBACK_ANSWER_WINDOW_MS, press } from '../../acts/callback.js';
import { askInline, INLINE_ANSWER_WINDOW_MS, newInlineMessageId } from '../../acts/inline.js';
import { renderUser } from '../../render/user.js';
import { textOf } from '../../rules/text.js';
import type { Telegram } from '../../telegram.js';
import type { Bot } from '../../world/accounts.js';
import { botOf, botsOf } from '../../world/lookup.js';
import type { StoredMessage } from '../../world/messages.js';
import type { InlineResult, StoredInlineQuery } from '../../world/world.js';
import { ControlError } from '../errors.js';
import { findChat, findPerson, findRef, privateChatOf } from '../find.js';
import { checkMayWrite } from '../may.js';
import { findTarget, senderOf } from '../places.js';
import type { Offer, Pressed, queryRoutes } from '../protocol/queries.js';
import type { Ref } from '../protocol/shapes.js';
import { refOf } from '../show.js';
import { settled } from '../settled.js';
import type { Handlers } from './handler.js';

export const queryHandlers: Handlers<typeof queryRoutes> = {
  async types({ telegram }, { person: id, text, offset, in: chatId }) {
    const person = findPerson(telegram.world, id);
    const { bot, query } = addressed(telegram, text);
    const chat =
      chatId === undefined ? privateChatOf(telegram.world, id, bot.id) : findChat(telegram.world, { chatId });
    const asked = askInline(telegram, bot, { person, question: { query, offset, chat } });
    if (bot.isInline) await settled(telegram, () => asked.answer !== undefined, INLINE_ANSWER_WINDOW_MS);
    return offerOf(asked);
  },

  picks({ telegram }, { person: id, queryId, resultId, to, replyTo }) {
    const { world } = telegram;
    const person = findPerson(world, id);
    const asked = world.inlineQueries[queryId];
    const result = asked?.answer?.results.find((offered) => offered.id === resultId);
    const isOffered = asked?.personId === id && result !== undefined;
    if (!isOffered) throw new ControlError(404, `result ${resultId} was not offered`);
    const bot = botOf(world, asked.botId);
    const { chat, place, isComment } = findTarget(world, person, { to, replyTo });
    checkMayWrite(person, { chat, content: result.content, isComment });
    if (chat.kind === 'private') chat.isStarted = true;
    const inlineMessageId = result.keyboard === undefined ? undefined : newInlineMessageId(world);
    const message = append(telegram, chat, {
      authorId: id,
      sender: senderOf(world, person, { chat, as: undefined }),
      content: structuredClone(result.content),
      ...place,
      keyboard: result.keyboard,
      viaBotId: bot.id,
      inlineMessageId,
    });
    tellChosen(telegram, bot, { asked, result, inlineMessageId });
    return refOf(world, message);
  },

  async presses({ telegram }, { person: id, message: ref, button, data }) {
    const person = findPerson(telegram.world, id);
    const target =
      data === undefined ? pressedButton(telegram, ref, button ?? '') : { data, message: anyMessage(telegram, ref) };
    if ('kind' in target) return target;
    const { message } = target;
    const bot = botOf(telegram.world, message.viaBotId ?? keyboardOwner(telegram, message));
    const asked = press(telegram, bot, { person, message, data: target.data });
    await settled(telegram, () => asked.answer !== undefined, CALLBACK_ANSWER_WINDOW_MS);
    return asked.answer === undefined ? { kind: 'unanswered' } : { kind: 'answered', ...asked.answer };
  },
};

/** `@name query`; `@bot` stands for the first bot. */
function addressed({ world }: Telegram, text: string): { bot: Bot; query: string } {
  const [, name = '', query = ''] = /^@(\w+) ?(.*)$/s.exec(text) ?? [];
  const named = botsOf(world).find(({ username }) => username.toLowerCase() === name.toLowerCase());
  const bot = named ?? (name === 'bot' ? botOf(world, world.staff.botId) : undefined);
  if (bot === undefined) throw new ControlError(404, `"${text}" does not begin with the name of a bot`);
  return { bot, query: Array.from(query).slice(0, 256).join('') };
}

function offerOf({ id, answer }: StoredInlineQuery): Offer {
  const results = (answer?.results ?? []).map(({ id: resultId, type, title, description, content }) => ({
    queryId: id,
    id: resultId,
    type,
    title,
    description,
    text: textOf(content)?.text ?? '',
  }));
  const button = answer?.button;
  return {
    queryId: id,
    answered: answer !== undefined,
    results,
    nextOffset: answer?.nextOffset ?? '',
    button: button === undefined ? undefined : { text: button.text, startParameter: button.start_parameter },
  };
}

interface Chosen {
  readonly asked: StoredInlineQuery;
  readonly result: InlineResult;
  readonly inlineMessageId: string | undefined;
}

/** Only bots that asked BotFather for feedback hear which result was sent. */
function tellChosen(telegram: Telegram, bot: Bot, { asked, result, inlineMessageId }: Chosen): void {
  if (!bot.hasInlineFeedback) return;
  telegram.updates.push(bot.id, 'chosen_inline_result', {
    from: renderUser(telegram.world, asked.personId),
    ...(inlineMessageId === undefined ? {} : { inline_message_id: inlineMessageId }),
    query: asked.query,
    result_id: result.id,
  });
}

/** What pressing the button of this text leads to: a question to the bot, or something the client does by itself. */
function pressedButton(telegram: Telegram, ref: Ref, text: string): Pressed | { data: string; message: StoredMessage } {
  const { message } = findRef(telegram.world, ref);
  const buttons = (message.keyboard?.inline_keyboard ?? []).flat();
  const button = buttons.find((candidate) => candidate.text === text);
  if (button === undefined) {
    const there = buttons.map((candidate) => `"${candidate.text}"`).join(', ');
    throw new ControlError(404, `there is no button "${text}" (there are: ${there === '' ? 'none' : there})`);
  }
  if (button.callback_data !== undefined) return { data: button.callback_data, message };
  if (button.url !== undefined) return { kind: 'opens', url: button.url };
  if (button.copy_text !== undefined) return { kind: 'copies', text: button.copy_text.text };
  const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  return query === undefined ? { kind: 'nothing' } : { kind: 'types', query };
}

/** A message, or what stands for one that is gone. */
function anyMessage({ world }: Telegram, ref: Ref): StoredMessage {
  const chat = findChat(world, ref);
  const there = world.messages[chat.key]?.find(({ id }) => id === ref.messageId);
  const authorId = ref.botId ?? world.staff.botId;
  const gone = { chat: chat.key, id: ref.messageId, date: 0, authorId, sender: { kind: 'account' as const } };
  return there ?? { ...gone, content: { kind: 'unsupported' } };
}

function keyboardOwner({ world }: Telegram, { authorId }: StoredMessage): number {
  if (world.accounts[authorId]?.kind !== 'bot') throw new ControlError(400, 'the message is not by a bot');
  return authorId;
}
