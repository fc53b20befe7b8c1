import { answers, conversation, thread } from '../support/cast.js';
import { eventually, openOffice, settled, type Office } from '../support/office.js';
import { limitedTo, openRelayOffice, ready, sent, type RelayOffice } from '../support/relays.js';

/** Long enough for nothing to become free again while a test runs. */
const hour = { calls: 6, seconds: 3_600 };
const words = (count: number, from = 1): string[] => Array.from({ length: count }, (_, index) => `w${index + from}`);

const refused = async ({ control }: Office): Promise<number> =>
  (await control.calls()).filter(({ outcome }) => outcome?.kind === 'answered' && outcome.status === 429).length;

/** How many rows of the desk's bot answer to this. */
async function count({ database }: Office, where: string): Promise<number> {
  const [row] = await database.query<{ found: number }>(
    `SELECT count(*)::int AS found FROM message_links l WHERE bot_id = (SELECT max(id) FROM bots) AND (${where})`,
  );
  return row!.found;
}

/** A conversation in which the desk's own bot has used up its calls, so that what comes next is a relay bot's. */
async function usedUp(office: RelayOffice, calls = hour.calls) {
  const people = await conversation(office);
  for (const text of words(calls)) await people.ann.writes(text);
  await settled(office, { messages: calls + 1 });
  return people;
}

test('what the desk’s own bot has no room for is carried by a relay bot: all of it, once, in order', async () => {
  const office = await openRelayOffice({ group: hour });
  const { ann, maria, post } = await conversation(office);
  const said = words(hour.calls + 3);
  for (const text of said) await ann.writes(text);
  await settled(office, { messages: said.length + 1 });
  const [relay] = office.relays;
  expect(await sent(maria, post)).toEqual(
    said.map((text, index) => [text, index < hour.calls ? office.own : relay.id]),
  );
  expect(await refused(office)).toBe(0);
  expect(await count(office, `sender = 'telegram:${relay.id}'`)).toBe(3);
});

test('as long as the desk’s own bot has room it carries everything, however many write at once', async () => {
  const office = await openRelayOffice({ group: { calls: 100, seconds: 3_600 }, bots: 2 });
  const people = await Promise.all(words(8).map((firstName) => office.control.addPerson({ firstName })));
  for (const person of people) await person.writes('Hello');
  await settled(office, { messages: 8 });
  for (const text of words(4)) for (const person of people) await person.writes(text);
  await settled(office, { messages: 8 * 5 });
  expect(await count(office, `side = 'staff' AND role = 'copy'`)).toBe(8 * 4);
  expect(await count(office, 'sender IS NOT NULL')).toBe(0);
});

test('waiting texts share a comment only when the calls of every bot are half used up', async () => {
  const office = await openRelayOffice({ group: { calls: 4, seconds: 3 }, bots: 2 });
  const { ann, maria, post } = await conversation(office);
  const said = words(30);
  for (const text of said) await ann.writes(text);
  await settled(office, { messages: said.length + 1 });
  const comments = await thread(maria, post);
  expect(comments.join(' ').match(/w\d+/g)).toEqual(said);
  const alone = comments.findIndex((text) => text.includes('\n\n'));
  expect(alone).toBeGreaterThanOrEqual(4 + 2 + 2);
  expect(comments.length).toBeLessThan(said.length);
  expect(await refused(office)).toBe(0);
});

test('media waits for the desk’s own bot, and what was said after it waits behind it; others go on', async () => {
  const office = await openRelayOffice({ group: { calls: 6, seconds: 10 } });
  const { ann, maria, post } = await usedUp(office);
  await ann.sends({ kind: 'photo', caption: 'look' });
  await ann.writes('after');
  const ben = await office.control.addPerson({ firstName: 'Ben' });
  await ben.writes('Hi');
  await ben.writes('I am Ben');
  await settled(office, { messages: 6 + 1 + 2 + 2 });
  const shown = await office.control.group.sees();
  const place = (text: string): number => shown.findIndex((one) => one.text === text || one.caption === text);
  expect(place('I am Ben')).toBeLessThan(place('look'));
  const [relay] = office.relays;
  expect(shown[place('I am Ben')]!.fromId).toBe(relay.id);
  expect(shown[place('look')]!.fromId).toBe(office.own);
  expect((await office.control.calls({ method: 'sendPhoto' })).map(({ botId }) => botId)).toEqual([office.own]);
  expect((await thread(maria, post)).slice(-2)).toEqual(['look', 'after']);
  expect(await refused(office)).toBe(0);
});

