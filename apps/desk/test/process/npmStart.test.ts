import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxClient } from '../../../sandbox/src/control/client.js';
import {
  childrenOf,
  logLine,
  openSandbox,
  runNpmStart,
  runScript,
  settingsFor,
  temporary,
  untilReady,
  urlOf,
  type Program,
} from './support.js';

/** Any free port for the sandbox. */
const anyPort = { SANDBOX_PORT: '0' };

/** Where the sandbox answers that a start has begun. */
const sandboxOf = (program: Program): Promise<SandboxClient> =>
  program.until((line) => {
    const url = /the sandbox answers at (http:\S+),/.exec(line)?.[1];
    return url === undefined ? undefined : new SandboxClient(url);
  });

const isGone = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  );

test('without a token a desk runs in a Telegram of its own, and says so and where', async () => {
  const dataDir = temporary();
  const started = runScript('start.mjs', { ...anyPort, DATA_DIR: dataDir });
  await started.says('postdesk: BOT_TOKEN is not set, so this is the local sandbox');
  await started.says(`everything is kept in ${dataDir}`);
  const control = await sandboxOf(started);
  expect(await untilReady(started)).toMatchObject({ status: 'ready' });
  const ann = await control.addPerson({ firstName: 'Ann' });
  await ann.writes('First words');
  await control.until('the post is there', async () =>
    (await control.channel.sees()).some(({ text }) => text.includes('First words')),
  );
  const before = await control.overview();
  const desk = await urlOf(started);
  expect(await started.stop()).toEqual({ code: 0, signal: null });
  expect(await isGone(desk)).toBe(true);
  await expect(control.overview()).rejects.toThrow('fetch failed');
  expect(existsSync(join(dataDir, 'sandbox.env'))).toBe(false);

  const again = runScript('start.mjs', { ...anyPort, DATA_DIR: dataDir });
  const later = await sandboxOf(again);
  await untilReady(again);
  const after = await later.overview();
  expect([after.bot.token, after.channel.id]).toEqual([before.bot.token, before.channel.id]);
  const same = await later.person(ann.id);
  await same.writes('Second words');
  await later.until('the conversation goes on in the same post', async () =>
    (await later.group.sees()).some(({ text }) => text === 'Second words'),
  );
  expect((await later.channel.sees()).filter(({ text }) => text.includes('Ann'))).toHaveLength(1);
  expect(await again.stop('SIGINT')).toEqual({ code: 0, signal: null });
});

/** A desk and its sandbox, started and ready. */
async function startBoth(): Promise<{
  started: Program;
  desk: string;
  deskPid: number;
  sandboxPid: number;
  sandbox: string;
}> {
  const started = runScript('start.mjs', anyPort);
  const sandbox = await started.until((line) => /the sandbox answers at (http:\S+),/.exec(line)?.[1]);
  await untilReady(started);
  const deskPid = await started.until((line) => logLine(line)?.['pid']);
  const sandboxPid = childrenOf(started).find((pid) => pid !== deskPid);
  return { started, desk: await urlOf(started), deskPid: Number(deskPid), sandboxPid: sandboxPid!, sandbox };
}

test('Ctrl-C, which npm repeats, stops both once and cleanly', async () => {
  const { started, desk, sandbox } = await startBoth();
  const ended = started.pressCtrlC();
  process.kill(started.pid, 'SIGINT');
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(started.lines.at(-1)).toContain('"msg":"stopped"');
  expect([await isGone(desk), await isGone(sandbox)]).toEqual([true, true]);
});

test('when the desk dies the sandbox is stopped, and the exit code tells how it died', async () => {
  const { started, deskPid, sandbox } = await startBoth();
  process.kill(deskPid, 'SIGKILL');
  expect((await started.ended).code).toBe(128 + 9);
  expect(await isGone(sandbox)).toBe(true);
});

test('when the sandbox dies the desk is stopped cleanly, and the exit code tells how the sandbox died', async () => {
  const { started, sandboxPid, desk } = await startBoth();
  process.kill(sandboxPid, 'SIGKILL');
  expect((await started.ended).code).toBe(128 + 9);
  expect(started.lines.some((line) => line.includes('"msg":"stopped"'))).toBe(true);
  expect(started.lines).toContain('postdesk: the sandbox has ended, so the desk was stopped.');
  expect(await isGone(desk)).toBe(true);
});

test('a desk that refuses its settings ends the start with its own exit code and words', async () => {
  const started = runScript('start.mjs', { ...anyPort, PORT: 'eighty' });
  const sandbox = await started.until((line) => /the sandbox answers at (http:\S+),/.exec(line)?.[1]);
  expect((await started.ended).code).toBe(1);
  expect(started.lines).toContain('postdesk: PORT must be a port number, 0 to 65535.');
  expect(await isGone(sandbox)).toBe(true);
});

test('a second start on the same data directory is refused, and the first one goes on', async () => {
  const dataDir = temporary();
  const first = runScript('start.mjs', { ...anyPort, DATA_DIR: dataDir });
  await untilReady(first);
  const second = runScript('start.mjs', { ...anyPort, DATA_DIR: dataDir });
  expect((await second.ended).code).toBe(1);
  expect(second.lines).toEqual([
    `postdesk: another \`npm start\` runs on ${dataDir}. Stop it, or set DATA_DIR, PORT and SANDBOX_PORT for a second one.`,
  ]);
  await untilReady(first);
  expect(existsSync(join(dataDir, 'sandbox.env'))).toBe(true);
});

test('in production a start without a token is refused', async () => {
  const dataDir = join(temporary(), 'data');
  const started = runScript('start.mjs', { NODE_ENV: 'production', DATA_DIR: dataDir });
  expect((await started.ended).code).toBe(1);
  expect(started.lines).toEqual([
    'postdesk: BOT_TOKEN is not set. Get a token from @BotFather. The local sandbox is refused where NODE_ENV is production.',
  ]);
  expect(existsSync(dataDir)).toBe(false);
});

test('doctor is about the sandbox that runs', async () => {
  const dataDir = temporary();
  const started = runScript('start.mjs', { ...anyPort, DATA_DIR: dataDir });
  await untilReady(started);
  const doctor = runScript('desk.mjs', { DATA_DIR: dataDir, PORT: new URL(await urlOf(started)).port }, ['doctor']);
  expect((await doctor.ended).code).toBe(0);
  expect(doctor.lines.join('\n')).toMatch(/ok +rights in the group/);
});

test('with a token npm start runs the desk alone, and SIGTERM ends it with exit code 0', async () => {
  const started = runNpmStart(await settingsFor(await openSandbox()));
  expect(await untilReady(started)).toMatchObject({ status: 'ready' });
  expect(await started.stop()).toEqual({ code: 0, signal: null });
  expect(started.lines.at(-1)).toContain('"msg":"stopped"');
  expect(started.lines.filter((line) => line.includes('sandbox'))).toEqual([]);
});
