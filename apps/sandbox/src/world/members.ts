import type { TelegramChatAdministratorRights, TelegramChatPermissions } from '@gramio/types/objects';

/** What an administrator may do, all rights of all kinds of chats; anonymity is kept beside it. */
export type Rights = Record<Exclude<keyof TelegramChatAdministratorRights, 'is_anonymous'>, boolean>;
export type Right = keyof Rights;

/** What a member without rights may do. */
export type Permissions = Required<TelegramChatPermissions>;
export type Permission = keyof Permissions;

/** How an account stands to a group or channel. */
export type Membership =
  | { status: 'creator'; isAnonymous: boolean; title?: string | undefined }
  | { status: 'administrator'; rights: Rights; isAnonymous: boolean; title?: string | undefined; promotedBy: number }
  | { status: 'member' }
  /** `until` in seconds since the epoch, 0 for ever. */
  | { status: 'restricted'; isMember: boolean; permissions: Permissions; until: number }
  | { status: 'left' }
  | { status: 'kicked'; until: number };

export const NO_RIGHTS = {
  can_manage_chat: false,
  can_delete_messages: false,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_post_messages: false,
  can_edit_messages: false,
  can_pin_messages: false,
  can_manage_topics: false,
  can_manage_direct_messages: false,
  can_manage_tags: false,
  can_send_welcome_messages: false,
} as const satisfies Rights;

export const ALL_RIGHTS: Rights = {
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: true,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: true,
  can_edit_stories: true,
  can_delete_stories: true,
  can_post_messages: true,
  can_edit_messages: true,
  can_pin_messages: true,
  can_manage_topics: true,
  can_manage_direct_messages: true,
  can_manage_tags: true,
  can_send_welcome_messages: true,
};

export const ALL_PERMISSIONS: Permissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_edit_tag: true,
  can_change_info: false,
  can_invite_users: true,
  can_pin_messages: false,
  can_manage_topics: false,
};

/** Permissions that allow nothing. */
export const NO_PERMISSIONS: Permissions = {
  can_send_messages: false,
  can_send_audios: false,
  can_send_documents: false,
  can_send_photos: false,
  can_send_videos: false,
  can_send_video_notes: false,
  can_send_voice_notes: false,
  can_send_polls: false,
  can_send_other_messages: false,
  can_add_web_page_previews: false,
  can_react_to_messages: false,
  can_edit_tag: false,
  can_change_info: false,
  can_invite_users: false,
  can_pin_messages: false,
  can_manage_topics: false,
};

/** True for everybody who is in the chat now. */
export function isInside(membership: Membership): boolean {
  switch (membership.status) {
    case 'creator':
    case 'administrator':
    case 'member':
      return true;
    case 'restricted':
      return membership.isMember;
    case 'left':
    case 'kicked':
      return false;
  }
}

/** True for the creator and for administrators. */
export function isAdministrator(membership: Membership): boolean {
  return membership.status === 'creator' || membership.status === 'administrator';
}

/** True when the membership holds this right; a creator holds all of them. */
export function hasRight(membership: Membership, right: Right): boolean {
  if (membership.status === 'creator') return true;
  return membership.status === 'administrator' && membership.rights[right];
}

/** The names of all rights. */
export function rightNames(rights: Rights): Right[];
export function rightNames(rights: object): string[] {
  return Object.keys(rights);
}

/** The names of all permissions. */
export function permissionNames(permissions: Permissions): Permission[];
export function permissionNames(permissions: object): string[] {
  return Object.keys(permissions);
}
