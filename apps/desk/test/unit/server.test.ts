import { connect } from 'node:net';
import { silentLog } from '../../src/log.js';
import { startServer, type HttpServer } from '../../src/server.js';
import { addWebhook } from '../../src/telegram/webhook.js';

const secret = 'the-secret';
let server: HttpServer;
let stored = 0;

beforeAll(async () => {
  server = await startServer({
    port: 0,
    log: silentLog,
    readiness: () => Promise.resolve({ database: true, telegram: true, setUp: true }),
    metrics: { contentType: 'text/plain', text: () => Promise.resolve('') },
    addRoutes: (routes) =>
      addWebhook(routes, {
        path: '/hook',
        secret,
        log: silentLog,
        store: () => {
          stored += 1;
          return Promise.resolve();
        },
      }),
  });
});

afterAll(() => server.close());

/** Sends the head of a request and then whatever `pieces` gives, one piece every half second; resolves with the answer. */
function dribble(given: string, pieces: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  const head = ['POST /hook HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 1000000'];
  socket.write(`${[...head, `X-Telegram-Bot-Api-Secret-Token: ${given}`].join('\r\n')}\r\n\r\n`);
  const rest = Array.from(pieces);
  const timer = setInterval(() => {
    const piece = rest.shift();
    if (piece !== undefined && socket.writable) socket.write(piece);
  }, 500);
  return new Promise((resolve) => {
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(heard);
    });
  });
}

test('49. a wrong secret is refused before any of the body has come', async () => {
  expect(await dribble('wrong', '')).toMatch(/^HTTP\/1\.1 401 /);
});

test('51. a body that comes a byte at a time is cut off after ten seconds', async () => {
  const started = performance.now();
  expect(await dribble(secret, ' '.repeat(100))).toMatch(/^(HTTP\/1\.1 408 |$)/);
  expect(performance.now() - started).toBeLessThan(15_000);
  expect(stored).toBe(0);
});
