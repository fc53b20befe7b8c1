import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quietly, say, step } from './say.mjs';

// What has to be there before anything of the project runs. Uses nothing but Node, because it may run before the
// packages are installed.

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Ends the process with exit code 1 unless this is a Node.js that the project runs on. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(
    `Node.js 20.19 or newer is needed; this is ${process.versions.node}. See https://nodejs.org, or use nvm: nvm install 20.`,
  );
  process.exit(1);
}

/** Installs the packages and generates the database client where they are missing or old. Ends the process on failure. */
export async function prepare() {
  const ready =
    (isInstalled() || (await step('installing the packages of package-lock.json', install))) &&
    (isGenerated() || (await step('generating the database client from prisma/schema.prisma', generate)));
  if (!ready) process.exit(1);
}

/** Whether node_modules holds what package-lock.json names; packages for other platforms may be absent. */
function isInstalled() {
  const installed = readJson('node_modules/.package-lock.json')?.packages;
  if (!installed) return false;
  return Object.entries(readJson('package-lock.json').packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return path in installed ? installed[path].version === version : optional === true;
  });
}

/** Development packages too, also where NODE_ENV is production: they generate the client and contain the sandbox. */
function install() {
  return quietly([npm(), 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
  });
}

/** npm as a program for Node: the one that runs this script, else the one that came with Node. */
function npm() {
  const beside = [
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(process.execPath), '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const running = process.env.npm_execpath;
  const found = [...(running?.endsWith('npm-cli.js') ? [running] : []), ...beside].find((path) => existsSync(path));
  if (found !== undefined) return found;
  say('npm was not found beside Node.js. Run this with npm: npm start, npm test.');
  return process.exit(1);
}

/** Whether the generated client is of this schema and of the installed version. Prisma keeps a re-aligned copy. */
function isGenerated() {
  const client = join(root, 'node_modules', '.prisma', 'client');
  const words = (path) => (existsSync(path) ? readFileSync(path, 'utf8').split(/\s+/).join(' ').trim() : undefined);
  if (words(join(client, 'schema.prisma')) !== words(join(root, 'prisma', 'schema.prisma'))) return false;
  const { version } = readJson('node_modules/@prisma/client/package.json');
  return readFileSync(join(client, 'index.js'), 'utf8').includes(`"clientVersion": "${version}"`);
}

/** The command downloads an engine that generating does not use, unless it is told that there is one: any program does. */
function generate() {
  const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js');
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };
  return quietly([prisma, 'generate', '--schema', 'prisma/schema.prisma'], { cwd: root, env });
}

function readJson(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
