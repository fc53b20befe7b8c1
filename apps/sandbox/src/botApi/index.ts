import { ApiError } from '../errors.js';
import type { MethodAnswer } from '../http/answer.js';
import type { Telegram } from '../telegram.js';
import type { Bot } from '../world/accounts.js';
import { botsOf } from '../world/lookup.js';
import { type BotCall, Described, type Methods } from './call.js';
import { albumMethods } from './albums.js';
import { chatInfoMethods } from './chatInfo.js';
import { chatSettingMethods } from './chatSettings.js';
import { commandMethods } from './commands.js';
import { copyMethods } from './copies.js';
import { fileMethods } from './files.js';
import { forwardMethods } from './forwards.js';
import { mediaMethods } from './media.js';
import { memberMethods } from './members.js';
import { pinMethods } from './pins.js';
import { placeMethods } from './places.js';
import { pollMethods } from './polls.js';
import { queryMethods } from './queries.js';
import { reactionMethods } from './reactions.js';
import { smallMethods } from './smallThings.js';
import { defaultRightMethods } from './defaultRights.js';
import { deleteMethods } from './deletes.js';
import { editMethods } from './edits.js';
import { areaOf, type NotImitated } from './notImitated.js';
import { selfMethods } from './self.js';
import { textMethods } from './texts.js';
import { updateMethods } from './updates.js';

/** Does not compile when a method is neither here nor said to be left out. */
const METHODS = {
  ...selfMethods,
  ...commandMethods,
  ...defaultRightMethods,
  ...updateMethods,
  ...textMethods,
  ...mediaMethods,
  ...albumMethods,
  ...placeMethods,
  ...smallMethods,
  ...pollMethods,
  ...copyMethods,
  ...forwardMethods,
  ...editMethods,
  ...deleteMethods,
  ...reactionMethods,
  ...pinMethods,
  ...queryMethods,
  ...fileMethods,
  ...chatInfoMethods,
  ...chatSettingMethods,
  ...memberMethods,
} satisfies Omit<Methods, NotImitated>;

/** Methods by their names in small letters: the server does not tell capitals apart. */
const BY_NAME = new Map(Object.entries(METHODS).map(([name, run]) => [name.toLowerCase(), { name, run }] as const));

/** The names of all methods that are there, as Telegram writes them. */
export const METHOD_NAMES: readonly string[] = Object.keys(METHODS);

/** A method's name as Telegram writes it; undefined for one that is not there. */
export function methodName(written: string): string | undefined {
  return BY_NAME.get(written.toLowerCase())?.name;
}

/** Finds the bot of a token, or refuses as telegram-bot-api ClientManager::send does. */
export function authenticate(telegram: Telegram, token: string): Bot {
  const bot = botsOf(telegram.world).find((candidate) => candidate.token === token);
  if (bot !== undefined) return bot;
  const isWellFormed = /^[1-9]\d{0,15}:[\w-]{1,80}$/.test(token);
  throw new ApiError(401, isWellFormed ? 'Unauthorized' : 'Unauthorized: invalid token specified');
}

/** Runs one method. Throws ApiError for what Telegram refuses. */
export async function runMethod(method: string, call: BotCall): Promise<MethodAnswer> {
  const found = BY_NAME.get(method.toLowerCase());
  if (found === undefined) throw unknownMethod(method);
  if (call.bot.isLoggedOut && found.name !== 'logOut') throw new ApiError(400, 'Logged out');
  const result: unknown = await found.run(call);
  return result instanceof Described ? { result: result.result, description: result.description } : { result };
}

/** Telegram knows more methods than the sandbox: those are told apart from names that nobody knows. */
function unknownMethod(method: string): ApiError {
  const area = areaOf(method);
  if (area === undefined) return new ApiError(404, 'Not Found: method not found');
  return new ApiError(501, `Not Implemented: the sandbox does not imitate ${method} (${area})`);
}
