import { answers, conversation, thread } from '../support/cast.js';
import { eventually, openOffice, settled } from '../support/office.js';
import { openFront, type Passing } from './front.js';
import { gaps, groupId, openDesk, sends } from './deskSupport.js';

test('24. a 429 of the group makes the group alone wait as long as it says, and is no attempt', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const chatId = await groupId(office);
  const refusal = { kind: 'too_many_requests', seconds: 3 } as const;
  await office.control.faults.add({ effect: refusal, when: 'before', match: { method: 'sendMessage', chatId } });
  await ann.writes('One');
  await office.control.until('the group refuses', async () => (await sends(office, chatId)).length === 1);
  await maria.comments(post.ref, 'Answer');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
  expect(await sends(office, chatId)).toHaveLength(1);
  await settled(office, { messages: 3 });
  expect(gaps(await sends(office, chatId))[0]).toBeGreaterThanOrEqual(3_000);
  expect((await thread(maria, post)).filter((text) => text === 'One')).toHaveLength(1);
  const attempts = await office.database.query(
    `SELECT d.attempts FROM deliveries d JOIN messages m ON m.id = d.message_id
     WHERE m.content->>'text' = 'One' AND d.bot_id = (SELECT max(id) FROM bots)`,
  );
  expect(attempts).toEqual([{ attempts: 1 }]);
});

test('25. a 429 for an hour freezes its lane across a restart, where everybody can see it', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const chatId = await groupId(office);
  const refusal = { kind: 'too_many_requests', seconds: 3_600 } as const;
  await office.control.faults.add({ effect: refusal, when: 'before', match: { method: 'sendMessage', chatId } });
  await ann.writes('One');
  const frozen = (): Promise<{ place: string; left: number }[]> =>
    office.database.query(
      `SELECT place, round(extract(epoch FROM paused_until - now()) / 60)::int AS left FROM pacing
       WHERE bot_id = (SELECT max(id) FROM bots) AND paused_until > now()`,
    );
  await eventually('the pause is written down', async () => (await frozen()).length > 0);
  expect(await frozen()).toEqual([{ place: expect.stringContaining(String(chatId)) as string, left: 60 }]);
  await office.restart();
  await maria.comments(post.ref, 'Answer');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
  await ann.writes('Two');
  await eventually('the second message waits too', async () => {
    const [row] = await office.database.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM deliveries WHERE state = 'waiting' AND queue = 'staff'
       AND bot_id = (SELECT max(id) FROM bots)`,
    );
    return row!.open === 2;
  });
  expect(await sends(office, chatId)).toHaveLength(1);
  expect((await frozen())[0]!.left).toBeGreaterThanOrEqual(59);
});

test('26. a 429 on getUpdates makes the whole bot wait', async () => {
  const office = await openOffice({ closed: true });
  const { control } = office;
  const { channel } = await control.overview();
  for (const firstName of ['Ann', 'Ben', 'Cem']) await (await control.addPerson({ firstName })).writes('Hello');
  const match = { method: 'getUpdates' };
  await control.faults.add({ effect: { kind: 'slow', ms: 0 }, when: 'before', match });
  await control.faults.add({ effect: { kind: 'too_many_requests', seconds: 4 }, when: 'before', match });
  const slow = { kind: 'slow', ms: 1_000 } as const;
  await control.faults.add({ effect: slow, when: 'after', match: { method: 'sendMessage', chatId: channel.id } });
  await openDesk(office);
  await settled(office, { messages: 3 });
  const [, refused] = await control.calls(match);
  const during = (await control.calls()).filter(({ at }) => at > refused!.at + 500 && at < refused!.at + 4_000);
  expect(during.map(({ method }) => method)).toEqual([]);
  expect(await sends(office, channel.id)).toHaveLength(3);
});

test('27. an album that met the flood limit half-way is completed after the wait', async () => {
  const office = await openOffice({ closed: true });
  let refusals = 0;
  const halfWay = async ({ params, pass }: Passing): ReturnType<Passing['pass']> => {
    refusals += 1;
    const media = params['media'] as unknown[] | string;
    const items = typeof media === 'string' ? (JSON.parse(media) as unknown[]) : media;
    await pass({ ...params, media: items.slice(0, 2) });
    const description =
      'Bad Request: failed to send message #3 with the error message "Too Many Requests: retry after 2"';
    return { ok: false, error_code: 400, description };
  };
  const front = await openFront(office.sandbox.url, (call) =>
    call.method === 'sendMediaGroup' && refusals === 0 ? halfWay(call) : undefined,
  );
  await openDesk(office, { apiRoot: front.url });
  const { ann, maria, post } = await conversation(office);
  const photo = (caption: string): { kind: 'photo'; caption: string } => ({ kind: 'photo', caption });
  await ann.sendsAlbum([photo('1'), photo('2'), photo('3'), photo('4')]);
  await settled(office, { messages: 5 });
  expect(refusals).toBe(1);
  expect(await thread(maria, post)).toEqual(['1', '2', '3', '4']);
  await office.desk.stop();
  await front.close();
});
