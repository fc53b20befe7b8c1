import type { Content } from '../../src/relay/content.js';
import { fitsInPost } from '../../src/relay/customerMessage.js';
import { decide } from '../../src/relay/decide.js';
import type { Decision } from '../../src/relay/decisions.js';
import type { RelayEvent } from '../../src/relay/events.js';
import type { CustomerProfile, IncomingMessage, Standing } from '../../src/relay/model.js';
import { blank, type Situation } from '../../src/relay/situation.js';
import { ann, conversation, incoming, known, later, media, nine, stored, text } from './support/people.js';

const wrote = (message: IncomingMessage, customer: CustomerProfile = ann): RelayEvent => ({
  kind: 'customer_wrote',
  customer,
  message,
});
const edited = (message: IncomingMessage, customer: CustomerProfile = ann): RelayEvent => ({
  kind: 'customer_edited',
  customer,
  message,
});
const kinds = (decisions: readonly Decision[]): string[] => decisions.map(({ kind }) => kind);

const standing = (now: Standing): Situation => ({
  ...blank,
  conversation: { ...conversation, customer: { ...ann, standing: now } },
});

describe('what fits in the post', () => {
  test.each<[string, Content, boolean]>([
    ['a text of 500 characters', text('x'.repeat(500)), true],
    ['a text of 501', text('x'.repeat(501)), false],
    ['500 emoji', text('👍'.repeat(500)), true],
    ['/start', text('/start'), true],
    ['a photo', media('photo', 'short'), false],
    ['a location', { kind: 'location', latitude: 1, longitude: 2 }, false],
    ['what no bot copies', { kind: 'uncopyable', name: 'giveaway' }, false],
  ])('%s: %2$s', (_name, content, expected) => {
    expect(fitsInPost(content)).toBe(expected);
  });
});

describe('the first message', () => {
  test('makes the customer known and stands in the post', () => {
    const message = incoming('Hello');
    expect(decide(blank, wrote(message))).toEqual([
      { kind: 'know_customer', customer: ann },
      {
        kind: 'store_message',
        message: {
          incoming: message,
          author: 'customer',
          authorId: '42',
          internal: false,
          copyTo: 'staff',
          inPost: true,
        },
      },
    ]);
  });

  test.each<[string, Content]>([
    ['is longer than the post may show', text('x'.repeat(501))],
    ['is a photo', media('photo', 'Hello')],
  ])('follows as a comment when it %s', (_name, content) => {
    expect(decide(blank, wrote(incoming(content)))).toMatchObject([
      { kind: 'know_customer' },
      { kind: 'store_message', message: { inPost: false, copyTo: 'staff' } },
    ]);
  });

  test('begins with nothing but knowing the customer, or nothing could be said about them', () => {
    const all: Content[] = [text('x'), media('photo'), { kind: 'uncopyable', name: 'giveaway' }];
    for (const content of all) expect(decide(blank, wrote(incoming(content)))[0]?.kind).toBe('know_customer');
  });
});

describe('a later message', () => {
  test('is a comment, however short', () => {
    expect(decide(known, wrote(incoming('ok')))).toMatchObject([
      { kind: 'store_message', message: { inPost: false, copyTo: 'staff', internal: false } },
    ]);
  });

  test.each(['// not a note', '/unsend', '/close', '#t1'])('%j is text like any other', (words) => {
    expect(decide(known, wrote(incoming(words)))).toMatchObject([
      { kind: 'store_message', message: { internal: false } },
    ]);
  });

  test('that comes twice is stored once', () => {
    expect(
      kinds(decide({ ...known, known: stored('Hello', { author: 'customer' }) }, wrote(incoming('Hello')))),
    ).toEqual(['ignore']);
  });

  test('that no bot copies is kept, and the customer is told', () => {
    expect(decide(known, wrote(incoming({ kind: 'uncopyable', name: 'giveaway' })))).toMatchObject([
      { kind: 'store_message', message: { copyTo: 'staff' } },
      {
        kind: 'say',
        to: 'customer',
        notice: { id: 'uncopyable-customer', what: 'giveaway' },
        replyTo: { kind: 'this' },
      },
    ]);
  });

  test.each<[string, CustomerProfile]>([
    ['first name', { ...ann, firstName: 'Anna' }],
    ['last name', { ...ann, lastName: 'Li' }],
    ['last name, which is gone', { id: '42', place: '42', firstName: 'Ann', language: 'en' }],
    ['username', { ...ann, username: 'ann' }],
    ['language', { ...ann, language: 'pt' }],
  ])('with another %s makes the post current', (_name, customer) => {
    expect(decide(known, wrote(incoming('Hi'), customer)).slice(0, 2)).toEqual([
      { kind: 'know_customer', customer },
      { kind: 'refresh_card' },
    ]);
  });

  test.each(['blocked', 'gone'] as const)('of a customer who was %s shows that they are back', (before) => {
    expect(decide(standing(before), wrote(incoming('Hi')))).toMatchObject([
      { kind: 'set_standing', standing: 'active' },
      { kind: 'say', to: 'staff', notice: { id: 'customer-returned' } },
      { kind: 'refresh_card' },
      { kind: 'store_message' },
    ]);
  });
});

