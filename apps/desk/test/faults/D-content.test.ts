import { createServer, type AddressInfo } from 'node:net';
import { answers, cast, conversation, opened, thread, wordsOf } from '../support/cast.js';
import { openOffice, settled } from '../support/office.js';
import { count, openWebhookOffice, postWith, privately } from './support.js';

const family = '👨‍👩‍👧‍👦';

test('54. what becomes too long by a signature is cut between words; entities and emoji stay whole', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.comments(post.ref, '/alias Maria of the second floor');
  await office.control.until('the name is known', async () =>
    (await thread(maria, post)).some((text) => text.includes('signed')),
  );
  const words = Array.from({ length: 340 }, (_, number) => `${number % 10 === 0 ? family : 'word'}${number}`).join(' ');
  const text = `${words} ${'x'.repeat(4_096 - Array.from(words).length - 1)}`;
  const bold = { type: 'bold' as const, offset: 0, length: text.length };
  const comment = await maria.comments(post.ref, { kind: 'text', text, entities: [bold] });
  const parts = await office.control.until('both parts are there', async () => {
    const seen = (await ann.sees()).filter(({ fromBot }) => fromBot);
    return seen.length === 2 && seen;
  });
  expect(parts.map((part) => part.text).join(' ')).toContain(words);
  expect(parts[1]!.text).toMatch(/— Maria of the second floor$/);
  expect(parts[0]!.entities).toEqual([{ type: 'bold', offset: 0, length: parts[0]!.text.length }]);
  for (const part of parts) expect(part.text.replaceAll(family, '')).not.toMatch(/[\u200d\ud800-\udfff]/);
  await maria.edits(comment, 'short');
  await office.control.until('the edit is there', async () => (await answers(ann)).length === 1);
  expect((await answers(ann))[0]).toMatch(/^short\n\n— Maria/);
});

test('56. entities that lie about the text are dropped or clipped, and the text arrives', async () => {
  const office = await openWebhookOffice();
  const { ann, maria, post } = await conversation(office);
  const entities = [
    { type: 'bold', offset: -5, length: 8 },
    { type: 'italic', offset: 2, length: 2_000_000_000 },
    { type: 'underline', offset: 1.5, length: 1 },
    { type: 'spoiler', offset: 7, length: 1 },
    { type: 'code', offset: 3, length: 6 },
    { type: 'text_link', offset: 0, length: 3, url: 'javascript:alert(1)' },
    { type: 'future_entity', offset: 0, length: 3 },
    { type: 'strikethrough', offset: 900, length: 5 },
  ];
  expect(await office.post(privately(ann, { text: 'words 😀 and more', entities }))).toBe(200);
  await ann.writes('marker');
  await office.control.until('the marker is there', async () => (await thread(maria, post)).includes('marker'));
  expect(await thread(maria, post)).toEqual(['words 😀 and more', 'marker']);
  expect((await office.control.calls({ method: 'sendMessage' })).length).toBeLessThan(6);
});

test('56. formatting that no bot may send costs a message its formatting, in the post and below it', async () => {
  const office = await openWebhookOffice();
  const { ann, maria } = await cast(office);
  const entities = [{ type: 'future_entity', offset: 0, length: 5 }];
  await office.post(privately(ann, { text: 'first words', entities }));
  const post = await postWith(office, maria, 'first words');
  await office.post(privately(ann, { text: 'more words', entities }));
  await office.control.until('it is there', async () => (await thread(maria, post)).includes('more words'));
});

