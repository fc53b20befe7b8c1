import { randomBytes } from 'node:crypto';
import { answers, cast, conversation, thread } from '../support/cast.js';
import { eventually, openOffice } from '../support/office.js';
import { count, nextUpdateId, openWebhookOffice, postWith, privately } from './support.js';

test('69. a forwarded post is a message like any other: it maps nothing', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.forwards(post.ref);
  const second = await office.control.until('Maria has a post of her own', async () =>
    (await maria.seesChannel()).find(({ ref, comments }) => ref.messageId !== post.ref.messageId && comments),
  );
  await maria.comments(post.ref, 'for Ann');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  await maria.comments(second.ref, 'for Maria');
  await office.control.until('Maria has it', async () => (await answers(maria)).length === 1);
  expect(await answers(ann)).toEqual(['for Ann']);
  expect(await answers(maria)).toEqual(['for Maria']);
});

test('70. a post that a member forwards into the group by hand opens no thread', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const { group } = await office.control.overview();
  const [forwarded] = await maria.forwards(post.ref, { to: { kind: 'chat', chatId: group.id } });
  await maria.repliesTo(forwarded!, 'not for the customer');
  await maria.comments(post.ref, 'for Ann');
  await office.control.until('Ann has it', async () => (await answers(ann)).length > 0);
  await ann.writes('thanks');
  await office.control.until('it is there', async () => (await thread(maria, post)).includes('thanks'));
  expect(await answers(ann)).toEqual(['for Ann']);
});

test('71. an anonymous administrator answers for the group, and no person is made responsible', async () => {
  const office = await openOffice();
  const { ann, post } = await conversation(office);
  const olga = await office.control.addPerson({ firstName: 'Olga', staff: 'anonymous_admin' });
  await olga.comments(post.ref, 'from nobody in particular');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  const { group } = await office.control.overview();
  expect(await count(office, 'messages', `author = 'agent' AND author_id = '${group.id}'`)).toBe(1);
  expect(await count(office, 'messages', `author_id = '${olga.id}'`)).toBe(0);
});

test('72. what somebody writes in the name of another channel reaches no customer, whoever they are', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const own = await maria.makesChat({ kind: 'channel', title: 'Maria’s channel' });
  await maria.comments(post.ref, 'as my channel', { as: own.id });
  await maria.comments(post.ref, 'as myself');
  await office.control.until('Ann has it', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['as myself']);
  expect(await thread(maria, post)).toEqual(['as my channel', 'as myself']);
});

test.each([
  ['an empty query', ''],
  ['SQL', `' OR 1=1; DROP TABLE messages; --`],
  ['wildcards', '%_%\\%'],
  ['a regular expression that never ends', `(a+)+$${'a'.repeat(200)}!`],
  ['ten kilobytes', 'x'.repeat(10_000)],
])('75. a customer who searches for %s is offered nothing, at once and for nobody else', async (_name, query) => {
  const office = await openWebhookOffice();
  const { ann } = await conversation(office);
  const asked = { id: '1', from: { id: ann.id, is_bot: false, first_name: 'Ann' }, query, offset: '' };
  expect(await office.post({ update_id: nextUpdateId(), inline_query: asked })).toBe(200);
  const [call] = await office.control.until('it is answered', async () => {
    const calls = await office.control.calls({ method: 'answerInlineQuery' });
    return calls.length > 0 && calls;
  });
  expect(JSON.parse(call!.params['results']!)).toEqual([]);
});

test('76. no inline answer is kept for anybody else', async () => {
  const office = await openOffice();
  const { ann, maria } = await conversation(office);
  const { bot } = await office.control.overview();
  for (const person of [ann, maria]) await person.types(`@${bot.username} hello`);
  const calls = await office.control.calls({ method: 'answerInlineQuery' });
  expect(calls).toHaveLength(2);
  for (const { params } of calls) expect(params).toMatchObject({ is_personal: 'true', cache_time: '0' });
});

test('78. a button that the desk never showed does nothing, however often it is pressed, and is answered', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.comments(post.ref, 'hello');
  const shown = await office.control.until('Ann has it', async () => (await ann.sees()).find(({ fromBot }) => fromBot));
  const rows = await count(office, 'messages');
  const forged = ['close:1', 'erase:*', '{"ticket":1}', 'x'.repeat(64)];
  for (const data of [...forged, ...forged]) await ann.pressesData(shown.ref, data);
  expect(await office.control.calls({ method: 'answerCallbackQuery' })).toHaveLength(8);
  expect(await count(office, 'messages')).toBe(rows);
});

