import { createServer, type IncomingMessage, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { TelegramUpdate } from '@gramio/types/objects';
import { NOT_IMITATED } from '../../src/botApi/notImitated.js';
import { startSandbox } from '../../src/sandbox.js';
import { openOffice, refusal } from '../support/office.js';
import { checkResult } from '../support/spec.js';

describe('20. getUpdates', () => {
  test('gives again what was not confirmed, and forgets what was', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    for (const text of ['one', 'two', 'three']) await ann.writes(text);
    const all = await bot.call('getUpdates');
    expect(all.map(({ message }) => message?.text)).toEqual(['one', 'two', 'three']);
    const rest = await bot.call('getUpdates', { offset: all[1]!.update_id, limit: 1 });
    expect(rest).toEqual([all[1]]);
    expect(await bot.call('getUpdates', { offset: -1 })).toEqual([all[2]]);
    expect(await bot.call('getUpdates')).toEqual([all[2]]);
  });

  test('waits until something happens', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const waiting = bot.call('getUpdates', { timeout: 30 });
    await ann.writes('hello');
    expect(await waiting).toMatchObject([{ message: { text: 'hello' } }]);
  });

  test('of a second poller ends the first with a 409', async () => {
    const { bot, sandbox, control } = await openOffice();
    const first = refusal(bot.call('getUpdates', { timeout: 30 }));
    await control.until('the first poll waits', async () => (await control.calls()).length === 1);
    const second = bot.call('getUpdates', { timeout: 30, offset: 1 });
    expect(await first).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    sandbox.clock.advance(31_000);
    expect(await second).toEqual([]);
  });

  test('remembers allowed_updates, which count when an update is made', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.writes('before');
    const asked = await bot.call('getUpdates', { allowed_updates: ['edited_message'] });
    expect(asked.map(({ message }) => message?.text)).toEqual(['before']);
    const after = await ann.writes('after');
    await ann.edits(after, 'edited');
    const kinds = async () => (await bot.news()).map((update) => Object.keys(update)[1]);
    expect(await kinds()).toEqual(['message', 'edited_message']);
    await bot.call('getUpdates', { allowed_updates: [], offset: 3 });
    await ann.writes('again');
    expect(await kinds()).toEqual(['message']);
  });

  test('shows what was when an update was made, whatever came after', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const poll = await ann.sends({ kind: 'poll', question: 'Tea?', options: ['yes', 'no'] });
    await ann.votes(poll, 0);
    expect((await bot.messages())[0]?.poll).toMatchObject({ total_voter_count: 0 });
    expect((await ann.sees())[0]?.details).toMatchObject({ total_voter_count: 1 });
  });

  test('can be upset: updates delivered twice, swapped, kept back', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const owner = await control.bot();
    await owner.disturbs({ swap: 1 });
    await ann.writes('one');
    await ann.writes('two');
    expect((await bot.messages()).map(({ text }) => text)).toEqual(['two', 'one']);
    await owner.disturbs({ hold: 1 });
    await ann.writes('three');
    expect(await bot.messages()).toEqual([]);
    await owner.releases();
    expect((await bot.messages()).map(({ text }) => text)).toEqual(['three']);
  });
});

/** Who waits for updates at a URL. */
interface Hook {
  readonly url: string;
  readonly got: { update: TelegramUpdate; headers: IncomingMessage['headers'] }[];
  /** What is answered next, by status, headers and body; 200 when nothing is planned. */
  readonly answers: { status: number; headers?: Record<string, string>; body?: string }[];
}

const hooks: Server[] = [];

afterEach(async () => {
  for (const server of hooks.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function openHook(): Promise<Hook> {
  const got: Hook['got'] = [];
  const answers: Hook['answers'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const update = JSON.parse(Buffer.concat(chunks).toString()) as TelegramUpdate;
      checkResult('getUpdates', [update]);
      got.push({ update, headers: request.headers });
      const { status, headers = {}, body = '' } = answers.shift() ?? { status: 200 };
      response.writeHead(status, headers).end(body);
    });
  });
  hooks.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got, answers };
}

