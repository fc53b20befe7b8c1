import type { RelayEvent } from '../../src/relay/events.js';
import { readUpdate } from '../../src/telegram/read.js';
import { resultId, stateLink } from '../../src/telegram/readCanned.js';
import {
  ann,
  commented,
  context,
  edited,
  group,
  maria,
  message,
  privately,
  written,
  type Fields,
} from './support/updates.js';

const read = (update: unknown): RelayEvent => readUpdate(update, context);
const bot = { id: 4242, is_bot: true, first_name: 'Desk', username: 'Desk_Bot' };
const command = (length: number): Fields => ({ entities: [{ type: 'bot_command', offset: 0, length }] });

/** A question of the desk's own, as it stands in an answer to it. */
function question(url: string, from: Fields = bot): Fields {
  const chat = { id: ann.id, type: 'private', first_name: 'Ann' };
  return {
    message_id: 7,
    from,
    chat,
    date: written,
    text: '✏️ Title',
    entities: [{ type: 'text_link', offset: 0, length: 2, url }],
  };
}

test('a comment that came through the desk’s own inline mode is a choice, with its link buttons', () => {
  const markup = {
    inline_keyboard: [
      [
        { text: 'Shop', url: 'https://example.com' },
        { text: 'x', callback_data: 'y' },
      ],
    ],
  };
  expect(read(message(commented({ text: 'canned', via_bot: bot, reply_markup: markup })))).toMatchObject({
    kind: 'comment_written',
    chosen: true,
    message: { content: { text: 'canned', buttons: [[{ text: 'Shop', url: 'https://example.com' }]] } },
  });
});

test('one that came through another bot is a comment like any other', () => {
  const other = { ...bot, id: 1, username: 'gif' };
  const event = read(message(commented({ text: 'x', via_bot: other, reply_markup: { inline_keyboard: [] } })));
  expect(event).not.toHaveProperty('chosen');
});

test('a choice is read from its result, and one of another shape is nothing', () => {
  const chosen = (id: string): RelayEvent =>
    read({ update_id: 1, chosen_inline_result: { from: maria, query: 'x', result_id: id } });
  const digest = 'a'.repeat(22);
  expect(chosen(resultId('12', digest))).toEqual({
    kind: 'reply_chosen',
    person: String(maria.id),
    reply: '12',
    digest,
  });
  for (const id of ['', '12', 'x:y', `12:${digest}:`, `1${'2'.repeat(30)}:${digest}`])
    expect(chosen(id).kind).toBe('nothing');
});

describe('in private', () => {
  test('/save is for the desk, with the message that it answers; for anybody else it is what a customer wrote', () => {
    const replied = { message_id: 5, chat: { id: ann.id, type: 'private' }, date: written, from: ann, text: 'keep me' };
    expect(read(message(privately({ text: '/save x', ...command(5), reply_to_message: replied })))).toMatchObject({
      kind: 'management',
      where: 'private',
      request: { kind: 'save', said: { text: '/save x' }, target: { text: 'keep me' } },
      otherwise: { kind: 'customer_wrote', message: { content: { text: '/save x' } } },
    });
  });

  test.each([
    ['/canned two words', 7, { kind: 'list', query: 'two words' }],
    ['/start canned', 6, { kind: 'start' }],
  ])('%s is for the desk', (text, length, request) => {
    expect(read(message(privately({ text, ...command(length) })))).toMatchObject({ kind: 'management', request });
  });

  test.each([
    ['/start', 6],
    ['/start other', 6],
    ['/saved', 6],
    ['/close', 6],
  ])('%s is what a customer wrote', (text, length) => {
    expect(read(message(privately({ text, ...command(length) }))).kind).toBe('customer_wrote');
  });

  test('an answer to a question of the desk’s tells what the question was about', () => {
    const asked = question(stateLink('desk_bot', 'canned=search'));
    expect(read(message(privately({ text: 'words', reply_to_message: asked })))).toMatchObject({
      kind: 'management',
      request: { kind: 'answer', state: 'canned=search', said: { text: 'words' } },
    });
  });

  test.each([
    ['a message with another link', question('https://t.me/desk_bot?start=x')],
    ['a message of another bot', question(stateLink('desk_bot', 'canned=search'), { ...bot, id: 1, username: 'evil' })],
    ['a message of a person', question(stateLink('desk_bot', 'canned=search'), ann)],
    ['a message whose parts are spoilt', { ...question('x'), entities: 'none' }],
  ])('an answer to %s is what a customer wrote', (_name, asked) => {
    expect(read(message(privately({ text: 'words', reply_to_message: asked }))).kind).toBe('customer_wrote');
  });

  test('an edit is never for the desk', () => {
    expect(read(edited(privately({ text: '/save x', ...command(5), edit_date: written }))).kind).toBe(
      'customer_edited',
    );
  });
});

describe('in the discussion', () => {
  test('/save is for the desk besides being a comment; the root of the thread is not what it answers', () => {
    expect(read(message(commented({ text: '/save x', ...command(5) })))).toMatchObject({
      kind: 'management',
      where: 'discussion',
      request: { kind: 'save', said: { text: '/save x' } },
      otherwise: { kind: 'comment_written', command: { name: 'save' } },
    });
    const event = read(message(commented({ text: '/save x', ...command(5) })));
    expect(event.kind === 'management' && event.request).not.toHaveProperty('target');
  });

  test('its target is the comment that it answers', () => {
    const target = { message_id: 49, from: maria, chat: group, date: written, text: 'keep me' };
    expect(read(message(commented({ text: '/save x', ...command(5), reply_to_message: target })))).toMatchObject({
      request: { target: { text: 'keep me' } },
    });
  });

  test('an edit of it is an edited comment', () => {
    expect(read(edited(commented({ text: '/save x', ...command(5), edit_date: written }))).kind).toBe('comment_edited');
  });
});
