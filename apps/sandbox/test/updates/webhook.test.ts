import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TelegramUpdate } from '@gramio/types/objects';
import { SandboxClock } from '../../src/clock.js';
import { readBody } from '../../src/http/body.js';
import { Params } from '../../src/http/params.js';
import { type FeedState, newFeedState } from '../../src/updates/feed.js';
import { bench, type Bench, inlineQuery, refusal, texts, until } from './support.js';

const HOUR = 3_600_000;

interface Hit {
  text: string;
  id: number;
  headers: IncomingHttpHeaders;
  path: string;
  answer(status: number, headers?: Record<string, string>, body?: string): void;
}

/** A webhook that answers nothing by itself: each hit waits until the test answers it. */
let hits: Hit[];
let server: Server;
let url: string;
let bot: Bench;

function receive(request: IncomingMessage, response: ServerResponse): void {
  void readBody(request).then(({ fields }) => {
    const update = Object.fromEntries(
      fields.map(({ name, value }) => [name, JSON.parse(value) as unknown]),
    ) as unknown as TelegramUpdate;
    hits.push({
      text: texts([update])[0]!,
      id: update.update_id,
      headers: request.headers,
      path: request.url!,
      answer: (status, headers = {}, body = '') => response.writeHead(status, headers).end(body),
    });
  });
}