describe('21. webhooks', () => {
  test('get updates one by one, with the secret', async () => {
    const { bot, control } = await openOffice();
    const hook = await openHook();
    await bot.call('setWebhook', { url: hook.url, secret_token: 'sesame' });
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.writes('one');
    await ann.writes('two');
    await control.until('both are delivered', () => Promise.resolve(hook.got.length === 2));
    expect(hook.got.map(({ update }) => update.message?.text)).toEqual(['one', 'two']);
    expect(hook.got[0]!.headers).toMatchObject({
      'x-telegram-bot-api-secret-token': 'sesame',
      'content-type': 'application/json',
    });
    expect(await refusal(bot.call('getUpdates'))).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    const info = await bot.call('getWebhookInfo');
    expect(info).toMatchObject({ url: hook.url, pending_update_count: 0 });
  });

  test('that fail get the same update again; only its own queue waits', async () => {
    const { bot, control, sandbox } = await openOffice();
    const hook = await openHook();
    hook.answers.push({ status: 500 }, { status: 500 });
    await bot.call('setWebhook', { url: hook.url });
    const ann = await control.addPerson({ firstName: 'Ann' });
    const ben = await control.addPerson({ firstName: 'Ben' });
    await ann.writes('one');
    await control.until('it failed twice', () => Promise.resolve(hook.got.length === 2));
    await ann.writes('two');
    await ben.writes('me');
    await control.until('Ben’s message is delivered', () => Promise.resolve(hook.got.length === 3));
    expect(hook.got.map(({ update }) => update.message?.text)).toEqual(['one', 'one', 'me']);
    expect(hook.got[1]!.update.update_id).toBe(hook.got[0]!.update.update_id);
    sandbox.clock.advance(2_000);
    await control.until('the rest is delivered', () => Promise.resolve(hook.got.length === 5));
    expect(hook.got.slice(3).map(({ update }) => update.message?.text)).toEqual(['one', 'two']);
  });

  test('can ask for a pause by Retry-After', async () => {
    const { bot, control, sandbox } = await openOffice();
    const hook = await openHook();
    hook.answers.push({ status: 503, headers: { 'retry-after': '60' } });
    await bot.call('setWebhook', { url: hook.url });
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.writes('one');
    await control.until('it failed', async () =>
      (await control.updates()).some(({ event }) => event.kind === 'not_delivered'),
    );
    sandbox.clock.advance(59_000);
    expect(hook.got).toHaveLength(1);
    sandbox.clock.advance(2_000);
    await control.until('it is delivered', () => Promise.resolve(hook.got.length === 2));
  });

  test('can answer with a method', async () => {
    const { bot, control } = await openOffice();
    const hook = await openHook();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const body = JSON.stringify({ method: 'sendMessage', chat_id: ann.id, text: 'hi' });
    hook.answers.push({ status: 200, headers: { 'content-type': 'application/json' }, body });
    await bot.call('setWebhook', { url: hook.url });
    await ann.writes('hello');
    await control.until('Ann is answered', async () => (await ann.sees()).some(({ text }) => text === 'hi'));
  });

  test('get callbacks and messages side by side', async () => {
    const { bot, control, sandbox } = await openOffice();
    const hook = await openHook();
    hook.answers.push({ status: 500 }, { status: 500 });
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts();
    await bot.news();
    const reply_markup = { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] };
    const sent = await bot.call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup });
    await bot.news();
    await bot.call('setWebhook', { url: hook.url });
    await ann.writes('stuck');
    await control.until('the message failed', () => Promise.resolve(hook.got.length === 2));
    const pressed = ann.presses({ chatId: ann.id, messageId: sent.message_id }, 'b');
    await control.until('the press overtook it', () => Promise.resolve(hook.got.length === 3));
    expect(hook.got[2]!.update.callback_query?.data).toBe('b');
    sandbox.clock.advance(16_000);
    await pressed;
  });
});