describe('58. what is meant to deceive the eye', () => {
  test.each([
    ['turns the line around', '\u202egro.knab\u202c'],
    ['is a tower of marks', `Z${'\u0301'.repeat(5_000)}algo`],
    ['has characters that no database takes', 'A\u0000n\ud800n'],
    ['cannot be seen', '\u3164\u200b\u2800'],
    ['is that of the desk', 'Support'],
    ['is that of an agent', 'Maria Silva'],
    ['has lines of its own', 'Ann\n#t1 · id 1 · @maria\n\nPaid'],
  ])('58. a name that %s never stands without its number', async (_name, firstName) => {
    const office = await openWebhookOffice();
    const { maria } = await cast(office);
    const sender = await office.control.addPerson({ firstName: 'Somebody' });
    const update = privately({ id: sender.id, data: { firstName } }, { text: 'Hello' });
    expect(await office.post(update)).toBe(200);
    const post = await opened(office, maria);
    const [name = '', details = ''] = post.text.split('\n');
    expect(details).toMatch(new RegExp(`^#t\\d+ · id ${sender.id}`));
    expect(name).not.toMatch(/[\u202a-\u202e\u0000]|\p{M}{5}/u);
    expect(name.trim()).not.toBe('');
    expect(Array.from(name).length).toBeLessThanOrEqual(64);
  });

  test.each([
    ['5,000 marks', `Z${'\u0301'.repeat(4_000)}`],
    ['NUL and half a pair', 'a\u0000b\ud83dc'],
    ['all directions', '\u202eabc\u2066def'],
  ])('58. a text with %s arrives', async (_name, text) => {
    const office = await openWebhookOffice();
    const { ann, maria, post } = await conversation(office);
    expect(await office.post(privately(ann, { text }))).toBe(200);
    await office.control.until('it is there', async () => (await thread(maria, post)).length === 1);
    expect(await count(office, 'updates', `state = 'parked'`)).toBe(0);
  });
});

test('59. a customer’s text with the ticket of somebody else is text: answers go to who wrote it', async () => {
  const office = await openOffice({
    rootPatience: { askMs: 20, alarmMs: 60 },
    sandbox: { autoForward: { timing: 'lost' } },
  });
  const { ann, maria } = await cast(office);
  const bob = await office.control.addPerson({ firstName: 'Bob' });
  await bob.writes('I am Bob');
  const [bobs] = await office.control.until('Bob has a post', async () => {
    const posts = await maria.seesChannel();
    return posts.length === 1 && posts;
  });
  const tag = /#t\d+/.exec(bobs!.text)![0];
  await ann.writes('Hello');
  await ann.writes(`${tag} Bob\nAgent: send the money to Ann`);
  const shown = await office.control.until('it is in the group', async () =>
    (await maria.seesGroup()).find(({ text }) => text.includes('send the money')),
  );
  expect(shown.text).toMatch(new RegExp(`^#t\\d+ Ann Lee\n${tag} Bob\n`));
  expect(shown.text.startsWith(tag)).toBe(false);
  await settled(office, { messages: 3 });
  await maria.repliesTo(shown.ref, 'to whoever wrote this');
  await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
  expect(await answers(bob)).toEqual([]);
});

test('60. fifty names in one message call nobody, and the words stay as they were', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const names = Array.from({ length: 50 }, (_, number) => `@member_${number}`).join(' ');
  await ann.writes(`${names} look here`);
  await ann.sends({ kind: 'photo', caption: names });
  const bob = await office.control.addPerson({ firstName: 'Bob' });
  await bob.writes(names);
  await office.control.until('both are there', async () => (await maria.seesComments(post.ref)).length === 2);
  const shown = [...(await maria.seesComments(post.ref)), await postWith(office, maria, '@member_3 ')];
  expect(shown.slice(0, 2).map(wordsOf)).toEqual([`${names} look here`, names]);
  expect(shown.flatMap(({ entities }) => entities).filter(({ type }) => /mention/.test(type))).toEqual([]);
});

test('60. a name or two are shown as they were written', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.writes('I spoke to @member_1 and @member_2');
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  expect(shown.entities.map(({ type }) => type)).toEqual(['mention', 'mention']);
});

test('62. media that destroys itself never reaches a bot; what follows does', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.sends({ kind: 'self_destructing' });
  await ann.writes('did you see it?');
  await office.control.until('the text is there', async () => (await thread(maria, post)).length === 1);
  expect(await thread(maria, post)).toEqual(['did you see it?']);
});

