import type { TelegramBotCommand, TelegramBotCommandScope, TelegramMenuButton } from '@gramio/types/objects';
import { badRequest } from '../errors.js';
import { accessChat } from '../rules/access.js';
import { privateKey } from '../world/chats.js';
import { chatId } from '../world/chats.js';
import { equalData } from '../world/equal.js';
import type { BotCall, Methods } from './call.js';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  jsonFault,
  optionalString,
  parsing,
  readInteger,
  readString,
} from './json.js';

const MAX_COMMANDS = 100;

export const commandMethods = {
  setMyCommands(call) {
    const commands = commandsParam(call);
    const { scope, languageCode } = listParam(call);
    removeList(call, scope, languageCode);
    if (commands.length > 0) call.bot.commands.push({ scope, languageCode, commands });
    call.telegram.changes.mark();
    return true;
  },

  getMyCommands(call) {
    const { scope, languageCode } = listParam(call);
    return call.bot.commands.find((list) => isSame(list, scope, languageCode))?.commands ?? [];
  },

  deleteMyCommands(call) {
    const { scope, languageCode } = listParam(call);
    removeList(call, scope, languageCode);
    call.telegram.changes.mark();
    return true;
  },

  setChatMenuButton(call) {
    const button = menuButtonParam(call);
    const chat = privateChatParam(call);
    if (chat === undefined) call.bot.menuButton = button;
    else chat.menuButton = button;
    call.telegram.changes.mark();
    return true;
  },

  getChatMenuButton(call) {
    const chat = privateChatParam(call);
    return chat?.menuButton ?? (call.bot.menuButton.type === 'default' ? { type: 'commands' } : call.bot.menuButton);
  },
} satisfies Partial<Methods>;

function commandsParam({ params }: BotCall): TelegramBotCommand[] {
  const value = params.json('commands', 'commands JSON object') ?? [];
  if (!isJsonArray(value)) throw badRequest('expected an Array of BotCommand');
  if (value.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return value.map((command) => parsing('BotCommand', () => readCommand(command)));
}

function readCommand(value: unknown): TelegramBotCommand {
  if (!isJsonObject(value)) throw jsonFault('expected an Object');
  const command = readString(value, 'command').replace(/^\//, '').toLowerCase();
  const description = readString(value, 'description').trim();
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description === '' || Array.from(description).length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
}

interface ListName {
  readonly scope: TelegramBotCommandScope;
  readonly languageCode: string;
}

function listParam(call: BotCall): ListName {
  const languageCode = call.params.string('language_code');
  if (languageCode !== '' && !/^[a-z]{2}$/.test(languageCode)) throw badRequest('invalid language code specified');
  return { scope: scopeParam(call), languageCode };
}

function scopeParam(call: BotCall): TelegramBotCommandScope {
  const value = call.params.json('scope', 'BotCommandScope JSON object');
  if (value === undefined) return { type: 'default' };
  if (!isJsonObject(value)) throw badRequest("can't parse BotCommandScope: expected an Object");
  return parsing('BotCommandScope', () => readScope(call, value));
}

function readScope(call: BotCall, value: JsonObject): TelegramBotCommandScope {
  const type = readString(value, 'type');
  switch (type) {
    case 'default':
    case 'all_private_chats':
    case 'all_group_chats':
    case 'all_chat_administrators':
      return { type };
    case 'chat':
    case 'chat_administrators':
      return { type, chat_id: scopeChat(call, value) };
    case 'chat_member':
      return { type, chat_id: scopeChat(call, value), user_id: readInteger(value, 'user_id') };
    default:
      throw jsonFault('unsupported type specified');
  }
}

function scopeChat({ telegram, bot }: BotCall, value: JsonObject): number {
  const name = optionalString(value, 'chat_id') ?? '';
  if (name === '') throw jsonFault('chat_id is empty');
  const reference = name.startsWith('@') ? { username: name.slice(1) } : { id: Number(name) };
  return chatId(accessChat(telegram.world, bot, { reference, access: 'members' }));
}

function isSame(list: ListName, scope: TelegramBotCommandScope, languageCode: string): boolean {
  return list.languageCode === languageCode && equalData(list.scope, scope);
}

function removeList({ bot }: BotCall, scope: TelegramBotCommandScope, languageCode: string): void {
  bot.commands = bot.commands.filter((list) => !isSame(list, scope, languageCode));
}

function menuButtonParam({ params }: BotCall): TelegramMenuButton {
  const value = params.json('menu_button', 'menu button JSON object');
  if (value === undefined) return { type: 'default' };
  if (!isJsonObject(value)) throw badRequest("can't parse menu button: MenuButton must be an Object");
  return parsing('menu button', () => readMenuButton(value));
}

function readMenuButton(value: JsonObject): TelegramMenuButton {
  const type = readString(value, 'type');
  switch (type) {
    case 'default':
    case 'commands':
      return { type };
    case 'web_app': {
      const app = value['web_app'];
      if (!isJsonObject(app)) throw jsonFault('Can\'t find field "web_app"');
      return { type, text: readString(value, 'text'), web_app: { url: readString(app, 'url') } };
    }
    default:
      throw jsonFault('MenuButton has unsupported type');
  }
}

/** The private chat of `chat_id`; undefined when none is named. */
function privateChatParam({ telegram, bot, params }: BotCall) {
  const id = params.integer('chat_id');
  if (id === 0) return undefined;
  const chat = telegram.world.chats[privateKey(bot.id, id)];
  if (chat?.kind !== 'private') throw badRequest('chat not found');
  return chat;
}
