import { startDesk } from '../../src/desk.js';
import { silentLog } from '../../src/log.js';
import { openDesk } from '../faults/deskSupport.js';
import { answers, cast, conversation, opened, thread } from '../support/cast.js';
import { eventually, openOffice, settled, type Office } from '../support/office.js';

const reset = { kind: 'reset' } as const;
const lost = ['timeout', 'reset', 'cut', 'html', 'empty'] as const;

test.each(lost)(
  'an answer lost by %s after the comment was sent shows it once',
  async (kind) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    const { group } = await office.control.overview();
    const match = { method: 'sendMessage', chatId: group.id };
    await office.control.faults.add({ effect: { kind }, when: 'after', match, next: 1 });
    await ann.writes('One');
    await ann.writes('Two');
    await settled(office, { messages: 3 });
    expect(await thread(maria, post)).toEqual(['One', 'Two']);
  },
  90_000,
);

test.each(lost)(
  'a comment that was not sent, as after a %s, is sent once',
  async (kind) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    const { group } = await office.control.overview();
    const match = { method: 'sendMessage', chatId: group.id };
    await office.control.faults.add({ effect: { kind }, when: 'before', match, next: 1 });
    await ann.writes('One');
    await ann.writes('Two');
    await settled(office, { messages: 3 });
    expect(await thread(maria, post)).toEqual(['One', 'Two']);
  },
  90_000,
);

test.each(['before', 'after'] as const)(
  'an answer to a customer that is lost %s it was sent arrives once',
  async (when) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    await office.control.faults.add({
      effect: { kind: 'reset' },
      when,
      match: { method: 'sendMessage', chatId: ann.id },
      next: 1,
    });
    await maria.comments(post.ref, 'First');
    await maria.comments(post.ref, 'Second');
    await settled(office, { messages: 3 });
    expect(await answers(ann)).toEqual(['First', 'Second']);
  },
);

test.each(['before', 'after'] as const)(
  'a post whose answer is lost %s it was sent stands there once',
  async (when) => {
    const office = await openOffice({ copyPatienceMs: 600 });
    const { channel } = await office.control.overview();
    await office.control.faults.add({
      effect: { kind: 'html' },
      when,
      match: { method: 'sendMessage', chatId: channel.id },
      next: 1,
    });
    const ann = await office.control.addPerson({ firstName: 'Ann' });
    await ann.writes('Hello');
    await ann.writes('More');
    await settled(office, { messages: 2 });
    const posts = (await office.control.channel.sees()).filter(({ text }) => text.includes('Hello'));
    expect(posts).toHaveLength(1);
    const [post] = posts;
    const comments = (await office.control.group.sees()).filter(({ text }) => text === 'More');
    expect(comments).toHaveLength(1);
    expect(post?.comments?.count).toBe(1);
  },
);

test('an answer to a comment whose call is not known to have worked replies to the right message all the same', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'Hello');
  const { group } = await office.control.overview();
  const match = { method: 'sendMessage', chatId: group.id };
  // People see the comment two seconds before the desk hears that it is there.
  await office.control.faults.add({ effect: { kind: 'slow', ms: 2_000 }, when: 'after', match });
  const question = await ann.writes('One');
  const comment = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await maria.repliesTo(comment.ref, 'to that');
  await maria.comments(post.ref, 'and this');
  await settled(office, { messages: 4 });
  const [first, second] = (await ann.sees()).filter(({ fromBot }) => fromBot);
  expect(first).toMatchObject({ text: 'to that', replyTo: question });
  expect(second).toMatchObject({ text: 'and this' });
});

test('a question about an answer whose call is not known to have worked replies to the right comment all the same', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'Hello');
  const match = { method: 'sendMessage', chatId: ann.id };
  await office.control.faults.add({ effect: { kind: 'slow', ms: 2_000 }, when: 'after', match });
  const answer = await maria.comments(post.ref, 'Twelve');
  const shown = await office.control.until('Ann has it', async () => (await ann.sees()).find(({ fromBot }) => fromBot));
  await ann.writes('Twelve what?', { replyTo: shown.ref });
  await settled(office, { messages: 3 });
  const comments = await maria.seesComments(post.ref);
  expect(comments.find(({ text }) => text === 'Twelve what?')?.replyTo).toEqual(answer);
});

test('an answer does not wait for long for what it replies to', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, 'Hello');
  const { group } = await office.control.overview();
  const match = { method: 'sendMessage', chatId: group.id };
  await office.control.faults.add({ effect: { kind: 'slow', ms: 9_000 }, when: 'after', match });
  await ann.writes('One');
  const comment = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await maria.repliesTo(comment.ref, 'to that');
  await office.control.until('Ann has it', async () => (await answers(ann)).includes('to that'));
  // The other call still hangs.
  const [found] = await office.database.query<{ hanging: number }>(
    `SELECT count(*)::int AS hanging FROM deliveries d JOIN bots b ON b.id = d.bot_id
     WHERE b.external_id = $1 AND d.queue = 'staff' AND d.state = 'sending'`,
    [`telegram:${(await office.control.overview()).bot.id}`],
  );
  expect(found?.hanging).toBe(1);
});

