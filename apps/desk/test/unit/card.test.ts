import type { Content } from '../../src/relay/content.js';
import type { Card } from '../../src/relay/ports.js';
import { cardText } from '../../src/telegram/card.js';
import { createPhrases } from '../../src/text/phrases.js';
import { ann, media, text } from './support/people.js';

const phrases = createPhrases('en');

function card(more: Partial<Card> = {}): Card {
  return { ticket: '12', customer: { ...ann, username: 'ann_l' }, standing: 'active', continued: false, ...more };
}

const words = (more?: Partial<Card>): string => cardText(card(more), phrases).text;
const lines = (more?: Partial<Card>): string[] => words(more).split('\n');

test('the post says who the customer is and what they wrote first', () => {
  expect(cardText(card({ firstMessage: text('Hello 👍') }), phrases)).toEqual({
    text: 'Ann Lee\n#t12 · id 42 · @ann_l · language en\n\nHello 👍',
    entities: [
      { type: 'bold', offset: 0, length: 7 },
      { type: 'code', offset: 15, length: 5 },
    ],
  });
});

test('what is not known is left out', () => {
  expect(words({ customer: { id: '42', place: '42', firstName: 'Ann' } })).toBe('Ann\n#t12 · id 42');
});

test('without first words the post ends with the facts', () => {
  expect(lines()).toHaveLength(2);
});

test.each<[string, Partial<Card>, string]>([
  ['blocked the bot', { standing: 'blocked' }, '🚫 blocked the bot'],
  ['is gone', { standing: 'gone' }, '🚫 account deleted'],
])('the post says when the customer %s', (_name, more, line) => {
  expect(lines(more)).toContain(line);
});

test('what the desk says about the post is in italics, to tell it from the customer’s words', () => {
  const { text: all, entities } = cardText(card({ continued: true, firstMessage: media('photo', 'x') }), phrases);
  const italics = entities
    .filter(({ type }) => type === 'italic')
    .map(({ offset, length }) => all.slice(offset, offset + length));
  expect(italics).toEqual(['continued from an earlier post', 'First message: photo']);
});

test('a continued post says that it is one', () => {
  expect(lines({ continued: true })).toContain('continued from an earlier post');
});

test.each([
  ['<b>x</b>', '<b>x</b>'],
  ['*_[`', '*_[`'],
  ['#t999', '#t999'],
  ['Ann\n#t999 · id 1', 'Ann #t999 · id 1'],
  ['\u202eeeL', 'eeL'],
  ['\u3164', '42'],
])('the name %j is a name and stands on the first line alone', (firstName, shown) => {
  const customer = { id: '42', place: '42', firstName };
  expect(lines({ customer })[0]).toBe(shown);
  expect(lines({ customer })[1]).toBe('#t12 · id 42');
  expect(cardText(card({ customer }), phrases).entities[0]).toEqual({ type: 'bold', offset: 0, length: shown.length });
});

test('usernames and languages are shown as plainly as names', () => {
  const customer = { ...ann, username: 'a\u202eb\n#t9', language: 'e\u200bn' };
  expect(lines({ customer })[1]).toBe('#t12 · id 42 · @ab #t9 · language en');
});

describe('the first words', () => {
  const body = (firstMessage: Content): string => words({ firstMessage }).split('\n\n').slice(1).join('\n\n');

  test('stand there in full up to 500 characters, with their formatting', () => {
    expect(body(text('x'.repeat(500)))).toBe('x'.repeat(500));
    const bold = { type: 'bold', offset: 0, length: 2 };
    const { entities, text: all } = cardText(card({ firstMessage: text('Hi there', bold) }), phrases);
    expect(entities.at(-1)).toEqual({ ...bold, offset: all.indexOf('Hi there') });
  });

  test('are an excerpt when there are more', () => {
    expect(body(text('word '.repeat(200).trim()))).toBe(`${'word '.repeat(39).trim()}…`);
  });

  test.each<[Content, string]>([
    [media('photo'), 'First message: photo'],
    [media('photo', 'look'), 'First message: photo\nlook'],
    [media('voice'), 'First message: voice message'],
    [{ kind: 'location', latitude: 1, longitude: 2 }, 'First message: location'],
    [{ kind: 'venue', latitude: 1, longitude: 2, title: 'T', address: 'A' }, 'First message: place'],
    [
      {
        kind: 'poll',
        question: { text: 'Q', entities: [] },
        options: [],
        quiz: false,
        anonymous: true,
        multiple: false,
        closed: false,
      },
      'First message: poll',
    ],
    [{ kind: 'contact', phone: '+1', firstName: 'A' }, 'First message: contact'],
    [{ kind: 'dice', emoji: '🎲', value: 1 }, 'First message: dice'],
    [{ kind: 'native', name: 'story' }, 'First message: story'],
    [{ kind: 'uncopyable', name: 'giveaway' }, 'First message: giveaway'],
    [{ kind: 'uncopyable', name: 'kind_of_the_future' }, 'First message: unknown kind of message'],
  ])('of %j are announced', (content, expected) => {
    expect(body(content)).toBe(expected);
  });

  test('of a long caption are an excerpt under the announcement', () => {
    const [announced, excerpt = ''] = body(media('video', 'x'.repeat(300))).split('\n');
    expect(announced).toBe('First message: video');
    expect(excerpt).toBe(`${'x'.repeat(199)}…`);
  });
});

test('the longest post there can be is a post that Telegram takes', () => {
  const customer = {
    id: '9'.repeat(16),
    place: '1',
    firstName: '👍'.repeat(64),
    lastName: 'x'.repeat(64),
    username: 'u'.repeat(32),
    language: 'pt-br',
  };
  const longest = cardText(
    card({ customer, standing: 'blocked', continued: true, firstMessage: text('👍'.repeat(500)) }),
    phrases,
  );
  expect(Array.from(longest.text).length).toBeLessThan(1_000);
});

test('the post is in the team’s language', () => {
  expect(cardText(card({ firstMessage: media('photo') }), createPhrases('pt')).text).toContain(
    'Primeira mensagem: foto',
  );
});
