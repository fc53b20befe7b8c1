import type { TelegramChatFullInfo, TelegramUser } from '@gramio/types/objects';
import { startDesk } from '../../src/desk.js';
import { silentLog } from '../../src/log.js';
import { checkSetup } from '../../src/telegram/checks.js';
import type { BotApi } from '../../src/telegram/client.js';
import { answers, conversation, opened, thread } from '../support/cast.js';
import { eventually, openOffice, type Office } from '../support/office.js';
import { postWith } from './support.js';

const rights = { can_post_messages: true, can_edit_messages: true };

/** Resolves when the log holds a line with these words. */
const logged = (office: Office, words: string): Promise<true> =>
  eventually(`“${words}” is logged`, () =>
    Promise.resolve(office.log.some((line) => line.includes(words)) || undefined),
  );

const isReady = async ({ desk }: Office): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${desk.port}/readyz`)).status === 200;

test('90. who comes back is not flooded: answers that were held are offered, and each is sent when an agent says so', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.comments(post.ref, 'before');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  await ann.blocks();
  const held = await maria.comments(post.ref, 'do you still need it?');
  await maria.comments(post.ref, 'second try');
  await office.control.until(
    'both are told as undelivered',
    async () => (await thread(maria, post)).filter((text) => text.includes('Not delivered')).length === 2,
  );
  await ann.unblocks();
  await ann.writes('I am back');
  await office.control.until('the team is told', async () =>
    (await thread(maria, post)).some((text) => text.includes('Not delivered meanwhile: 2')),
  );
  await maria.repliesTo(held, '/send');
  await office.control.until('Ann has it', async () => (await answers(ann)).includes('do you still need it?'));
  await maria.repliesTo(held, '/send');
  await maria.comments(post.ref, 'marker');
  await office.control.until('Ann has the marker', async () => (await answers(ann)).includes('marker'));
  expect(await answers(ann)).toEqual(['before', 'do you still need it?', 'marker']);
  expect((await thread(maria, post)).filter((text) => text.includes('The customer is back'))).toHaveLength(1);
});

describe('95. the group has another id', () => {
  test('95. a call that Telegram answers with the new id goes there from then on, and the conversation under a new post', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    const owner = await office.control.owner();
    const { group, bot } = await office.control.overview();
    const moved = await owner.makesChat({ kind: 'supergroup', title: 'Support Chat, moved' });
    await owner.adds(maria, moved.id);
    await owner.promotes(bot, moved.id);
    await owner.linksGroup(moved.id);
    await office.control.faults.add({
      effect: {
        kind: 'error',
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: moved.id },
      },
      when: 'before',
      match: { method: 'sendMessage', chatId: group.id },
    });
    await ann.writes('after the move');
    const next = await postWith(office, maria, 'continued');
    await office.control.until('the message is there', async () =>
      (await thread(maria, next)).includes('after the move'),
    );
    expect(next.ref).not.toEqual(post.ref);
    await maria.comments(next.ref, 'found you');
    await office.control.until('Ann has the answer', async () => (await answers(ann)).includes('found you'));
    expect(await office.database.prisma.bot.count({ where: { discussion: String(moved.id) } })).toBe(1);
  });
});

describe('96. the channel and its group part', () => {
  test('96. a channel that loses its group is noticed when a copy does not come; customers wait, answers go on', async () => {
    const office = await openOffice({ rootPatience: { askMs: 50, alarmMs: 100 } });
    const { ann, maria, post } = await conversation(office);
    const owner = await office.control.owner();
    await owner.unlinksGroup();
    const bob = await office.control.addPerson({ firstName: 'Bob' });
    await bob.writes('Hello from Bob');
    await bob.writes('Is anybody there?');
    await logged(office, 'has no discussion group');
    expect(await isReady(office)).toBe(false);
    await maria.repliesTo(post.comments!.root, 'still here');
    await office.control.until('Ann has the answer', async () => (await answers(ann)).includes('still here'));

    await owner.linksGroup();
    const { bot } = await office.control.overview();
    await owner.promotes(bot, 'channel', { rights });
    await office.control.until('what waited is shown', async () =>
      (await maria.seesGroup()).some(({ text }) => text.includes('Is anybody there?')),
    );
    expect(await isReady(office)).toBe(true);
  });

  test('96. while the channel has no group, Telegram is asked for it now and then, not without a pause', async () => {
    const askMs = 200;
    const office = await openOffice({ rootPatience: { askMs, alarmMs: 250 } });
    const { control } = office;
    await conversation(office);
    await (await control.owner()).unlinksGroup();
    const bob = await control.addPerson({ firstName: 'Bob' });
    await bob.writes('Hello from Bob');
    await bob.writes('Is anybody there?');
    await logged(office, 'has no discussion group');
    const looks = async (): Promise<number> => (await control.calls({ method: 'getChat' })).length;
    const before = await looks();
    const began = performance.now();
    await control.until('it was looked at three times more', async () => (await looks()) >= before + 3);
    expect(performance.now() - began).toBeGreaterThan(2 * askMs);
  });

  test('96. a channel that gets another group goes on there, each conversation under a new post', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    const owner = await office.control.owner();
    const { bot } = await office.control.overview();
    const other = await owner.makesChat({ kind: 'supergroup', title: 'The other room' });
    await owner.adds(maria, other.id);
    await owner.linksGroup(other.id);
    await owner.promotes(bot, other.id);
    await logged(office, String(other.id));
    await ann.writes('in the other room');
    const next = await postWith(office, maria, 'continued');
    await office.control.until('it is there', async () => (await thread(maria, next)).includes('in the other room'));
    expect((await office.control.chat(post.comments!.root.chatId)).map(({ text }) => text)).not.toContain(
      'in the other room',
    );
    expect(next.comments!.root.chatId).toBe(other.id);
  });
});

test('97. the group is deleted: the log says it, what customers write is kept, and goes to the next group', async () => {
  const office = await openOffice();
  const { ann, maria } = await conversation(office);
  const owner = await office.control.owner();
  const { bot } = await office.control.overview();
  await owner.deletesChat('group');
  await ann.writes('Is anybody there?');
  await logged(office, 'discussion group');
  expect(await isReady(office)).toBe(false);
  await ann.writes('Hello?');
  const next = await owner.makesChat({ kind: 'supergroup', title: 'The next room' });
  await owner.adds(maria, next.id);
  await owner.linksGroup(next.id);
  await owner.promotes(bot, next.id);
  const post = await postWith(office, maria, 'continued');
  await office.control.until('both are there', async () => (await thread(maria, post)).length === 2);
  expect(await thread(maria, post)).toEqual(['Is anybody there?', 'Hello?']);
});

test('98. a bot that loses a right says so and goes on with what it may; with the right back it goes on with the rest', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const owner = await office.control.owner();
  const { bot } = await office.control.overview();
  await owner.promotes(bot, 'channel', { rights: { can_edit_messages: true } });
  await logged(office, 'lacks the right to post messages');
  expect(await isReady(office)).toBe(false);
  await maria.comments(post.ref, 'answers still arrive');
  await office.control.until('Ann has it', async () => (await answers(ann)).includes('answers still arrive'));
  const bob = await office.control.addPerson({ firstName: 'Bob' });
  await bob.writes('Hello from Bob');

  await owner.promotes(bot, 'channel', { rights });
  await postWith(office, maria, 'Hello from Bob');
  expect(await isReady(office)).toBe(true);
});

test('98. a bot that was put out of the group keeps what customers write until it is let in again', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const owner = await office.control.owner();
  const { bot } = await office.control.overview();
  await owner.removes(bot, 'group');
  await logged(office, 'The bot cannot see the discussion group');
  await ann.writes('Are you there?');
  await owner.promotes(bot, 'group');
  await office.control.until('what waited is there', async () =>
    (await thread(maria, post)).includes('Are you there?'),
  );
});

test('99. slow mode does not slow the desk down; it is warned of', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await (await office.control.owner()).changesChat('group', { slowModeSeconds: 900 });
  for (const words of ['one', 'two', 'three']) await ann.writes(words);
  await office.control.until('all are there', async () => (await thread(maria, post)).length === 3);
  await office.restart();
  await logged(office, 'slow mode');
});

test('100. topics in the group are warned of', async () => {
  const me = { id: 1, is_bot: true, first_name: 'Desk', supports_inline_queries: true } as TelegramUser;
  const chats: Record<number, Partial<TelegramChatFullInfo>> = {
    [-1001]: { id: -1001, type: 'channel', title: 'Support', linked_chat_id: -1002 },
    [-1002]: { id: -1002, type: 'supergroup', title: 'Support Chat', is_forum: true },
  };
  const member = { status: 'administrator', can_post_messages: true, can_edit_messages: true };
  const call = (method: string, { chat_id: id }: { chat_id: number }): Promise<unknown> =>
    Promise.resolve(method === 'getChat' ? chats[id] : member);
  const { checks, places } = await checkSetup({ call } as unknown as BotApi, me, -1001);
  expect(places).toEqual({ channel: -1001, discussion: -1002 });
  expect(checks.filter(({ state }) => state === 'warning').map(({ name }) => name)).toEqual(['topics']);
});

test('102. an agent with a new name is the same agent, and signs as before', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.comments(post.ref, '/alias M');
  await maria.changesProfile({ firstName: 'Mariana', lastName: null, username: 'mariana_new' });
  await maria.comments(post.ref, 'still me');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  expect(await answers(ann)).toEqual(['still me\n\n— M']);
});

test('104. the same bot under a new name and with a new token goes on with its conversations', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await office.desk.stop();
  await ann.writes('meanwhile');
  const { token } = await (await office.control.bot()).renewsToken();
  const config = { ...office.config, telegram: { ...office.config.telegram, token } };
  office.desk = await startDesk(config, silentLog, { database: office.database });
  await office.control.until('it is there', async () => (await thread(maria, post)).includes('meanwhile'));
  await maria.comments(post.ref, 'welcome back');
  await office.control.until('Ann has it', async () => (await answers(ann)).includes('welcome back'));
  expect(await opened(office, maria)).toMatchObject({ ref: post.ref });
});
