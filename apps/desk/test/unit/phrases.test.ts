import { readdirSync, readFileSync } from 'node:fs';
import { captionedMedia, bareMedia } from '../../src/relay/content.js';
import type { Side, Standing } from '../../src/relay/model.js';
import type { Notice } from '../../src/relay/notices.js';
import { en } from '../../src/text/en.js';
import { createPhrases, languages } from '../../src/text/phrases.js';
import { pt } from '../../src/text/pt.js';

const sources = { en, pt } as const;

/** Every notice there is; a new one that is missing here does not compile. */
const examples = {
  'customer-blocked': { id: 'customer-blocked' },
  'customer-gone': { id: 'customer-gone' },
  'customer-returned': { id: 'customer-returned' },
  'customer-returned-held': { id: 'customer-returned-held', count: 2 },
  'not-delivered': { id: 'not-delivered', reason: 'message is too long' },
  'not-delivered-blocked': { id: 'not-delivered-blocked' },
  'not-delivered-gone': { id: 'not-delivered-gone' },
  'maybe-delivered': { id: 'maybe-delivered' },
  'maybe-repeated': { id: 'maybe-repeated' },
  'uncopyable-staff': { id: 'uncopyable-staff', what: 'giveaway' },
  'uncopyable-customer': { id: 'uncopyable-customer', what: 'giveaway' },
  'uncopyable-agent': { id: 'uncopyable-agent', what: 'giveaway' },
  'edit-not-mirrored': { id: 'edit-not-mirrored', side: 'customer' },
  'edit-not-delivered': { id: 'edit-not-delivered' },
  'edit-not-sent': { id: 'edit-not-sent' },
  'outside-threads': { id: 'outside-threads' },
  'note-stays-inside': { id: 'note-stays-inside' },
  'answer-became-note': { id: 'answer-became-note' },
  'unknown-command': { id: 'unknown-command', command: 'close' },
  'send-usage': { id: 'send-usage' },
  'unsend-usage': { id: 'unsend-usage' },
  'unsend-not-sent': { id: 'unsend-not-sent' },
  'unsend-done': { id: 'unsend-done' },
  'unsend-failed': { id: 'unsend-failed' },
  'unsend-unreachable': { id: 'unsend-unreachable' },
  'edit-unreachable': { id: 'edit-unreachable' },
  'alias-set': { id: 'alias-set', alias: 'Mary' },
  'alias-cleared': { id: 'alias-cleared' },
  'chosen-sent-as': { id: 'chosen-sent-as', text: 'Hello Ann' },
  'chosen-nothing-left': { id: 'chosen-nothing-left' },
  'canned-in-private': { id: 'canned-in-private' },
} as const satisfies { [Id in Notice['id']]: Extract<Notice, { id: Id }> };

const notices: readonly Notice[] = [...Object.values(examples), { id: 'edit-not-mirrored', side: 'staff' }];

/** The texts of a source: id and placeholders. */
function textsOf(source: string): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const entry of source.split(/\n(?=[a-z])/)) {
    const id = /^([a-z][\w-]*) =/.exec(entry.trim())?.[1];
    if (id !== undefined) texts.set(id, [...entry.matchAll(/\{ \$(\w+) \}/g)].map(([, name = '']) => name).sort());
  }
  return texts;
}

/** All of the program but the texts themselves. */
function program(folder: URL): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      if (entry.isDirectory()) return program(new URL(`${entry.name}/`, folder));
      return /^(en|pt)\.ts$/.test(entry.name) ? '' : readFileSync(new URL(entry.name, folder), 'utf8');
    })
    .join('\n');
}

test('the languages are those that are tested here', () => {
  expect(languages).toEqual(Object.keys(sources));
});

