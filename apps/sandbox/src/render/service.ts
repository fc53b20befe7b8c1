import type { TelegramMessage, TelegramUser } from '@gramio/types/objects';
import type { ServiceContent } from '../world/content.js';
import { renderPhoto } from './file.js';
import type { View } from './view.js';
import { renderUser } from './user.js';

/** Service lines also carry the members they had in older versions of the Bot API. */
export type ServiceFields = Partial<TelegramMessage> & {
  new_chat_member?: TelegramUser;
  new_chat_participant?: TelegramUser;
  left_chat_participant?: TelegramUser;
};

/** The members of a Message that tell what happened; a pinned message is added where its chat is known. */
export function renderService(view: View, content: ServiceContent): ServiceFields {
  switch (content.service) {
    case 'new_chat_members':
      return renderJoin(content.accountIds.map((id) => renderUser(view.world, id)));
    case 'left_chat_member': {
      const user = renderUser(view.world, content.accountId);
      return { left_chat_member: user, left_chat_participant: user };
    }
    case 'new_chat_title':
      return { new_chat_title: content.title };
    case 'new_chat_photo':
      return { new_chat_photo: renderPhoto(view, content.sizes) };
    case 'delete_chat_photo':
      return { delete_chat_photo: true };
    case 'pinned_message':
      return {};
    case 'group_chat_created':
      return { group_chat_created: true };
    case 'supergroup_chat_created':
      return { supergroup_chat_created: true };
    case 'channel_chat_created':
      return { channel_chat_created: true };
    case 'migrate_to_chat_id':
      return { migrate_to_chat_id: content.chatId };
    case 'migrate_from_chat_id':
      return { migrate_from_chat_id: content.chatId };
    case 'web_app_data':
      return { web_app_data: { data: content.data, button_text: content.buttonText } };
  }
}

function renderJoin(users: TelegramUser[]): ServiceFields {
  const [first] = users;
  if (first === undefined) return { new_chat_members: users };
  return { new_chat_participant: first, new_chat_member: first, new_chat_members: users };
}
