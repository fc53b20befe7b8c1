import type { CannedContent, Wording } from '../../src/relay/canned.js';
import { digestOfWording, wordingFor } from '../../src/relay/canned.js';
import { decide } from '../../src/relay/decide.js';
import type { Decision } from '../../src/relay/decisions.js';
import type { CommentEvent } from '../../src/relay/events.js';
import type { Situation } from '../../src/relay/situation.js';
import { agentsThread, ann, comment, conversation, incoming, later, media, stored, text } from './support/people.js';

const reply = (words: string, language = ''): Wording => ({ language, content: text(words) as CannedContent });

function picked(words: string, more: Partial<CommentEvent> = {}): CommentEvent {
  return comment(words, { chosen: true, ...more });
}

function about(situation: Situation, event: CommentEvent): string[] {
  return decide(situation, event).map(inShort);
}

function inShort(decision: Decision): string {
  switch (decision.kind) {
    case 'store_message': {
      const { incoming: stored, written, copyTo, internal } = decision.message;
      const words = stored.content.kind === 'text' ? stored.content.text : stored.content.kind;
      return `store ${words}${written ? ' (made of what was written)' : ''}${copyTo ? ` to ${copyTo}` : ''}${internal ? ' inside' : ''}`;
    }
    case 'say':
      return `say ${decision.notice.id}`;
    case 'revise_message':
      return `revise to ${decision.content.kind === 'text' ? decision.content.text : decision.content.kind}`;
    default:
      return decision.kind;
  }
}

const hello = { reply: '5', digest: 'd', wordings: [reply('Hello {first_name}'), reply('Olá {first_name}', 'pt')] };
const withReply: Situation = { ...agentsThread, chosen: hello };
const inLanguage = (language: string): Situation => ({
  ...withReply,
  conversation: { ...conversation, customer: { ...ann, language, standing: 'active' } },
});

test('a picked reply is filled in, shown to its author where it differs, and counted', () => {
  expect(about(withReply, picked('Hello {first_name}'))).toEqual([
    'store Hello Ann (made of what was written) to customer',
    'say chosen-sent-as',
    'count_use',
  ]);
});

test('one in which nothing is to be filled in is relayed as it is, and counted', () => {
  expect(about({ ...withReply, chosen: { ...hello, wordings: [] } }, picked('Plain'))).toEqual([
    'store Plain to customer',
    'count_use',
  ]);
});

test('one that no reply says any more is filled in all the same, and not counted', () => {
  expect(about(agentsThread, picked('Hello {first_name}'))).toEqual([
    'store Hello Ann (made of what was written) to customer',
    'say chosen-sent-as',
  ]);
});

test('what was typed by hand is not filled in', () => {
  expect(about(agentsThread, comment('Hello {first_name}'))).toEqual(['store Hello {first_name} to customer']);
});

test('the language of the customer picks the wording', () => {
  expect(about(inLanguage('pt-br'), picked('Hello {first_name}'))[0]).toBe(
    'store Olá Ann (made of what was written) to customer',
  );
  expect(about(inLanguage('de'), picked('Hello {first_name}'))[0]).toBe(
    'store Hello Ann (made of what was written) to customer',
  );
});

test('a picked reply of somebody who is not staff goes nowhere', () => {
  expect(about({ ...withReply, role: 'none' }, picked('Hello {first_name}'))).toEqual(['ignore']);
});

test('for a customer who blocked the bot it is held back, and nobody is told that it was sent', () => {
  const blocked: Situation = {
    ...withReply,
    conversation: { ...conversation, customer: { ...ann, standing: 'blocked' } },
  };
  expect(about(blocked, picked('Hello {first_name}'))).toEqual([
    'store Hello Ann (made of what was written)',
    'say not-delivered-blocked',
    'count_use',
  ]);
});

test('of which nothing is left is kept inside, and its author is told', () => {
  const nameless: Situation = {
    ...agentsThread,
    conversation: { ...conversation, customer: { ...ann, firstName: '\u200b', standing: 'active' } },
  };
  expect(about(nameless, picked(' {first_name} '))).toEqual(['store  {first_name}  inside', 'say chosen-nothing-left']);
});

test('a repeat of the same comment is nothing', () => {
  expect(about({ ...withReply, known: stored('Hello Ann') }, picked('Hello {first_name}'))).toEqual(['ignore']);
});

describe('an edit', () => {
  const known = stored('Hello Ann', { written: text('Hello {first_name}') });

  test('that changes nothing of what was written is nothing, though something else is shown', () => {
    expect(about({ ...withReply, known }, picked('Hello {first_name}', { kind: 'comment_edited' }))).toEqual([
      'ignore',
    ]);
  });

  test('is filled in as the first wording was', () => {
    const changed = picked('Bye {first_name}', {
      kind: 'comment_edited',
      message: incoming('Bye {first_name}', { editedAt: later(9) }),
    });
    expect(about({ ...agentsThread, known }, changed)).toEqual(['revise to Bye Ann', 'say chosen-sent-as']);
  });
});

test('values: names are made safe, the agent has their alias, the date is in the customer’s language', () => {
  const event = picked('{first_name}|{last_name}|{agent}|{date}');
  const customer = { ...ann, firstName: 'A\u202enn', language: 'de', standing: 'active' } as const;
  const { message } = decide(
    { ...agentsThread, alias: 'Mia', conversation: { ...conversation, customer } },
    event,
  )[0] as Extract<Decision, { kind: 'store_message' }>;
  expect(message.incoming.content).toMatchObject({ text: 'Ann|Lee|Mia|2. November 2026' });
});

test.each(['', 'x', 'pt_BR', '!!', 'constructor'])(
  'a language tag that is none (%j) does not stop an answer',
  (language) => {
    expect(about(inLanguage(language), picked('{date}'))[0]).toContain('to customer');
  },
);

test('a wording is found by region, then by language, and never the one for everybody', () => {
  const wordings = [reply('any'), reply('Olá', 'pt'), reply('Oi', 'pt-br')];
  expect(wordingFor(wordings, 'pt-BR')?.language).toBe('pt-br');
  expect(wordingFor(wordings, 'pt-PT')?.language).toBe('pt');
  expect(wordingFor(wordings, 'de')).toBeUndefined();
  expect(wordingFor(wordings, undefined)).toBeUndefined();
  expect(wordingFor(wordings, '')).toBeUndefined();
});

test('a digest is of words and file: not of white space, formatting, or the handle of a file', () => {
  const plain = reply('Hello  there\n').content;
  expect(digestOfWording(plain)).toBe(
    digestOfWording(text('Hello there', { type: 'bold', offset: 0, length: 2 }) as CannedContent),
  );
  expect(digestOfWording(plain)).not.toBe(digestOfWording(reply('Hello').content));
  expect(digestOfWording(media('photo', 'x', 'A'))).toBe(
    digestOfWording({ ...media('photo', 'x', 'A'), file: 'other handle' }),
  );
  expect(digestOfWording(media('photo', 'x', 'A'))).not.toBe(digestOfWording(media('photo', 'x', 'B')));
});
