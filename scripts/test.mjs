import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePage } from './support/page.mjs';
import { checkNode, prepare, root } from './support/prepare.mjs';
import { quietly, say, step } from './support/say.mjs';

// npm test: everything that must hold. npm test -- PATTERN: only the tests in files whose path matches.

checkNode();
await prepare();
if (!(await preparePage())) process.exit(1);
const patterns = process.argv.slice(2);
const checks = patterns.length === 0 ? await runChecks() : [];
const postgres = await findPostgres();
const tests = await runTests();
if (patterns.length === 0 && postgres) checks.push(await soakBriefly());

const failed = tests.failed + checks.filter((passed) => !passed).length;
const passed = tests.passed + checks.filter((passed) => passed).length;
if (!postgres)
  loudly('NOTHING WAS RUN ON POSTGRESQL: no server was found. Install PostgreSQL or set TEST_DATABASE_URL.');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && tests.code === 0 ? 0 : 1);

/** Resolves with whether each passed. */
async function runChecks() {
  const bin = (path) => join(root, 'node_modules', path);
  const tool = (name, args) => step(name, () => quietly(args, { cwd: root }));
  return [
    await tool('lint', [bin('eslint/bin/eslint.js'), '-c', 'scripts/eslint.config.js', '--max-warnings', '0', '.']),
    await tool('format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
    await tool('types', [bin('typescript/bin/tsc'), '--noEmit']),
    await tool('types of the page', [bin('typescript/bin/tsc'), '--noEmit', '-p', 'apps/sandbox/page']),
    await tool('docker-compose.yml', [bin('dclint/bin/dclint.cjs'), '--max-warnings', '0', 'docker-compose.yml']),
  ];
}

/** The folder of the PostgreSQL server that the tests start, or the server that they are given. */
async function findPostgres() {
  const support = await import('../apps/desk/test/support/postgresServer.mjs');
  const found = process.env.TEST_DATABASE_URL ? 'TEST_DATABASE_URL' : await support.findPostgres();
  if (found) say(`tests run on PostgreSQL (${found}) and on the embedded database`);
  else loudly('NO POSTGRESQL SERVER WAS FOUND: tests run on the embedded database alone.');
  return found;
}

/**
 * Half a minute of talk in trouble, the same each time, on a server: see docs/soak.md. How long things take is not held
 * against the desk, on a busy machine least of all: that it ends in time is for the tests of stopping. Resolves with
 * whether it passed.
 */
function soakBriefly() {
  const args = ['scripts/soak.mjs', '--minutes', '0.6', '--seed', '21', '--without', 'term'];
  return step(`a short soak (npm run soak -- ${args.slice(1).join(' ')})`, () => quietly(args, { cwd: root }));
}

/** Runs jest as its own program, in its own words, and counts. */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'postdesk-test-results-'));
  const results = join(folder, 'results.json');
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', results, ...patterns];
  const child = spawn(process.execPath, [...node, ...jest], { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('close', (status) => resolve(status ?? 1)));
  const counted = count(results);
  rmSync(folder, { recursive: true });
  return { code, ...counted };
}

/** A file that could not be run counts as one failure. */
function count(path) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(path, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function loudly(text) {
  process.stderr.write(`\n!! ${text}\n\n`);
}
