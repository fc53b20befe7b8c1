import type { RosterEntry } from '../../../src/control/client.js';
import { t } from '../text/index.js';

export function shownName({ firstName, lastName, isDeleted }: RosterEntry): string {
  if (isDeleted) return t('role_deleted');
  return lastName === undefined ? firstName : `${firstName} ${lastName}`;
}

/** What somebody is for the team, in a word. */
export function roleName(person: RosterEntry): string {
  if (person.isAnonymous) return t('role_anonymous');
  if (person.channel === 'left') return person.group === 'left' ? t('role_left') : t('role_stranger');
  return t(`role_${person.channel}`);
}

/** How a customer stands to the bot, in a word. */
export function customerState({ chat, languageCode }: RosterEntry): string {
  if (chat.isBlocked) return t('role_blocked');
  if (!chat.isStarted) return t('role_new');
  return languageCode ?? '';
}
