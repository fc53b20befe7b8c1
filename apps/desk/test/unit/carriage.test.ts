import type { CallStep } from '../../src/delivery/call.js';
import { boundTo, carriageOf, takes, type Carriage, type Offer } from '../../src/delivery/carriage.js';
import type { LaneView, LinkView } from '../../src/delivery/lane.js';
import { cardDelivery, delivery, lane, message, opened, plan, sent, threadless } from './support/lanes.js';
import { media, text } from './support/people.js';

const relay = 'telegram:77';
const another = 'telegram:78';

function step(view: LaneView, options: Parameters<typeof plan>[1] = {}): CallStep {
  const next = plan(view, options);
  switch (next.kind) {
    case 'send':
    case 'edit':
    case 'delete':
    case 'open_thread':
    case 'update_thread':
      return next;
    default:
      throw new Error(`the next step is ${next.kind}`);
  }
}

/** A message that is shown as it was, by a bot, and now says something else. */
function edited(sender?: string) {
  const shown = sent(message('before'));
  const links = shown.links.map((link): LinkView => ({ ...link, ...(sender !== undefined && { sender }) }));
  return { ...shown, content: text('after'), links };
}

const buttons = [[{ text: 'Open', url: 'https://example.org' }]];
const location = { kind: 'location', latitude: 1, longitude: 2 } as const;

test.each<[string, LaneView, Carriage['kind']]>([
  ['a text below a post', lane([delivery('Hello')]), 'any'],
  ['a line of the desk’s own below a post', lane([delivery(message('Said', { author: 'desk' }))]), 'any'],
  [
    'a text that answers another',
    lane([delivery(message('Yes', { replyTo: { externalId: '-1002/40', role: 'copy', thread: opened.id } }))]),
    'any',
  ],
  [
    'a text with buttons',
    lane([delivery(message({ ...text('Pick'), kind: 'text', text: 'Pick', entities: [], buttons }))]),
    'own',
  ],
  ['a photo', lane([delivery(media('photo', 'look'))]), 'own'],
  ['a location', lane([delivery(location)]), 'own'],
  ['an answer to a customer', lane([delivery(message('Hi', { author: 'agent' }))], { queue: 'customer' }), 'own'],
  ['a post', threadless([delivery('Hello')]), 'own'],
  ['the look of a post', lane([cardDelivery()], { queue: 'card' }), 'own'],
])('%s may be carried by: %s', (_what, view, kind) => {
  expect(carriageOf(step(view)).kind).toBe(kind);
});

test('a comment that several texts share may be carried by any bot, which is then the one that edits it', () => {
  const shared = step(lane([delivery('One'), delivery('Two')]), { mergeUpTo: 800 });
  expect(shared.kind === 'send' && shared.deliveries).toHaveLength(2);
  expect(carriageOf(shared)).toEqual({ kind: 'any' });
});

test('an edit is bound to the bot that sent the comment', () => {
  expect(carriageOf(step(lane([delivery(edited(relay))])))).toEqual({ kind: 'bound', to: relay });
  expect(carriageOf(step(lane([delivery(edited())])))).toEqual({ kind: 'own' });
});

test('a deletion is bound to the bot that sent the comment', () => {
  const removed = step(lane([delivery({ ...edited(relay), content: location })]));
  expect(removed.kind).toBe('delete');
  expect(carriageOf(removed)).toEqual({ kind: 'bound', to: relay });
});

describe('who takes what waits', () => {
  const kinds: Record<string, Carriage | undefined> = {
    own: { kind: 'own' },
    any: { kind: 'any' },
    unread: undefined,
    'bound to it': boundTo(relay),
    'bound to another': boundTo(another),
  };
  const taken = (offer: Pick<Offer, 'relay'>, { room = false, gone = '' } = {}): string[] =>
    Object.entries(kinds)
      .filter(([, carriage]) => takes({ ...offer, carriage, ownHasRoom: () => room, isGone: (bot) => bot === gone }))
      .map(([name]) => name);

  test('the desk’s own bot: all that no relay bot has sent', () => {
    expect(taken({}, { room: true })).toEqual(['own', 'any', 'unread']);
    expect(taken({}, { room: false })).toEqual(['own', 'any', 'unread']);
  });

  test('the desk’s own bot: also what a relay bot has sent that is gone', () => {
    expect(taken({}, { gone: another })).toEqual(['own', 'any', 'unread', 'bound to another']);
  });

  test('a relay bot, while the desk’s own has room: what it has sent itself', () => {
    expect(taken({ relay }, { room: true })).toEqual(['bound to it']);
  });

  test('a relay bot, while the desk’s own has none: texts, what nobody has looked at, and what it has sent itself', () => {
    expect(taken({ relay })).toEqual(['any', 'unread', 'bound to it']);
  });

  test('whether there is room is asked only where it matters', () => {
    let asked = 0;
    const ownHasRoom = (): boolean => {
      asked += 1;
      return true;
    };
    const offer = { ownHasRoom, isGone: () => false };
    for (const carriage of Object.values(kinds)) takes({ ...offer, carriage });
    takes({ ...offer, relay, carriage: { kind: 'own' } });
    expect(asked).toBe(0);
  });
});
