import type { TelegramChatFullInfo, TelegramChatMember, TelegramUser } from '@gramio/types/objects';
import { TelegramError } from 'telegraf';
import type { BotApi } from './client.js';
import { ask, type Check } from './checks.js';

/** Whether a relay bot can do its work, and who it is. */
export interface RelayCheck {
  /** For people: its user name, or its number as long as that is not known. */
  readonly name: string;
  readonly canWrite: boolean;
  readonly check: Check;
}

interface Asked {
  /** The bot's number, by which it is named when Telegram does not say more. */
  readonly number: string;
  readonly discussion: number;
}

/** Asks as the relay bot itself. Throws only when Telegram cannot be asked. */
export async function checkRelayBot(api: BotApi, { number, discussion }: Asked): Promise<RelayCheck> {
  const me = await askWho(api);
  if (typeof me === 'string') {
    return cannot(
      number,
      `Telegram refuses its token (${me}). Copy it again from @BotFather into RELAY_BOT_TOKENS, or take it out.`,
    );
  }
  const name = me.username === undefined ? number : `@${me.username}`;
  const group = await ask(() => api.call('getChat', { chat_id: discussion }));
  if (typeof group === 'string') return outside(name, group);
  const member = await ask(() => api.call('getChatMember', { chat_id: discussion, user_id: me.id }));
  return typeof member === 'string' ? outside(name, member) : judged(name, member, group);
}

/** What its membership lets it do (Bot API: ChatMember, ChatPermissions). */
function judged(name: string, member: TelegramChatMember, group: TelegramChatFullInfo): RelayCheck {
  const title = group.title ?? String(group.id);
  switch (member.status) {
    case 'creator':
    case 'administrator':
      return member.is_anonymous
        ? cannot(
            name,
            `it writes anonymously in “${title}”, as the team's admins may. Switch that off: its rights → Remain anonymous.`,
          )
        : can(name, `Relay bot ${name} may write in “${title}”.`);
    case 'member':
      if (group.permissions?.can_send_messages === false) return muted(name, title);
      return (group.slow_mode_delay ?? 0) > 0
        ? slowed(name, title)
        : can(name, `Relay bot ${name} may write in “${title}”.`);
    case 'restricted':
      return member.is_member && member.can_send_messages
        ? can(name, `Relay bot ${name} may write in “${title}”.`)
        : muted(name, title);
    case 'left':
    case 'kicked':
    default:
      return cannot(name, `it is not a member of the discussion group “${title}”. Add it to the group.`);
  }
}

function can(name: string, say: string): RelayCheck {
  return { name, canWrite: true, check: { name: `relay bot ${name}`, state: 'ok', say } };
}

function slowed(name: string, title: string): RelayCheck {
  const say = `Slow mode in “${title}” holds up the relay bot ${name}. Make it an administrator, or switch slow mode off.`;
  return { name, canWrite: true, check: { name: `relay bot ${name}`, state: 'warning', say } };
}

function outside(name: string, why: string): RelayCheck {
  return cannot(name, `it cannot see the discussion group (${why}). Add it to the group.`);
}

function muted(name: string, title: string): RelayCheck {
  return cannot(name, `it may not write in “${title}”. Make it an administrator there, or let it send messages.`);
}

function cannot(name: string, why: string): RelayCheck {
  const say = `The relay bot ${name} carries no comments: ${why} The desk works on without it.`;
  return { name, canWrite: false, check: { name: `relay bot ${name}`, state: 'warning', say } };
}

/** Who it is (Bot API: getMe), or why its token is refused. */
async function askWho(api: BotApi): Promise<TelegramUser | string> {
  try {
    return await api.call('getMe', undefined);
  } catch (error) {
    if (error instanceof TelegramError && (error.code === 401 || error.code === 404)) return error.description;
    throw error;
  }
}
