import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { en } from '../../page/src/text/en.js';
import { pt } from '../../page/src/text/pt.js';

const assets = fileURLToPath(new URL('../../dist/page/assets', import.meta.url));

test('scripts and styles of the page are less than 150 kB, compressed', () => {
  const sizes = readdirSync(assets)
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => gzipSync(readFileSync(join(assets, name))).length);
  expect(sizes.length).toBeGreaterThanOrEqual(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
});

test('every sentence is there in both languages, with the same places to fill in', () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  expect(Object.keys(pt).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en) as (keyof typeof en)[])
    expect([key, ...places(pt[key])]).toEqual([key, ...places(en[key])]);
});
