import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { SandboxClock } from '../../src/clock.js';
import type { FaultEffect } from '../../src/faults.js';
import { type HttpAnswer, okAnswer, writeAnswer } from '../../src/http/answer.js';
import { applyFault } from '../../src/http/applyFault.js';

const answered = okAnswer({ result: { message_id: 31 } });

/** What a caller sees on the wire: bytes, and how the connection ended if it did. */
interface Seen {
  text: string;
  end?: string;
}

let server: Server;
let response: ServerResponse;
let client: Socket;
let clock: SandboxClock;

beforeEach(() => {
  clock = new SandboxClock();
});

afterEach(async () => {
  client.destroy();
  clock.stop();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Makes one call that meets a fault; resolves with what is seen when `isEnough`. */
async function meet(
  { effect, answer }: { effect: FaultEffect; answer: HttpAnswer | undefined },
  isEnough: (seen: Seen) => boolean,
): Promise<Seen & { isDone: boolean | undefined }> {
  let isDone: boolean | undefined;
  server = createServer((_, given) => {
    response = given;
    void applyFault({ effect, response, answer, clock }).then((done) => {
      isDone = done;
      if (!done) writeAnswer(response, answered);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
  const seen: Seen = { text: '' };
  await new Promise<void>((resolve) => {
    const look = () => {
      if (isEnough(seen)) resolve();
    };
    client.on('data', (chunk: Buffer) => {
      seen.text += chunk.toString();
      look();
    });
    client.on('error', (error: NodeJS.ErrnoException) => {
      seen.end = error.code ?? 'error';
      look();
    });
    client.on('end', () => {
      seen.end ??= 'closed';
      look();
    });
    server.on('request', () => setImmediate(look));
  });
  return { ...seen, isDone };
}

const hasBody = (text: string) => (seen: Seen) => seen.text.endsWith(text);
const isEnded = (seen: Seen) => seen.end !== undefined;
const both: (HttpAnswer | undefined)[] = [undefined, answered];

test.each(both)('an error takes the place of the answer', async (answer) => {
  const effect: FaultEffect = { kind: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' };
  const body = '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}';
  const seen = await meet({ effect, answer }, hasBody(body));
  expect(seen.text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(seen.isDone).toBe(true);
});

test('an error may carry parameters', async () => {
  const parameters = { migrate_to_chat_id: -1002000000009 };
  const effect: FaultEffect = { kind: 'error', code: 400, description: 'Bad Request: upgraded', parameters };
  const seen = await meet({ effect, answer: undefined }, hasBody('}'));
  expect(seen.text).toContain('"parameters":{"migrate_to_chat_id":-1002000000009}');
});

test('too many requests say when to come again, twice', async () => {
  const seen = await meet({ effect: { kind: 'too_many_requests', seconds: 3 }, answer: undefined }, hasBody('}'));
  expect(seen.text).toMatch(/^HTTP\/1\.1 429 /);
  expect(seen.text).toMatch(/\r\nretry-after: 3\r\n/i);
  expect(seen.text).toContain('"parameters":{"retry_after":3}');
});

test('a page of HTML comes with a 502', async () => {
  const seen = await meet({ effect: { kind: 'html' }, answer: answered }, hasBody('</html>\r\n'));
  expect(seen.text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
  expect(seen.text).toMatch(/content-type: text\/html/i);
});

test('an empty answer is a 200 without a body', async () => {
  const seen = await meet({ effect: { kind: 'empty' }, answer: answered }, hasBody('\r\n\r\n'));
  expect(seen.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(seen.text).toMatch(/content-length: 0\r\n/i);
});

test('a message without a number is the right answer, but for the number', async () => {
  const seen = await meet({ effect: { kind: 'unnumbered' }, answer: answered }, hasBody('"message_id":0}}'));
  expect(seen).toMatchObject({ isDone: true });
  const meeting = await meet({ effect: { kind: 'unnumbered' }, answer: undefined }, hasBody(answered.body));
  expect(meeting).toMatchObject({ isDone: false });
});

/** True while a caller can neither read anything nor see the connection end. */
const isSilent = () => !response.headersSent && response.socket?.destroyed === false;

test('a time-out leaves the connection open and silent', async () => {
  const seen = await meet({ effect: { kind: 'timeout' }, answer: answered }, () => true);
  expect(seen.isDone).toBe(true);
  expect(isSilent()).toBe(true);
});

test('a reset ends the connection with a reset', async () => {
  const seen = await meet({ effect: { kind: 'reset' }, answer: answered }, isEnded);
  expect(seen).toEqual({ text: '', end: 'ECONNRESET', isDone: true });
});

test.each(both)('a cut answer breaks off in the middle of its JSON', async (answer) => {
  const seen = await meet({ effect: { kind: 'cut' }, answer }, isEnded);
  const [head = '', body = ''] = seen.text.split('\r\n\r\n');
  const whole = (answer ?? okAnswer({ result: true })).body;
  expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(whole.length);
  expect(body).toBe(whole.slice(0, Math.ceil(whole.length / 2)));
});

test('a slow answer comes when its time has come', async () => {
  const effect: FaultEffect = { kind: 'slow', ms: 60_000 };
  const waits: number[] = [];
  const after = clock.after.bind(clock);
  clock.after = (ms, run) => {
    waits.push(ms);
    return after(ms, run);
  };
  const silent = await meet({ effect, answer: answered }, () => true);
  expect([silent.isDone, isSilent(), waits]).toEqual([undefined, true, [60_000]]);
  const arrived = new Promise<string>((resolve) => client.on('data', (chunk: Buffer) => resolve(chunk.toString())));
  clock.advance(60_000);
  expect(await arrived).toContain(answered.body);
});

test('a call that is slow before its effect goes on afterwards', async () => {
  const meeting = meet({ effect: { kind: 'slow', ms: 1 }, answer: undefined }, hasBody(answered.body));
  expect(await meeting).toMatchObject({ isDone: false });
});
