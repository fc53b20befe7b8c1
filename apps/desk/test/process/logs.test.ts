import { logLine, openSandbox, run, settingsFor, untilReady } from './support.js';

const marker = 'xylophone-4711';

test('87. the log is JSON lines in which neither a token nor what people write stands, at any level', async () => {
  const sandbox = await openSandbox();
  const { control } = sandbox;
  const { bot } = await control.overview();
  const desk = run({ ...(await settingsFor(sandbox)), LOG_LEVEL: 'trace' });
  await untilReady(desk);
  const ann = await control.addPerson({ firstName: `Ann ${marker}` });
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  const hello = await ann.writes(`Hello ${marker}`);
  const post = await control.until('the post is there', async () => (await maria.seesChannel()).at(-1));
  // Failures are what a log is full of, so some are caused: a refused call, a broken one, an answer that is no JSON.
  await control.faults.add({ effect: { kind: 'html' }, when: 'before', match: { method: 'sendMessage' }, next: 1 });
  await control.faults.add({
    effect: { kind: 'reset' },
    when: 'before',
    match: { method: 'editMessageText' },
    next: 1,
  });
  await control.faults.add({ effect: { kind: 'reset' }, when: 'before', match: { method: 'getUpdates' }, next: 1 });
  await maria.comments(post.ref, `Answer ${marker}`);
  await ann.edits(hello, `Edited ${marker}`);
  await control.until('the answer and the edit have arrived', async () => {
    const seen = [...(await ann.sees()), ...(await maria.seesChannel())].map(({ text }) => text);
    return seen.includes(`Answer ${marker}`) && seen.some((text) => text.includes(`Edited ${marker}`));
  });
  await ann.blocks();
  await maria.comments(post.ref, `Too late ${marker}`);
  await control.until('the team is told', async () =>
    (await maria.seesComments(post.ref)).some(({ text }) => text.includes('blocked')),
  );
  expect(await desk.stop()).toEqual({ code: 0, signal: null });

  const entries = desk.lines.map(logLine);
  expect(entries.length).toBeGreaterThan(4);
  expect(entries.filter((entry) => typeof entry?.['msg'] !== 'string' || typeof entry['level'] !== 'number')).toEqual(
    [],
  );
  const text = desk.lines.join('\n');
  expect(text).toContain('"level":40');
  expect(text).not.toContain(marker);
  expect(text).not.toContain(bot.token);
  expect(text).not.toContain(bot.token.split(':')[1]);
});

test('LOG_LEVEL leaves out what is below it', async () => {
  const settings = await settingsFor(await openSandbox());
  const desk = run({ ...settings, LOG_LEVEL: 'debug', TELEGRAM_API_ROOT: 'http://127.0.0.1:9' });
  await desk.says('Telegram cannot be reached');
  await desk.stop();
  const quiet = run({ ...settings, LOG_LEVEL: 'error', PORT: '-1' });
  await quiet.ended;
  expect(quiet.lines).toEqual(['postdesk: PORT must be a port number, 0 to 65535.']);
});
