import type { RelayEvent } from '../../src/relay/events.js';
import { readUpdate } from '../../src/telegram/read.js';
import { seeded, type Random } from './support/random.js';
import {
  ann,
  anonymousBot,
  channel,
  channelBot,
  commented,
  context,
  copy,
  edited,
  foreignChannel,
  group,
  maria,
  message,
  nestedCopy,
  places,
  privately,
  telegram,
  written,
  type Fields,
  type Json,
} from './support/updates.js';

const read = (update: unknown): RelayEvent => readUpdate(update, context);
const at = new Date(written * 1_000);
const command = (length: number, offset = 0): Fields => ({ type: 'bot_command', offset, length });

describe('a private chat', () => {
  const customer = {
    id: '5000000042',
    place: '5000000042',
    firstName: 'Ann',
    lastName: 'Lee',
    username: 'ann_l',
    language: 'en',
  };

  test('a message is the customer’s, with ids beyond 32 bits whole', () => {
    expect(read(message(privately({ text: 'Hello' })))).toEqual({
      kind: 'customer_wrote',
      customer,
      message: { id: '5000000042/100', content: { kind: 'text', text: 'Hello', entities: [] }, at },
    });
  });

  test('an edit tells when it was made and when the message was written', () => {
    expect(read(edited(privately({ text: 'Hello', edit_date: written + 60 })))).toEqual({
      kind: 'customer_edited',
      customer,
      message: {
        id: '5000000042/100',
        content: { kind: 'text', text: 'Hello', entities: [] },
        at,
        editedAt: new Date((written + 60) * 1_000),
        order: expect.any(Number) as number,
      },
    });
  });

  test('what a customer has no name for is absent', () => {
    const from = { id: 42, is_bot: false, first_name: 'A' };
    expect(read(message(privately({ from, text: 'x' })))).toHaveProperty('customer', {
      id: '42',
      place: '42',
      firstName: 'A',
    });
  });

  test('names that no database takes are mended', () => {
    const from = { ...ann, first_name: 'A\0\ud83d', last_name: '\udc4d', username: 'a\0', language_code: '\0' };
    expect(read(message(privately({ from, text: 'x' })))).toMatchObject({
      customer: { firstName: 'A \ufffd', lastName: '\ufffd', username: 'a ', language: ' ' },
    });
  });

  test('a reply and its quote point at the message in this chat', () => {
    const reply = {
      reply_to_message: privately({ message_id: 90, text: 'your order' }),
      quote: { text: 'order', position: 5, is_manual: true, entities: [{ type: 'bold', offset: 0, length: 5 }] },
    };
    expect(read(message(privately({ text: 'x', ...reply })))).toMatchObject({
      message: {
        replyTo: '5000000042/90',
        quote: { text: { text: 'order', entities: [{ type: 'bold', offset: 0, length: 5 }] }, position: 5 },
      },
    });
  });

  test('a reply to a message of another chat points at nothing', () => {
    const external = {
      external_reply: { origin: { type: 'user', sender_user: maria, date: written }, chat: group, message_id: 5 },
      quote: { text: 'x', position: 0 },
    };
    const event = read(message(privately({ text: 'x', ...external })));
    expect(event).not.toHaveProperty('message.replyTo');
    expect(event).not.toHaveProperty('message.quote');
  });

  test('the items of an album share its id', () => {
    expect(read(message(privately({ photo: [photo], media_group_id: '13571113171923' })))).toMatchObject({
      kind: 'customer_wrote',
      message: { album: '13571113171923' },
    });
  });

  test.each([
    [
      'a forwarded post of the staff channel',
      { forward_origin: { type: 'channel', chat: channel, message_id: 7, date: written } },
    ],
    [
      'what looks like Telegram’s own copy',
      {
        is_automatic_forward: true,
        sender_chat: channel,
        forward_origin: { type: 'channel', chat: channel, message_id: 7, date: written },
      },
    ],
    ['a staff command', { entities: [command(7)] }],
  ])('%s is a message like any other', (_name, fields) => {
    expect(read(message(privately({ text: '/unsend', ...fields })))).toMatchObject({ kind: 'customer_wrote' });
  });

  test.each([
    ['of another bot', { from: { id: 9, is_bot: true, first_name: 'Bot' } }],
    ['of nobody', { from: undefined }],
  ])('a message %s means nothing', (_name, fields) => {
    expect(read(message(privately({ text: 'x', ...fields }))).kind).toBe('nothing');
  });

  test('is read before the desk is set up, too', () => {
    expect(readUpdate(message(privately({ text: 'x' })), { botName: 'desk_bot' }).kind).toBe('customer_wrote');
  });

  test.each([
    ['kicked', 'blocked'],
    ['member', 'active'],
    ['left', 'active'],
  ])('the membership “%s” of the bot is the standing “%s”', (status, standing) => {
    const changed = {
      update_id: 1,
      my_chat_member: {
        chat: { id: ann.id, first_name: 'Ann', type: 'private' },
        from: ann,
        date: written,
        old_chat_member: { user: anonymousBot, status: 'member' },
        new_chat_member: { user: anonymousBot, status, until_date: 0 },
      },
    };
    expect(read(changed)).toEqual({ kind: 'customer_standing', customer, standing });
  });
});

