import { answers, cast, conversation, opened, thread } from '../support/cast.js';
import { eventually, openOffice, settled } from '../support/office.js';
import { count, nextUpdateId, openWebhookOffice, postWith, privately } from './support.js';

test('39. an update that is delivered many times at once has one effect', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const update = privately(ann, { text: 'once' });
  expect(new Set(await Promise.all(Array.from({ length: 20 }, () => office.post(update))))).toEqual(new Set([200]));
  await ann.writes('marker');
  await office.control.until('the marker is there', async () => (await thread(maria, post)).includes('marker'));
  expect(await thread(maria, post)).toEqual(['once', 'marker']);
  expect(await count(office, 'updates', `external_id = '${update.update_id}'`)).toBe(1);
});

test('40. an edit that overtakes its message wins, and the message changes nothing any more', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const bot = await office.control.bot();
  await bot.disturbs({ swap: 1 });
  const message = await ann.writes('first wording');
  await ann.edits(message, 'second wording');
  await ann.writes('marker');
  await office.control.until('the marker is there', async () => (await thread(maria, post)).includes('marker'));
  expect(await thread(maria, post)).toEqual(['second wording', 'marker']);
});

test('41. update ids may begin anew after a silence, lower than before or with one that was used', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const high = privately(ann, { text: 'high' }, { id: 900_000_000 + nextUpdateId() });
  const low = privately(ann, { text: 'low' }, { id: nextUpdateId() });
  const again = privately(ann, { text: 'used again', message_id: 77_777 }, { id: high.update_id });
  for (const update of [high, low, again, high]) expect(await office.post(update)).toBe(200);
  await office.control.until('all are there', async () => (await thread(maria, post)).length === 3);
  expect(await thread(maria, post)).toEqual(['high', 'low', 'used again']);
});

test('43. a copy that comes after the alarm attaches the thread again; what stands outside stays there', async () => {
  const office = await openOffice({
    rootPatience: { askMs: 50, alarmMs: 100 },
    sandbox: { autoForward: { timing: 'after_delay', delayMs: 3_000 } },
  });
  const { ann, maria } = await cast(office);
  await ann.writes('first');
  await ann.writes('second');
  await office.control.until('it is in the group', async () =>
    (await maria.seesGroup()).some(({ text }) => /^#t\d+ Ann Lee\nsecond$/.test(text)),
  );
  const post = await opened(office, maria);
  await ann.writes('third');
  await office.control.until('it is in the thread', async () => (await thread(maria, post)).length === 1);
  expect(await thread(maria, post)).toEqual(['third']);
  await maria.comments(post.ref, 'here I am');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).includes('here I am'));
});

test('44. a copy that comes twice, or of a post that a person made, opens no conversation', async () => {
  const office = await openOffice({ sandbox: { autoForward: { timing: 'twice', delayMs: 5 } } });
  const { ann, maria, post } = await conversation(office);
  const admin = await office.control.owner();
  const news = await admin.posts('News for the team');
  await office.control.until('its copy is there', async () =>
    (await maria.seesChannel()).some(({ ref, comments }) => ref.messageId === news.messageId && comments),
  );
  await maria.comments(news, 'talk about the news');
  await maria.comments(post.ref, 'for Ann');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['for Ann']);
  expect(await count(office, 'customers')).toBe(1);
});

test('45. who answers outside the threads, or under a post that is no customer’s, is told once that nobody reads it', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const stranger = await office.control.addPerson({ firstName: 'Gil', staff: 'group_only' });
  const said = async (): Promise<number> =>
    (await maria.seesGroup()).filter(({ text }) => text.includes('not sent to any customer')).length;
  await stranger.writesInGroup('hello');
  const answer = await maria.writesInGroup('Hello Ann, it is ready');
  const hint = await office.control.until('Maria is told', async () =>
    (await maria.seesGroup()).find(({ text }) => text.includes('not sent to any customer')),
  );
  expect(hint.replyTo).toEqual(answer);
  const allHandled = async (): Promise<boolean> => (await count(office, 'updates', `state = 'waiting'`)) === 0;
  await eventually('all is handled', allHandled);
  await office.restart();
  await maria.writesInGroup('lunch?');
  const news = await (await office.control.owner()).posts('News for the team');
  await office.control.until('its comments are open', async () =>
    (await maria.seesChannel()).some(({ ref, comments }) => ref.messageId === news.messageId && comments),
  );
  await maria.comments(news, 'well done');
  await maria.comments(post.ref, 'for Ann');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
  await eventually('all is handled', allHandled);
  expect(await answers(ann)).toEqual(['for Ann']);
  expect(await said()).toBe(1);
  // Nobody else was to be told either: a stranger learns nothing.
  expect(await count(office, 'audit_entries', `action = 'hint' AND actor <> '${maria.id}'`)).toBe(0);
});

