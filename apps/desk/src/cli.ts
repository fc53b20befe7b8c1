import { parseArgs } from 'node:util';
import { environment, readConfig } from './config.js';
import { examine } from './doctor.js';
import { canned as runCanned, type CannedRequest } from './cannedCommand.js';
import { messageOf, UsageError } from './errors.js';
import { scrub } from './secrets.js';
import { openDatabase } from './store/open.js';
import type { Check } from './telegram/checks.js';
import { traceTarget } from './telegram/links.js';
import { trace } from './trace.js';

/** A command of `npm run desk`. Resolves with the exit code. */
interface Command {
  readonly summary: string;
  run(args: readonly string[]): Promise<number>;
}

const commands: Readonly<Record<string, Command>> = {
  doctor: { summary: 'checks settings, database, bot and channel, and says what is missing', run: doctor },
  trace: {
    summary: "CUSTOMER-ID | MESSAGE-LINK: what became of a customer's messages, step by step",
    run: traceCommand,
  },
  canned: { summary: 'import FILE [--dry-run], or export FILE: canned replies as JSON, CSV or YAML', run: canned },
};

async function canned(args: readonly string[]): Promise<number> {
  write(await runCanned(cannedRequest(args), environment()));
  return 0;
}

function cannedRequest(args: readonly string[]): CannedRequest {
  const { positionals, values } = parse(args);
  const [action, file, ...more] = positionals;
  if (action !== 'import' && action !== 'export') {
    throw new UsageError(action === undefined ? 'canned: say import or export' : `canned: there is no ${action}`);
  }
  if (file === undefined || more.length > 0) throw new UsageError(`canned ${action}: name one file`);
  const dryRun = values['dry-run'] === true;
  if (dryRun && action === 'export') throw new UsageError('canned export: --dry-run is for import only');
  return { action, file, dryRun };
}

function parse(args: readonly string[]): { positionals: string[]; values: Readonly<Record<string, unknown>> } {
  try {
    return parseArgs({ args: [...args], options: { 'dry-run': { type: 'boolean' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

async function doctor(args: readonly string[]): Promise<number> {
  expectNothing(args);
  const checks = await examine(environment());
  write(table(checks));
  return checks.some(({ state }) => state === 'missing') ? 1 : 0;
}

async function traceCommand(args: readonly string[]): Promise<number> {
  const [wanted, ...more] = args;
  if (wanted === undefined || more.length > 0 || !traceTarget(wanted)) {
    throw new UsageError("trace takes a customer's number or a message link, such as https://t.me/c/1234567890/42");
  }
  const config = readConfig(environment());
  const database = await openDatabase(config);
  try {
    const lines = await trace(database, config, wanted);
    if (!lines) {
      process.stderr.write(`postdesk: nothing is known of ${wanted}: it was never relayed by this bot.\n`);
      return 1;
    }
    write(`${lines.join('\n')}\n`);
    return 0;
  } finally {
    await database.close();
  }
}

/** One line per check: its state, its name, and what was found. */
function table(checks: readonly Check[]): string {
  const widest = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ state, name, say }) => `${state.padEnd('missing'.length)}  ${name.padEnd(widest)}  ${say}\n`)
    .join('');
}

function expectNothing(args: readonly string[]): void {
  try {
    parseArgs({ args: [...args], options: {}, strict: true });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function usage(): string {
  const widest = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(widest)}  ${summary}\n`);
  return `Usage: npm run desk -- COMMAND\n\n${lines.join('')}\nExit codes: 0 in order, 1 something is missing, 2 wrong usage.\n`;
}

function write(text: string): void {
  process.stdout.write(scrub(text));
}

/** Runs the command line; resolves with the exit code. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : Object.entries(commands).find(([known]) => known === name)?.[1];
  try {
    if (command) return await command.run(args);
    throw new UsageError(name === undefined ? 'a command is missing' : `there is no command ${name}`);
  } catch (error) {
    const wrongUsage = error instanceof UsageError;
    process.stderr.write(scrub(`postdesk: ${messageOf(error)}\n${wrongUsage ? `\n${usage()}` : ''}`));
    return wrongUsage ? 2 : 1;
  }
}

process.exit(await main(process.argv.slice(2)));
