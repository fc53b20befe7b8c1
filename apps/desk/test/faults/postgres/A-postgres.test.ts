import { connect as dial, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { readConfig } from '../../../src/config.js';
import { startDesk, type Desk, type DeskOptions } from '../../../src/desk.js';
import { silentLog } from '../../../src/log.js';
import { openPostgres, type Database } from '../../../src/store/database.js';
import { later, openSandbox, run, untilReady } from '../../process/support.js';
import { answers, conversation, thread } from '../../support/cast.js';
import { eventually } from '../../support/office.js';
import { startPostgres, type PostgresServer } from '../../support/postgresServer.mjs';
import type { SandboxClient } from '../../../../sandbox/src/control/client.js';
import { inGroup, nothingOpen } from './support.js';

// Each test has a PostgreSQL server of its own, which it may stop.

interface Plant {
  readonly server: PostgresServer;
  readonly control: SandboxClient;
  readonly settings: Readonly<Record<string, string>>;
}

async function openPlant(): Promise<Plant> {
  const server = (await startPostgres())!;
  later(() => server.stop());
  const sandbox = await openSandbox();
  const { bot, channel } = await sandbox.control.overview();
  const settings = {
    DATABASE_URL: server.url,
    BOT_TOKEN: bot.token,
    TELEGRAM_API_ROOT: sandbox.url,
    STAFF_CHANNEL_ID: String(channel.id),
    TELEGRAM_LIMITS: 'off',
    PORT: '0',
  };
  return { server, control: sandbox.control, settings };
}

/** A desk in this process, on a database that the test can look at too. */
async function open(
  { settings }: Plant,
  {
    url = settings['DATABASE_URL']!,
    connections,
    more = {},
    ...options
  }: DeskOptions & {
    readonly url?: string;
    readonly connections?: number;
    readonly more?: Readonly<Record<string, string>>;
  } = {},
): Promise<{ desk: Desk; database: Database }> {
  const database = openPostgres(url, connections === undefined ? {} : { connections });
  later(() => database.close());
  const desk = await startDesk(readConfig({ ...settings, ...more }), silentLog, { database, ...options });
  later(() => desk.stop());
  return { desk, database };
}

const secret = 'a-secret-of-this-test';
const byWebhook = { WEBHOOK_URL: 'http://127.0.0.1:1/hook', WEBHOOK_SECRET: secret };

async function deliver({ port }: Desk, { id, text }: { id: number; text: string }): Promise<Response> {
  const from = { id: 4711, is_bot: false, first_name: 'Ann' };
  const chat = { id: 4711, type: 'private', first_name: 'Ann' };
  return fetch(`http://127.0.0.1:${port}/hook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify({ update_id: id, message: { message_id: id, date: 1_790_000_000, from, chat, text } }),
  });
}

test('11. PostgreSQL is stopped and comes back: results are kept, polling pauses, nothing is lost or shown twice', async () => {
  const plant = await openPlant();
  const { server, control } = plant;
  // Shorter than the outage: the desk gives its leases up and takes them again.
  const { database } = await open(plant, { leaseMs: 2_000 });
  const { ann, maria, post } = await conversation({ control });
  const slow = { kind: 'slow', ms: 2_000 } as const;
  await control.faults.add({ effect: slow, when: 'after', match: { method: 'sendMessage', chatId: ann.id } });
  await maria.comments(post.ref, 'Answer');
  await control.until('the call is under way', async () => (await answers(ann)).length === 1);
  await server.away('fast');
  await ann.writes('Meanwhile');
  const asked = (await control.calls({ method: 'getUpdates' })).length;
  await control.until('it has tried to store what it fetched', async () => {
    const calls = (await control.calls({ method: 'getUpdates' })).slice(asked - 1);
    return calls.filter(({ outcome }) => JSON.stringify(outcome ?? '').includes('Meanwhile')).length >= 3;
  });
  await server.back();
  await ann.writes('After');
  await nothingOpen({ database }, 4);
  expect(await answers(ann)).toEqual(['Answer']);
  expect(await thread(maria, post)).toEqual(['Answer', 'Meanwhile', 'After']);
});

test('11. while PostgreSQL is away a webhook is answered with 503 and Retry-After', async () => {
  const plant = await openPlant();
  const { desk, database } = await open(plant, { more: byWebhook });
  await plant.server.away('fast');
  const refused = await deliver(desk, { id: 1, text: 'Hello' });
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  await plant.server.back();
  await eventually('it is taken', async () => (await deliver(desk, { id: 1, text: 'Hello' })).status === 200);
  await nothingOpen({ database }, 1);
});

test('12. PostgreSQL restarts again and again: connections are made anew and the process lives', async () => {
  const plant = await openPlant();
  const { server, control, settings } = plant;
  const desk = run(settings);
  await untilReady(desk);
  const { ann } = await conversation({ control });
  const texts = ['1', '2', '3', '4', '5', '6'];
  for (const [index, text] of texts.entries()) {
    await ann.writes(text);
    if (index % 2 === 0) continue;
    await server.away('fast');
    await server.back();
  }
  const database = openPostgres(settings['DATABASE_URL']!);
  later(() => database.close());
  await nothingOpen({ database }, 7);
  expect(await inGroup({ control }, ...texts)).toEqual(texts);
  expect(await desk.stop()).toEqual({ code: 0, signal: null });
});

test('12. a connection that breaks while it is lent out, between two statements, ends nothing but its transaction', async () => {
  const { server } = await openPlant();
  const database = openPostgres(server.url);
  later(() => database.close());
  const lent = database.transaction(async (sql) => {
    await sql.query('SELECT 1');
    await server.away('immediate');
    await server.back();
    await sql.query('SELECT 1');
  });
  await expect(lent).rejects.toThrow();
  await eventually('it is asked anew', () => database.query('SELECT 1').catch(() => undefined));
});

/** A way to the server that can swallow everything without a word. */
async function openTunnel(url: string): Promise<{ url: string; swallow(): void; open(): void }> {
  const target = new URL(url);
  const { hostname, port } = target;
  const pairs = new Set<readonly [Socket, Socket]>();
  let silent = false;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (silent) return;
    const onward = dial(Number(port), hostname);
    onward.on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
    pairs.add([socket, onward]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(() => {
    for (const pair of pairs) for (const end of pair) end.destroy();
    server.close();
  });
  target.port = String((server.address() as AddressInfo).port);
  return {
    url: target.href,
    swallow: () => {
      silent = true;
      for (const [socket, onward] of pairs) {
        socket.unpipe(onward);
        onward.unpipe(socket);
        socket.resume();
        onward.resume();
      }
    },
    open: () => {
      silent = false;
    },
  };
}

test('14. a connection that swallows everything is given up within ten seconds, and all goes on by itself', async () => {
  const plant = await openPlant();
  const { control, settings } = plant;
  const tunnel = await openTunnel(settings['DATABASE_URL']!);
  const { database } = await open(plant, { url: tunnel.url });
  const { ann, maria, post } = await conversation({ control });
  tunnel.swallow();
  const asked = performance.now();
  await expect(database.transaction((sql) => sql.query('SELECT 1'))).rejects.toThrow();
  expect(performance.now() - asked).toBeLessThan(11_000);
  await ann.writes('One');
  tunnel.open();
  const direct = openPostgres(settings['DATABASE_URL']!);
  later(() => direct.close());
  await nothingOpen({ database: direct }, 2);
  expect(await thread(maria, post)).toEqual(['One']);
  const listening = async (): Promise<boolean> => {
    const rows = await direct.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN %' OR query = 'SELECT 1'`);
    return rows.length > 0;
  };
  await eventually('it listens again', listening);
});

