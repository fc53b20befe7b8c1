import { SandboxClient } from '../src/control/client.js';
import { startSandbox } from '../src/sandbox.js';
import { TestBot } from './support/bot.js';
import { openOffice } from './support/office.js';

/** Asks the control API by hand. */
async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; body: { error?: string } }> {
  const response = await fetch(url, init);
  return { status: response.status, body: (await response.json()) as { error?: string } };
}

describe('the control API', () => {
  test('says in a 400 what is wrong with a request', async () => {
    const { sandbox } = await openOffice();
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const { status, body } = await ask(`${sandbox.url}/control/people`, { ...json, body: '{"firstName": 7}' });
    expect(status).toBe(400);
    expect(body.error).toContain('expected string');
    expect(body.error).toContain('firstName');
  });

  test('says in a 404 what is not there', async () => {
    const { sandbox } = await openOffice();
    expect(await ask(`${sandbox.url}/control/people/12/chats/12`)).toEqual({
      status: 404,
      body: { error: 'there is no person 12' },
    });
    expect(await ask(`${sandbox.url}/control/nothing`)).toMatchObject({ status: 404 });
  });

  test('answers this machine only', async () => {
    const { sandbox } = await openOffice();
    const url = `${sandbox.url}/control`;
    const foreign = { status: 403, body: { error: 'the control API serves this machine only' } };
    expect(await ask(url, { headers: { origin: 'https://evil.example' } })).toEqual(foreign);
    expect(await ask(url, { headers: { origin: 'null' } })).toEqual(foreign);
    expect(await ask(url, { headers: { origin: 'http://localhost:3000' } })).toMatchObject({ status: 200 });
    expect(await hostStatus(url, 'evil.example')).toBe(403);
    expect(await hostStatus(url, 'localhost:8081')).toBe(200);
  });

  test('streams changes as events', async () => {
    const { sandbox, control } = await openOffice();
    const response = await fetch(`${sandbox.url}/control/events`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const first = (await reader.read()).value ?? '';
    expect(first).toMatch(/^data: \{"revision":\d+\}\n\n$/);
    await control.addPerson({ firstName: 'Ann' });
    const second = (await reader.read()).value ?? '';
    expect(second).toMatch(/^data: \{"revision":\d+\}/);
    expect(second).not.toBe(first);
    await reader.cancel();
  });

  test('tells a waiting process of the next change', async () => {
    const { sandbox, control } = await openOffice();
    const changed = sandbox.changed();
    await control.addPerson({ firstName: 'Ann' });
    await changed;
  });

  test('gives up waiting for what never comes true', async () => {
    const { control } = await openOffice();
    const waiting = control.until('pigs fly', () => Promise.resolve(false), { patienceMs: 20 });
    await expect(waiting).rejects.toThrow('waited in vain until pigs fly');
  });
});

async function hostStatus(url: string, host: string): Promise<number> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject).end();
  });
}

describe('a saved world', () => {
  test('goes on where it stopped: messages, files, queues, what was pending, and the time', async () => {
    const first = await openOffice({ autoForward: { timing: 'after_delay', delayMs: 60_000 } });
    const ann = await first.control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'photo', caption: 'me' });
    const [photo] = await first.bot.messages();
    await ann.writes('not fetched yet');
    await first.bot.call('sendMessage', { chat_id: first.channelId, text: 'post' });
    first.sandbox.clock.advance(10 * 24 * 3_600_000 - 3_600_000);
    await ann.writes('new');
    await first.bot.call('sendMessage', { chat_id: first.channelId, text: 'second post' });
    const saved = JSON.parse(JSON.stringify(await first.control.snapshot())) as ReturnType<
      typeof first.sandbox.snapshot
    >;
    await first.sandbox.stop();

    const sandbox = await startSandbox({ world: saved });
    const bot = new TestBot(sandbox.url, first.bot.token);
    expect(sandbox.clock.now()).toBeGreaterThanOrEqual(saved.now);
    expect((await (await sandbox.control.person(ann.id)).sees()).map(({ text, caption }) => text || caption)).toEqual([
      'me',
      'not fetched yet',
      'new',
    ]);
    expect((await bot.messages()).map(({ text }) => text)).toContain('new');
    const { file_path } = await bot.call('getFile', { file_id: photo!.photo!.at(-1)!.file_id });
    expect((await fetch(`${sandbox.url}/file/bot${bot.token}/${file_path}`)).status).toBe(200);
    sandbox.clock.advance(61_000);
    expect((await bot.messages()).map(({ text }) => text)).toEqual(['second post']);
    await sandbox.stop();
  });

  test('can take the place of another while the sandbox runs', async () => {
    const { control, bot, sandbox } = await openOffice();
    const before = await control.snapshot();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.writes('hello');
    await control.load(before);
    expect(await bot.news()).toEqual([]);
    await expect(ann.writes('hello')).rejects.toThrow(`there is no person ${ann.id}`);
    await expect(new SandboxClient(sandbox.url).load({} as never)).rejects.toThrow('not a saved world');
  });
});

test('an edit that nobody sees is told to bots as an edit all the same', async () => {
  const { control, bot } = await openOffice();
  const ann = await control.addPerson({ firstName: 'Ann' });
  const message = await ann.writes('as it is');
  await control.touches(message);
  const [, touched] = await bot.news();
  expect(touched?.edited_message).toMatchObject({ text: 'as it is', edit_date: expect.any(Number) as number });
  expect((await ann.sees()).at(-1)).toMatchObject({ text: 'as it is', edited: false });
});