const photo = { file_id: 'AgAC', file_unique_id: 'AQAD', width: 90, height: 90 };

describe('a post opens its thread', () => {
  test('by Telegram’s automatic copy', () => {
    expect(read(message(copy()))).toEqual({
      kind: 'thread_opened',
      post: '-1002000000001/7',
      root: '-1002000000002/31',
    });
  });

  test.each([
    ['a person forwarded by hand', { is_automatic_forward: undefined, from: maria, sender_chat: undefined }],
    [
      'an anonymous admin forwarded by hand',
      { is_automatic_forward: undefined, from: anonymousBot, sender_chat: group },
    ],
    ['the channel wrote itself', { is_automatic_forward: undefined, forward_origin: undefined, from: channelBot }],
    ['somebody forged', { from: maria }],
    ['came from another channel', { sender_chat: foreignChannel }],
  ])('not by a copy that %s', (_name, fields) => {
    expect(read(message(copy(fields))).kind).not.toBe('thread_opened');
  });

  test.each([
    ['another channel', { type: 'channel', chat: foreignChannel, message_id: 7, date: written }],
    ['a person', { type: 'user', sender_user: maria, date: written }],
    ['somebody hidden', { type: 'hidden_user', sender_user_name: 'Eve', date: written }],
    ['a group', { type: 'chat', sender_chat: group, date: written }],
  ])('a post that was itself forwarded from %s opens nothing, and is nobody’s comment', (_name, origin) => {
    expect(read(message(copy({ forward_origin: origin }))).kind).toBe('nothing');
    const inThread = { forward_origin: origin, message_thread_id: 31, reply_to_message: nestedCopy() };
    expect(read(message(copy(inThread))).kind).toBe('nothing');
  });

  test('an edit of the copy means nothing: Telegram made it after the post', () => {
    expect(read(edited(copy())).kind).toBe('nothing');
  });

  test('a post of a person has a thread like any other', () => {
    expect(read(message(copy({ author_signature: 'Maria', message_id: 77 })))).toMatchObject({
      root: '-1002000000002/77',
    });
  });
});