describe('22. limits', () => {
  test('let 20 sends and edits a minute into a group, and count a channel apart', async () => {
    const { bot, groupId, channelId, sandbox } = await openOffice({ limits: { global: [] } });
    const first = await bot.call('sendMessage', { chat_id: groupId, text: '0' });
    for (let count = 1; count < 20; count += 1) {
      if (count % 2 === 0) await bot.call('sendMessage', { chat_id: groupId, text: String(count) });
      else await bot.call('editMessageText', { chat_id: groupId, message_id: first.message_id, text: String(count) });
    }
    sandbox.clock.advance(30_500);
    await expect(bot.call('sendMessage', { chat_id: groupId, text: 'x' })).rejects.toMatchObject({
      code: 429,
      description: expect.stringMatching(/^Too Many Requests: retry after (29|30)$/) as string,
      parameters: { retry_after: expect.any(Number) as number },
    });
    await bot.call('sendMessage', { chat_id: channelId, text: 'post' });
    sandbox.clock.advance(30_000);
    await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
  });

  test('say in a header too how long to wait', async () => {
    const { bot, groupId, sandbox } = await openOffice({
      limits: { group: [{ kind: 'window', calls: 1, periodMs: 60_000 }] },
    });
    await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    const response = await fetch(`${sandbox.url}/bot${bot.token}/sendMessage?chat_id=${groupId}&text=y`);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('60');
  });

  test('count every item of an album, of which a part may be sent before the refusal', async () => {
    const { bot, control, groupId } = await openOffice({
      limits: { global: [], group: [{ kind: 'window', calls: 3, periodMs: 60_000 }] },
    });
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'photo' });
    const [message] = await bot.messages();
    const media = Array.from({ length: 5 }, () => ({ type: 'photo', media: message!.photo!.at(-1)!.file_id }));
    expect(await refusal(bot.call('sendMediaGroup', { chat_id: groupId, media }))).toBe(
      '400 Bad Request: failed to send message #4 with the error message "Too Many Requests: retry after 60"',
    );
    expect(await control.chat(groupId)).toHaveLength(3);
  });

  test('do not count what was refused anyway', async () => {
    const { bot, groupId, control } = await openOffice({ limits: 'on' });
    for (let count = 0; count < 30; count += 1) {
      await refusal(bot.call('editMessageText', { chat_id: groupId, message_id: 1, text: 'x' }));
    }
    expect(await control.limits.used(groupId)).toMatchObject({ used: 0, limit: 20 });
  });

  test('can be lower than a bot knows, in one chat', async () => {
    const { bot, groupId, control } = await openOffice();
    await control.limits.set({ isOn: true, chats: { [groupId]: [{ kind: 'sliding', calls: 1, periodMs: 60_000 }] } });
    await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    expect(await refusal(bot.call('sendMessage', { chat_id: groupId, text: 'y' }))).toMatch('429 Too Many Requests');
    await control.limits.set({ isOn: false });
    await bot.call('sendMessage', { chat_id: groupId, text: 'y' });
  });
});

