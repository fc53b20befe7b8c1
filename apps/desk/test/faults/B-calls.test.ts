import dns from 'node:dns';
import type { FaultRequest } from '../../../sandbox/src/control/protocol/faults.js';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBotApi } from '../../src/telegram/client.js';
import { answers, cast, conversation, thread } from '../support/cast.js';
import { openOffice, settled, type Office } from '../support/office.js';
import { openFront } from './front.js';
import { groupId, listeningLog, openDesk, sends } from './deskSupport.js';

/** Ann writes two messages, and the comment of the first meets a fault: both are shown once, in order. */
async function shownOnce(office: Office, fault: Pick<FaultRequest, 'effect' | 'when'>): Promise<void> {
  const { ann, maria, post } = await conversation(office);
  const chatId = await groupId(office);
  await office.control.faults.add({ ...fault, match: { method: 'sendMessage', chatId } });
  await ann.writes('One');
  await ann.writes('Two');
  await settled(office, { messages: 3 });
  expect(await office.control.faults.list()).toEqual([]);
  expect(await thread(maria, post)).toEqual(['One', 'Two']);
}

const broken = [
  { kind: 'error', code: 500, description: 'Internal Server Error' },
  { kind: 'error', code: 502, description: 'Bad Gateway' },
  { kind: 'error', code: 504, description: 'Gateway Timeout' },
  { kind: 'html' },
] as const;

test('28. a 500, 502 or 504 before the call was carried out: asked, then sent once', async () => {
  for (const effect of broken) await shownOnce(await openOffice(), { effect, when: 'before' });
});

test('29. a 500, 502 or 504 in the place of the answer: found by asking, not sent again', async () => {
  for (const effect of broken) {
    const office = await openOffice();
    await shownOnce(office, { effect, when: 'after' });
    // One for each message; the probe is an edit.
    expect(await sends(office, await groupId(office))).toHaveLength(2);
  }
});

test.each(['cut', 'html', 'empty'] as const)(
  '30. an answer that is no answer (%s) is an unknown outcome',
  async (kind) => {
    await shownOnce(await openOffice(), { effect: { kind }, when: 'after' });
  },
);

test('30. an answer that breaks off is noticed when it breaks, not when the deadline comes', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
    response.write('{"ok":true,"result":{', () => response.socket?.destroySoon());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = createBotApi({ token: '123456789:AAHxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', root });
  // Without a deadline that could come to its help within the test's own.
  const failure = api.call('getMe', undefined, { timeoutMs: 600_000 });
  await expect(failure).rejects.toThrow('Invalid response body');
  server.close();
});

test('31. a connection that is refused: not carried out, sent when Telegram is there again', async () => {
  const office = await openOffice({ closed: true });
  const front = await openFront(office.sandbox.url);
  const { log, said } = listeningLog();
  await openDesk(office, { apiRoot: front.url, log });
  const { ann, maria, post } = await conversation(office);
  await office.control.until(
    'it asks for updates',
    async () => (await office.control.calls({ method: 'getUpdates' })).length > 0,
  );
  await maria.comments(post.ref, 'Before');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  await front.close();
  await maria.comments(post.ref, 'Meanwhile');
  await ann.writes('One');
  await front.open();
  await settled(office, { messages: 4 });
  expect(await answers(ann)).toEqual(['Before', 'Meanwhile']);
  expect((await thread(maria, post)).filter((text) => text === 'One')).toHaveLength(1);
  expect(said('updates are fetched again')).toBeGreaterThanOrEqual(1);
  await office.desk.stop();
  await front.close();
});

test.each(['before', 'after'] as const)(
  '31. a reset %s the call was carried out is an unknown outcome',
  async (when) => {
    await shownOnce(await openOffice(), { effect: { kind: 'reset' }, when });
  },
);

test('32. a call that is never answered is given up after ten seconds and holds up nobody else', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const chatId = await groupId(office);
  await office.control.faults.add({
    effect: { kind: 'timeout' },
    when: 'after',
    match: { method: 'sendMessage', chatId },
  });
  await ann.writes('One');
  await office.control.until('the call hangs', async () => (await sends(office, chatId)).length === 1);
  await maria.comments(post.ref, 'Answer');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
  const probes = async (): Promise<number> =>
    (await office.control.calls({ chatId })).filter(({ method }) => method.startsWith('edit')).length;
  expect(await probes()).toBe(0);
  await settled(office, { messages: 3 });
  expect(await probes()).toBeGreaterThan(0);
  expect((await thread(maria, post)).filter((text) => text === 'One')).toHaveLength(1);
  expect(await sends(office, chatId)).toHaveLength(1);
});

test('33. a slow server: the queue grows, order is kept, and one call at a time goes to a chat', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const chatId = await groupId(office);
  const slow = { kind: 'slow', ms: 1_500 } as const;
  await office.control.faults.add({ effect: slow, when: 'after', match: { method: 'sendMessage', chatId }, next: 5 });
  for (const text of ['1', '2', '3', '4', '5']) await ann.writes(text);
  await settled(office, { messages: 6 });
  expect(await thread(maria, post)).toEqual(['1', '2', '3', '4', '5']);
  const calls = (await office.control.calls({ chatId })).filter(({ ms }) => ms !== undefined);
  const overlaps = calls.slice(1).filter(({ at }, index) => at < calls[index]!.at + calls[index]!.ms!);
  expect(calls.length).toBeGreaterThanOrEqual(5);
  expect(overlaps).toEqual([]);
});

test('34. a name that cannot be looked up: asked again ever more rarely, and all goes on by itself', async () => {
  const office = await openOffice({ closed: true });
  const apiRoot = office.sandbox.url.replace('127.0.0.1', 'localhost');
  const { log, said } = listeningLog();
  const { lookup } = dns;
  let lookups = 0;
  let away = false;
  const unreliable = (...args: Parameters<typeof lookup>): void => {
    if (!away) {
      lookup(...args);
      return;
    }
    lookups += 1;
    const [name] = args;
    const tell = args.at(-1) as (error: NodeJS.ErrnoException) => void;
    setImmediate(() => tell(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' })));
  };
  Object.assign(dns, { lookup: unreliable });
  try {
    await openDesk(office, { apiRoot, log });
    const { ann, maria } = await cast(office);
    away = true;
    // Breaks the connections that are open; what is opened anew has to look the name up.
    await office.control.network.pause('refuse');
    await ann.writes('One');
    await office.control.until('it is looked for a few times', async () => Promise.resolve(lookups >= 4));
    expect(said('ENOTFOUND')).toBe(1);
    away = false;
    await office.control.network.resume();
    await settled(office, { messages: 1 });
    expect(await maria.seesChannel()).toHaveLength(1);
    expect(said('updates are fetched again')).toBe(1);
  } finally {
    Object.assign(dns, { lookup });
  }
});