beforeEach(async () => {
  hits = [];
  server = createServer(receive);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=1`;
  bot = bench();
});

afterEach(async () => {
  bot.feed.stop();
  bot.clock.stop();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const files = new Map();
const set = (params: Record<string, unknown> = {}) => bot.feed.setWebhook(Params.of({ url, ...params }), files);
const info = () => bot.feed.getWebhookInfo();
const arrived = (count: number) => until(() => hits.length >= count);
const delivered = (count: number) => until(() => bot.events.filter(({ kind }) => kind === 'delivered').length >= count);
const failed = (count: number) =>
  until(() => bot.events.filter(({ kind }) => kind === 'not_delivered' || kind === 'given_up').length >= count);
const pauses = () => bot.events.flatMap((event) => (event.kind === 'not_delivered' ? [event.retryInMs] : []));

describe('setWebhook', () => {
  test('says what it did', async () => {
    expect(await set()).toEqual({ result: true, description: 'Webhook was set' });
    bot.clock.advance(1000);
    expect(await set()).toEqual({ result: true, description: 'Webhook is already set' });
    bot.clock.advance(1000);
    expect(await set({ max_connections: 5 })).toEqual({ result: true, description: 'Webhook was set' });
    bot.clock.advance(1000);
    expect(await set({ max_connections: 5, secret_token: 'new' })).toMatchObject({ description: 'Webhook was set' });
    expect(await set({ url: '' })).toEqual({ result: true, description: 'Webhook was deleted' });
    expect(bot.feed.deleteWebhook(Params.of({}))).toEqual({ result: true, description: 'Webhook is already deleted' });
  });

  test('may be called once a second', async () => {
    await set();
    expect(await refusal(set({ url: `${url}&2` }))).toBe('429 Too Many Requests: retry after 1');
    bot.clock.advance(1000);
    expect(await set({ url: `${url}&2` })).toMatchObject({ description: 'Webhook was set' });
  });

  test.each([
    [{ url: 'http://' }, '400 Bad Request: invalid webhook URL specified'],
    [{ url: 'ftp://example.org/' }, '400 Bad Request: invalid webhook URL specified'],
    [{ secret_token: 'x'.repeat(257) }, '400 Bad Request: secret token is too long'],
    [{ secret_token: 'a b' }, '400 Bad Request: secret token contains unallowed characters'],
    [
      { url: 'https://nowhere.invalid/' },
      '400 Bad Request: bad webhook: Failed to resolve host: Name or service not known',
    ],
    [{ ip_address: 'here' }, '400 Bad Request: bad webhook: Invalid IP address specified'],
  ])('with %j is refused', async (params, text) => {
    expect(await refusal(set(params))).toBe(text);
    expect(info().url).toBe('');
  });

  test.each([
    ['http://127.0.0.1/', 'An HTTPS URL must be provided for webhook'],
    ['https://127.0.0.1:8080/', 'Webhook can be set up only on ports 80, 88, 443 or 8443'],
    ['https://127.0.0.1:8443/', 'IP address 127.0.0.1 is reserved'],
    ['10.1.2.3/hook', 'IP address 10.1.2.3 is reserved'],
  ])('of %s is refused where the rules of the cloud hold', async (address, reason) => {
    const cloud = bench({ rules: { cloudOnly: true } });
    const call = cloud.feed.setWebhook(Params.of({ url: address }), files);
    expect(await refusal(call)).toBe(`400 Bad Request: bad webhook: ${reason}`);
    cloud.clock.stop();
  });

  test('that is refused leaves no webhook', async () => {
    await set();
    bot.clock.advance(1000);
    await refusal(set({ url: 'http://' }));
    expect(info()).toEqual({ url: '', has_custom_certificate: false, pending_update_count: 0 });
  });

  test('takes a certificate', async () => {
    const certificate = { fieldName: 'cert', fileName: 'cert.pem', mimeType: 'text/plain', bytes: Buffer.from('pem') };
    const params = Params.of({ url: 'https://127.0.0.1/', certificate: 'attach://cert' });
    await bot.feed.setWebhook(params, new Map([['cert', certificate]]));
    expect(info().has_custom_certificate).toBe(true);
  });

  test('ends a waiting long poll', async () => {
    const poll = refusal(bot.polls({ timeout: 50 }));
    await set();
    expect(await poll).toBe('409 Conflict: terminated by setWebhook request');
  });

  test('that is overtaken by deleteWebhook gets a conflict', async () => {
    const call = refusal(set());
    bot.feed.deleteWebhook(Params.of({}));
    expect(await call).toBe('409 Conflict: terminated by other setWebhook');
    expect(info().url).toBe('');
  });

  test('makes getUpdates impossible until it is deleted', async () => {
    await set();
    expect(await refusal(bot.polls())).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    bot.feed.deleteWebhook(Params.of({}));
    expect(await bot.polls()).toEqual([]);
  });

  test('drops what waits only when asked to', async () => {
    bot.says('a');
    bot.feed.deleteWebhook(Params.of({}));
    expect(info().pending_update_count).toBe(1);
    bot.feed.deleteWebhook(Params.of({ drop_pending_updates: true }));
    expect(info().pending_update_count).toBe(0);
    bot.says('b');
    await set({ drop_pending_updates: 'true' });
    expect(info().pending_update_count).toBe(0);
  });

  test('shows in getWebhookInfo', async () => {
    await set({ allowed_updates: ['message'], max_connections: 500 });
    expect(info()).toEqual({
      url,
      has_custom_certificate: false,
      pending_update_count: 0,
      ip_address: '127.0.0.1',
      max_connections: 100,
      allowed_updates: ['message'],
    });
  });
});

describe('a delivery', () => {
  test('posts one update as JSON, with the secret', async () => {
    await set({ secret_token: 's3cret_-' });
    const id = bot.says('a');
    await arrived(1);
    expect(hits[0]).toMatchObject({ text: 'a', id, path: '/hook?key=1' });
    expect(hits[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': 's3cret_-',
    });
  });

  test('without a secret has no header for it', async () => {
    await set();
    bot.says('a');
    await arrived(1);
    expect(hits[0]!.headers).not.toHaveProperty('x-telegram-bot-api-secret-token');
  });

  test('begins with what waited before the webhook was set', async () => {
    bot.says('a');
    await set();
    await arrived(1);
    expect(hits[0]!.text).toBe('a');
  });

  test.each([200, 201, 204, 299])('is accepted by a %d', async (status) => {
    await set();
    bot.says('a');
    await arrived(1);
    hits[0]!.answer(status);
    await delivered(1);
    expect(info().pending_update_count).toBe(0);
  });

  test('of one chat waits for the one before it; another chat does not', async () => {
    await set();
    bot.says('a1', 1);
    bot.says('a2', 1);
    bot.says('b1', 2);
    await arrived(2);
    expect(hits.map(({ text }) => text)).toEqual(['a1', 'b1']);
    hits[0]!.answer(200);
    await arrived(3);
    expect(hits[2]!.text).toBe('a2');
  });

  test('of an inline query overtakes the messages of the same person', async () => {
    await set();
    bot.says('slow');
    bot.says('later');
    bot.feed.push('inline_query', inlineQuery('fast'));
    await arrived(2);
    expect(hits.map(({ text }) => text)).toEqual(['slow', 'fast']);
  });

  test('is one of max_connections at most', async () => {
    await set({ max_connections: 2 });
    for (const chat of [1, 2, 3]) bot.says(`chat ${chat}`, chat);
    await arrived(2);
    hits[1]!.answer(200);
    await arrived(3);
    expect(hits.map(({ text }) => text)).toEqual(['chat 1', 'chat 2', 'chat 3']);
    expect(bot.events.filter(({ kind }) => kind === 'delivered')).toHaveLength(1);
  });

  test('goes to the address that was asked for', async () => {
    await set({ url: url.replace('127.0.0.1', 'bot.example.invalid'), ip_address: '127.0.0.1' });
    bot.says('a');
    await arrived(1);
    expect(hits[0]!.headers.host).toMatch(/^bot\.example\.invalid:/);
    expect(info().ip_address).toBe('127.0.0.1');
  });
});

describe('a failed delivery', () => {
  /** Lets the next `count` attempts end with this status, moving the clock on until each of them is made. */
  const refuse = async (count: number, status = 500) => {
    for (let n = 0; n < count; n += 1) {
      await until(() => {
        if (hits.length === 0) bot.clock.advance(1000);
        return hits.length > 0;
      });
      const before = pauses().length;
      hits.shift()!.answer(status);
      await until(() => pauses().length > before);
    }
  };

  test('is tried again with the same id: at once, then after 2, 4, 8 ... s, 60 to 120 s at most', async () => {
    await set();
    const id = bot.says('a');
    await refuse(9);
    expect(pauses().map((pause) => pause / 1000)).toEqual([0, 2, 4, 8, 16, 32, 64, 90, 90]);
    bot.clock.advance(90_000);
    await arrived(1);
    expect(hits[0]!.id).toBe(id);
  });

  test('begins anew for the next update', async () => {
    await set();
    bot.says('a');
    bot.says('b');
    await refuse(3);
    bot.clock.advance(5000);
    await arrived(1);
    hits.shift()!.answer(200);
    await refuse(2);
    expect(pauses()).toEqual([0, 2000, 4000, 0, 2000]);
  });

  test('holds up its own queue only', async () => {
    await set();
    bot.says('a1', 1);
    bot.says('a2', 1);
    await refuse(2);
    bot.says('b1', 2);
    await arrived(1);
    expect(hits.map(({ text }) => text)).toEqual(['b1']);
  });

  test('waits as long as Retry-After says, an hour at most', async () => {
    await set();
    bot.says('a');
    await arrived(1);
    hits[0]!.answer(503, { 'retry-after': '7' });
    await failed(1);
    bot.clock.advance(7000);
    await arrived(2);
    hits[1]!.answer(503, { 'retry-after': '99999' });
    await failed(2);
    expect(pauses()).toEqual([7000, HOUR]);
  });

  test('is told in getWebhookInfo, also after a later one went well', async () => {
    await set();
    bot.says('a');
    await arrived(1);
    hits[0]!.answer(404);
    await arrived(2);
    hits[1]!.answer(200);
    await delivered(1);
    expect(info()).toMatchObject({
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 404 Not Found',
      last_error_date: Math.floor(bot.clock.now() / 1000),
    });
  });

  test('of a webhook that breaks off is a reset connection', async () => {
    await set();
    bot.says('a');
    await arrived(1);
    server.closeAllConnections();
    await failed(1);
    expect(info().last_error_message).toBe('Connection reset by peer');
    await arrived(2);
  });

  test('of a webhook that is not there is a refused connection', async () => {
    await set();
    await new Promise((closed) => server.close(closed));
    bot.says('a');
    await failed(1);
    expect(info().last_error_message).toBe('Connection refused');
  });

  test('is one that gets no answer for a minute', async () => {
    await set();
    bot.says('a');
    await arrived(1);
    bot.clock.advance(59_000);
    expect(pauses()).toEqual([]);
    bot.clock.advance(1000);
    await failed(1);
    expect(info().last_error_message).toBe('Read timeout expired');
    await arrived(2);
  });

  test('is given up when the update would expire before the next attempt', async () => {
    await set();
    bot.feed.push('inline_query', inlineQuery('a'));
    await arrived(1);
    hits[0]!.answer(503, { 'retry-after': '31' });
    await failed(1);
    expect(bot.events.at(-1)).toMatchObject({ kind: 'given_up' });
    expect(info().pending_update_count).toBe(0);
  });

  test('is what happens while the network is down', async () => {
    let isUp = false;
    const cut = bench({ isReachable: () => isUp });
    await cut.feed.setWebhook(Params.of({ url }), files);
    cut.says('a');
    await until(() => cut.events.filter(({ kind }) => kind === 'not_delivered').length === 2);
    expect(hits).toHaveLength(0);
    isUp = true;
    cut.clock.advance(2000);
    await arrived(1);
    cut.feed.stop();
    cut.clock.stop();
  });
});

describe('an answer of 410', () => {
  const PAUSE = 1500;

  /** Answers every attempt with these statuses, asking for 25 minutes until the next. */
  const answerAll = async (statuses: number[]) => {
    for (const [n, status] of statuses.entries()) {
      await arrived(n + 1);
      hits[n]!.answer(status, { 'retry-after': String(PAUSE) });
      await failed(n + 1);
      bot.clock.advance(PAUSE * 1000);
    }
  };

  test('for more than 23 hours ends the webhook; the updates can be polled', async () => {
    const attempts = (23 * 3600) / PAUSE;
    await set();
    bot.says('a');
    await answerAll(Array<number>(Math.floor(attempts) + 1).fill(410));
    expect(info().url).toBe(url);
    await arrived(Math.floor(attempts) + 2);
    hits.at(-1)!.answer(410);
    await until(() => info().url === '');
    expect(await bot.polls()).toEqual(['a']);
  });

  test('counts anew after any other answer', async () => {
    await set();
    bot.says('a');
    await answerAll([...Array<number>(20).fill(410), 500, ...Array<number>(36).fill(410)]);
    expect(info().url).toBe(url);
  });
});

describe('a method in the answer', () => {
  const json = { 'content-type': 'application/json' };
  const reply = async (headers: Record<string, string>, body: string, status = 200) => {
    await set();
    bot.says('a');
    await arrived(1);
    hits[0]!.answer(status, headers, body);
    await until(() => bot.events.some(({ kind }) => kind === 'delivered' || kind === 'not_delivered'));
  };

  test.each([
    [json, '{"method":"sendMessage","chat_id":42,"text":"hi"}'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'method=sendMessage&chat_id=42&text=hi'],
    [
      { 'content-type': 'multipart/form-data; boundary=x' },
      ['method', 'chat_id', 'text']
        .map(
          (name, n) =>
            `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${['sendMessage', 42, 'hi'][n]}\r\n`,
        )
        .join('') + '--x--\r\n',
    ],
  ])('as %j is run', async (headers, body) => {
    await reply(headers, body);
    expect(bot.executed.map(({ method, params }) => [method, params.string('text')])).toEqual([['sendMessage', 'hi']]);
  });

  test.each(['getMe', 'GETFILE', 'setWebhook', 'deleteWebhook', 'close', 'logOut', ''])(
    'is not run when it is %s',
    async (method) => {
      await reply(json, JSON.stringify({ method }));
      expect(bot.executed).toEqual([]);
    },
  );

  test('is not run when the update was refused', async () => {
    await reply(json, '{"method":"sendMessage"}', 500);
    expect(bot.executed).toEqual([]);
  });

  test.each([
    [json, '{"method'],
    [{ 'content-type': 'text/plain' }, 'ok'],
    [{ ...json, 'content-encoding': 'br' }, 'ok'],
  ])('that cannot be read (%j) still accepts the update', async (headers, body) => {
    await reply(headers, body);
    expect(bot.events.at(-1)).toMatchObject({ kind: 'delivered' });
  });
});

describe('a disturbance', () => {
  test('delivers an update a second time after it was accepted', async () => {
    await set();
    bot.feed.disturb({ twice: 1 });
    const id = bot.says('a');
    await arrived(1);
    hits[0]!.answer(200);
    await arrived(2);
    expect(hits[1]!.id).toBe(id);
    hits[1]!.answer(200);
    await delivered(2);
    expect(info().pending_update_count).toBe(0);
  });

  test('lets an update overtake the one before it in the same chat', async () => {
    await set();
    bot.feed.disturb({ swap: 1 });
    bot.says('a');
    bot.says('b');
    await arrived(1);
    hits[0]!.answer(200);
    await arrived(2);
    expect(hits.map(({ text }) => text)).toEqual(['b', 'a']);
  });

  test('keeps an update back until it is released', async () => {
    await set();
    bot.feed.disturb({ hold: 1 });
    bot.says('a', 1);
    bot.says('b', 2);
    await arrived(1);
    bot.feed.release();
    await arrived(2);
    expect(hits.map(({ text }) => text)).toEqual(['b', 'a']);
  });
});

test('a webhook that was saved and loaded as JSON delivers what was not delivered', async () => {
  const state = newFeedState();
  const before = bench({ state });
  await before.feed.setWebhook(Params.of({ url, secret_token: 'kept' }), files);
  const id = before.says('a');
  await arrived(1);
  const saved = JSON.parse(JSON.stringify(state)) as FeedState;
  before.feed.stop();
  before.clock.stop();

  const after = bench({ state: saved, clock: new SandboxClock() });
  await arrived(2);
  expect(hits[1]).toMatchObject({ id, headers: { 'x-telegram-bot-api-secret-token': 'kept' } });
  after.feed.stop();
  after.clock.stop();
});

test('a webhook that was deleted gets nothing any more, and what was under way counts as not delivered', async () => {
  await set();
  bot.says('a');
  await arrived(1);
  bot.feed.deleteWebhook(Params.of({}));
  hits[0]!.answer(200);
  expect(await bot.polls()).toEqual(['a']);
});