test('an edit goes through the bot that sent the comment, a relay bot’s also when the desk’s own has room', async () => {
  const office = await openRelayOffice({ group: { calls: 6, seconds: 4 } });
  const { ann, maria, post } = await usedUp(office);
  const by = await ann.writes('by the relay bot');
  await settled(office, { messages: 8 });
  const [relay] = office.relays;
  expect((await sent(maria, post)).at(-1)).toEqual(['by the relay bot', relay.id]);
  const used = async (): Promise<number> => (await office.control.limits.used(office.groupId)).used;
  await eventually('the desk’s own bot has all its room', async () => (await used()) === 0);
  await ann.edits(by, 'edited');
  await office.control.until('the edit is there', async () => (await thread(maria, post)).includes('edited'));
  const edits = await office.control.calls({ method: 'editMessageText', chatId: office.groupId });
  expect(edits.map(({ botId }) => botId)).toEqual([relay.id]);
  expect((await sent(maria, post)).at(-1)).toEqual(['edited', relay.id]);
});

test('an edit of what the desk’s own bot sent waits for it', async () => {
  const office = await openRelayOffice({ group: { calls: 6, seconds: 5 } });
  const { ann, maria, post } = await conversation(office);
  const own = await ann.writes('own');
  for (const text of words(5)) await ann.writes(text);
  await settled(office, { messages: 7 });
  await ann.edits(own, 'edited');
  await office.control.until('the edit is there', async () => (await thread(maria, post)).includes('edited'));
  const edits = await office.control.calls({ method: 'editMessageText', chatId: office.groupId });
  expect(edits.map(({ botId }) => botId)).toEqual([office.own]);
  expect(await refused(office)).toBe(0);
});

test('an answer to a relay bot’s comment reaches the customer as an answer to their message', async () => {
  const office = await openRelayOffice({ group: hour });
  const { ann, maria, post } = await usedUp(office);
  const asked = await ann.writes('where is it?');
  await settled(office, { messages: 8 });
  const comment = (await maria.seesComments(post.ref)).at(-1)!;
  expect(comment.fromId).toBe(office.relays[0].id);
  await maria.repliesTo(comment.ref, 'on its way');
  const answer = await office.control.until('Ann has the answer', async () =>
    (await ann.sees()).find(({ text }) => text === 'on its way'),
  );
  expect(answer.replyTo).toEqual(asked);
  expect(await answers(ann)).toEqual(['on its way']);
});

test('a 429 of one bot stops no other: relay bots carry on, and then the desk’s own', async () => {
  const office = await openRelayOffice({ bots: 2 });
  const { ann, maria, post } = await conversation(office);
  const [first, second] = office.relays;
  const refuse = (botId: number): Promise<number> =>
    office.control.faults.add({
      effect: { kind: 'too_many_requests', seconds: 3_600 },
      when: 'before',
      match: { method: 'sendMessage', chatId: office.groupId, botId },
    });
  await ann.writes('own');
  await settled(office, { messages: 2 });
  await refuse(office.own);
  await ann.writes('one');
  await settled(office, { messages: 3 });
  await refuse(first.id);
  await ann.writes('two');
  await settled(office, { messages: 4 });
  expect(await sent(maria, post)).toEqual([
    ['own', office.own],
    ['one', first.id],
    ['two', second!.id],
  ]);
});

test('what is used of each bot’s calls outlives the process', async () => {
  const office = await openRelayOffice({ group: hour });
  const { ann, maria, post } = await usedUp(office);
  await ann.writes('before');
  await settled(office, { messages: 8 });
  await office.restart();
  await ready(office, 2);
  await ann.writes('after');
  await settled(office, { messages: 9 });
  const [relay] = office.relays;
  expect((await sent(maria, post)).slice(-2)).toEqual([
    ['before', relay.id],
    ['after', relay.id],
  ]);
  const kept = await office.database.query(
    `SELECT sender, cardinality(ages) AS calls FROM pacing
     WHERE bot_id = (SELECT max(id) FROM bots) AND place LIKE '%${office.groupId}' ORDER BY sender`,
  );
  expect(kept).toEqual([
    { sender: '', calls: 6 },
    { sender: `telegram:${relay.id}`, calls: 2 },
  ]);
  expect(await refused(office)).toBe(0);
});

