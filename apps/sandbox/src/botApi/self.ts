import { ApiError, badRequest, tooManyRequests } from '../errors.js';
import { renderMe } from '../render/user.js';
import type { ProfileTexts } from '../world/accounts.js';
import type { BotCall, Methods } from './call.js';

/** Milliseconds after its start in which a bot cannot be closed (Bot API: close). */
const CLOSABLE_AFTER = 10 * 60 * 1000;

export const selfMethods = {
  getMe({ bot }) {
    return renderMe(bot);
  },

  logOut({ bot, telegram }) {
    if (bot.isLoggedOut) throw new ApiError(400, 'Logged out');
    bot.isLoggedOut = true;
    telegram.changes.mark();
    return true;
  },

  close({ bot, telegram }) {
    const wait = bot.createdAt + CLOSABLE_AFTER - telegram.clock.now();
    if (wait > 0) throw tooManyRequests(Math.ceil(wait / 1000));
    return true;
  },

  setMyName: (call) => setText(call, { text: 'name', parameter: 'name', max: 64 }),
  setMyDescription: (call) => setText(call, { text: 'description', parameter: 'description', max: 512 }),
  setMyShortDescription: (call) =>
    setText(call, { text: 'shortDescription', parameter: 'short_description', max: 120 }),
  getMyName: (call) => ({ name: getText(call, 'name') }),
  getMyDescription: (call) => ({ description: getText(call, 'description') }),
  getMyShortDescription: (call) => ({ short_description: getText(call, 'shortDescription') }),
} satisfies Partial<Methods>;

interface ProfileText {
  readonly text: keyof ProfileTexts;
  readonly parameter: string;
  /** Characters. */
  readonly max: number;
}

/** An empty text takes back what was set for the language. */
function setText({ bot, params, telegram }: BotCall, { text, parameter, max }: ProfileText): true {
  const value = params.string(parameter);
  if (Array.from(value).length > max) throw badRequest(`${parameter.replace('_', ' ')} is too long`);
  bot.profile[text][languageParam(params)] = value;
  if (text === 'name' && languageParam(params) === '' && value !== '') bot.firstName = value;
  telegram.changes.mark();
  return true;
}

function getText({ bot, params }: BotCall, text: keyof ProfileTexts): string {
  const texts = bot.profile[text];
  return texts[languageParam(params)] || (texts[''] ?? '');
}

function languageParam(params: BotCall['params']): string {
  const code = params.string('language_code');
  if (code !== '' && !/^[a-z]{2}$/.test(code)) throw badRequest('invalid language code specified');
  return code;
}
