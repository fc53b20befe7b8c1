import type { TelegramUser } from '@gramio/types/objects';
import {
  type Account,
  ANONYMOUS_ADMIN_ID,
  AS_CHANNEL_ID,
  type Bot,
  type Person,
  TELEGRAM_ID,
} from '../world/accounts.js';
import { compact } from '../world/compact.js';
import type { World } from '../world/world.js';

const SERVICE_USERS: Record<number, TelegramUser> = {
  [TELEGRAM_ID]: { id: TELEGRAM_ID, is_bot: false, first_name: 'Telegram' },
  [ANONYMOUS_ADMIN_ID]: { id: ANONYMOUS_ADMIN_ID, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
  [AS_CHANNEL_ID]: { id: AS_CHANNEL_ID, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' },
};

/** An account as the Bot API shows it (telegram-bot-api Client::JsonUser). */
export function renderUser(world: World, id: number): TelegramUser {
  const service = SERVICE_USERS[id];
  if (service !== undefined) return service;
  const account = world.accounts[id];
  return account === undefined ? { id, is_bot: false, first_name: '' } : renderAccount(account);
}

function renderAccount(account: Account): TelegramUser {
  return account.kind === 'bot' ? renderBot(account) : renderPerson(account);
}

function renderBot(bot: Bot): TelegramUser {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username };
}

function renderPerson(person: Person): TelegramUser {
  if (person.isDeleted) return { id: person.id, is_bot: false, first_name: '' };
  return compact<TelegramUser>({
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    last_name: person.lastName,
    username: person.username,
    language_code: person.languageCode,
    is_premium: person.isPremium ? true : undefined,
  });
}

/** A bot as it sees itself (Bot API: getMe). */
export function renderMe(bot: Bot): TelegramUser {
  return {
    ...renderBot(bot),
    can_join_groups: bot.canJoinGroups,
    can_read_all_group_messages: !bot.hasPrivacy,
    supports_guest_queries: false,
    supports_inline_queries: bot.isInline,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