describe('27. methods', () => {
  test('are known in any spelling, by GET and POST, from query, form, JSON and multipart', async () => {
    const { bot, groupId, sandbox, control } = await openOffice();
    const root = `${sandbox.url}/bot${bot.token}`;
    const form = new FormData();
    form.set('chat_id', String(groupId));
    form.set('text', 'multipart');
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const calls = [
      fetch(`${root}/SENDMESSAGE?chat_id=${groupId}&text=query`),
      fetch(`${root}/sendmessage`, {
        method: 'POST',
        body: new URLSearchParams({ chat_id: String(groupId), text: 'form' }),
      }),
      fetch(`${root}/SendMessage`, { ...json, body: JSON.stringify({ chat_id: groupId, text: 'json' }) }),
      fetch(`${root}/sendMessage`, { method: 'POST', body: form }),
      fetch(`${root}/test/sendMessage?chat_id=${groupId}&text=test`),
      fetch(`${root}/?method=sendMessage&chat_id=${groupId}&text=parameter`),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const texts = (await control.chat(groupId)).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(['form', 'json', 'multipart', 'parameter', 'query', 'test']);
  });

  test('that are unknown, and tokens that are wrong, are refused', async () => {
    const { bot, sandbox } = await openOffice();
    const answer = async (path: string) => {
      const response = await fetch(`${sandbox.url}${path}`);
      return { status: response.status, ...((await response.json()) as { description: string }) };
    };
    expect(await answer(`/bot${bot.token}/sendNothing`)).toEqual({
      status: 404,
      ok: false,
      error_code: 404,
      description: 'Not Found: method not found',
    });
    expect(await answer(`/bot${bot.token}/sendGift`)).toMatchObject({
      status: 501,
      description: 'Not Implemented: the sandbox does not imitate sendGift (gifts)',
    });
    expect(await answer('/getMe')).toMatchObject({ status: 404, description: 'Not Found' });
    expect(await answer('/bot1:abc/getMe')).toMatchObject({ status: 401, description: 'Unauthorized' });
    expect(await answer('/botx/getMe')).toMatchObject({
      status: 401,
      description: 'Unauthorized: invalid token specified',
    });
  });

  test('are refused after the token was taken back, or the bot logged out', async () => {
    const { bot, control } = await openOffice();
    await (await control.bot()).renewsToken();
    expect(await refusal(bot.call('getMe'))).toBe('401 Unauthorized');
    const other = await openOffice();
    await other.bot.call('logOut');
    expect(await refusal(other.bot.call('getMe'))).toBe('400 Logged out');
  });

  test('are written down without the token', async () => {
    const { bot, groupId, control } = await openOffice();
    await bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    await refusal(bot.call('sendMessage', { chat_id: 1, text: 'x' }));
    const calls = await control.calls({ method: 'sendMessage' });
    expect(calls).toMatchObject([
      { method: 'sendMessage', tookEffect: true, params: { text: 'x' }, outcome: { kind: 'answered', status: 200 } },
      { tookEffect: false, outcome: { kind: 'answered', status: 400, body: { ok: false } } },
    ]);
    expect(JSON.stringify(calls)).not.toContain(bot.token);
  });
});

describe('28. ids', () => {
  test('of updates begin at random and count up', async () => {
    const firsts: number[] = [];
    for (const seed of [1, 2]) {
      const { bot, control } = await openOffice({ seed });
      const ann = await control.addPerson({ firstName: 'Ann' });
      for (const text of ['one', 'two', 'three']) await ann.writes(text);
      const ids = (await bot.news()).map(({ update_id }) => update_id);
      expect(ids).toEqual([ids[0], ids[0]! + 1, ids[0]! + 2]);
      firsts.push(ids[0]!);
    }
    expect(firsts[0]).toBeGreaterThan(100_000);
    expect(firsts[1]).not.toBe(firsts[0]);
  });

  test('of messages in private chats come from one counter of the bot, in groups and channels from one each', async () => {
    const { bot, control, groupId, channelId } = await openOffice({ autoForward: { timing: 'lost' } });
    const ann = await control.addPerson({ firstName: 'Ann' });
    const ben = await control.addPerson({ firstName: 'Ben' });
    const first = await ann.writes('one');
    const second = await ben.writes('two');
    const third = await bot.call('sendMessage', { chat_id: ann.id, text: 'three' });
    expect([second.messageId, third.message_id]).toEqual([first.messageId + 1, first.messageId + 2]);
    const send = async (chat_id: number) => (await bot.call('sendMessage', { chat_id, text: 'x' })).message_id;
    const ofGroup = await send(groupId);
    const ofChannel = await send(channelId);
    expect([await send(groupId), await send(channelId)]).toEqual([ofGroup + 1, ofChannel + 1]);
  });

  test('are the same in worlds of the same seed', async () => {
    const [one, two, other] = await Promise.all([7, 7, 8].map((seed) => startSandbox({ seed })));
    const overviews = await Promise.all([one, two, other].map((sandbox) => sandbox!.control.overview()));
    const [first, second, third] = overviews.map((overview) => ({ ...overview, now: 0 }));
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
    for (const sandbox of [one, two, other]) await sandbox!.stop();
  });
});

describe('22. faults', () => {
  test('before the method takes effect leave nothing behind', async () => {
    const { bot, groupId, control } = await openOffice();
    await control.faults.add({ effect: { kind: 'error', code: 502, description: 'Bad Gateway' }, when: 'before' });
    const send = () => bot.call('sendMessage', { chat_id: groupId, text: 'x' });
    expect(await refusal(send())).toBe('502 Bad Gateway');
    expect(await control.chat(groupId)).toEqual([]);
    await send();
    const calls = await control.calls({ method: 'sendMessage' });
    expect(calls.map(({ tookEffect, outcome }) => [tookEffect, outcome?.kind])).toEqual([
      [false, 'withheld'],
      [true, 'answered'],
    ]);
  });

  test.each(['reset', 'cut', 'empty', 'html'] as const)('after it took effect: %s', async (kind) => {
    const { bot, groupId, control } = await openOffice();
    await control.faults.add({ effect: { kind }, when: 'after', match: { method: 'sendMessage' } });
    await expect(bot.call('sendMessage', { chat_id: groupId, text: 'x' })).rejects.toThrow();
    expect(await control.chat(groupId)).toMatchObject([{ text: 'x' }]);
    const [call] = await control.calls({ method: 'sendMessage' });
    expect(call).toMatchObject({ tookEffect: true, outcome: { kind: 'withheld', fault: kind, body: { ok: true } } });
  });

  test('that time out never answer, and can stand in the text', async () => {
    const { bot, groupId, control, sandbox } = await openOffice();
    const url = `${sandbox.url}/bot${bot.token}/sendMessage?chat_id=${groupId}&text=[[fault timeout after]]`;
    const ended = new AbortController();
    const answer = fetch(url, { signal: ended.signal });
    await control.until('the message is there', async () => (await control.chat(groupId)).length === 1);
    ended.abort();
    await expect(answer).rejects.toThrow('aborted');
    await bot.call('sendMessage', { chat_id: groupId, text: '[[fault timeout after]]' });
    expect(await control.chat(groupId)).toHaveLength(2);
  });

  test('are for the next calls that match, and can be taken back', async () => {
    const { bot, groupId, channelId, control } = await openOffice();
    const send = (chat_id: number) => bot.call('sendMessage', { chat_id, text: 'x' });
    const effect = { kind: 'too_many_requests', seconds: 3 } as const;
    await control.faults.add({ effect, when: 'before', match: { chatId: groupId }, next: 2 });
    await send(channelId);
    expect(await refusal(send(groupId))).toBe('429 Too Many Requests: retry after 3');
    expect(await control.faults.list()).toMatchObject([{ next: 1 }]);
    await control.faults.clear();
    await send(groupId);
  });

  test('of the whole network keep every call unanswered, and webhooks undelivered', async () => {
    const { bot, control } = await openOffice();
    const hook = await openHook();
    await bot.call('setWebhook', { url: hook.url });
    const ann = await control.addPerson({ firstName: 'Ann' });
    await control.network.pause('refuse');
    await expect(bot.call('getMe')).rejects.toThrow();
    await ann.writes('hello');
    await control.until('it failed', async () =>
      (await control.updates()).some(({ event }) => event.kind === 'not_delivered'),
    );
    await control.network.resume();
    await bot.call('getMe');
    await control.clock.advance(2_000);
    await control.until('it is delivered', () => Promise.resolve(hook.got.length === 1));
  });
});

test('every area of methods that is left out is explained', () => {
  const page = readFileSync(new URL('../../../../docs/sandbox-differences.md', import.meta.url), 'utf8');
  for (const area of Object.keys(NOT_IMITATED)) expect(page).toMatch(new RegExp(`\\| ${area} +\\|`));
});