test.each(['timeout', 'reset'] as const)(
  'an answer written under a post whose own answer is lost by %s, before that is known, arrives',
  async (kind) => {
    const office = await openOffice({ copyPatienceMs: 2_000 });
    const { ann, maria } = await cast(office);
    const { channel } = await office.control.overview();
    await office.control.faults.add({
      effect: { kind },
      when: 'after',
      match: { method: 'sendMessage', chatId: channel.id },
      next: 1,
    });
    await ann.writes('Hello');
    const post = await opened(office, maria);
    await maria.comments(post.ref, 'Good morning');
    await office.control.until('Ann has it', async () => (await answers(ann)).length > 0);
    expect(await answers(ann)).toEqual(['Good morning']);
    expect(await thread(maria, post)).toEqual(['Good morning']);
  },
);

describe('a process that is new knows how far each chat has come', () => {
  test('a comment whose answer is lost right after a restart is shown once, however much was said since its thread began', async () => {
    const office = await openOffice();
    const { control } = office;
    const { ann, maria, post } = await conversation(office, 'Hello');
    for (let number = 0; number < 70; number += 1) await maria.writesInGroup(`talk ${number}`);
    await ann.writes('One');
    await settled(office, { messages: 2 });
    await office.restart();
    const { group } = await control.overview();
    await control.faults.add({ effect: reset, when: 'after', match: { method: 'sendMessage', chatId: group.id } });
    await ann.writes('Two');
    await settled(office, { messages: 3 });
    expect(await thread(maria, post)).toEqual(['One', 'Two']);
    expect((await maria.seesGroup()).filter(({ text }) => text === 'Two')).toHaveLength(1);
    expect(await control.calls({ method: 'editMessageText', chatId: group.id })).toHaveLength(1);
  }, 60_000);

  test('an answer to an old message whose own answer is lost right after a restart arrives once', async () => {
    const office = await openOffice();
    const { control } = office;
    const { ann, maria, post } = await conversation(office, 'Hello');
    const bob = await control.addPerson({ firstName: 'Bob' });
    for (let number = 0; number < 70; number += 1) await bob.writes(`question ${number}`);
    await settled(office, { messages: 71 });
    await office.restart();
    await control.faults.add({ effect: reset, when: 'after', match: { method: 'sendMessage', chatId: ann.id } });
    await maria.comments(post.ref, 'Answer');
    await settled(office, { messages: 72 });
    expect(await answers(ann)).toEqual(['Answer']);
    expect((await control.calls({ method: 'editMessageText', chatId: ann.id })).length).toBeLessThan(10);
  }, 60_000);

  test('where more messages may be it than can be asked about, it is shown again and says so', async () => {
    const office = await openOffice({ closed: true });
    await openDesk(office, { roles: new Set(['sender']) });
    const hearing = await startDesk({ ...office.config, roles: new Set(['intake', 'worker']) }, silentLog, {
      database: office.database,
    });
    try {
      const { control } = office;
      const { ann, maria, post } = await conversation(office, 'Hello');
      for (let number = 0; number < 580; number += 1) await maria.writesInGroup(`talk ${number}`);
      const { group } = await control.overview();
      await control.faults.add({ effect: reset, when: 'after', match: { method: 'sendMessage', chatId: group.id } });
      await ann.writes('One');
      await settled(office, { messages: 2 });
      const said = await thread(maria, post);
      expect(said.filter((words) => words === 'One')).toHaveLength(2);
      expect(said.some((words) => words.includes('twice'))).toBe(true);
    } finally {
      await hearing.stop();
    }
  }, 90_000);
});

/** Ann's first words, the answer to whose post is lost. */
async function lostPost(office: Office): Promise<Awaited<ReturnType<typeof cast>>> {
  const people = await cast(office);
  const { channel } = await office.control.overview();
  const match = { method: 'sendMessage', chatId: channel.id };
  await office.control.faults.add({ effect: { kind: 'html' }, when: 'after', match });
  await people.ann.writes('Hello');
  return people;
}

test('a post whose answer is lost, and of whose copy nothing is heard, is found by its pinned copy', async () => {
  const options = { copyPatienceMs: 300, rootPatience: { askMs: 50, alarmMs: 60_000 } };
  const office = await openOffice({ closed: true });
  const { control } = office;
  const { ann, maria } = await lostPost(office);
  await ann.writes('More');
  await (await control.bot()).disturbs({ lose: 1 });
  await openDesk(office, { options });
  await settled(office, { messages: 2 });
  const [post, ...more] = await maria.seesChannel();
  expect(more).toEqual([]);
  expect(await thread(maria, post!)).toEqual(['More']);
});