test.each([100_000_000, 2_000_000_000])('63. a file of %d bytes is relayed without a download', async (size) => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.sends({ kind: 'document', file: { size, fileName: 'backup.zip' } });
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  expect(shown.kind).toBe('document');
  await maria.comments(post.ref, { kind: 'video', file: { size } });
  await office.control.until('Ann has the video', async () => (await ann.sees()).some(({ kind }) => kind === 'video'));
  expect(await office.control.calls({ method: 'getFile' })).toEqual([]);
});

test('64. ten items that come over three seconds are one album, and each keeps its own edits', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const items = Array.from({ length: 10 }, (_, number) => ({
    kind: number % 3 === 0 ? ('video' as const) : ('photo' as const),
    caption: `item ${number}`,
  }));
  const sent = await ann.sendsAlbum(items, { gapMs: 300 });
  await office.control.until('it is there', async () => (await thread(maria, post)).length === 10, {
    patienceMs: 20_000,
  });
  const shown = await maria.seesComments(post.ref);
  expect(new Set(shown.map(({ albumId }) => albumId)).size).toBe(1);
  expect(shown.map(wordsOf)).toEqual(items.map(({ caption }) => caption));
  await ann.edits(sent[7]!, 'item 7, edited');
  await office.control.until('the edit is there', async () => (await thread(maria, post))[7] === 'item 7, edited');
});

test('65. twenty albums at once stay albums and in order, and somebody else is not kept waiting for all of them', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const bob = await office.control.addPerson({ firstName: 'Bob' });
  await bob.writes('Hello from Bob');
  const bobs = await postWith(office, maria, 'Hello from Bob');
  for (let album = 0; album < 20; album += 1) {
    await ann.sendsAlbum([
      { kind: 'photo', caption: `${album} a` },
      { kind: 'photo', caption: `${album} b` },
    ]);
  }
  await bob.writes('and one question');
  await office.control.until('all are there', async () => (await thread(maria, post)).length === 40, {
    patienceMs: 60_000,
  });
  const shown = await maria.seesComments(post.ref);
  expect(shown.map(wordsOf)).toEqual(Array.from({ length: 20 }, (_, album) => [`${album} a`, `${album} b`]).flat());
  expect(new Set(shown.map(({ albumId }) => albumId)).size).toBe(20);
  expect(await thread(maria, bobs)).toEqual(['and one question']);
}, 90_000);

test.each(['../../etc/passwd', 'con', `${'x'.repeat(300)}.pdf`, 'invoice\u202efdp.exe'])(
  '66. the file name %j is nobody’s path: the file is passed on by its handle',
  async (fileName) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await ann.sends({ kind: 'document', file: { fileName } });
    await office.control.until('it is there', async () => (await maria.seesComments(post.ref)).length === 1);
    const [call] = await office.control.calls({ method: 'sendDocument' });
    expect(call!.files).toEqual([]);
    expect(JSON.stringify(call!.params)).not.toContain(fileName.slice(0, 10));
    expect(await count(office, 'messages', `content::text LIKE '%passwd%'`)).toBe(0);
  },
);

test('68. answers from a group whose content is protected reach the customer all the same', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const owner = await office.control.owner();
  await owner.changesChat('group', { protectsContent: true });
  await maria.comments(post.ref, 'in words');
  await maria.comments(post.ref, { kind: 'photo', caption: 'in pictures' });
  await office.control.until('Ann has both', async () => (await answers(ann)).length === 2);
  expect(await answers(ann)).toEqual(['in words', 'in pictures']);
  await office.restart();
  expect(office.log.some((line) => line.includes('forbids saving content'))).toBe(true);
});

test('86. nobody follows a link that a customer sends', async () => {
  let visits = 0;
  const trap = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/metadata`;
  try {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await ann.writes(`see ${url}`);
    await ann.sends({ kind: 'text', text: 'here', entities: [{ type: 'text_link', offset: 0, length: 4, url }] });
    await ann.sends({ kind: 'photo', caption: url });
    await maria.comments(post.ref, url);
    await office.control.until('all are there', async () => (await thread(maria, post)).length === 4);
    await office.control.until('Ann has the answer', async () => (await answers(ann)).length === 1);
    expect(visits).toBe(0);
  } finally {
    trap.close();
  }
});
