import type { TelegramUpdate } from '@gramio/types/objects';
import { allowedUpdates, isInteractive, toReceived } from '../../src/telegram/receive.js';
import {
  ann,
  channel,
  commented,
  copy,
  edited,
  foreignChannel,
  group,
  maria,
  message,
  privately,
  type Fields,
} from './support/updates.js';

const update = (fields: unknown): TelegramUpdate => fields as TelegramUpdate;
const keyOf = (fields: unknown): string => toReceived(update(fields)).chatKey;

function membership(kind: 'my_chat_member' | 'chat_member', chat: Fields): Fields {
  const { first_name: name, ...user } = maria;
  const member = { user: { ...user, first_name: name }, status: 'member' };
  return { update_id: 1, [kind]: { chat, from: ann, date: 1, old_chat_member: member, new_chat_member: member } };
}

test.each<[string, unknown, string]>([
  ['a private message', message(privately({ text: 'x' })), 'chat 5000000042'],
  ['its edit', edited(privately({ text: 'x' })), 'chat 5000000042'],
  ['a customer who blocks the bot', membership('my_chat_member', { id: ann.id, type: 'private' }), 'chat 5000000042'],
  ['a comment', message(commented({ text: 'x' })), 'chat -1002000000002 thread 31'],
  ['its edit', edited(commented({ text: 'x' })), 'chat -1002000000002 thread 31'],
  ['the copy that opens the thread', message(copy()), 'chat -1002000000002 thread 31'],
  [
    'a comment of another thread',
    message(commented({ text: 'x', message_thread_id: 90 })),
    'chat -1002000000002 thread 90',
  ],
  [
    'a message outside every thread',
    message(commented({ message_thread_id: undefined, text: 'x' })),
    'chat -1002000000002 thread 50',
  ],
  ['a change of the staff', membership('chat_member', channel), 'staff'],
  ['a change of the bot’s rights', membership('my_chat_member', group), 'staff'],
  ['a membership elsewhere', membership('chat_member', foreignChannel), 'staff'],
  ['anything else', { update_id: 1, chosen_inline_result: { result_id: '1', from: maria, query: '' } }, 'other'],
  ['a kind of the future', { update_id: 1, telepathy: {} }, 'other'],
])('%s is handled in order with what shares its key', (_name, fields, key) => {
  expect(keyOf(fields)).toBe(key);
});

test.each<[string, unknown]>([
  ['no message at all', { update_id: 1, message: null }],
  ['a message without a chat', { update_id: 1, message: {} }],
  ['a membership without a chat', { update_id: 1, my_chat_member: { chat: null } }],
  ['a list', { update_id: 1, message: [] }],
])('what Telegram never sent (%s) is stored all the same, and nobody waits for it', (_name, fields) => {
  expect(keyOf(fields)).toBe('other');
  expect(toReceived(update(fields)).externalId).toBe('1');
});

test('an update is stored as it came', () => {
  const fields = message(privately({ text: 'x', key_of_the_future: { a: 1 } }));
  const received = toReceived(update(fields));
  expect(received.externalId).toBe('870000020');
  expect(JSON.parse(received.payload)).toEqual(fields);
});

test('a repeat has the same digest, and another update under the same number has not', () => {
  const digestOf = (text: string): string => toReceived(update(message(privately({ text })))).digest;
  expect(digestOf('x')).toBe(digestOf('x'));
  expect(digestOf('x')).not.toBe(digestOf('y'));
});

test.each<[string, Fields, boolean]>([
  ['an inline query', { inline_query: { id: '1' } }, true],
  ['a pressed button', { callback_query: { id: '1' } }, true],
  ['a chosen result', { chosen_inline_result: {} }, false],
  ['a message', message(privately({ text: 'x' })), false],
])('%s: is somebody waiting on the screen? %2$s', (_name, fields, expected) => {
  expect(isInteractive(update({ update_id: 1, ...fields }))).toBe(expected);
});

test('what the desk needs is asked for by name: Telegram tells of memberships in no other way', () => {
  expect([...allowedUpdates].sort()).toEqual([
    'callback_query',
    'chat_member',
    'chosen_inline_result',
    'edited_message',
    'inline_query',
    'message',
    'my_chat_member',
  ]);
});