test.each(['before', 'after'] as const)(
  'a relay bot’s answer that is lost %s the comment was sent: shown once, in order, and by asking as that bot',
  async (when) => {
    // Asking costs calls: five of numbers that nobody has, when nothing was sent.
    const office = await openRelayOffice({ group: { ...hour, calls: 20 } });
    const { ann, maria, post } = await usedUp(office, 20);
    const [relay] = office.relays;
    await office.control.faults.add({
      effect: { kind: 'reset' },
      when,
      match: { method: 'sendMessage', chatId: office.groupId, botId: relay.id },
      next: 1,
    });
    await ann.writes('One');
    await ann.writes('Two');
    await settled(office, { messages: 23 });
    expect((await sent(maria, post)).slice(20)).toEqual([
      ['One', relay.id],
      ['Two', relay.id],
    ]);
    const probes = await office.control.calls({ method: 'editMessageText', chatId: office.groupId });
    expect(new Set(probes.map(({ botId }) => botId))).toEqual(new Set([relay.id]));
  },
  60_000,
);

test('a relay bot whose answer was lost and that is thrown out then: what it may have shown is flagged and shown', async () => {
  const office = await openRelayOffice({ group: { calls: 6, seconds: 5 } });
  const { ann, maria, post } = await usedUp(office);
  const [relay] = office.relays;
  const match = { chatId: office.groupId, botId: relay.id };
  await office.control.faults.add({ effect: { kind: 'reset' }, when: 'after', match, next: 1 });
  await office.control.faults.add({ effect: { kind: 'html' }, when: 'before', match, next: 2 });
  await ann.writes('One');
  await office.control.until('it stands there', async () => (await thread(maria, post)).includes('One'));
  await office.owner.removes(relay, 'group');
  await settled(office, { messages: 8 });
  const shown = await sent(maria, post);
  expect(shown.filter(([text]) => text === 'One').map(([, from]) => from)).toEqual([relay.id, office.own]);
  expect(shown.some(([text]) => text.includes('twice'))).toBe(true);
}, 60_000);

test('a relay bot that is thrown out: the desk’s own carries on, and what it had sent is replaced when it is edited', async () => {
  const office = await openRelayOffice({ group: { calls: 6, seconds: 5 } });
  const { ann, maria, post } = await usedUp(office);
  const [relay] = office.relays;
  const one = await ann.writes('One');
  await settled(office, { messages: 8 });
  await office.owner.removes(relay, 'group');
  await ann.writes('Two');
  await ann.edits(one, 'One, edited');
  await office.control.until('the edit is there', async () => (await thread(maria, post)).includes('One, edited'));
  await settled(office, { messages: 9 });
  expect((await sent(maria, post)).slice(6)).toEqual([
    ['Two', office.own],
    ['One, edited', office.own],
  ]);
  const warned = office.log.filter((line) => line.includes('carries no comments'));
  expect(warned).toHaveLength(1);
  expect(warned[0]).toContain('@desk2_bot');
  expect(warned[0]).toContain('Add it to the group');
}, 60_000);

test('a relay bot that is taken out of the settings: its comments are replaced when they are edited, or stay beside', async () => {
  const office = await openRelayOffice({ group: hour });
  const { ann, maria, post } = await usedUp(office);
  const [relay] = office.relays;
  const one = await ann.writes('One');
  await settled(office, { messages: 8 });
  await office.owner.promotes({ id: office.own }, 'group', { rights: { can_manage_chat: true } });
  Object.assign(office.config.telegram, { relayTokens: [] });
  await office.control.limits.set({ isOn: false });
  Object.assign(office.config.telegram, { limits: 'off' });
  await office.restart();
  await ann.edits(one, 'One, edited');
  await office.control.until('the edit is there', async () => (await thread(maria, post)).includes('One, edited'));
  await settled(office, { messages: 8 });
  expect((await sent(maria, post)).slice(6)).toEqual([
    ['One', relay.id],
    ['One, edited', office.own],
  ]);
});

