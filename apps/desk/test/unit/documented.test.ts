import { readFileSync } from 'node:fs';
import { settingNames } from '../../src/config.js';

/** What people copy from must name what the program reads: no more and no less. */
const read = (name: string): string => readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name]) => name!).sort();

/** A hook for tests and no setting: nobody who runs a desk should meet it, so it stands in docs/development.md alone. */
test('FAULT_POINT is described for developers and offered to nobody', () => {
  expect(settingNames).not.toContain('FAULT_POINT');
  expect(read('docs/development.md')).toContain('`FAULT_POINT`');
  expect(read('README.md') + read('.env.example')).not.toContain('FAULT_POINT');
});

/** Read by `npm start` alone, and by docker-compose.yml alone. */
const notOfTheDesk = ['POSTGRES_PASSWORD', 'SANDBOX_PORT'];

test('.env.example names exactly the settings that are read', () => {
  const named = found(read('.env.example'), /^([A-Z_]+)=/gm);
  expect(named).toEqual([...settingNames, ...notOfTheDesk].sort());
});

test('the table of settings in README.md names exactly the settings that are read', () => {
  const [, table = ''] = /\n## Settings\n([^]*?)\n## /.exec(read('README.md')) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => found(row.split('|')[1]!, /`([A-Z_]+)`/g));
  expect(named.sort()).toEqual([...settingNames].sort());
});

test('docker-compose.yml asks for nothing that .env.example does not name', () => {
  const asked = found(read('docker-compose.yml'), /\$\{([A-Z_]+)/g);
  const offered = found(read('.env.example'), /^([A-Z_]+)=/gm);
  expect(asked.filter((name) => !offered.includes(name))).toEqual([]);
});