describe('a comment', () => {
  test('typed under the post stands in its thread, replies to nothing and tells of the post', () => {
    expect(read(message(commented({ text: 'Hi' })))).toEqual({
      kind: 'comment_written',
      author: { kind: 'person', id: '7001001', name: 'Maria Silva' },
      message: { id: '-1002000000002/50', content: { kind: 'text', text: 'Hi', entities: [] }, at },
      root: '-1002000000002/31',
      post: '-1002000000001/7',
    });
  });

  test('that is edited is the same comment', () => {
    expect(read(edited(commented({ text: 'Hi', edit_date: written + 5 })))).toMatchObject({
      kind: 'comment_edited',
      root: '-1002000000002/31',
      message: { id: '-1002000000002/50', editedAt: new Date((written + 5) * 1_000) },
    });
  });

  test('on another comment replies to it and stands in the same thread', () => {
    const event = read(
      message(commented({ text: 'Hi', reply_to_message: { ...commented({ text: 'before' }), message_id: 44 } })),
    );
    expect(event).toMatchObject({ root: '-1002000000002/31', message: { replyTo: '-1002000000002/44' } });
    expect(event).not.toHaveProperty('post');
  });

  test('that quotes the post replies to nothing, and quotes nothing', () => {
    const event = read(message(commented({ text: 'Hi', quote: { text: 'po', position: 0 } })));
    expect(event).not.toHaveProperty('message.replyTo');
    expect(event).not.toHaveProperty('message.quote');
  });

  test('without a thread of its own stands under what it replies to', () => {
    const reply = { message_thread_id: undefined, reply_to_message: nestedCopy() };
    expect(read(message(commented({ text: 'Hi', ...reply })))).toMatchObject({
      root: '-1002000000002/31',
      post: '-1002000000001/7',
    });
  });

  test('outside every thread has no root', () => {
    const event = read(message(commented({ text: 'Hi', message_thread_id: undefined, reply_to_message: undefined })));
    expect(event.kind).toBe('comment_written');
    expect(event).not.toHaveProperty('root');
  });

  test('whose nested copy is not the staff channel’s tells of no post', () => {
    const stranger = { ...nestedCopy(), sender_chat: foreignChannel };
    expect(read(message(commented({ text: 'Hi', reply_to_message: stranger })))).not.toHaveProperty('post');
  });

  test('of a relay bot is the desk’s own and nobody’s answer, also when it is edited', () => {
    const from = { id: 77, is_bot: true, first_name: 'Desk 2' };
    const comment = commented({ text: 'Hi', from });
    const withRelays = (update: unknown): RelayEvent => readUpdate(update, { ...context, relays: new Set([77]) });
    expect(read(message(comment))).toMatchObject({ kind: 'comment_written' });
    expect(withRelays(message(comment))).toMatchObject({ kind: 'nothing' });
    expect(withRelays(edited(comment))).toMatchObject({ kind: 'nothing' });
    expect(withRelays(message({ ...comment, from: anonymousBot, sender_chat: { ...group, id: 77 } }))).toMatchObject({
      kind: 'nothing',
    });
    expect(withRelays(message(commented({ text: 'Hi' })))).toMatchObject({ kind: 'comment_written' });
  });

  test('sent through the bot’s inline mode is its sender’s', () => {
    const via = { via_bot: { id: 1, is_bot: true, first_name: 'Desk', username: 'desk_bot' } };
    expect(read(message(commented({ text: 'canned', ...via })))).toMatchObject({
      author: { kind: 'person', id: '7001001' },
    });
  });

  test.each<[string, Fields, object]>([
    [
      'an anonymous admin, by their title',
      { from: anonymousBot, sender_chat: group, author_signature: 'Boss' },
      { kind: 'anonymous_admin', id: '-1002000000002', name: 'Boss' },
    ],
    [
      'an anonymous admin without a title',
      { from: anonymousBot, sender_chat: group },
      { kind: 'anonymous_admin', name: 'Support Chat' },
    ],
    [
      'the staff channel itself',
      { from: channelBot, sender_chat: channel },
      { kind: 'channel_identity', id: '-1002000000001' },
    ],
    [
      'somebody as another channel',
      { from: channelBot, sender_chat: foreignChannel },
      { kind: 'foreign', id: '-1009000000009' },
    ],
    ['a bot', { from: { id: 9, is_bot: true, first_name: 'Bot' } }, { kind: 'foreign', id: '9' }],
    ['nobody', { from: undefined }, { kind: 'foreign' }],
    [
      'a person without a last name',
      { from: { id: 8, is_bot: false, first_name: 'Bo' } },
      { kind: 'person', id: '8', name: 'Bo' },
    ],
    [
      'a person whose name no database takes',
      { from: { ...maria, first_name: '\0', last_name: '\ud83d' } },
      { name: '\ufffd' },
    ],
    [
      'a group whose title no database takes',
      { from: anonymousBot, sender_chat: { ...group, title: 'a\0' } },
      { name: 'a ' },
    ],
  ])('is by %s', (_name, fields, author) => {
    expect(read(message(commented({ text: 'Hi', ...fields })))).toMatchObject({ author });
  });
});