describe.each(languages)('in language %s', (language) => {
  const phrases = createPhrases(language);

  test.each(notices)('the notice %j has a text, complete, to both sides', (notice) => {
    for (const to of ['staff', 'customer'] as const) {
      const said = phrases.notice(notice, to, language);
      expect(said).not.toBe('');
      expect(said).not.toMatch(/[{}$]|undefined/);
    }
  });

  test('the words of a notice stand in its text', () => {
    expect(phrases.notice(examples['not-delivered'], 'staff')).toContain('message is too long');
    expect(phrases.notice(examples['unknown-command'], 'staff')).toContain('/close');
    expect(phrases.notice(examples['alias-set'], 'staff')).toContain('“Mary”');
    expect(phrases.notice(examples['uncopyable-staff'], 'staff')).toContain(phrases.kind('giveaway'));
  });

  test.each([
    ...captionedMedia,
    ...bareMedia,
    'location',
    'venue',
    'contact',
    'poll',
    'dice',
    'story',
    'game',
    'rich_message',
    'giveaway',
    'giveaway_winners',
    'paid_media',
    'checklist',
    'invoice',
  ])('the kind %s has a name of its own', (kind) => {
    expect(phrases.kind(kind)).not.toBe(phrases.kind('unknown'));
  });

  test.each(['kind_of_the_future', '', 'x }', 'toString'])('a kind that has no name (%j) is called unknown', (kind) => {
    expect(phrases.kind(kind)).toBe(phrases.kind('unknown'));
    expect(phrases.kind(kind)).not.toBe('');
  });

  test('everything else that the desk says has a text', () => {
    const standings: readonly Standing[] = ['blocked', 'gone'];
    for (const standing of standings) expect(phrases.say(`standing-${standing}`)).not.toBe('');
    expect(phrases.say('thread-late', { ticket: 't12' })).toContain('#t12');
    expect(phrases.say('setup-ready', { channel: 'Support', group: 'Talk' })).toMatch(/“Support”.*“Talk”/);
    expect(phrases.say('card-first-media', { what: 'photo' })).toContain('photo');
  });

  test('the steps for the owner stand on lines of their own', () => {
    expect(
      phrases
        .say('owner-welcome')
        .split('\n')
        .filter((line) => /^\d\. /.test(line)),
    ).toHaveLength(2);
  });
});

test('every language has the same texts with the same placeholders', () => {
  for (const source of Object.values(sources)) expect(textsOf(source)).toEqual(textsOf(en));
});

test('no language says in another’s words what it has words for', () => {
  const words = (source: string): Map<string, string> =>
    new Map(
      source
        .split('\n')
        .flatMap((line) => [/^([\w-]+) = (.*\s.*\s.*)$/.exec(line)?.slice(1) ?? []])
        .map(([id = '', said = '']) => [id, said]),
    );
  const english = words(en);
  for (const [id, said] of words(pt)) if (id !== '') expect([id, said]).not.toEqual([id, english.get(id)]);
});

test('no text is there that nobody says', () => {
  const code = program(new URL('../../src/', import.meta.url));
  const said = (id: string): boolean =>
    id in examples || /^(kind|standing|edit-not-mirrored)-/.test(id) || code.includes(`'${id}'`);
  expect([...textsOf(en).keys()].filter((id) => !said(id))).toEqual([]);
});

test('what nobody wrote cannot be said', () => {
  expect(() => createPhrases().say('not-there')).toThrow('there is no text “not-there”');
});

describe('whose language', () => {
  const phrases = createPhrases('en');
  const sorry = (to: Side, language?: string): string => phrases.notice(examples['uncopyable-customer'], to, language);

  test.each([
    ['pt', 'Desculpe'],
    ['pt-BR', 'Desculpe'],
    ['PT-br', 'Desculpe'],
    ['en-GB', 'Sorry'],
    ['de', 'Sorry'],
    ['', 'Sorry'],
    ['-', 'Sorry'],
    ['constructor', 'Sorry'],
    [undefined, 'Sorry'],
  ])('to a customer in %j the desk says “%s”', (language, word) => {
    expect(sorry('customer', language)).toContain(word);
  });

  test('names of kinds are in the same language as the sentence', () => {
    expect(sorry('customer', 'pt')).toContain('sorteio');
  });

  test('the team reads its own language, whatever the customer speaks', () => {
    expect(sorry('staff', 'pt')).toContain('Sorry');
    expect(createPhrases('pt').notice(examples['customer-blocked'], 'staff', 'en')).toContain('O cliente');
    expect(createPhrases('pt').say('card-language')).toBe('idioma');
  });
});

test('placeholders are filled in as plain text, without marks around them', () => {
  const reason = '{ $x } <b>“x”</b> \u202e\n= y';
  expect(createPhrases().notice({ id: 'not-delivered', reason }, 'staff')).toBe(
    `⚠️ Not delivered. Telegram says: ${reason}`,
  );
});