test('17. a pool that is used up does not keep updates waiting', async () => {
  const plant = await openPlant();
  const { desk, database } = await open(plant, { connections: 2, more: byWebhook });
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const hogs = [1, 2].map(() => database.hold(() => held));
  expect((await deliver(desk, { id: 1, text: 'Hello' })).status).toBe(200);
  letGo();
  await Promise.all(hogs);
  await nothingOpen({ database }, 1);
  expect(await plant.control.channel.sees()).toHaveLength(1);
});

test('17. a lock that somebody holds for long is not waited for without end', async () => {
  const plant = await openPlant();
  const { desk, database } = await open(plant, { more: byWebhook });
  const admin = new pg.Client({ connectionString: plant.server.url });
  await admin.connect();
  await admin.query('BEGIN; LOCK TABLE updates IN ACCESS EXCLUSIVE MODE');
  expect((await deliver(desk, { id: 1, text: 'Hello' })).status).toBe(503);
  await admin.query('ROLLBACK');
  await admin.end();
  expect((await deliver(desk, { id: 1, text: 'Hello' })).status).toBe(200);
  await nothingOpen({ database }, 1);
});

test('23. a backup is restored: the conversation goes on, and an edit of what it does not know is shown as a message', async () => {
  const plant = await openPlant();
  const { server, control } = plant;
  const before = await open(plant);
  const { ann, maria, post } = await conversation({ control });
  await nothingOpen(before, 1);
  await before.desk.stop();
  await server.backUp();

  const lost = await open(plant);
  const unknown = await ann.writes('Not in the backup');
  await control.until('it is relayed', async () => (await thread(maria, post)).length === 1);
  await nothingOpen(lost, 2);
  await lost.desk.stop();
  await server.restore();

  const { database } = await open(plant);
  await ann.edits(unknown, 'Not in the backup, edited');
  await ann.writes('After');
  await control.until('the next message is relayed', async () => (await thread(maria, post)).includes('After'));
  const [comment] = await maria.seesComments(post.ref);
  await maria.repliesTo(comment!.ref, 'Answer');
  await control.until('the answer arrives', async () => (await answers(ann)).includes('Answer'));
  await nothingOpen({ database }, 3);
  // The edit of a message that the backup does not know is a message of its own: rather twice than not at all.
  const shown = ['Not in the backup', 'Not in the backup, edited', 'After', 'Answer'];
  expect(await thread(maria, post)).toEqual(shown);
  expect(await answers(ann)).toEqual(['Answer']);
});
