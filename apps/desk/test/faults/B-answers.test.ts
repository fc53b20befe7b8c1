import { answers, cast, conversation, thread, wordsOf } from '../support/cast.js';
import { eventually, openOffice, settled, type Office } from '../support/office.js';
import { openFront } from './front.js';
import { groupId, listeningLog, openDesk } from './deskSupport.js';

test('35. a token that is revoked: sends stop, nothing is lost, one alarm; the new token goes on', async () => {
  const office = await openOffice({ closed: true });
  const { log, said } = listeningLog();
  await openDesk(office, { log });
  const { ann, maria, post } = await conversation(office);
  const chatId = await groupId(office);
  const slow = { kind: 'slow', ms: 800 } as const;
  await office.control.faults.add({ effect: slow, when: 'after', match: { method: 'sendMessage', chatId } });
  for (const text of ['1', '2', '3']) await ann.writes(text);
  await eventually('they are stored', async () => {
    const rows = await office.database.query(
      `SELECT 1 FROM messages WHERE content->>'text' IN ('1', '2', '3') AND bot_id = (SELECT max(id) FROM bots)`,
    );
    return rows.length === 3;
  });
  const owner = await office.control.bot();
  const { token } = await owner.renewsToken();
  await eventually('the alarm is in the log', () => Promise.resolve(said('Telegram refuses the token') > 0));
  await ann.writes('4');
  await eventually('the sender has stopped', () => Promise.resolve(said('calls are paused') > 0));
  expect(said('Telegram refuses the token')).toBe(1);
  await office.desk.stop();
  await openDesk(office, { token });
  await settled(office, { messages: 5 });
  expect(await thread(maria, post)).toEqual(['1', '2', '3', '4']);
});

test('36. an answer with message_id 0 is taken for what it is: sent, without a number', async () => {
  const office = await openOffice({ closed: true });
  let numberless = 0;
  const front = await openFront(office.sandbox.url, ({ method, params, pass }) => {
    if (method !== 'sendMessage' || params['text'] !== 'One') return undefined;
    numberless += 1;
    return pass().then((answer) => ({ ...answer, result: { ...(answer.result as object), message_id: 0 } }));
  });
  await openDesk(office, { apiRoot: front.url });
  const { ann, maria, post } = await conversation(office);
  const one = await ann.writes('One');
  await ann.writes('Two');
  await settled(office, { messages: 3 });
  expect(await thread(maria, post)).toEqual(['One', 'Two']);
  expect(numberless).toBe(1);
  // What cannot be edited is seen all the same.
  await ann.edits(one, 'One, edited');
  await office.control.until('the edit is seen', async () => (await thread(maria, post)).includes('One, edited'));
  await office.desk.stop();
  await front.close();
});

const secret = 'a-secret-of-this-test';

/** A desk that takes updates by webhook, so that the test can be Telegram. */
async function byWebhook(office: Office): Promise<(update: object) => Promise<number>> {
  const { port } = await openDesk(office, { webhook: { url: new URL('http://127.0.0.1:1/hook'), secret } });
  return async (update) => {
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
    const body = JSON.stringify(update);
    return (await fetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', headers, body })).status;
  };
}

const message = (id: number, text: string): Record<string, unknown> => ({
  message_id: 7,
  date: 1_790_000_000,
  chat: { id, type: 'private', first_name: 'Ann', colour_of_the_year: 'green' },
  from: { id, is_bot: false, first_name: 'Ann', mood: { today: 'fine' } },
  text,
  something_new: [{ deep: true }],
});

test('37. fields and kinds of updates that nobody knows yet are kept as they came and harm nobody', async () => {
  const office = await openOffice({ closed: true });
  const send = await byWebhook(office);
  const { maria } = await cast(office);
  const unknown = { update_id: 900, holographic_message: { from: { id: 5 }, beam: [1, 2] } };
  expect(await send(unknown)).toBe(200);
  expect(await send({ update_id: 901, message: message(4711, 'From the future') })).toBe(200);
  await office.control.until('the post is there', async () =>
    (await maria.seesChannel()).some((post) => wordsOf(post).includes('From the future')),
  );
  const stored = await eventually('it is handled', async () => {
    const rows = await office.database.query<{ payload: unknown; state: string }>(
      `SELECT payload, state FROM updates WHERE external_id = '900' AND bot_id = (SELECT max(id) FROM bots)`,
    );
    return rows[0]?.state === 'handled' && rows;
  });
  expect(stored).toEqual([{ payload: unknown, state: 'handled' }]);
});

test('38. ids above 32 bits keep every digit, in the database and on the way back', async () => {
  const office = await openOffice();
  const id = 2 ** 52 - 3;
  const ann = await office.control.addPerson({ id, firstName: 'Ann' });
  const maria = await office.control.addPerson({ firstName: 'Maria', staff: 'member' });
  await ann.writes('Hello');
  const post = await office.control.until('comments are open', async () => {
    const last = (await maria.seesChannel()).at(-1);
    return last?.comments && last;
  });
  await maria.comments(post.ref, 'Answer');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  const rows = await office.database.query(
    'SELECT external_id, place FROM customers WHERE bot_id = (SELECT max(id) FROM bots)',
  );
  expect(rows).toEqual([{ external_id: String(id), place: String(id) }]);
  const { channel } = await office.control.overview();
  expect(channel.id).toBeLessThan(-(10 ** 12));
  const [thread] = await office.database.query<{ post: string }>(
    'SELECT post FROM threads WHERE bot_id = (SELECT max(id) FROM bots)',
  );
  expect(thread!.post).toContain(String(channel.id));
});
