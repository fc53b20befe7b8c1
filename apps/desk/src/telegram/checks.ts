import type { TelegramChatFullInfo, TelegramChatMember, TelegramUser } from '@gramio/types/objects';
import { messageOf } from '../errors.js';
import type { BotApi } from './client.js';
import type { Places } from './read.js';

/** One thing that must hold, or should. */
export interface Check {
  readonly name: string;
  /** `missing` keeps the desk from working; a `warning` does not. */
  readonly state: 'ok' | 'missing' | 'warning';
  /** What was found and, unless it is in order, what to do. One sentence or two, for people. */
  readonly say: string;
}

export interface SetupReport {
  readonly checks: readonly Check[];
  /** Present when nothing is missing. */
  readonly places?: Places;
  /** The linked group, also when something is missing there. */
  readonly discussion?: number;
  readonly channelTitle?: string;
  readonly groupTitle?: string;
}

/** Asks Telegram for everything that the desk depends on. Throws only when Telegram cannot be asked. */
export async function checkSetup(api: BotApi, me: TelegramUser, channelId: number): Promise<SetupReport> {
  const checks: Check[] = [inlineMode(me)];
  const channel = await ask(() => api.call('getChat', { chat_id: channelId }));
  if (typeof channel === 'string' || channel.type !== 'channel') {
    return { checks: [...checks, channelMissing(channel, channelId)] };
  }
  checks.push(ok('channel', `The staff channel is “${channel.title ?? channelId}”.`));
  checks.push(channelRights(await memberOf(api, channelId, me.id), title(channel)));

  const groupId = channel.linked_chat_id;
  if (groupId === undefined) {
    checks.push(
      missing(
        'linked group',
        `The channel “${title(channel)}” has no discussion group. Link one: channel settings → Discussion.`,
      ),
    );
    return { checks };
  }
  const group = await ask(() => api.call('getChat', { chat_id: groupId }));
  if (typeof group === 'string') {
    checks.push(
      missing(
        'linked group',
        `The bot cannot see the discussion group of “${title(channel)}” (${group}). Add the bot to the group as an administrator.`,
      ),
    );
    return { checks };
  }
  checks.push(ok('linked group', `Comments go to “${title(group)}”.`));
  checks.push(groupRights(await memberOf(api, groupId, me.id), me, title(group)), ...groupSettings(group));
  const complete = checks.every((check) => check.state !== 'missing');
  return {
    checks,
    discussion: groupId,
    channelTitle: title(channel),
    groupTitle: title(group),
    ...(complete && { places: { channel: channelId, discussion: groupId } }),
  };
}

function inlineMode(me: TelegramUser): Check {
  return me.supports_inline_queries === true
    ? ok('inline mode', 'Inline mode is on: agents can pick canned replies.')
    : warning(
        'inline mode',
        'Inline mode is off, so canned replies cannot be picked. Switch it on: @BotFather → /setinline.',
      );
}

function channelMissing(found: TelegramChatFullInfo | string, id: number): Check {
  const what = typeof found === 'string' ? `cannot be reached (${found})` : `is a ${found.type}, not a channel`;
  return missing(
    'channel',
    `The chat ${id} ${what}. Make the bot an administrator of the staff channel, and check STAFF_CHANNEL_ID if it is set.`,
  );
}

function channelRights(member: TelegramChatMember | string, name: string): Check {
  if (typeof member === 'string' || member.status !== 'administrator') {
    return missing(
      'rights in the channel',
      `The bot is not an administrator of the channel “${name}”. Make it one, with the right to post and edit messages.`,
    );
  }
  const lacking = [
    ...(member.can_post_messages === true ? [] : ['post messages']),
    ...(member.can_edit_messages === true ? [] : ['edit messages']),
  ];
  return lacking.length === 0
    ? ok('rights in the channel', 'The bot may post and edit in the channel.')
    : missing(
        'rights in the channel',
        `In the channel “${name}” the bot lacks the right to ${lacking.join(' and to ')}. Grant it: channel settings → Administrators.`,
      );
}

/** An administrator gets every message; another member only with privacy mode off (Bots FAQ). */
function groupRights(member: TelegramChatMember | string, me: TelegramUser, name: string): Check {
  const status = typeof member === 'string' ? 'left' : member.status;
  if (status === 'administrator') return ok('rights in the group', 'The bot is an administrator of the group.');
  const readsAll = status === 'member' && me.can_read_all_group_messages === true;
  return readsAll
    ? warning(
        'rights in the group',
        `The bot is only a member of “${name}”: it works, because its privacy mode is off. Make it an administrator to be sure.`,
      )
    : missing(
        'rights in the group',
        `The bot is not an administrator of the discussion group “${name}”, so it does not see the comments. Make it one.`,
      );
}

function groupSettings(group: TelegramChatFullInfo): Check[] {
  const found: Check[] = [];
  if (group.has_protected_content === true) {
    found.push(
      warning(
        'protected content',
        `“${title(group)}” forbids saving content. Relaying works, forwarding by people does not.`,
      ),
    );
  }
  if (group.slow_mode_delay !== undefined && group.slow_mode_delay > 0) {
    found.push(
      warning(
        'slow mode',
        `“${title(group)}” has slow mode switched on: it holds up agents who are no administrators, not the desk. Switch it off.`,
      ),
    );
  }
  if (group.is_forum === true) {
    found.push(
      warning('topics', `“${title(group)}” has topics switched on. Comments are easier to follow without them.`),
    );
  }
  if (group.username !== undefined && group.join_to_send_messages !== true) {
    found.push(
      warning(
        'public group',
        `Anybody can write in “${title(group)}”. Only members of the channel are relayed, but make the group private or let only members write.`,
      ),
    );
  }
  return found;
}

async function memberOf(api: BotApi, chatId: number, userId: number): Promise<TelegramChatMember | string> {
  return ask(() => api.call('getChatMember', { chat_id: chatId, user_id: userId }));
}

/** The answer, or Telegram's refusal in its own words. A network that fails is not a refusal. */
export async function ask<T>(call: () => Promise<T>): Promise<T | string> {
  try {
    return await call();
  } catch (error) {
    if (isRefusal(error)) return messageOf(error).replace(/^\d+: /, '');
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 400 || error.code === 403);
}

function title(chat: TelegramChatFullInfo): string {
  return chat.title ?? String(chat.id);
}

function ok(name: string, say: string): Check {
  return { name, state: 'ok', say };
}

function missing(name: string, say: string): Check {
  return { name, state: 'missing', say };
}

function warning(name: string, say: string): Check {
  return { name, state: 'warning', say };
}