test.each([
  ['a ticket', 't1'],
  ['a guess of the owner’s link', `own_${'A'.repeat(24)}`],
  ['random bytes', randomBytes(48).toString('base64url')],
])('79. a start link that carries %s grants nothing', async (_name, payload) => {
  const office = await openOffice();
  const { ann, maria } = await conversation(office);
  const eve = await office.control.addPerson({ firstName: 'Eve' });
  await eve.starts(payload);
  await eve.writes('hello?');
  const post = await postWith(office, maria, 'Eve');
  await maria.comments(post.ref, 'for Eve');
  await office.control.until('Eve has it', async () => (await answers(eve)).includes('for Eve'));
  expect(await answers(ann)).toEqual([]);
  expect(await office.database.prisma.bot.count({ where: { owner: String(eve.id) } })).toBe(0);
});

test.each(['/unsend', '/alias Boss', '/close', '/export', '//note', '/erase@support_desk_bot'])(
  '80. the command %s is just text when a customer writes it',
  async (words) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await maria.comments(post.ref, 'an answer');
    const answer = await office.control.until('Ann has it', async () =>
      (await ann.sees()).find(({ fromBot }) => fromBot),
    );
    await ann.writes(words, { replyTo: answer.ref });
    await office.control.until('it is there', async () => (await thread(maria, post)).includes(words));
    expect(await answers(ann)).toEqual(['an answer']);
  },
);

describe('82. strangers put the bot into chats of theirs', () => {
  test.each(['channel', 'supergroup', 'group'] as const)(
    '82. it leaves a foreign %s, and says so in the log',
    async (kind) => {
      const office = await openOffice();
      const { ann, maria, post } = await conversation(office);
      const { bot } = await office.control.overview();
      const mallory = await office.control.addPerson({ firstName: 'Mallory' });
      const foreign = await mallory.makesChat({ kind, title: 'Of a stranger' });
      await mallory.promotes(bot, foreign.id);
      await office.control.until(
        'it has left',
        async () => (await office.control.calls({ method: 'leaveChat' })).length > 0,
      );
      expect(office.log.some((line) => line.includes('not of this desk'))).toBe(true);
      expect(office.log.some((line) => line.includes('Of a stranger'))).toBe(false);
      await maria.comments(post.ref, 'and works on');
      await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
    },
  );

  test('82. it stays where an administrator of the staff channel puts it: that group may be linked next', async () => {
    const office = await openOffice();
    await cast(office);
    const { bot } = await office.control.overview();
    const owner = await office.control.owner();
    const next = await owner.makesChat({ kind: 'supergroup', title: 'The next room' });
    const news = await owner.makesChat({ kind: 'channel', title: 'Another' });
    await owner.promotes(bot, next.id);
    await owner.promotes(bot, news.id);
    await eventually(
      'both are seen',
      async () => (await office.control.calls({ method: 'getChatMember' })).length >= 4,
    );
    expect(await office.control.calls({ method: 'leaveChat' })).toEqual([]);
  });
});

test('83. what another bot writes in private is not answered, so no two bots ever talk without end', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const robot = { id: 8_888, is_bot: true, first_name: 'Robot' };
  const since = (await office.control.calls()).at(-1)!.seq;
  for (let round = 0; round < 50; round += 1) {
    await office.post(privately({ id: robot.id }, { from: robot, text: `beep ${round}` }));
  }
  await ann.writes('marker');
  await office.control.until('the marker is there', async () => (await thread(maria, post)).includes('marker'));
  expect(await office.control.calls({ since, chatId: robot.id })).toEqual([]);
  expect(await count(office, 'customers')).toBe(1);
});

test.each([`'); DROP TABLE messages; --`, '%', '\\', '${process.env.BOT_TOKEN}', '{ $reason }', '$1'])(
  '84. the words %j are only words, in a text, a name and a command',
  async (words) => {
    const office = await openWebhookOffice();
    const { ann, maria, post } = await conversation(office);
    await office.post(privately({ id: ann.id, data: { firstName: words } }, { text: words }));
    await office.control.until('it is there', async () => (await thread(maria, post)).includes(words));
    await maria.comments(post.ref, `/alias ${words}`);
    await maria.comments(post.ref, words);
    await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
    expect((await answers(ann))[0]).toBe(`${words}\n\n— ${words}`);
  },
);

test('88. three hundred new customers at once do not keep waiting who is already talking', async () => {
  const limits = {
    group: { calls: 20, seconds: 60 },
    private: { calls: 1, seconds: 1 },
    global: { calls: 30, seconds: 1 },
  };
  const office = await openOffice({ config: { limits } });
  const { ann, maria, post } = await conversation(office);
  const raid = await Promise.all(
    Array.from({ length: 300 }, (_, number) => office.control.addPerson({ firstName: `Raider ${number}` })),
  );
  for (const raider of raid) await raider.writes('!!!');
  await ann.writes('I am still here');
  await maria.comments(post.ref, 'so am I');
  await office.control.until('both are there', async () => {
    return (await thread(maria, post)).includes('I am still here') && (await answers(ann)).includes('so am I');
  });
  expect((await maria.seesChannel()).length).toBeLessThanOrEqual(21);
}, 60_000);
