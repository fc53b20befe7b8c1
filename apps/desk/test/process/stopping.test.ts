import { createDatabase, openSandbox, run, settingsFor, untilReady, urlOf } from './support.js';

const token = '123456789:AAHxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends a running desk with exit code 0', async (signal) => {
  const desk = run(await settingsFor(await openSandbox()));
  await untilReady(desk);
  expect(await desk.stop(signal)).toEqual({ code: 0, signal: null });
  expect(desk.lines.at(-1)).toContain('"msg":"stopped"');
});

test('a signal that comes twice, as from a terminal and from npm, is one signal', async () => {
  const desk = run(await settingsFor(await openSandbox()));
  await untilReady(desk);
  const first = desk.stop('SIGINT');
  await desk.says('"msg":"stopping');
  process.kill(desk.pid, 'SIGINT');
  expect(await first).toEqual({ code: 0, signal: null });
  expect(desk.lines.at(-1)).toContain('"msg":"stopped"');
});

test('a desk that still waits for Telegram is ended at once with exit code 0', async () => {
  const desk = run({ ...(await createDatabase()), BOT_TOKEN: token, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' });
  await desk.says('Telegram cannot be reached at http://127.0.0.1:9 (TELEGRAM_API_ROOT)');
  expect(await desk.stop()).toEqual({ code: 0, signal: null });
});

test('a call that is under way when the signal comes ends, and its outcome is kept', async () => {
  const sandbox = await openSandbox();
  const { control } = sandbox;
  const settings = await settingsFor(sandbox);
  const desk = run(settings);
  await untilReady(desk);
  const ann = await control.addPerson({ firstName: 'Ann' });
  const slow = { kind: 'slow', ms: 1_500 } as const;
  await control.faults.add({ effect: slow, when: 'after', match: { method: 'sendMessage' }, next: 1 });
  await ann.writes('Hello');
  await control.until(
    'the post is under way',
    async () => (await control.calls({ method: 'sendMessage' })).length === 1,
  );
  expect(await desk.stop()).toEqual({ code: 0, signal: null });

  const next = run(settings);
  await untilReady(next);
  await ann.writes('One more');
  const posts = await control.until('the second message is relayed', async () => {
    const group = await control.group.sees();
    return group.some(({ text }) => text === 'One more') && (await control.channel.sees());
  });
  expect(posts.filter(({ text }) => text.includes('Hello'))).toHaveLength(1);
});

test('a desk answers /healthz while it runs, and nobody afterwards', async () => {
  const desk = run(await settingsFor(await openSandbox()));
  await untilReady(desk);
  const url = `${await urlOf(desk)}/healthz`;
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: 'ok' });
  await desk.stop();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
