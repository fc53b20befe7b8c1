import { badRequest } from '../errors.js';
import { NO_PERMISSIONS, type Permission, permissionNames, type Permissions } from '../world/members.js';
import type { BotCall } from './call.js';
import { isJsonObject, type JsonObject, parsing, readBoolean } from './json.js';

const MEDIA: readonly Permission[] = [
  'can_send_audios',
  'can_send_documents',
  'can_send_photos',
  'can_send_videos',
  'can_send_video_notes',
  'can_send_voice_notes',
];

/** `permissions` (telegram-bot-api Client::get_chat_permissions): without `use_independent_chat_permissions` the greater imply the lesser. */
export function permissionsParam({ params }: BotCall): Permissions {
  const value = params.json('permissions', 'permissions JSON object');
  if (value === undefined) return { ...NO_PERMISSIONS };
  if (!isJsonObject(value)) throw badRequest('object expected as permissions');
  const permissions = parsing('chat permissions', () => readPermissions(value));
  return params.boolean('use_independent_chat_permissions') ? permissions : completed(permissions);
}

function readPermissions(value: JsonObject): Permissions {
  const permissions: Permissions = { ...NO_PERMISSIONS };
  for (const name of permissionNames(permissions)) permissions[name] = readBoolean(value, name);
  if (!('can_manage_topics' in value)) permissions.can_manage_topics = permissions.can_pin_messages;
  if (!('can_react_to_messages' in value)) permissions.can_react_to_messages = permissions.can_send_messages;
  if (!MEDIA.some((name) => name in value)) {
    for (const name of MEDIA) permissions[name] = readBoolean(value, 'can_send_media_messages');
  }
  return permissions;
}

function completed(given: Permissions): Permissions {
  const permissions = { ...given };
  if (given.can_send_other_messages || given.can_add_web_page_previews) {
    for (const name of MEDIA) permissions[name] = true;
  }
  const impliesText = [...MEDIA, 'can_send_other_messages', 'can_add_web_page_previews', 'can_send_polls'] as const;
  permissions.can_send_messages ||= impliesText.some((name) => permissions[name]);
  return permissions;
}
