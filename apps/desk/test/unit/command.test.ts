import { decide } from '../../src/relay/decide.js';
import type { Decision } from '../../src/relay/decisions.js';
import type { StoredMessage } from '../../src/relay/model.js';
import type { Notice } from '../../src/relay/notices.js';
import { agentsThread, ann, comment, incoming, media, stored } from './support/people.js';

const said = (notice: Notice): Decision => ({ kind: 'say', to: 'staff', notice, replyTo: { kind: 'this' } });

/** What a command brings about, beside being stored as something that stays inside. */
function run(name: string, argument = '', replied?: StoredMessage): Decision[] {
  const event = comment(`/${name} ${argument}`, { command: { name, argument } });
  const [kept, ...done] = decide({ ...agentsThread, ...(replied && { replied }) }, event);
  expect(kept).toMatchObject({ kind: 'store_message', message: { internal: true } });
  expect(kept).not.toHaveProperty('message.copyTo');
  return done;
}

describe('/unsend', () => {
  test('as a reply to an answer takes it back, and leaves a trace', () => {
    expect(run('unsend', '', stored('Hi', { id: '900' }))).toEqual([
      { kind: 'remove_message', message: '900' },
      { kind: 'audit', action: 'unsend', actor: '7', detail: { message: '900' } },
    ]);
  });

  test.each<[string, StoredMessage | undefined, Notice['id']]>([
    ['to nothing', undefined, 'unsend-usage'],
    ['to what the customer wrote', stored('Hello', { author: 'customer' }), 'unsend-usage'],
    ['to a line of the desk', stored('Not delivered', { author: 'desk' }), 'unsend-usage'],
    ['to a note', stored('// x', { internal: true }), 'unsend-not-sent'],
    ['to an answer that was taken back already', stored('Hi', { removed: true }), 'unsend-not-sent'],
  ])('as a reply %s is explained', (_name, replied, notice) => {
    expect(run('unsend', '', replied)).toMatchObject([{ kind: 'say', to: 'staff', notice: { id: notice } }]);
  });

  test('works on another agent’s answer as well: the team answers as one', () => {
    // Who wrote it is not even known to the rule; that it was an answer is enough.
    expect(run('unsend', '', stored('Hi', { author: 'agent' }))).toContainEqual({
      kind: 'remove_message',
      message: '900',
    });
  });
});

describe('/send', () => {
  test('as a reply to an answer shows it to the customer', () => {
    expect(run('send', '', stored('Hi', { id: '900' }))).toEqual([
      { kind: 'show_message', message: '900' },
      { kind: 'audit', action: 'send', actor: expect.any(String) as string, detail: { message: '900' } },
    ]);
  });

  test.each<[string, StoredMessage | undefined]>([
    ['to nothing', undefined],
    ['to what the customer wrote', stored('Hello', { author: 'customer' })],
    ['to a note, which never leaves the team', stored('// x', { internal: true })],
    ['to an answer that was taken back', stored('Hi', { removed: true })],
  ])('as a reply %s is explained', (_name, replied) => {
    expect(run('send', '', replied)).toEqual([said({ id: 'send-usage' })]);
  });

  test.each(['blocked', 'gone'] as const)('to a customer who is %s says so', (standing) => {
    const away = { id: '12', customer: { ...ann, standing } };
    const event = comment('/send', { command: { name: 'send', argument: '' } });
    const decisions = decide({ ...agentsThread, conversation: away, replied: stored('Hi') }, event);
    expect(decisions.slice(1)).toEqual([said({ id: `not-delivered-${standing}` })]);
  });
});

describe('/alias', () => {
  test.each([
    ['a name', 'Mary', 'Mary'],
    ['a name of several words', '  Mary   from  sales ', 'Mary from sales'],
    ['a name on two lines', 'Mary\nSmith', 'Mary Smith'],
    ['a name that turns the text around', '\u202eMary', 'Mary'],
    ['a long name', 'x'.repeat(100), 'x'.repeat(64)],
    ['a name whose last emoji does not fit', `${'x'.repeat(63)}👨‍👩‍👧`, 'x'.repeat(63)],
    ['a name that would be cut inside an emoji', `${'x'.repeat(63)}👍👍`, `${'x'.repeat(63)}👍`],
  ])('with %s signs with it', (_name, argument, alias) => {
    expect(run('alias', argument)).toEqual([
      { kind: 'set_alias', person: '7', alias },
      said({ id: 'alias-set', alias }),
    ]);
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['nothing that can be seen', '\u200b\u3164'],
  ])('with %s stops it', (_name, argument) => {
    expect(run('alias', argument)).toEqual([
      { kind: 'set_alias', person: '7', alias: null },
      said({ id: 'alias-cleared' }),
    ]);
  });

  test('is the anonymous admins’ own for all of them', () => {
    const author = { kind: 'anonymous_admin', id: '-1002', name: 'Support' } as const;
    const event = comment('/alias Mary', { author, command: { name: 'alias', argument: 'Mary' } });
    expect(decide({ ...agentsThread, role: 'none' }, event)).toContainEqual({
      kind: 'set_alias',
      person: '-1002',
      alias: 'Mary',
    });
  });
});

test.each(['close', 'constructor', '__proto__', 'toString', 'close@other_bot', ''])(
  'the command /%s is not known, and stays inside',
  (name) => {
    expect(run(name)).toEqual([said({ id: 'unknown-command', command: name })]);
  },
);

test('a command in a caption is a command', () => {
  const message = incoming(media('photo', '/alias Mary'));
  const event = comment('', { message, command: { name: 'alias', argument: 'Mary' } });
  expect(decide(agentsThread, event).map(({ kind }) => kind)).toEqual(['store_message', 'set_alias', 'say']);
});

test('a command to a customer who blocked the bot is carried out as ever', () => {
  const conversation = { id: '12', customer: { ...agentsThread.conversation!.customer, standing: 'blocked' as const } };
  const event = comment('/alias', { command: { name: 'alias', argument: '' } });
  expect(decide({ role: 'agent', conversation }, event).map(({ kind }) => kind)).toEqual([
    'store_message',
    'set_alias',
    'say',
  ]);
});