describe('a command', () => {
  const commandOf = (fields: Fields): unknown => {
    const event = read(message(commented(fields)));
    return 'command' in event ? event.command : undefined;
  };

  test.each<[string, Fields, object]>([
    ['alone', { text: '/unsend', entities: [command(7)] }, { name: 'unsend', argument: '' }],
    [
      'with an argument',
      { text: '/alias  Mary Smith ', entities: [command(6)] },
      { name: 'alias', argument: 'Mary Smith' },
    ],
    [
      'with an argument on the next line',
      { text: '/alias\nMary', entities: [command(6)] },
      { name: 'alias', argument: 'Mary' },
    ],
    ['in capitals', { text: '/UnSend', entities: [command(7)] }, { name: 'unsend', argument: '' }],
    ['addressed to this bot', { text: '/unsend@desk_bot', entities: [command(16)] }, { name: 'unsend', argument: '' }],
    [
      'addressed to this bot in capitals',
      { text: '/unsend@Desk_Bot', entities: [command(16)] },
      { name: 'unsend', argument: '' },
    ],
    [
      'addressed to another bot',
      { text: '/close@other_bot now', entities: [command(16)] },
      { name: 'close@other_bot', argument: 'now' },
    ],
    [
      'in a caption',
      { photo: [photo], caption: '/alias M', caption_entities: [command(6)] },
      { name: 'alias', argument: 'M' },
    ],
    ['after white space', { text: ' \n/unsend', entities: [command(7, 2)] }, { name: 'unsend', argument: '' }],
    [
      'among other entities',
      { text: '/alias M', entities: [{ type: 'bold', offset: 0, length: 8 }, command(6)] },
      { name: 'alias', argument: 'M' },
    ],
    [
      'whose argument no database takes',
      { text: '/alias M\0\ud83d', entities: [command(6)] },
      { name: 'alias', argument: 'M \ufffd' },
    ],
  ])('%s is read', (_name, fields, expected) => {
    expect(commandOf(fields)).toEqual(expected);
  });

  test.each<[string, Fields]>([
    ['behind a letter', { text: 'x/unsend', entities: [command(7, 1)] }],
    ['in the middle', { text: 'see /unsend', entities: [command(7, 4)] }],
    ['that Telegram does not mark', { text: '/etc/passwd' }],
    ['in a note', { text: '// /unsend', entities: [command(7, 3)] }],
  ])('%s is none', (_name, fields) => {
    expect(commandOf(fields)).toBeUndefined();
  });
});

test('a bot is addressed in whatever capitals its name has', () => {
  const update = message(commented({ text: '/unsend@desk_bot', entities: [command(16)] }));
  expect(readUpdate(update, { ...context, botName: 'Desk_Bot' })).toMatchObject({ command: { name: 'unsend' } });
});

describe('the group', () => {
  test.each<[string, Fields]>([
    ['somebody joined', { new_chat_members: [maria], new_chat_member: maria, new_chat_participant: maria }],
    ['somebody left', { left_chat_member: maria }],
    ['a pinned message', { pinned_message: copy() }],
    ['a new title', { new_chat_title: 'x' }],
    ['a topic', { forum_topic_created: { name: 'x', icon_color: 1 } }],
    ['a video chat', { video_chat_started: {} }],
  ])('%s means nothing', (_name, fields) => {
    expect(read(message(commented(fields))).kind).toBe('nothing');
    expect(read(message(privately(fields))).kind).toBe('nothing');
  });

  test('a group that became a supergroup has moved', () => {
    const old = { id: -4_100_000_000, title: 'Old', type: 'group' };
    expect(read(message(commented({ chat: old, migrate_to_chat_id: places.discussion })))).toEqual({
      kind: 'place_moved',
      from: '-4100000000',
      to: '-1002000000002',
    });
    expect(read(message(commented({ migrate_from_chat_id: -4_100_000_000 }))).kind).toBe('nothing');
  });

  test.each([
    ['another group', { chat: { id: -1_005_000_000_005, title: 'x', type: 'supergroup' } }],
    ['the channel', { chat: channel }],
  ])('what is written in %s means nothing', (_name, fields) => {
    expect(read(message(commented({ text: 'Hi', ...fields }))).kind).toBe('nothing');
  });

  test('nothing of it means anything before the desk is set up', () => {
    for (const update of [message(copy()), message(commented({ text: 'Hi' }))]) {
      expect(readUpdate(update, { botName: 'desk_bot' }).kind).toBe('nothing');
    }
  });
});

