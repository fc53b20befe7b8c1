import type { TelegramChatMember } from '@gramio/types/objects';
import type { Role } from '../relay/model.js';

/** What a membership of the staff channel makes of a person (Bot API: ChatMember). */
export function roleOf(member: TelegramChatMember): Role {
  switch (member.status) {
    case 'creator':
    case 'administrator':
      return 'admin';
    case 'member':
      return 'agent';
    case 'restricted':
      return member.is_member ? 'agent' : 'none';
    case 'left':
    case 'kicked':
    default:
      // Also whatever status Telegram may think of: who is not known to be staff is not.
      return 'none';
  }
}
