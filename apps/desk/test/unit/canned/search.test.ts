import { createLibrary, type LibraryChanges } from '../../../src/canned/library.js';
import type { StoredReply } from '../../../src/canned/reply.js';
import { createCannedIndex, type CannedIndex } from '../../../src/canned/search/index.js';
import { fold, termsIn, wordsIn } from '../../../src/canned/search/fold.js';
import { fillerReplies } from '../../relevance/filler.js';
import { later, nine } from '../support/people.js';

function reply(id: string, text: string, more: Partial<StoredReply> = {}): StoredReply {
  return {
    id,
    version: 1,
    title: id,
    keywords: [],
    archived: false,
    wordings: [{ language: '', content: { kind: 'text', text, entities: [] } }],
    ...more,
  };
}

function indexOf(...replies: StoredReply[]): CannedIndex {
  const index = createCannedIndex();
  for (const one of replies) index.put(one);
  return index;
}

function search(index: CannedIndex, query: string, { person = '7', now = nine } = {}): readonly string[] {
  return index.search({ query, person, now });
}

test.each([
  ['Ödeme İADESİ ışık', 'odeme iadesi isik'],
  ['Straße ŁÓDŹ Ærø', 'strasse lodz aero'],
  ['Ёлка Й', 'елка и'],
  ['Ação ñandú', 'acao nandu'],
])('%s is compared as %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('words are letters and digits; joined ones count apart and together, and each letter of Chinese alone', () => {
  expect(wordsIn('E-mail, C3PO! it’s')).toEqual(['e', 'mail', 'c3po', 'it', 's']);
  expect([...termsIn('e-mail')]).toEqual(['e', 'mail', 'email']);
  expect(wordsIn('退款政策 ok')).toEqual(['退', '款', '政', '策', 'ok']);
});

describe('a reply is found', () => {
  const index = indexOf(
    reply('Refund policy', 'We pay everything back within 14 days.', { shortcut: 'rp', keywords: ['money'] }),
    reply('Welcome', 'Hello and welcome to our shop, how can we help?'),
    reply('Hours', 'Open from nine to five', {
      wordings: [
        { language: '', content: { kind: 'text', text: 'Open from nine to five', entities: [] } },
        { language: 'pt', content: { kind: 'text', text: 'Aberto das nove às cinco', entities: [] } },
      ],
    }),
  );
  test.each([
    ['by its title', 'refund policy', 'Refund policy'],
    ['by words in any order', 'days back', 'Refund policy'],
    ['by the beginning of a word', 'welc', 'Welcome'],
    ['with a letter too few', 'welcme', 'Welcome'],
    ['with a letter too many', 'reffund', 'Refund policy'],
    ['with two letters swapped', 'wleocme', 'Welcome'],
    ['by a keyword', 'money', 'Refund policy'],
    ['by its shortcut', 'RP', 'Refund policy'],
    ['by the words of another language, without accents', 'as cinco aberto', 'Hours'],
  ])('%s', (_how, query, expected) => {
    expect(search(index, query)[0]).toBe(expected);
  });

  test('and nothing is for words that stand nowhere', () => {
    expect(search(index, 'zebra quantum')).toEqual([]);
  });

  test('by marks alone as by nothing: all of them', () => {
    expect(search(index, ' ?! ')).toEqual(['Hours', 'Refund policy', 'Welcome']);
  });
});

test('an exact shortcut goes first, whatever fits and is used more', () => {
  const index = indexOf(
    reply('hi hi hi', 'hi', { keywords: ['hi'] }),
    reply('Greeting', 'Good day', { shortcut: 'hi' }),
  );
  index.note({ reply: 'hi hi hi', person: '7', uses: 900, recent: 900, at: nine });
  expect(search(index, 'hi')).toEqual(['Greeting', 'hi hi hi']);
});

test('a word in the title weighs more than one in the text', () => {
  const index = indexOf(reply('A', 'parcel parcel'), reply('Parcel', 'something'));
  expect(search(index, 'parcel')).toEqual(['Parcel', 'A']);
});

test('among equals the one that this agent uses comes first, then the one that the team uses', () => {
  const index = indexOf(reply('parcel a', 'x'), reply('parcel b', 'x'), reply('parcel c', 'x'));
  index.note({ reply: 'parcel c', person: '7', uses: 3, recent: 3, at: nine });
  index.note({ reply: 'parcel b', person: '8', uses: 3, recent: 3, at: nine });
  expect(search(index, 'parcel')).toEqual(['parcel c', 'parcel b', 'parcel a']);
  expect(search(index, 'parcel', { person: '8' })).toEqual(['parcel b', 'parcel c', 'parcel a']);
});

