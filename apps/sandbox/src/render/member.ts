import type {
  TelegramChatMember,
  TelegramChatMemberAdministrator,
  TelegramChatMemberOwner,
  TelegramChatMemberRestricted,
} from '@gramio/types/objects';
import type { Chat, PrivateChat } from '../world/chats.js';
import { compact } from '../world/compact.js';
import type { Membership, Rights } from '../world/members.js';
import { renderUser } from './user.js';
import type { View } from './view.js';

export interface MemberOf {
  readonly chat: Exclude<Chat, PrivateChat>;
  readonly accountId: number;
  readonly membership: Membership;
}

/** How an account stands to a chat, as the Bot API says it (telegram-bot-api Client::JsonChatMember). */
export function renderMember(view: View, { chat, accountId, membership }: MemberOf): TelegramChatMember {
  const user = renderUser(view.world, accountId);
  switch (membership.status) {
    case 'creator':
      return compact<TelegramChatMemberOwner>({
        user,
        status: 'creator',
        custom_title: membership.title,
        is_anonymous: membership.isAnonymous,
      });
    case 'administrator':
      return compact<WireAdministrator>({
        user,
        status: 'administrator',
        can_be_edited: membership.promotedBy === view.botId,
        ...renderRights(membership.rights, chat.kind),
        is_anonymous: membership.isAnonymous,
        can_manage_voice_chats: membership.rights.can_manage_video_chats,
        custom_title: membership.title,
      });
    case 'member':
      return { user, status: 'member' };
    case 'restricted': {
      const { isMember, permissions, until } = membership;
      const restricted: TelegramChatMemberRestricted = {
        user,
        status: 'restricted',
        until_date: until,
        ...permissions,
        is_member: isMember,
      };
      return restricted;
    }
    case 'left':
      return { user, status: 'left' };
    case 'kicked':
      return { user, status: 'kicked', until_date: membership.until };
  }
}

/** The older name of `can_manage_video_chats` is still sent. */
interface WireAdministrator extends TelegramChatMemberAdministrator {
  can_manage_voice_chats: boolean;
}

type ShownRights = Omit<
  TelegramChatMemberAdministrator,
  'status' | 'user' | 'can_be_edited' | 'is_anonymous' | 'custom_title'
>;

/** Rights as each kind of chat has them (telegram-bot-api: json_store_administrator_rights). */
export function renderRights(rights: Rights, kind: MemberOf['chat']['kind']): ShownRights {
  return {
    can_manage_chat: rights.can_manage_chat,
    can_change_info: rights.can_change_info,
    ...(kind === 'channel' ? channelRights(rights) : {}),
    can_delete_messages: rights.can_delete_messages,
    can_invite_users: rights.can_invite_users,
    can_restrict_members: rights.can_restrict_members,
    ...(kind === 'channel' ? {} : { can_pin_messages: rights.can_pin_messages }),
    ...(kind === 'supergroup' ? { can_manage_topics: rights.can_manage_topics } : {}),
    can_promote_members: rights.can_promote_members,
    can_manage_video_chats: rights.can_manage_video_chats,
    can_post_stories: rights.can_post_stories,
    can_edit_stories: rights.can_edit_stories,
    can_delete_stories: rights.can_delete_stories,
    can_send_welcome_messages: rights.can_send_welcome_messages,
    ...(kind === 'channel' ? {} : { can_manage_tags: rights.can_manage_tags }),
  };
}

function channelRights(rights: Rights): Partial<ShownRights> {
  const { can_post_messages, can_edit_messages, can_manage_direct_messages } = rights;
  return { can_post_messages, can_edit_messages, can_manage_direct_messages };
}
