import type { TelegramChatMember } from '@gramio/types/objects';
import { roleOf } from '../../src/telegram/membership.js';

const member = (status: string, more: object = {}): TelegramChatMember =>
  ({ status, user: { id: 7, is_bot: false, first_name: 'Maria' }, ...more }) as TelegramChatMember;

test.each([
  ['the creator', member('creator', { is_anonymous: false }), 'admin'],
  ['an administrator', member('administrator'), 'admin'],
  ['a member', member('member'), 'agent'],
  ['a member of a paid channel', member('member', { until_date: 1_800_000_000 }), 'agent'],
  ['a restricted member', member('restricted', { is_member: true }), 'agent'],
  ['somebody restricted who left', member('restricted', { is_member: false }), 'none'],
  ['somebody who left', member('left'), 'none'],
  ['somebody who was removed', member('kicked', { until_date: 0 }), 'none'],
  ['somebody of a status of the future', member('emeritus'), 'none'],
])('%s of the staff channel', (_name, who, role) => {
  expect(roleOf(who)).toBe(role);
});
