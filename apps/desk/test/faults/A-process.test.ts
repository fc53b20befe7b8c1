import { conversation, thread } from '../support/cast.js';
import { eventually, fileStore, openOffice, settled } from '../support/office.js';
import { listeningLog, openDesk } from './deskSupport.js';

/** Makes the database refuse rows of `table` that hold these words, until it is told not to. */
async function refuseRows(
  table: string,
  { column, words, code, times }: { column: string; words: string; code: string; times?: number },
): Promise<() => Promise<void>> {
  const { database } = await fileStore();
  await database.hold(async ({ query }) => {
    await query(`CREATE SEQUENCE refusals;
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.${column}::text LIKE '%${words}%' AND nextval('refusals') <= ${times ?? 1_000_000} THEN
          RAISE EXCEPTION 'refused by the test' USING ERRCODE = '${code}';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`);
  });
  return () =>
    database.hold(async ({ query }) => {
      await query('DROP FUNCTION IF EXISTS refuse CASCADE; DROP SEQUENCE IF EXISTS refusals');
    });
}

let allow = (): Promise<void> => Promise.resolve();
afterEach(async () => {
  await allow();
  allow = () => Promise.resolve();
});

test('9. a foreign program asks with the same token: backed off, one alarm, nothing that reached us is lost', async () => {
  const office = await openOffice({ closed: true });
  const { log, said } = listeningLog();
  await openDesk(office, { log });
  const { ann, maria, post } = await conversation(office);
  const { bot } = await office.control.overview();
  let foreign = true;
  const stranger = (async () => {
    // It looks and confirms nothing, as a second copy that was started by mistake and fails at once.
    while (foreign) await fetch(`${office.sandbox.url}/bot${bot.token}/getUpdates?timeout=2`);
  })();
  await office.control.until('both have been refused', async () => {
    const calls = await office.control.calls({ method: 'getUpdates' });
    return calls.filter(({ outcome }) => outcome?.kind === 'answered' && outcome.status === 409).length > 3;
  });
  expect(said('another program asks for updates')).toBe(1);
  await ann.writes('One');
  foreign = false;
  await stranger;
  await settled(office, { messages: 2 });
  expect((await thread(maria, post)).filter((text) => text === 'One')).toHaveLength(1);
});

test('15. a full disk: what cannot be stored is not confirmed, and comes in when there is room', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  allow = await refuseRows('updates', { column: 'payload', words: 'No room for this', code: '53100' });
  await ann.writes('No room for this');
  await office.control.until('it is asked for again', async () => {
    const calls = await office.control.calls({ method: 'getUpdates' });
    return calls.filter(({ outcome }) => JSON.stringify(outcome).includes('No room')).length >= 2;
  });
  await allow();
  await ann.writes('After');
  await settled(office, { messages: 3 });
  expect(await thread(maria, post)).toEqual(['No room for this', 'After']);
});

test.each([
  ['serialization failure', '40001'],
  ['deadlock', '40P01'],
])('18. a %s: the whole transaction is run again, and nothing is wanted twice', async (_name, code) => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  allow = await refuseRows('messages', { column: 'content', words: 'Clash', code, times: 3 });
  await ann.writes('Clash');
  await settled(office, { messages: 2 });
  expect(await thread(maria, post)).toEqual(['Clash']);
  const rows = await office.database.query(
    `SELECT u.attempts, count(d.id)::int AS wanted FROM updates u
     JOIN messages m ON m.content->>'text' = 'Clash' AND m.bot_id = u.bot_id
     JOIN deliveries d ON d.message_id = m.id AND d.queue = 'staff'
     WHERE u.payload->'message'->>'text' = 'Clash' AND u.bot_id = (SELECT max(id) FROM bots) GROUP BY u.id, u.attempts`,
  );
  expect(rows).toEqual([{ attempts: 0, wanted: 1 }]);
});

test('22. an update that cannot be handled is parked where it can be seen, and all others go on', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const ben = await office.control.addPerson({ firstName: 'Ben' });
  allow = await refuseRows('messages', { column: 'content', words: 'Poison', code: 'P0001' });
  await ann.writes('Poison');
  await ben.writes('Hello, I am Ben');
  await ann.writes('After');
  const parked = (): Promise<{ state: string; error: string }[]> =>
    office.database.query(
      `SELECT state, error FROM updates WHERE state = 'parked' AND bot_id = (SELECT max(id) FROM bots)`,
    );
  await eventually('it is parked', async () => (await parked()).length > 0);
  await settled(office, { messages: 3 });
  expect(await thread(maria, post)).toEqual(['After']);
  expect(await maria.seesChannel()).toHaveLength(2);
  expect(await parked()).toEqual([{ state: 'parked', error: 'refused by the test' }]);
});

test('22. what waits together with an update that cannot be handled is handled once, before and after it', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  allow = await refuseRows('messages', { column: 'content', words: 'Poison', code: 'P0001' });
  await office.desk.stop();
  for (const words of ['One', 'Two', 'Poison', 'Three']) await ann.writes(words);
  await office.restart();
  await eventually('the last is shown', async () => (await thread(maria, post)).includes('Three'));
  await settled(office, { messages: 4 });
  expect(await thread(maria, post)).toEqual(['One', 'Two', 'Three']);
});
