import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';
import { quietly, step } from './say.mjs';

// The page of the sandbox is built from its sources when it is missing or was built from others.

const SOURCES = ['apps/sandbox/page', 'apps/sandbox/src', 'package-lock.json'];
const STAMP = join(root, 'apps/sandbox/dist/page/built-from.txt');

/** Builds the page unless it is there. Resolves with whether it is there now. */
export async function preparePage() {
  const sources = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return true;
  const isBuilt = await step('building the sandbox page', build);
  if (isBuilt) writeFileSync(STAMP, sources);
  return isBuilt;
}

function build() {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  // A production build whatever the program that runs afterwards is told to be.
  const env = { ...process.env, NODE_ENV: 'production' };
  return quietly([vite, 'build', '--config', 'apps/sandbox/page/vite.config.ts'], { cwd: root, env });
}

/** A hash over the names and bytes of everything that the page is made of. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((path) => filesIn(join(root, path)))) {
    hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