test('use never lifts what does not fit over what does', () => {
  const index = indexOf(reply('Refund policy', 'x'), reply('Hours', 'no refund here'));
  index.note({ reply: 'Hours', person: '7', uses: 500, recent: 500, at: nine });
  expect(search(index, 'refund policy')[0]).toBe('Refund policy');
});

test('for nothing come the most used lately, and then the others by title', () => {
  const index = indexOf(reply('C', 'x'), reply('A', 'x'), reply('B', 'x'), reply('D', 'x'));
  index.note({ reply: 'B', person: '8', uses: 90, recent: 90, at: later(-90 * 86_400) });
  index.note({ reply: 'D', person: '8', uses: 5, recent: 5, at: nine });
  expect(search(index, '')).toEqual(['D', 'B', 'A', 'C']);
});

test('an edit counts at once, archived, refused and removed ones are not found', () => {
  const index = indexOf(reply('A', 'apple'), reply('B', 'banana'));
  index.put(reply('A', 'cherry', { shortcut: 'c' }));
  expect(search(index, 'apple')).toEqual([]);
  expect(search(index, 'cherry')).toEqual(['A']);
  index.put(reply('A', 'cherry', { archived: true }));
  expect(search(index, 'c')).toEqual([]);
  index.put(reply('A', 'cherry', { refusal: 'wrong file' }));
  expect(search(index, 'cherry')).toEqual([]);
  expect(index.search({ query: 'cherry', person: '7', now: nine, hidden: true })).toEqual(['A']);
  index.remove('B');
  expect(search(index, '')).toEqual([]);
  index.remove('A');
  expect(index.size).toBe(0);
});

test('thousands of edits leave the index as small and as right as before', () => {
  const index = createCannedIndex();
  for (let round = 0; round < 5_000; round += 1) index.put(reply('A', `word${round} stays`));
  index.put(reply('B', 'another stays'));
  expect(search(index, 'stays')).toEqual(['A', 'B']);
  expect(search(index, 'word4999')).toEqual(['A']);
});

describe('the library', () => {
  const nothing: LibraryChanges = { revision: '0', replies: [], deleted: [], usage: [] };

  test('follows the database: only what changed after the last look is read', async () => {
    const asked: string[] = [];
    let answer: LibraryChanges = { ...nothing, revision: '1', replies: [reply('A', 'apple')] };
    const library = createLibrary((revision) => {
      asked.push(revision);
      return Promise.resolve(answer);
    });
    const found = (query: string): string[] => library.search({ query, person: '7', now: nine }).map(({ id }) => id);
    await library.sync();
    expect(found('apple')).toEqual(['A']);
    answer = { ...nothing, revision: '2', deleted: ['A'], replies: [reply('B', 'banana')] };
    await library.sync();
    expect([found('apple'), found('banana'), asked]).toEqual([[], ['B'], ['0', '1']]);
  });

  test('who asks during a look gets one that begins afterwards', async () => {
    let current = '1';
    let free = (): void => undefined;
    const gate = new Promise<void>((resolve) => (free = resolve));
    const library = createLibrary(async (revision) => {
      const seen = current;
      await gate;
      return { ...nothing, revision: seen, replies: revision === seen ? [] : [reply(`as of ${seen}`, 'x')] };
    });
    const first = library.sync();
    current = '2';
    const second = library.sync();
    free();
    await first;
    await second;
    expect(library.search({ query: 'as of 2', person: '7', now: nine }).map(({ id }) => id)).toContain('as of 2');
  });

  test('a look that failed is done again by the next', async () => {
    let fails = true;
    const library = createLibrary(() => {
      if (fails) return Promise.reject(new Error('away'));
      return Promise.resolve({ ...nothing, revision: '1', replies: [reply('A', 'x')] });
    });
    await expect(library.sync()).rejects.toThrow('away');
    fails = false;
    await library.sync();
    expect(library.search({ query: '', person: '7', now: nine })).toHaveLength(1);
  });

  test('reading thousands in leaves room for others in between', async () => {
    const replies = fillerReplies(2_000);
    const library = createLibrary(() => Promise.resolve({ ...nothing, revision: '1', replies }));
    let turns = 0;
    let done = false;
    const other = (): void => {
      turns += 1;
      if (!done) setImmediate(other);
    };
    setImmediate(other);
    await library.sync();
    done = true;
    expect(turns).toBeGreaterThan(5);
  });
});