test('47. a post that is older than 48 hours still follows its customer', async () => {
  const office = await openOffice();
  const { ann, maria } = await conversation(office);
  await office.control.clock.advance(60 * 3_600_000);
  await ann.changesProfile({ firstName: 'Anna' });
  await ann.writes('hi');
  await office.control.until('the post shows it', async () =>
    (await maria.seesChannel())[0]!.text.includes('Anna Lee'),
  );
});

test('48. an edit into what no edit can make is shown anew, in both directions', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const photo = await ann.sends({ kind: 'photo', caption: 'a picture' });
  await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]?.kind === 'photo');
  await office.post(privately(ann, { message_id: photo.messageId, text: 'only words' }, { kind: 'edited_message' }));
  await office.control.until('it is a text', async () => (await thread(maria, post)).includes('only words'));
  expect((await maria.seesComments(post.ref)).map(({ kind }) => kind)).toEqual(['text']);
});

describe('a webhook that strangers found', () => {
  test('49. a flood with a wrong secret is refused before a body is read, without a row or a line of log', async () => {
    const office = await openWebhookOffice();
    const before = { updates: await count(office, 'updates'), lines: office.log.length };
    const body = JSON.stringify(privately({ id: 1 }, { text: 'x'.repeat(10_000) }));
    const started = performance.now();
    const answersSeen = new Set<number>();
    for (let wave = 0; wave < 20; wave += 1) {
      const wrong = { 'x-telegram-bot-api-secret-token': `guess ${wave}` };
      const statuses = await Promise.all(Array.from({ length: 50 }, () => office.post(body, wrong)));
      for (const status of statuses) answersSeen.add(status);
    }
    process.stdout.write(`refused per second: ${Math.round(1_000 / ((performance.now() - started) / 1_000))}\n`);
    expect(answersSeen).toEqual(new Set([401]));
    expect(await count(office, 'updates')).toBe(before.updates);
    expect(office.log.slice(before.lines)).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['a prefix', 'a-secret-of-the'],
    ['more than the secret', 'a-secret-of-the-webhook '.padEnd(400, 'x')],
  ])('50. a real body that is sent again with %s for the secret is refused', async (_name, guess) => {
    const office = await openWebhookOffice();
    const { ann } = await cast(office);
    expect(await office.post(privately(ann, { text: 'again' }), { 'x-telegram-bot-api-secret-token': guess })).toBe(
      401,
    );
    expect(await count(office, 'updates', `payload->'message'->>'text' = 'again'`)).toBe(0);
  });

  const deep = (levels: number): string => `{"update_id":1,"x":${'['.repeat(levels)}${']'.repeat(levels)}}`;

  test.each([
    { name: 'ten megabytes', body: `{"update_id":1,"x":"${'x'.repeat(10_000_000)}"}`, status: [413] },
    { name: 'what is not JSON', body: 'update_id=1', status: [400] },
    { name: 'null', body: 'null', status: [400] },
    { name: 'a number', body: '7', status: [400] },
    { name: 'an array', body: '[{"update_id":1}]', status: [400] },
    { name: 'an update without a number', body: '{"message":{}}', status: [400] },
    { name: 'another content type', body: '{"update_id":1}', headers: { 'content-type': 'text/plain' }, status: [400] },
    { name: 'compressed bytes', body: '\u001f\u008b\b', headers: { 'content-encoding': 'gzip' }, status: [400, 415] },
    { name: 'a tower of brackets', body: deep(200_000), status: [400] },
    { name: 'brackets deeper than the database takes', body: deep(20_000), status: [400] },
  ])('51. $name is refused, and the desk goes on', async ({ body, headers, status }) => {
    const office = await openWebhookOffice();
    const { ann, maria } = await cast(office);
    expect(status).toContain(await office.post(body, headers));
    await ann.writes('Hello');
    await office.control.until('the post is there', async () => (await maria.seesChannel()).length === 1);
    expect(await count(office, 'updates', `external_id = '1'`)).toBe(0);
  });

  test('51. a prototype in a body pollutes nothing', async () => {
    const office = await openWebhookOffice();
    const { ann, maria, post } = await conversation(office);
    const text = JSON.stringify(privately(ann, { text: 'innocent' })).replace(
      '"text"',
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"text"',
    );
    expect(await office.post(text)).toBe(200);
    await office.control.until('it is there', async () => (await thread(maria, post)).includes('innocent'));
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

test('52. an update that cannot be handled is tried five times and parked; other threads do not wait for it', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const bob = await office.control.addPerson({ firstName: 'Bob' });
  await office.database.query(`CREATE OR REPLACE FUNCTION refuse_poison() RETURNS trigger AS $$
    BEGIN IF NEW.content::text LIKE '%poison%' THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql`);
  await office.database.query(
    `CREATE OR REPLACE TRIGGER poisoned BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse_poison()`,
  );
  expect(await office.post(privately(ann, { text: 'poison' }))).toBe(200);
  await bob.writes('from Bob');
  await office.control.until('Bob has a post', async () =>
    (await maria.seesChannel()).some(({ text }) => text.includes('from Bob')),
  );
  expect(await count(office, 'updates', `state = 'parked'`)).toBe(0);
  await ann.writes('after it');
  await office.control.until('Ann goes on', async () => (await thread(maria, post)).includes('after it'));
  expect(await count(office, 'updates', `state = 'parked' AND attempts = 5`)).toBe(1);
  expect(office.log.some((line) => line.includes('update parked'))).toBe(true);
});

test('52. updates that can only be handled later hold up their own threads alone, however many threads that are', async () => {
  const office = await openOffice();
  const { control } = office;
  const { ann, maria, post } = await conversation(office, 'from Ann');
  // More threads than are handled side by side.
  const posts = [post];
  for (let number = 1; number < 10; number += 1) {
    const customer = await control.addPerson({ firstName: `Customer ${number}` });
    await customer.writes(`question ${number}`);
    posts.push(await postWith(office, maria, `question ${number}`));
  }
  const asking = { method: 'getChatMember' };
  const gil = await control.addPerson({ firstName: 'Gil', staff: 'group_only' });
  const away = { kind: 'error', code: 500, description: 'Internal Server Error' } as const;
  const rule = await control.faults.add({ effect: away, when: 'before', match: asking, next: 100_000 });
  for (const { ref } of posts) await gil.comments(ref, 'who am I?');
  await control.until('it was asked again and again', async () => (await control.calls(asking)).length > posts.length);
  await maria.comments(post.ref, 'waits behind it');
  const bob = await control.addPerson({ firstName: 'Bob' });
  await bob.writes('from Bob');
  await postWith(office, maria, 'from Bob');
  expect(await answers(ann)).toEqual([]);
  await control.faults.clear(rule);
  await control.until('Ann has the answer', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['waits behind it']);
});

test('53. what piled up while the desk was away is shown whole and in order', async () => {
  const office = await openOffice({ closed: true });
  const maria = await office.control.addPerson({ firstName: 'Maria', staff: 'member' });
  const people = await Promise.all(
    Array.from({ length: 6 }, (_, number) => office.control.addPerson({ firstName: `Customer ${number}` })),
  );
  for (let round = 0; round < 50; round += 1) for (const person of people) await person.writes(`message ${round}`);
  await office.restart();
  await settled(office, { messages: 300 });
  for (const post of await maria.seesChannel()) {
    expect(await thread(maria, post)).toEqual(Array.from({ length: 49 }, (_, number) => `message ${number + 1}`));
  }
  await eventually('every update is handled', async () => (await count(office, 'updates', `state = 'waiting'`)) === 0);
}, 120_000);
