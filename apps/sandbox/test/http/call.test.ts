import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { tooManyRequests } from '../../src/errors.js';
import { errorAnswer, okAnswer, writeAnswer } from '../../src/http/answer.js';
import { readApiCall } from '../../src/http/call.js';

interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  body: { ok: boolean; result: Call; description?: string; error_code?: number };
}

interface Call {
  token: string;
  method: string;
  test: boolean;
  params: Record<string, string>;
  files: { fieldName: string; fileName: string; mimeType: string; text: string }[];
}

/** A server that answers each call with what it read. */
let server: Server;
let root: string;

beforeAll(async () => {
  server = createServer((incoming, response) => {
    void readApiCall(incoming)
      .then(({ token, method, test, params, files }) => {
        const read = [...files.values()].map((file) => ({ ...file, bytes: undefined, text: file.bytes.toString() }));
        return okAnswer({ result: { token, method, test, params, files: read } });
      })
      .catch(errorAnswer)
      .then((answer) => writeAnswer(response, answer));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((closed) => server.close(closed)));

/** Sends a request as written: no client in between that would tidy the path or the body. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { method = options.body === undefined ? 'GET' : 'POST', headers = {}, body } = options;
    const outgoing = request(`${root}${path}`, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: JSON.parse(Buffer.concat(chunks).toString()) as Received['body'],
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };

describe('the path', () => {
  test('names token and method', async () => {
    const { body } = await send('/bot42:abc_D-e/GetMe');
    expect(body.result).toMatchObject({ token: '42:abc_D-e', method: 'GetMe', test: false });
  });

  test('may be of the test data centre', async () => {
    const { body } = await send('/bot42:abc/test/getMe');
    expect(body.result).toMatchObject({ token: '42:abc', method: 'getMe', test: true });
  });

  test('may be percent-encoded', async () => {
    const { body } = await send('/bot42%3Aabc/get%4De');
    expect(body.result).toMatchObject({ token: '42:abc', method: 'getMe' });
  });

  test('without a method takes the parameter of that name', async () => {
    const { body } = await send('/bot42:abc/?method=getMe');
    expect(body.result.method).toBe('getMe');
  });

  test.each(['/', '/bot42:abc', '/file/bot42:abc/x', '/getMe'])('%s is not found', async (path) => {
    const { status, body } = await send(path);
    expect(status).toBe(404);
    expect(body).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
  });
});

describe('parameters', () => {
  test('come from the query string', async () => {
    const { body } = await send('/bot1:a/sendMessage?chat_id=7&text=a+b%26%F0%9F%98%80&empty=&100%');
    expect(body.result.params).toEqual({ chat_id: '7', text: 'a b&😀', empty: '', '100%': '' });
  });

  test('come from an urlencoded body', async () => {
    const { body } = await send('/bot1:a/sendMessage', { headers: form, body: 'chat_id=7&text=1%2B1=2' });
    expect(body.result.params).toEqual({ chat_id: '7', text: '1+1=2' });
  });

  test('come from a JSON body, as the text they were written as', async () => {
    const { body } = await send('/bot1:a/sendMessage', {
      headers: json,
      body: '{ "chat_id" : -1002000000001, "big":12345678901234567890, "on":true, "no":null , "text":"a\\n\\ud83d\\ude00 \\"}", "o": {"a": [1, "]}"]} }',
    });
    expect(body.result.params).toEqual({
      chat_id: '-1002000000001',
      big: '12345678901234567890',
      on: 'true',
      no: 'null',
      text: 'a\n😀 "}',
      o: '{"a": [1, "]}"]}',
    });
  });

  test('of a broken JSON body are those before the fault', async () => {
    const { body } = await send('/bot1:a/sendMessage', { headers: json, body: '{"chat_id":7,"text":oops}' });
    expect(body.result.params).toEqual({ chat_id: '7' });
    const cut = await send('/bot1:a/sendMessage', { headers: json, body: '{"chat_id":7,"text":"half' });
    expect(cut.body.result.params).toEqual({ chat_id: '7' });
  });

  test('of a JSON string are its content', async () => {
    const { body } = await send('/bot1:a/sendMessage', { headers: json, body: '"hello"' });
    expect(body.result.params).toEqual({ content: 'hello' });
  });

  test('of the query come before those of the body, and the first of each name counts', async () => {
    const { body } = await send('/bot1:a/sendMessage?text=first&text=second', {
      headers: json,
      body: '{"text":"third"}',
    });
    expect(body.result.params).toEqual({ text: 'first' });
  });

  test('of another content type are ignored', async () => {
    const { body } = await send('/bot1:a/getMe', { headers: { 'content-type': 'text/plain' }, body: 'text=1' });
    expect(body.result.params).toEqual({});
  });

  test('may be compressed', async () => {
    const headers = { ...json, 'content-encoding': 'gzip' };
    const { body } = await send('/bot1:a/getMe', { headers, body: gzipSync('{"a":1}') });
    expect(body.result.params).toEqual({ a: '1' });
  });

  test('must be UTF-8', async () => {
    const { status, body } = await send('/bot1:a/sendMessage?text=%FF');
    expect([status, body.description]).toEqual([400, 'Bad Request: strings must be encoded in UTF-8']);
  });

  test('of more than a megabyte are refused and the refusal is readable', async () => {
    const { status, body } = await send('/bot1:a/sendMessage', { headers: form, body: `text=${'x'.repeat(3 << 20)}` });
    expect([status, body.description]).toEqual([413, 'Request Entity Too Large: too much parameters']);
  });
});

describe('a multipart body', () => {
  const part = (headers: string, value: string) =>
    `--limit\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${value}\r\n`;
  const multipart = (...parts: string[]) => ({
    headers: { 'content-type': 'multipart/form-data; boundary=limit' },
    body: `${parts.join('')}--limit--\r\n`,
  });

  test('carries parameters and files', async () => {
    const photo = part('name="photo"; filename="../cat.jpg"\r\nContent-Type: image/jpeg', 'bytes');
    const { body } = await send('/bot1:a/sendPhoto?chat_id=7', multipart(part('name="caption"', 'Кот'), photo));
    expect(body.result.params).toEqual({ chat_id: '7', caption: 'Кот' });
    expect(body.result.files).toEqual([
      { fieldName: 'photo', fileName: 'cat.jpg', mimeType: 'image/jpeg', text: 'bytes' },
    ]);
  });

  test('has parameters wherever no file name is given', async () => {
    const typed = part('name="caption"\r\nContent-Type: application/octet-stream', 'text');
    const { body } = await send('/bot1:a/sendPhoto', multipart(typed));
    expect(body.result).toMatchObject({ params: { caption: 'text' }, files: [] });
  });

  test('may carry an empty file', async () => {
    const { body } = await send('/bot1:a/sendPhoto', multipart(part('name="f"; filename="empty.txt"', '')));
    expect(body.result.files).toMatchObject([{ fieldName: 'f', text: '' }]);
  });

  test('with more than 50 MB in a file is refused and the refusal is readable', async () => {
    const big = part('name="video"; filename="big.mp4"', 'x'.repeat((50 << 20) + 1));
    const { status, body } = await send('/bot1:a/sendVideo', multipart(big));
    expect([status, body.description]).toEqual([413, 'Request Entity Too Large: file is too big to be uploaded']);
  });

  test('with more than 50 files is refused', async () => {
    const files = Array.from({ length: 51 }, (_, n) => part(`name="f${n}"; filename="f.txt"`, 'x'));
    const { status, body } = await send('/bot1:a/sendDocument', multipart(...files));
    expect([status, body.description]).toEqual([413, 'Request Entity Too Large: too much files attached']);
  });

  test('that ends too early is refused', async () => {
    const { body: whole, headers } = multipart(part('name="caption"', 'text'));
    const { status } = await send('/bot1:a/sendPhoto', { headers, body: whole.slice(0, 60) });
    expect(status).toBe(400);
  });

  test('without a boundary is refused', async () => {
    const { status } = await send('/bot1:a/sendPhoto', {
      headers: { 'content-type': 'multipart/form-data' },
      body: 'x',
    });
    expect(status).toBe(400);
  });
});

test('an unknown encoding is 415, another HTTP method 501', async () => {
  const encoded = await send('/bot1:a/getMe', { headers: { ...json, 'content-encoding': 'br' }, body: 'x' });
  expect(encoded.status).toBe(415);
  expect((await send('/bot1:a/getMe', { method: 'PUT' })).status).toBe(501);
});

describe('an answer', () => {
  test('says what was done where the method says so', () => {
    expect(JSON.parse(okAnswer({ result: true, description: 'Webhook was set' }).body)).toEqual({
      ok: true,
      result: true,
      description: 'Webhook was set',
    });
  });

  test('to too many requests carries Retry-After and retry_after', () => {
    const answer = errorAnswer(tooManyRequests(28));
    expect(answer).toMatchObject({
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': '28' },
      body: '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 28","parameters":{"retry_after":28}}',
    });
  });

  test("to the sandbox's own fault is a 500 that tells nothing", () => {
    expect(errorAnswer(new TypeError('secret'))).toMatchObject({
      status: 500,
      body: '{"ok":false,"error_code":500,"description":"Internal Server Error"}',
    });
  });
});