test('a post whose answer is lost and whose copy comes too late stands there twice; what is said under either arrives', async () => {
  const office = await openOffice({
    copyPatienceMs: 100,
    sandbox: { autoForward: { timing: 'after_delay', delayMs: 1_000 } },
  });
  const { control } = office;
  const { ann, maria } = await lostPost(office);
  const posts = await control.until('both can be commented on', async () => {
    const seen = await maria.seesChannel();
    return seen.length === 2 && seen.every(({ comments }) => comments) && seen;
  });
  await maria.comments(posts[0]!.ref, 'under the first');
  await settled(office, { messages: 2 });
  await maria.comments(posts[1]!.ref, 'under the second');
  await settled(office, { messages: 3 });
  expect(await answers(ann)).toEqual(['under the first', 'under the second']);
});

test('a line of the desk’s own that nobody knows of any more is not taken for the comment: that is shown, and says so', async () => {
  const office = await openOffice();
  const { control } = office;
  const { ann, maria, post } = await conversation(office);
  await maria.writesInGroup('lunch?');
  await control.until('she is told', async () => (await maria.seesGroup()).some(({ text }) => text.startsWith('ℹ️')));
  await settled(office, { messages: 1 });
  await office.restart();
  const { group } = await control.overview();
  await control.faults.add({ effect: reset, when: 'before', match: { method: 'sendMessage', chatId: group.id } });
  await ann.writes('One');
  await settled(office, { messages: 2 });
  const [comment, note, ...more] = await thread(maria, post);
  expect([note, comment].toSorted()).toEqual(['One', expect.stringContaining('twice')]);
  expect(more).toEqual([]);
});

test('an answer of which nobody can tell whether it arrived waits for /send, also when it was edited meanwhile', async () => {
  const office = await openOffice();
  const { control, database } = office;
  const { ann, maria, post } = await conversation(office);
  const calls = { method: 'sendMessage', chatId: ann.id };
  await control.faults.add({ effect: { kind: 'timeout' }, when: 'after', match: calls });
  const comment = await maria.comments(post.ref, 'Answer');
  await control.until('the call hangs', async () => (await control.calls(calls)).length === 1);
  // As where nothing was known of the chat when the call was made.
  await database.query(`UPDATE deliveries SET call = call - 'mark' WHERE state = 'sending'`);
  await maria.edits(comment, 'Answer, better');
  await settled(office, { messages: 2 });
  expect(await answers(ann)).toEqual(['Answer']);
  expect(await thread(maria, post)).toContainEqual(expect.stringContaining('/send'));
}, 60_000);

test('an account that is gone while the outcome of a call to it is unknown: the team is told, and nothing waits', async () => {
  const office = await openOffice();
  const { control } = office;
  const { ann, maria, post } = await conversation(office);
  const calls = { method: 'sendMessage', chatId: ann.id };
  await control.faults.add({ effect: { kind: 'timeout' }, when: 'before', match: calls });
  await maria.comments(post.ref, 'Answer');
  await control.until('the call hangs', async () => (await control.calls(calls)).length === 1);
  await ann.disappears();
  await maria.comments(post.ref, 'Answer 2');
  await settled(office, { messages: 3 });
  const told = (await thread(maria, post)).filter((words) => words.startsWith('⚠️'));
  expect(told).toHaveLength(2);
}, 60_000);

test('a 429 that meets a question about a call is obeyed, outlives the process and is counted', async () => {
  const office = await openOffice();
  const { control, database } = office;
  const { ann } = await conversation(office);
  const { group } = await control.overview();
  const probes = { method: 'editMessageText', chatId: group.id };
  await control.faults.add({ effect: reset, when: 'after', match: { method: 'sendMessage', chatId: group.id } });
  const flood = { kind: 'too_many_requests', seconds: 3_600 } as const;
  await control.faults.add({ effect: flood, when: 'before', match: probes, next: 100 });
  await ann.writes('One');
  await eventually('the pause is kept', async () => {
    const rows = await database.query(
      `SELECT 1 FROM pacing WHERE place = $1 AND paused_until > now() + interval '50 minutes'`,
      [String(group.id)],
    );
    return rows.length > 0;
  });
  const figures = await (await fetch(`http://127.0.0.1:${office.desk.port}/metrics`)).text();
  expect(figures).toMatch(/postdesk_refusals_total\{[^}]*\} 1/);
  await office.restart();
  expect(await control.calls(probes)).toHaveLength(1);
});