describe('an edit', () => {
  const before = (content: Content | string, inPost = false): Situation => ({
    ...known,
    known: stored(content, { author: 'customer', inPost }),
  });
  const revision = (content: Content, inPost: boolean): Decision => ({
    kind: 'revise_message',
    message: '900',
    content,
    inPost,
  });

  test('is mirrored', () => {
    expect(decide(before('Hello'), edited(incoming('Hello!')))).toEqual([revision(text('Hello!'), false)]);
  });

  test('that changes nothing causes nothing', () => {
    expect(kinds(decide(before('Hello'), edited(incoming('Hello'))))).toEqual(['ignore']);
  });

  test('of the words in the post stays in the post while it fits', () => {
    expect(decide(before('Hello', true), edited(incoming('Hello!')))).toEqual([revision(text('Hello!'), true)]);
  });

  test.each<[string, Content]>([
    ['outgrow it', text('x'.repeat(501))],
    ['become a photo', media('photo', 'Hello')],
  ])('of the words in the post leaves it when they %s', (_name, content) => {
    expect(decide(before('Hello', true), edited(incoming(content)))).toEqual([revision(content, false)]);
  });

  test('of a comment never moves into the post', () => {
    expect(decide(before('x'.repeat(501)), edited(incoming('short')))).toEqual([revision(text('short'), false)]);
  });

  test('into what no bot copies is named in the thread, and the customer is told', () => {
    const content = { kind: 'uncopyable', name: 'checklist' } as const;
    expect(decide(before('Hello'), edited(incoming(content)))).toEqual([
      revision(content, false),
      {
        kind: 'say',
        to: 'customer',
        notice: { id: 'uncopyable-customer', what: 'checklist' },
        replyTo: { kind: 'stored', message: '900' },
      },
    ]);
  });

  test('brings a new name along', () => {
    const customer = { ...ann, firstName: 'Anna' };
    expect(kinds(decide(before('Hello'), edited(incoming('Hi'), customer)))).toEqual([
      'know_customer',
      'refresh_card',
      'revise_message',
    ]);
    expect(kinds(decide(before('Hello'), edited(incoming('Hello'), customer)))).toEqual([
      'know_customer',
      'refresh_card',
      'ignore',
    ]);
  });

  test.each([0, 1, 120])('that overtook its message by %d seconds counts as the message', (seconds) => {
    const message = incoming('Hello!', { at: nine, editedAt: later(seconds) });
    expect(decide(known, edited(message))).toEqual(decide(known, wrote(message)));
    expect(decide(blank, edited(message))).toEqual(decide(blank, wrote(message)));
  });

  test('without a time of its own counts as the message too', () => {
    expect(kinds(decide(known, edited(incoming('Hello!'))))).toEqual(['store_message']);
  });

  test('of an older message that was never stored is told in the thread', () => {
    const message = incoming('Hello!', { at: nine, editedAt: later(121) });
    expect(decide(known, edited(message))).toEqual([
      { kind: 'say', to: 'staff', notice: { id: 'edit-not-mirrored', side: 'customer' } },
    ]);
  });

  test('of a message from before there was a conversation opens none', () => {
    const message = incoming('Hello!', { at: nine, editedAt: later(121) });
    expect(kinds(decide(blank, edited(message)))).toEqual(['ignore']);
  });
});

describe('blocking and coming back', () => {
  const changed = (now: Standing): RelayEvent => ({ kind: 'customer_standing', customer: ann, standing: now });

  test.each<[Standing, Standing, string]>([
    ['active', 'blocked', 'customer-blocked'],
    ['active', 'gone', 'customer-gone'],
    ['blocked', 'gone', 'customer-gone'],
    ['blocked', 'active', 'customer-returned'],
    ['gone', 'active', 'customer-returned'],
  ])('from %s to %s: the team is told, once', (before, now, notice) => {
    expect(decide(standing(before), changed(now))).toEqual([
      { kind: 'set_standing', standing: now },
      { kind: 'say', to: 'staff', notice: { id: notice } },
      { kind: 'refresh_card' },
    ]);
    expect(kinds(decide(standing(now), changed(now)))).toEqual(['ignore']);
  });

  test('of somebody who never wrote means nothing', () => {
    expect(kinds(decide(blank, changed('blocked')))).toEqual(['ignore']);
  });
});

test.each<[RelayEvent, Decision]>([
  [
    { kind: 'thread_opened', post: '-1001/7', root: '-1002/31' },
    { kind: 'remember_root', post: '-1001/7', root: '-1002/31' },
  ],
  [
    { kind: 'staff_changed', person: '7', name: 'Maria', role: 'admin' },
    { kind: 'set_role', person: '7', name: 'Maria', role: 'admin' },
  ],
  [
    { kind: 'place_moved', from: '-1', to: '-1002' },
    { kind: 'move_place', from: '-1', to: '-1002' },
  ],
  [
    { kind: 'nothing', reason: 'a service message' },
    { kind: 'ignore', reason: 'a service message' },
  ],
])('the event %j is one decision', (event, decision) => {
  expect(decide(blank, event)).toEqual([decision]);
});
