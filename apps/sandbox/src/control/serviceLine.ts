import { shownName } from '../world/accounts.js';
import type { ServiceContent } from '../world/content.js';
import type { World } from '../world/world.js';

/** The names in a service line, for those who tell it in another language. */
export function serviceFacts(world: World, content: ServiceContent): { names: string[]; title?: string } {
  switch (content.service) {
    case 'new_chat_members':
      return { names: content.accountIds.map((id) => nameOf(world, id)) };
    case 'left_chat_member':
      return { names: [nameOf(world, content.accountId)] };
    case 'new_chat_title':
      return { names: [], title: content.title };
    case 'web_app_data':
      return { names: [], title: content.buttonText };
    default:
      return { names: [] };
  }
}

function nameOf(world: World, id: number): string {
  const account = world.accounts[id];
  return account === undefined ? 'Deleted Account' : shownName(account);
}

/** What a service line says to people, in English. */
export function serviceLine(world: World, content: ServiceContent): string {
  const name = (id: number): string => nameOf(world, id);
  switch (content.service) {
    case 'new_chat_members':
      return `${content.accountIds.map(name).join(', ')} joined`;
    case 'left_chat_member':
      return `${name(content.accountId)} left`;
    case 'new_chat_title':
      return `the name was changed to "${content.title}"`;
    case 'new_chat_photo':
      return 'the photo was changed';
    case 'delete_chat_photo':
      return 'the photo was removed';
    case 'pinned_message':
      return 'a message was pinned';
    case 'group_chat_created':
      return 'the group was created';
    case 'supergroup_chat_created':
      return 'the group was created';
    case 'channel_chat_created':
      return 'the channel was created';
    case 'migrate_to_chat_id':
      return 'the group was upgraded to a supergroup';
    case 'migrate_from_chat_id':
      return 'the group was upgraded to a supergroup';
    case 'web_app_data':
      return `data from "${content.buttonText}"`;
  }
}
