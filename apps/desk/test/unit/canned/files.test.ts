import { planImport, type ImportPlan } from '../../../src/canned/files/plan.js';
import { FileError, formatOf, readReplies, type Format } from '../../../src/canned/files/read.js';
import { writeReplies } from '../../../src/canned/files/write.js';
import type { CannedReply, StoredReply } from '../../../src/canned/reply.js';
import { createPhrases } from '../../../src/text/phrases.js';
import { media, text } from '../support/people.js';
import { seeded } from '../support/random.js';

const { say: phrase } = createPhrases();

function plan(words: string, format: Format, existing: readonly StoredReply[] = []): ImportPlan {
  const file = `replies.${format}`;
  const { rows } = readReplies(words, { file, format });
  return planImport(rows, { file, existing, say: ({ id, args }) => phrase(id, args) });
}

function read(words: string, format: Format): CannedReply[] {
  return plan(words, format).changes.map(({ reply }) => reply);
}

function problems(words: string, format: Format, existing: readonly StoredReply[] = []): readonly string[] {
  try {
    plan(words, format, existing);
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
  return [];
}

function reply(title: string, more: Partial<CannedReply> = {}): CannedReply {
  return {
    title,
    keywords: [],
    archived: false,
    wordings: [{ language: '', content: asText(`About ${title}`) }],
    ...more,
  };
}

function asText(
  words: string,
  ...entities: Parameters<typeof text>[1][]
): Extract<ReturnType<typeof text>, { kind: 'text' }> {
  return text(words, ...entities) as Extract<ReturnType<typeof text>, { kind: 'text' }>;
}

const link = { type: 'text_link', offset: 0, length: 4, url: 'https://example.com/a?b=c' };

const rich: CannedReply = {
  title: 'Reembolso: "já"',
  shortcut: 'reembolso',
  keywords: ['money back', 'devolução'],
  archived: true,
  wordings: [
    {
      language: '',
      content: {
        ...media('photo', 'Look\n  here, {first_name|there}', 'F'),
        file: 'AgAC_-9',
        fileKey: 'AQAD',
        caption: { text: 'Look\n  here, {first_name|there}', entities: [link] },
        buttons: [[{ text: 'Shop', url: 'https://example.com' }], [{ text: 'Help', url: 'tg://resolve?domain=x' }]],
      },
    },
    { language: 'pt', content: asText('Olá 👋🏽, {first_name|cliente}; "tudo"\r\nbem?') },
    { language: 'tr', content: asText('İade ışığı') },
  ],
};

describe('a file that was written is read back exactly', () => {
  const awkward = [
    '- not: a list',
    '# no comment',
    '  two spaces before, two after  ',
    'line\n\n  indented\n\ttab\nend\n',
    '"quotes", commas; and | bars',
    "it's 'single'",
    'true',
    '123',
    '~',
    'null',
    '=1+1',
    '\u00a0nbsp\u2028separator\u0085next',
    '👩‍👩‍👧‍👦 ﷽ العربية עברית',
    '--- \n...\n',
    '{a: b}',
    '[x]',
    '* star & anchor ! tag % @ `',
  ];
  const hard = awkward.map((words, index) =>
    reply(`Title ${index} ${words.replace(/\s+/gu, ' ').trim().slice(0, 40)}`.trim(), {
      wordings: [{ language: '', content: asText(words) }],
    }),
  );
  test.each(['json', 'csv', 'yaml'] as const)('%s, with everything a reply can have', (format) => {
    const all = [rich, reply('Plain'), ...hard];
    const written = writeReplies(all, format);
    const again = read(written, format);
    expect(again).toEqual(all);
    expect(writeReplies(again, format)).toBe(written);
  });

  test.each(['json', 'csv', 'yaml'] as const)('%s, with texts drawn at random', (format) => {
    const random = seeded(4);
    const alphabet = [...Array.from('ab ,;:"\'\n\t#-{}[]&*!|>%@`\\/=çßıİж漢👍'), '\r\n'];
    const all = Array.from({ length: 200 }, (_, index) => {
      const words = Array.from({ length: random.between(1, 40) }, () => random.pick(alphabet)).join('');
      return reply(`T${index}`, { wordings: [{ language: '', content: asText(`x${words}`) }] });
    });
    expect(read(writeReplies(all, format), format)).toEqual(all);
  });

  test.each(['json', 'csv', 'yaml'] as const)('%s, with nothing in it', (format) => {
    expect(read(writeReplies([], format), format)).toEqual([]);
  });
});

test('a plain reply is written as title, text and keywords', () => {
  const written: unknown = JSON.parse(writeReplies([reply('A', { keywords: ['b'] })], 'json'));
  expect(written).toEqual([{ title: 'A', text: 'About A', keywords: ['b'] }]);
});

test.each([
  ['a.json', 'json'],
  ['a.CSV', 'csv'],
  ['a.b.yml', 'yaml'],
  ['a.yaml', 'yaml'],
  ['a.txt', undefined],
  ['json', undefined],
])('the ending of %s means %s', (file, format) => {
  expect(formatOf(file)).toBe(format);
});

describe('files of other programs', () => {
  const chatwoot = JSON.stringify([
    {
      id: 1,
      account_id: 3,
      short_code: 'hello',
      content: 'Hi {{contact.first_name | default: "there"}}',
      created_at: 'x',
    },
    { id: 2, account_id: 3, short_code: 'Late Order', content: 'By {{ agent.name }}: {{conversation.id}}' },
  ]);

  test('Chatwoot’s list of canned responses becomes replies, its variables placeholders', () => {
    expect(read(chatwoot, 'json')).toEqual([
      reply('hello', { shortcut: 'hello', wordings: [{ language: '', content: asText('Hi {first_name|there}') }] }),
      reply('Late Order', { wordings: [{ language: '', content: asText('By {agent}: {{conversation.id}}') }] }),
    ]);
  });

  test('a variable of Chatwoot’s that has no counterpart is named', () => {
    expect(readReplies(chatwoot, { file: 'c.json', format: 'json' }).warnings).toEqual([
      'c.json, line 1, text: {{conversation.id}} has no placeholder here; it is kept as it is.',
    ]);
  });

  test.each([
    ['a,One\nb,"Two\nlines"\n', ','],
    ['shortcut,message\na,One\nb,"Two\nlines"\n', 'a heading'],
    ['Name;Content\na;One\nb;"Two\nlines"\n', 'semicolons'],
    ['\uFEFFa,One\r\nb,"Two\nlines"\r\n', 'a byte order mark'],
  ])('a table of two columns is titles and texts (%#)', (words) => {
    expect(read(words, 'csv').map(({ title, wordings }) => [title, wordings[0].content])).toEqual([
      ['a', asText('One')],
      ['b', asText('Two\nlines')],
    ]);
  });
});

describe('an import updates by title', () => {
  const [first] = read(JSON.stringify([{ title: 'A', text: 'old', keywords: ['k'], shortcut: 'a' }]), 'json');
  const existing: StoredReply[] = [{ ...first!, id: '5', version: 2 }];

  test('and keeps what the file does not name', () => {
    const { changes } = plan(JSON.stringify([{ title: 'A', text: 'new' }]), 'json', existing);
    expect(changes).toEqual([
      {
        kind: 'update',
        existing: existing[0],
        reply: reply('A', { keywords: ['k'], shortcut: 'a', wordings: [{ language: '', content: asText('new') }] }),
      },
    ]);
  });

  test('what is the same counts as unchanged', () => {
    expect(plan(JSON.stringify([{ title: 'A', text: 'old' }]), 'json', existing)).toEqual({
      changes: [],
      unchanged: 1,
    });
  });

  test('an empty list of keywords takes them away', () => {
    const { changes } = plan(
      JSON.stringify([{ title: 'A', text: 'old', keywords: [], shortcut: '' }]),
      'json',
      existing,
    );
    expect(changes[0]?.reply).toEqual(reply('A', { wordings: [{ language: '', content: asText('old') }] }));
  });

  test('a shortcut may change hands within a file, but is not taken from a reply outside of it', () => {
    const swap = JSON.stringify([
      { title: 'A', text: 'old', shortcut: 'b' },
      { title: 'B', text: 'x', shortcut: 'a' },
    ]);
    expect(plan(swap, 'json', existing).changes).toHaveLength(2);
    expect(problems(JSON.stringify([{ title: 'B', text: 'x', shortcut: 'a' }]), 'json', existing)).toEqual([
      'replies.json, line 1, shortcut: “a” belongs to “A”.',
    ]);
  });
});

describe('errors name file, line and field', () => {
  test.each<[Format, string, string[]]>([
    [
      'json',
      '[\n  {"title": "A", "text": "x"},\n\t{"title": "B"}\n]',
      ['replies.json, line 3, text: is missing or not a text.'],
    ],
    ['json', '[\n{"title": "", "text": "x"}]', ['replies.json, line 2, title: must not be empty.']],
    ['json', '[{"title": "A", "text": "x", "tags": []}]', ['replies.json, line 1, tags: there is no such field.']],
    [
      'json',
      '[{"title": "A", "text": "x", "keywords": "k"}]',
      ['replies.json, line 1, keywords: Invalid input: expected array, received string.'],
    ],
    ['json', '{"title": "A"}', ['replies.json, line 1: must be a list of replies, each with a title and a text.']],
    ['json', '[\n"A"\n]', ['replies.json, line 2, row: Invalid input: expected object, received string.']],
    [
      'yaml',
      '- title: A\n  text: x\n- title: A\n  text: y\n',
      ['replies.yaml, line 3, title: “A” stands on line 1 already.'],
    ],
    ['yaml', '- title: A\n  text: 5\n', ['replies.yaml, line 1, text: is missing or not a text.']],
    ['csv', 'title,text\nA,"two\nlines"\nB,\n', ['replies.csv, line 4, text: must not be empty.']],
    ['csv', 'title,text,colour\nA,x,red\n', ['replies.csv, line 1, colour: there is no such column.']],
    ['csv', 'title,text\nA,x,y\n', ['replies.csv, line 2: has more cells than there are columns.']],
    [
      'csv',
      'a,b,c\n',
      ['replies.csv, line 1: the columns must be named, title and text among them, or be exactly two.'],
    ],
    [
      'csv',
      'title,text,shortcut\nA,x,Two Words\n',
      ['replies.csv, line 2, shortcut: takes small letters, digits, _ and - only, at most 32 of them.'],
    ],
  ])('%s %j', (format, words, expected) => {
    expect(problems(words, format)).toEqual(expected);
  });

  test('all of them at once', () => {
    const rows = [{ title: 'A' }, { text: 'x' }, { title: 'C', text: '' }].map((row) => JSON.stringify(row));
    expect(problems(`[\n${rows.join(',\n')}\n]`, 'json')).toHaveLength(2);
  });

  test.each([
    ['json', '[\n{"title": "A",\n"text" "x"}]', /^replies\.json, line 3: is not JSON: /],
    ['yaml', '- title: A\n  text: "x\n', /^replies\.yaml, line \d: /],
    ['csv', 'title,text\nA,"x\n', /^replies\.csv, .*line \d/],
    ['csv', 'title,text,buttons\nA,x,[\n', /^replies\.csv, line 2, buttons: is not JSON/],
  ] as const)('%s that is broken: %j', (format, words, expected) => {
    expect(problems(words, format)).toEqual([expect.stringMatching(expected)]);
  });
});
