import { TelegramError } from 'telegraf';
import type { BotApi } from '../../src/telegram/client.js';
import { checkRelayBot, type RelayCheck } from '../../src/telegram/relayCheck.js';

const me = { id: 77, is_bot: true, first_name: 'Desk 2', username: 'desk2_bot' };
const group = { id: -1_002, type: 'supergroup', title: 'Support Chat', permissions: { can_send_messages: true } };

/** What Telegram answers by method; an error is thrown. */
type Answers = Readonly<Record<'getMe' | 'getChat' | 'getChatMember', unknown>>;

function check(answers: Partial<Answers>): Promise<RelayCheck> {
  const all: Record<string, unknown> = {
    getMe: me,
    getChat: group,
    getChatMember: { status: 'member', user: me },
    ...answers,
  };
  const call = (method: string): Promise<unknown> =>
    all[method] instanceof Error ? Promise.reject(all[method]) : Promise.resolve(all[method]);
  return checkRelayBot({ call } as BotApi, { number: '77', discussion: group.id });
}

const refusal = (code: number, description: string): TelegramError =>
  new TelegramError({ error_code: code, description });

test.each<[string, Partial<Answers>]>([
  ['a member', {}],
  ['an administrator', { getChatMember: { status: 'administrator', user: me, is_anonymous: false } }],
  [
    'an administrator where members may not write',
    {
      getChat: { ...group, permissions: { can_send_messages: false } },
      getChatMember: { status: 'administrator', user: me, is_anonymous: false },
    },
  ],
  [
    'a member with a right of its own',
    { getChatMember: { status: 'restricted', user: me, is_member: true, can_send_messages: true } },
  ],
])('%s may write', async (_who, answers) => {
  const found = await check(answers);
  expect(found).toMatchObject({
    name: '@desk2_bot',
    canWrite: true,
    check: { name: 'relay bot @desk2_bot', state: 'ok' },
  });
});

test.each<[string, Partial<Answers>, string]>([
  ['one who was never there', { getChat: refusal(400, 'Bad Request: chat not found') }, 'Add it to the group'],
  [
    'one who was thrown out',
    { getChat: refusal(403, 'Forbidden: bot was kicked from the supergroup chat') },
    'Add it to',
  ],
  [
    'one whose membership is a secret',
    { getChatMember: refusal(400, 'Bad Request: member list is inaccessible') },
    'Add it',
  ],
  ['one who left', { getChatMember: { status: 'left', user: me } }, 'Add it to the group'],
  ['one who is banned', { getChatMember: { status: 'kicked', user: me } }, 'Add it to the group'],
  [
    'a muted one',
    { getChatMember: { status: 'restricted', user: me, is_member: true, can_send_messages: false } },
    'administrator',
  ],
  [
    'a member where members may not write',
    { getChat: { ...group, permissions: { can_send_messages: false } } },
    'administrator',
  ],
  [
    'an anonymous administrator',
    { getChatMember: { status: 'administrator', user: me, is_anonymous: true } },
    'Remain anonymous',
  ],
])('%s may not write, and it is said what to do', async (_who, answers, advice) => {
  const { canWrite, check: found } = await check(answers);
  expect(canWrite).toBe(false);
  expect(found.state).toBe('warning');
  expect(found.say).toContain('The relay bot @desk2_bot carries no comments');
  expect(found.say).toContain(advice);
});

test('a refused token is told by the bot’s number, which is all that is known', async () => {
  const found = await check({ getMe: refusal(401, 'Unauthorized') });
  expect(found).toMatchObject({ name: '77', canWrite: false });
  expect(found.check.say).toContain('RELAY_BOT_TOKENS');
});

test('slow mode is a warning about one that may write', async () => {
  const found = await check({ getChat: { ...group, slow_mode_delay: 30 } });
  expect(found).toMatchObject({ canWrite: true, check: { state: 'warning' } });
});

test('a Telegram that cannot be reached says nothing about the bot', async () => {
  await expect(check({ getChat: new Error('socket hang up') })).rejects.toThrow('socket hang up');
  await expect(check({ getMe: refusal(502, 'Bad Gateway') })).rejects.toThrow('Bad Gateway');
});
