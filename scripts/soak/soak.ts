import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxClient } from '../../apps/sandbox/src/control/client.js';
import { startSandbox, type Sandbox } from '../../apps/sandbox/src/sandbox.js';
import { freePorts, startBalancer } from './balancer.js';
import { check, type Verdict } from './check/check.js';
import { createDesk, type Desk } from './desks.js';
import type { Violation } from './history.js';
import { createJournal, type Journal } from './journal.js';
import { observe, type Observed } from './observe.js';
import type { Options } from './options.js';
import { createPeople, type People } from './people.js';
import { planTalk } from './plan/talk.js';
import { planTrouble } from './plan/trouble.js';
import { createRandom } from './random.js';
import { report } from './report.js';
import { playRound } from './round.js';
import { describeRows } from './rows.js';
import { startServer, type Server } from './server.js';
import { parkedUpdates, settle } from './settle.js';
import { summary } from './summary.js';
import { createTrouble, type Trouble } from './trouble.js';

/** After so much talk all is brought to rest and checked. */
const roundMs = 60_000;
/** A copy of a post that never comes is waited for a minute; then everything that waited is shown. */
const settlePatienceMs = 240_000;
/** Telegram's flood limits pass this many times as fast, for sandbox and desk alike. */
const limitsFactor = 10;

export interface SoakParts {
  readonly options: Options;
  readonly say: (text: string) => void;
  /** Done at the end, however it comes, the last first. */
  readonly later: (cleanUp: () => Promise<void> | void) => void;
}

interface World {
  readonly sandbox: Sandbox;
  readonly server: Server;
  readonly people: People;
  readonly journal: Journal;
  readonly desks: readonly Desk[];
  readonly trouble: Trouble;
  readonly botUrl: string;
}

/** Runs the whole soak; resolves with whether everything held. Ends with the first round in which something did not. */
export async function soak(parts: SoakParts): Promise<boolean> {
  const { options, say } = parts;
  const began = performance.now();
  const violations: Violation[] = [];
  const world = await build(parts, (violation) => violations.push(violation));
  const talk = planTalk(createRandom(options.seed, 'talk'));
  const trouble = planTrouble(createRandom(options.seed, 'trouble'), options);
  let flagged = 0;
  for (let left = options.minutes * 60_000; left > 0; left -= roundMs) {
    const lengthMs = Math.min(left, roundMs);
    say(`a round of ${lengthMs / 1_000} s`);
    const round = { talk: talk.round(lengthMs), trouble: trouble.round(lengthMs) };
    await playRound(round, { ...world, without: options.without, say, meanwhile: world.journal.read });
    const found = await examine(world, say);
    flagged = found.flagged;
    violations.push(...found.violations);
    if (violations.length === 0) continue;
    const rowsOf = (tokens: readonly number[]) => describeRows(world.server, tokens);
    say(`\n${await report(violations, { ...found, calls: world.journal.calls, rowsOf })}`);
    break;
  }
  const told = violations.length;
  for (const desk of world.desks) await desk.term();
  for (const { kind, what } of violations.slice(told)) say(`${kind.toUpperCase()}: ${what}`);
  say(summary({ ...world, options, violations, flagged, seconds: (performance.now() - began) / 1_000 }));
  return violations.length === 0;
}

/** Waits until nothing moves any more, and looks at what came of all that was said. */
async function examine(
  { sandbox, server, people, journal, botUrl }: World,
  say: (text: string) => void,
): Promise<Verdict & { readonly observed: Observed }> {
  say('quiet now: everything settles');
  const began = performance.now();
  const unsettled = await settle({ server, botUrl, patienceMs: settlePatienceMs });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  say(unsettled.length === 0 ? `settled after ${seconds} s` : `not settled after ${seconds} s`);
  await journal.read();
  const observed = await observe({ control: sandbox.control, server, people, journal });
  const { violations, flagged } = check(observed.history);
  return { observed, flagged, violations: [...unsettled, ...violations, ...(await parkedUpdates(server))] };
}

async function build({ options, say, later }: SoakParts, onViolation: (violation: Violation) => void): Promise<World> {
  const server = await startServer();
  later(() => server.stop());
  const sandbox = await startSandbox({
    seed: options.seed,
    autoForward: { timing: 'after_delay', delayMs: 200 },
    limits: options.limits ? { isOn: true, timeFactor: limitsFactor } : 'off',
  });
  later(() => sandbox.stop());
  const { bot, channel } = await sandbox.control.overview();
  const folder = mkdtempSync(join(tmpdir(), 'postdesk-soak-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  const settings = {
    BOT_TOKEN: bot.token,
    TELEGRAM_API_ROOT: sandbox.url,
    TELEGRAM_LIMITS: options.limits ? `group=20/${60 / limitsFactor},private=1/${1 / limitsFactor},global=30/1` : 'off',
    STAFF_CHANNEL_ID: String(channel.id),
    DATABASE_URL: server.url,
    RELAY_BOT_TOKENS: (await addRelayBots(sandbox.control, options.relayBots)).join(','),
    LOG_LEVEL: options.verbose ? 'debug' : 'info',
  };
  const { verbose } = options;
  const desks = (await placesOf(options, later)).map((place, index) =>
    createDesk({ name: `desk ${index}`, settings: { ...settings, ...place }, cwd: folder, say, onViolation, verbose }),
  );
  later(() => Promise.all(desks.map((desk) => desk.kill())).then(() => undefined));
  for (const desk of desks) desk.start();
  const { control } = sandbox;
  return {
    sandbox,
    server,
    people: await createPeople(control),
    journal: createJournal(control),
    desks,
    trouble: createTrouble({ control, desks, server, say }),
    botUrl: `${sandbox.url}/bot${bot.token}`,
  };
}

/** Their tokens. */
async function addRelayBots(control: SandboxClient, count: number): Promise<string[]> {
  const owner = await control.owner();
  const tokens: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const bot = await control.addBot({ firstName: `Relay ${number}`, username: `relay${number}_bot` });
    await owner.adds(bot, 'group');
    tokens.push(bot.data.token);
  }
  return tokens;
}

/** Where each desk serves and, with a webhook, where updates are sent to. */
async function placesOf(
  { desks, webhook }: Options,
  later: SoakParts['later'],
): Promise<Readonly<Record<string, string>>[]> {
  if (!webhook) return Array.from({ length: desks }, () => ({ PORT: '0' }));
  const ports = await freePorts(desks);
  const balancer = await startBalancer(ports);
  later(() => balancer.stop());
  const shared = { WEBHOOK_URL: `${balancer.url}/hook`, WEBHOOK_SECRET: randomUUID() };
  return ports.map((port) => ({ ...shared, PORT: String(port) }));
}
