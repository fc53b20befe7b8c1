import { readdirSync, readFileSync } from 'node:fs';

/**
 * The table of faults: 104 things that go wrong, each with the outcome that is promised. A test whose name begins with
 * the number of a row, as in `39. an update that ...`, holds that row; this one sees that no row is forgotten.
 */
const rows = Array.from({ length: 104 }, (_, index) => index + 1);

/** Rows about what this desk does not have. */
const notOurs: Readonly<Record<number, string>> = {
  13: 'a failover to a replica is a restart (row 11) to the desk; what an asynchronous one loses is said in docs/guarantees.md',
  67: 'no page serves attachments: there is no web export',
  85: 'nothing that customers write is exported as a table',
};

const tests = new URL('..', import.meta.url);

function tested(): ReadonlySet<number> {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const names = files.flatMap((file) => [...readFileSync(new URL(file, tests), 'utf8').matchAll(/['"`](\d{1,3})\. /g)]);
  return new Set(names.map(([, row]) => Number(row)));
}

test('every row of the table of faults has a test, or a reason to have none', () => {
  const held = tested();
  const open = rows.filter((row) => !held.has(row));
  expect(open).toEqual(
    Object.keys(notOurs)
      .map(Number)
      .sort((a, b) => a - b),
  );
});
