import { spawn } from 'node:child_process';
import { closeSync, cpSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, migrationsFolder } from '../../../src/store/migrate.js';
import { later, temporary, untilReady } from '../../process/support.js';
import { conversation, wordsOf } from '../../support/cast.js';
import { eventually } from '../../support/office.js';
import { begun, inGroup, nothingOpen, openPlace } from './support.js';

const onLinux = existsSync('/dev/full') ? test : test.skip;

onLinux('16. a log that cannot be written because its disk is full does not stop the desk', async () => {
  const place = await openPlace();
  const full = openSync('/dev/full', 'w');
  later(() => closeSync(full));
  const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
  const loader = new URL('../../../../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const env = { ...process.env, ...place.settings, PORT: '0', NODE_ENV: '' };
  const child = spawn(process.execPath, ['--import', loader, main], {
    cwd: temporary(),
    env,
    stdio: ['ignore', full, full],
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  later(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const { ann, maria, post } = await conversation(place);
  await ann.writes('One');
  await place.control.until('it is relayed', async () => (await maria.seesComments(post.ref)).length === 1);
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, signal: null });
});

/** Runs in the desk: its time of day jumps an hour ahead with the first SIGUSR2, and an hour back with the next. */
const jumpingClock = `data:text/javascript,${encodeURIComponent(`
  const RealDate = Date, now = Date.now.bind(Date), jumps = [3.6e6, -3.6e6];
  let shift = 0;
  globalThis.Date = class extends RealDate {
    constructor(...given) { if (given.length === 0) super(now() + shift); else super(...given); }
    static now() { return now() + shift; }
  };
  process.on('SIGUSR2', () => { shift = jumps.shift() ?? 0; console.log('the time of day has jumped'); });
`)}`;

test('19. a clock that jumps an hour ahead or back changes nothing: neither pacing nor leases look at it', async () => {
  const place = await openPlace({ TELEGRAM_LIMITS: 'group=1000/60,private=1/1,global=30/1' });
  const { ann } = await begun(place);
  const desk = place.start(undefined, { NODE_OPTIONS: `--import=${jumpingClock}` });
  await untilReady(desk);
  const texts = ['ahead', 'and ahead', 'back', 'and back'];
  for (const [first, second] of [texts.slice(0, 2), texts.slice(2)] as string[][]) {
    const jumps = desk.lines.filter((line) => line.includes('has jumped')).length;
    process.kill(desk.pid, 'SIGUSR2');
    await eventually('it has jumped', () =>
      Promise.resolve(desk.lines.filter((line) => line.includes('has jumped')).length > jumps),
    );
    await ann.writes(first!);
    await ann.writes(second!);
    await place.control.until('both are shown', async () => (await inGroup(place, first!, second!)).length === 2);
  }
  expect(await inGroup(place, ...texts)).toEqual(texts);
  expect(desk.lines.join('\n')).not.toContain('this process does it no more');
  const rows = await place.database.query<{ age: number }>(
    `SELECT extract(epoch FROM now() - saved_at)::float8 AS age FROM pacing`,
  );
  for (const { age } of rows) expect(Math.abs(age)).toBeLessThan(600);
});

test('20. a database of the release before: migrated at the start, and what waited in it is handled', async () => {
  const place = await openPlace();
  const { database, control } = place;
  const names = readdirSync(migrationsFolder)
    .filter((name) => /^\d/.test(name))
    .sort();
  const before = temporary();
  for (const name of names.slice(0, -1)) cpSync(join(migrationsFolder, name), join(before, name), { recursive: true });
  await database.hold(async (connection) => {
    await connection.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await migrate(connection, before);
  });
  const { bot } = await control.overview();
  const from = `{"id": 4711, "is_bot": false, "first_name": "Ann"}`;
  const payload = `{"update_id": 5, "message": {"message_id": 9, "date": 1790000000, "text": "Stored before",
    "chat": {"id": 4711, "type": "private", "first_name": "Ann"}, "from": ${from}}}`;
  await database.hold(async ({ query }) => {
    await query(`INSERT INTO bots (external_id, name) VALUES ('telegram:${bot.id}', 'desk');
      INSERT INTO updates (bot_id, source, external_id, digest, chat_key, payload)
        SELECT id, 'telegram', '5', 'x', '4711', '${payload}' FROM bots;
      INSERT INTO customers (bot_id, external_id, place, first_name) SELECT id, '4712', '4712', 'Ben' FROM bots;
      INSERT INTO conversations (bot_id, customer_id) SELECT bot_id, id FROM customers;
      INSERT INTO messages (bot_id, conversation_id, author, content, written_at)
        SELECT bot_id, id, 'customer', '{"kind": "text", "text": "Under way before", "entities": []}', now()
        FROM conversations`);
  });
  // A call was under way when the old release was stopped: it kept no record of calls.
  const under = `INSERT INTO deliveries (bot_id, conversation_id, queue, message_id, priority, state, started_at, attempts)
    SELECT bot_id, conversation_id, 'staff', id, 2, 'sending', now(), 1 FROM messages
    WHERE content->>'text' = 'Under way before'`;
  await database.query(under);
  const cem = await control.addPerson({ firstName: 'Cem' });
  await cem.writes('Written meanwhile');
  await untilReady(place.start());
  await nothingOpen(place, 3);
  const posts = (await control.channel.sees()).map(wordsOf).join('\n');
  for (const text of ['Stored before', 'Under way before', 'Written meanwhile']) expect(posts).toContain(text);
  // What the old release would still write beside the new one is understood.
  const row = await database.query(
    `INSERT INTO deliveries (bot_id, conversation_id, queue, priority) SELECT bot_id, id, 'card', 4 FROM conversations
     LIMIT 1 RETURNING state`,
  );
  expect(row).toEqual([{ state: 'waiting' }]);
  await nothingOpen(place, 3);
});

test('21. a hundred thousand queued messages at the start: the desk stays below 300 MB and begins at once', async () => {
  const place = await openPlace({ TELEGRAM_LIMITS: 'group=20/60,private=1/1,global=30/1' });
  await begun(place);
  await place.database.hold(async ({ query }) => {
    await query(`INSERT INTO customers (bot_id, external_id, place, first_name)
        SELECT (SELECT id FROM bots), n::text, n::text, 'Customer ' || n FROM generate_series(100001, 102000) n;
      INSERT INTO conversations (bot_id, customer_id)
        SELECT bot_id, id FROM customers WHERE first_name LIKE 'Customer %';
      INSERT INTO messages (bot_id, conversation_id, author, content, written_at)
        SELECT c.bot_id, c.id, 'customer',
          json_build_object('kind', 'text', 'text', 'Message ' || n || repeat(' and so on', 20), 'entities', '[]'::json), now()
        FROM conversations c JOIN customers cu ON cu.id = c.customer_id AND cu.first_name LIKE 'Customer %',
          generate_series(1, 50) n;
      INSERT INTO deliveries (bot_id, conversation_id, queue, message_id, priority)
        SELECT bot_id, conversation_id, 'staff', id, 2 FROM messages WHERE content->>'text' LIKE 'Message %';
      ANALYZE`);
  });
  const desk = place.start();
  await untilReady(desk);
  await place.control.until('it has begun', async () => (await place.control.channel.sees()).length > 3);
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${desk.pid}/status`, 'utf8'));
  const peakMb = Number(peak![1]) / 1_024;
  process.stderr.write(`peak memory with 100,000 queued messages: ${peakMb.toFixed(0)} MB\n`);
  expect(peakMb).toBeLessThan(300);
});