describe('the staff', () => {
  const changed = (chat: Fields, status: string): unknown => ({
    update_id: 1,
    chat_member: {
      chat,
      from: ann,
      date: written,
      old_chat_member: { user: maria, status: 'left' },
      new_chat_member: { user: maria, status },
    },
  });

  test.each([
    ['creator', 'admin'],
    ['administrator', 'admin'],
    ['member', 'agent'],
    ['left', 'none'],
    ['kicked', 'none'],
    ['status_of_the_future', 'none'],
  ])('who is %s of the staff channel has the role %s', (status, role) => {
    expect(read(changed(channel, status))).toEqual({
      kind: 'staff_changed',
      person: '7001001',
      name: 'Maria Silva',
      role,
    });
  });

  test('membership of the group, or of another channel, makes nobody staff', () => {
    for (const chat of [group, foreignChannel]) expect(read(changed(chat, 'administrator')).kind).toBe('nothing');
  });
});

test.each([
  ['channel_post', copy()],
  ['edited_channel_post', copy()],
  [
    'my_chat_member',
    { chat: group, from: maria, date: 1, new_chat_member: { user: anonymousBot, status: 'administrator' } },
  ],
  ['message_reaction', { chat: group, message_id: 50, date: 1, old_reaction: [], new_reaction: [] }],
  ['chosen_inline_result', { result_id: '1', from: maria, query: 'x' }],
  ['poll', { id: '1' }],
  ['business_message', privately({ text: 'x' })],
  ['deleted_business_messages', {}],
  ['subscription', {}],
  ['kind_of_the_future', { deep: { er: [1, null] } }],
])('an update of kind %s means nothing', (kind, body) => {
  expect(read({ update_id: 1, [kind]: body }).kind).toBe('nothing');
});