test('a text of a shared comment whose bot is gone is shown by itself when it is edited; the others stay', async () => {
  const office = await openRelayOffice({ group: { calls: 4, seconds: 3 } });
  const { ann, maria, post } = await conversation(office);
  const said = words(20);
  const messages = [];
  for (const text of said) messages.push(await ann.writes(text));
  await settled(office, { messages: said.length + 1 });
  const [relay] = office.relays;
  const shared = (await maria.seesComments(post.ref)).find(
    ({ text, fromId }) => fromId === relay.id && text.includes('\n\n'),
  )!;
  const [first = '', second = ''] = shared.text.match(/w\d+/g)!;
  await office.owner.removes(relay, 'group');
  Object.assign(office.config.telegram, { relayTokens: [] });
  await office.restart();
  await ann.edits(messages[said.indexOf(first)]!, 'edited');
  await office.control.until('the edit is there', async () => (await thread(maria, post)).includes('edited'));
  await settled(office, { messages: said.length + 1 });
  const comments = await thread(maria, post);
  expect(comments).toContain(shared.text);
  expect(comments.at(-1)).toBe('edited');
  await maria.repliesTo(shared.ref, 'about that', { quote: second });
  await office.control.until('Ann has the answer', async () => (await answers(ann)).includes('about that'));
}, 60_000);

test('what a relay bot alone is refused is shown by the desk’s own bot, and its thread is not given up', async () => {
  const office = await openRelayOffice({ group: { calls: 6, seconds: 5 } });
  const { ann, maria, post } = await usedUp(office);
  const [relay] = office.relays;
  await office.control.faults.add({
    effect: { kind: 'error', code: 400, description: 'Bad Request: message to be replied not found' },
    when: 'before',
    match: { chatId: office.groupId, botId: relay.id, method: 'sendMessage' },
    next: 1,
  });
  await ann.writes('One');
  await settled(office, { messages: 8 });
  expect((await sent(maria, post)).at(-1)).toEqual(['One', office.own]);
  expect(await office.control.channel.sees()).toHaveLength(1);
});

test('a relay bot that is not in the group is named with what to do, and never made to write', async () => {
  const office = await openRelayOffice({ outside: true, group: { calls: 6, seconds: 3 } });
  await eventually('it is named', () => Promise.resolve(office.log.some((line) => line.includes('@desk2_bot'))));
  const { maria, post } = await usedUp(office, 7);
  expect((await thread(maria, post)).join(' ').match(/w\d+/g)).toEqual(words(7));
  const sends = await office.control.calls({ method: 'sendMessage', chatId: office.groupId });
  expect(new Set(sends.map(({ botId }) => botId))).toEqual(new Set([office.own]));
  const [line = ''] = office.log.filter((one) => one.includes('carries no comments'));
  expect(line).toContain('Add it to the group');
});

test('a relay bot whose token Telegram refuses is named by its number, and the desk works', async () => {
  const office = await openOffice({ config: { relayTokens: [`987654321:${'x'.repeat(35)}`] } });
  const { ann, maria, post } = await conversation(office);
  await ann.writes('One');
  await settled(office, { messages: 2 });
  expect(await thread(maria, post)).toEqual(['One']);
  await eventually('it is named', () =>
    Promise.resolve(office.log.some((line) => line.includes('The relay bot 987654321 carries no comments'))),
  );
});

test('without a token nobody but the desk’s own bot makes calls, and what has no room waits', async () => {
  const group = { calls: 6, seconds: 4 };
  const limits = { group, private: { calls: 1_000, seconds: 1 }, global: { calls: 1_000, seconds: 1 } };
  const office = await openOffice({ sandbox: limitedTo(group), config: { limits } });
  const { ann, maria, post } = await conversation(office);
  for (const text of words(9)) await ann.writes(text);
  await settled(office, { messages: 10 });
  expect((await thread(maria, post)).join(' ').match(/w\d+/g)).toEqual(words(9));
  const bots = new Set((await office.control.calls()).map(({ botId }) => botId));
  expect(bots.size).toBe(1);
  expect(await count(office, 'sender IS NOT NULL')).toBe(0);
  const senders = await office.database.query(
    `SELECT DISTINCT sender FROM pacing WHERE bot_id = (SELECT max(id) FROM bots)`,
  );
  expect(senders).toEqual([{ sender: '' }]);
});
