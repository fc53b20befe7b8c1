import { freePort, openSandbox, run, settingsFor, untilReady } from './support.js';

test('50. with WEBHOOK_URL updates come on its path, with the secret only', async () => {
  const sandbox = await openSandbox();
  const { control } = sandbox;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/telegram/hook`;
  const desk = run({
    ...(await settingsFor(sandbox)),
    PORT: String(port),
    WEBHOOK_URL: url,
    WEBHOOK_SECRET: 'a-long-random-secret',
  });
  await untilReady(desk);

  const ann = await control.addPerson({ firstName: 'Ann' });
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  await ann.writes('By webhook');
  const post = await control.until('the post is there', async () => (await maria.seesChannel()).at(-1));
  await maria.comments(post.ref, 'Received');
  await control.until('Ann has the answer', async () => (await ann.sees()).some(({ text }) => text === 'Received'));
  expect(await control.calls({ method: 'getUpdates' })).toEqual([]);

  const forged = {
    update_id: 1,
    message: { message_id: 1, date: 0, chat: { id: 1, type: 'private' }, text: 'forged' },
  };
  const post401 = (headers: Record<string, string>): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(forged),
    });
  expect((await post401({})).status).toBe(401);
  expect((await post401({ 'x-telegram-bot-api-secret-token': 'guessed' })).status).toBe(401);
  expect(await desk.stop()).toEqual({ code: 0, signal: null });
  expect(desk.lines.join('\n')).not.toContain('a-long-random-secret');
});

test('without WEBHOOK_URL a webhook that was set before is removed', async () => {
  const sandbox = await openSandbox();
  const { bot } = await sandbox.control.overview();
  const api = `${sandbox.url}/bot${bot.token}`;
  await fetch(`${api}/setWebhook?url=${encodeURIComponent('http://127.0.0.1:1/old')}`);
  const desk = run(await settingsFor(sandbox));
  await untilReady(desk);
  const answer = (await (await fetch(`${api}/getWebhookInfo`)).json()) as { result: { url: string } };
  expect(answer.result.url).toBe('');
});