describe('what Telegram never sent', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a text', 'update'],
    ['a list', [1]],
    ['an empty object', {}],
    ['a message of null', { update_id: 1, message: null }],
    ['a message without a chat', message({ message_id: 1, date: 1, text: 'x' })],
    ['a message without a number', message(privately({ message_id: undefined, text: 'x' }))],
    ['a message whose number is a text', message(privately({ message_id: '1', text: 'x' }))],
    ['a chat whose id is no whole number', message(privately({ chat: { id: 1.5, type: 'private' }, text: 'x' }))],
    ['an id that no number holds', message(privately({ from: { ...ann, id: 2 ** 60 }, text: 'x' }))],
    ['a time that is none', message(privately({ date: 1e15, text: 'x' }))],
    ['a reply to a text', message(privately({ text: 'x', reply_to_message: 'y' }))],
    ['a forward of a channel that is none', message(copy({ forward_origin: { type: 'channel' } }))],
    [
      'a member without a user',
      { update_id: 1, chat_member: { chat: channel, from: ann, new_chat_member: { status: 'left' } } },
    ],
  ])('%s means nothing', (_name, update) => {
    expect(read(update).kind).toBe('nothing');
  });

  /** Any JSON, with names that Telegram uses as well. */
  function anyJson(random: Random, depth = 0): Json {
    const names = ['message', 'chat', 'from', 'id', 'text', 'entities', 'photo', 'type', 'date', '__proto__', 'x'];
    const leaves: Json[] = [null, true, 0, -1, 1.5, 2 ** 53, 1e300, '', 'private', 'x\0\ud83d', 'bot_command'];
    const kind = random.between(0, depth > 4 ? 1 : 4);
    if (kind <= 1) return random.pick(leaves);
    const size = random.between(0, 4);
    if (kind === 2) return Array.from({ length: size }, () => anyJson(random, depth + 1));
    const fields = Array.from(
      { length: size },
      () => `${JSON.stringify(random.pick(names))}:${JSON.stringify(anyJson(random, depth + 1))}`,
    );
    return JSON.parse(`{${fields.join(',')}}`) as Json;
  }

  test.each(Array.from({ length: 20 }, (_, seed) => [seed + 1]))(
    'any JSON is read without a fault (seed %d)',
    (seed) => {
      const random = seeded(seed);
      for (let count = 0; count < 200; count += 1) {
        const json = anyJson(random);
        for (const update of [json, { update_id: 1, message: json }, { update_id: 1, chat_member: json }]) {
          expect(typeof read(update).kind).toBe('string');
        }
      }
    },
  );

  /** Puts something else in the place of one part of an update, wherever that is. */
  function spoil(value: Json, random: Random): Json {
    if (typeof value !== 'object' || value === null || random.next() < 0.1) return anyJson(random, 2);
    if (Array.isArray(value)) {
      const chosen = random.between(0, value.length - 1);
      return value.map((part, index) => (index === chosen ? spoil(part, random) : part));
    }
    const keys = Object.keys(value);
    const chosen = keys[random.between(0, keys.length - 1)];
    return Object.fromEntries(keys.map((key) => [key, key === chosen ? spoil(value[key]!, random) : value[key]!]));
  }

  const genuine: readonly Fields[] = [
    message(
      privately({
        text: 'Hello 👍',
        entities: [command(5)],
        quote: { text: 'x', position: 0 },
        reply_to_message: privately({ text: 'x' }),
      }),
    ),
    message(
      privately({
        photo: [photo],
        caption: 'x',
        caption_entities: [{ type: 'text_mention', offset: 0, length: 1, user: maria }],
      }),
    ),
    message(
      privately({
        venue: { location: { latitude: 1, longitude: 2 }, title: 't', address: 'a' },
        location: { latitude: 1, longitude: 2 },
      }),
    ),
    message(privately({ contact: { phone_number: '+1', first_name: 'A', vcard: 'x' } })),
    message(
      privately({
        poll: {
          id: '1',
          question: 'Q',
          options: [{ text: 'a', voter_count: 0 }],
          type: 'quiz',
          is_anonymous: true,
          allows_multiple_answers: false,
          is_closed: false,
          total_voter_count: 0,
        },
      }),
    ),
    message(privately({ dice: { emoji: '🎲', value: 3 } })),
    message(privately({ story: { chat: channel, id: 1 } })),
    edited(commented({ text: '/alias x', entities: [command(6)], edit_date: written })),
    message(copy()),
    {
      update_id: 1,
      chat_member: {
        chat: channel,
        from: ann,
        date: 1,
        old_chat_member: { user: maria, status: 'left' },
        new_chat_member: { user: maria, status: 'restricted', is_member: true },
      },
    },
    {
      update_id: 1,
      my_chat_member: {
        chat: { id: 42, type: 'private' },
        from: ann,
        date: 1,
        new_chat_member: { user: maria, status: 'kicked' },
      },
    },
  ];

  test('the updates that are spoilt here are read when they are not', () => {
    expect(genuine.map((update) => read(update).kind)).not.toContain('nothing');
  });

  test.each(Array.from({ length: 20 }, (_, seed) => [seed + 1]))(
    'a spoilt update is read without a fault, and safely (seed %d)',
    (seed) => {
      const random = seeded(seed);
      for (let count = 0; count < 300; count += 1) {
        const update = spoil(JSON.parse(JSON.stringify(random.pick(genuine))) as Json, random);
        const event = read(update);
        if (!('message' in event)) continue;
        const { content, at: when } = event.message;
        expect(when.getTime()).not.toBeNaN();
        expect(JSON.stringify(content)).not.toMatch(/\\u0000|\\ud[89ab]/);
        expect(content).toHaveProperty('kind', expect.any(String));
      }
    },
  );

  test('a message whose words cannot be read is not lost: it is named as unknown', () => {
    expect(read(message(privately({ text: 5 })))).toMatchObject({
      kind: 'customer_wrote',
      message: { content: { kind: 'uncopyable', name: 'unknown' } },
    });
  });
});

test('Telegram’s service account writes no comments of its own', () => {
  expect(
    read(message(commented({ text: 'x', from: telegram, sender_chat: channel, is_automatic_forward: true }))).kind,
  ).toBe('nothing');
});
