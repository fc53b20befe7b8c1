import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, openSandbox, run, runScript, settingsFor, temporary, untilReady } from './support.js';

interface Said {
  readonly code: number | null;
  readonly lines: readonly string[];
}

type Settings = Readonly<Record<string, string | undefined>>;

async function canned(settings: Settings, ...args: string[]): Promise<Said> {
  const program = runScript('desk.mjs', settings, ['canned', ...args]);
  const { code } = await program.ended;
  return { code, lines: program.lines };
}

/** A desk that has never run: nobody has told Telegram of it. */
async function newDesk(): Promise<Settings> {
  return { ...(await createDatabase()), BOT_TOKEN: `4242:${'x'.repeat(35)}` };
}

function file(name: string, text: string): string {
  const path = join(temporary(), name);
  writeFileSync(path, text);
  return path;
}

const two = [
  { title: 'Refund', text: 'Hello {first_name|there}', keywords: ['money'] },
  { title: 'Hours', text: 'We open at 9.' },
];

test('an import tells counts, a second one updates by title, and an export gives the same file back', async () => {
  const settings = await newDesk();
  const path = file('replies.json', JSON.stringify(two));
  expect(await canned(settings, 'import', path)).toEqual({ code: 0, lines: ['2 added, 0 updated, 0 unchanged'] });
  const changed = file('replies.json', JSON.stringify([two[0], { ...two[1], text: 'We open at 8.' }]));
  expect(await canned(settings, 'import', changed)).toEqual({ code: 0, lines: ['0 added, 1 updated, 1 unchanged'] });
  const exported = join(temporary(), 'out.json');
  expect(await canned(settings, 'export', exported)).toEqual({ code: 0, lines: [`exported 2 replies to ${exported}`] });
  expect(JSON.parse(readFileSync(exported, 'utf8'))).toEqual([{ ...two[1], text: 'We open at 8.' }, two[0]]);
  const again = join(temporary(), 'again.csv');
  await canned(settings, 'export', again);
  expect(await canned(settings, 'import', again)).toEqual({ code: 0, lines: ['0 added, 0 updated, 2 unchanged'] });
});

test('a dry run says what would change and changes nothing', async () => {
  const settings = await newDesk();
  const path = file('replies.yaml', '- title: Refund\n  text: Hello {frist_name}\n');
  expect(await canned(settings, 'import', path, '--dry-run')).toEqual({
    code: 0,
    lines: [
      'would add “Refund”',
      'note: “Refund”: {frist_name} is no placeholder; customers see it as it is.',
      'nothing was changed; an import would say: 1 added, 0 updated, 0 unchanged',
    ],
  });
  const exported = join(temporary(), 'out.json');
  await canned(settings, 'export', exported);
  expect(readFileSync(exported, 'utf8')).toBe('[]\n');
});

test('a bad row names file, line and field, and nothing of the file is kept', async () => {
  const settings = await newDesk();
  const path = file('replies.csv', 'title,text\nFine,Words\nBad,\n');
  expect(await canned(settings, 'import', path)).toEqual({
    code: 1,
    lines: ['postdesk: replies.csv, line 3, text: must not be empty.'],
  });
  const exported = join(temporary(), 'out.json');
  await canned(settings, 'export', exported);
  expect(readFileSync(exported, 'utf8')).toBe('[]\n');
});

test.each([
  [[], 'say import or export'],
  [['import'], 'name one file'],
  [['import', 'a.json', 'b.json'], 'name one file'],
  [['delete', 'a.json'], 'there is no delete'],
  [['export', 'a.json', '--dry-run'], 'for import only'],
  [['import', 'a.json', '--loud'], '--loud'],
  [['import', 'a.txt'], 'must end in .json, .csv, .yaml or .yml'],
])('wrong usage ends with 2: canned %j', async (args, words) => {
  const { code, lines } = await canned({ BOT_TOKEN: `4242:${'x'.repeat(35)}` }, ...args);
  expect(code).toBe(2);
  expect(lines[0]).toContain(words);
});

test.each([
  ['a file that is not there', () => join(temporary(), 'none.json'), 'cannot be read'],
  ['a file that is no text', () => file('a.json', '\u0000'), 'is not JSON'],
])('%s ends with 1', async (_name, path, words) => {
  const { code, lines } = await canned(await newDesk(), 'import', path());
  expect(code).toBe(1);
  expect(lines[0]).toContain(words);
});

test('while a desk has the embedded database open, the command says what to do', async () => {
  const sandbox = await openSandbox();
  const embedded = { ...(await settingsFor(sandbox)), DATABASE_URL: '', DATA_DIR: temporary() };
  const desk = run(embedded);
  await untilReady(desk);
  const { code, lines } = await canned(embedded, 'import', file('a.json', '[]'));
  expect(code).toBe(1);
  expect(lines[0]).toContain('Stop the desk, run this again, and start it.');
});
