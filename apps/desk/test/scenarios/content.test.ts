import type { Composition } from '../../../sandbox/src/control/client.js';
import { answers, conversation, thread, wordsOf } from '../support/cast.js';
import { openOffice } from '../support/office.js';

/** What a person sends, and how it is known on the other side. */
const kinds: readonly (readonly [string, Composition, string])[] = [
  ['text', { kind: 'text', text: 'hello', entities: [{ type: 'italic', offset: 0, length: 5 }] }, 'text'],
  ['photo', { kind: 'photo', caption: 'a photo' }, 'photo'],
  ['video', { kind: 'video', caption: 'a video' }, 'video'],
  ['animation', { kind: 'animation', caption: 'moves' }, 'animation'],
  ['audio', { kind: 'audio', caption: 'a song' }, 'audio'],
  ['voice message', { kind: 'voice', caption: 'listen' }, 'voice'],
  ['video message', { kind: 'video_note' }, 'video_note'],
  ['document', { kind: 'document', caption: 'a file' }, 'document'],
  ['sticker', { kind: 'sticker' }, 'sticker'],
  ['contact', { kind: 'contact', phoneNumber: '+5511999999999', firstName: 'Bob' }, 'contact'],
  ['location', { kind: 'location', latitude: 1.5, longitude: 2.5 }, 'location'],
  ['live location', { kind: 'live_location', latitude: 1.5, longitude: 2.5 }, 'location'],
  ['venue', { kind: 'venue', latitude: 1.5, longitude: 2.5, title: 'Shop', address: 'Main St 1' }, 'venue'],
  ['poll', { kind: 'poll', question: 'Which?', options: ['a', 'b'] }, 'poll'],
  ['quiz', { kind: 'poll', question: 'Which?', options: ['a', 'b'], correctOption: 1 }, 'poll'],
  ['story', { kind: 'story' }, 'story'],
  ['game', { kind: 'game' }, 'game'],
];

test.each(kinds)("61. a customer's %s appears in the thread", async (_name, sent, kind) => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.sends(sent);
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  expect(shown.kind).toBe(kind);
  const [original] = (await ann.sees()).slice(-1);
  expect(wordsOf(shown)).toBe(wordsOf(original!));
  expect(shown.file?.uniqueId).toBe(original!.file?.uniqueId);
});

test.each(kinds.filter(([name]) => name !== 'story' && name !== 'game'))(
  "61. an agent's %s reaches the customer",
  async (_name, sent, kind) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await maria.comments(post.ref, sent);
    const shown = await office.control.until('it is there', async () =>
      (await ann.sees()).find(({ fromBot }) => fromBot),
    );
    expect(shown.kind).toBe(kind);
  },
);

test('61. a thrown die shows the value that was thrown', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.sends({ kind: 'dice', emoji: '🎯' });
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  expect(shown.text).toMatch(/^🎯 [1-6]$/);
});

test.each<[string, Composition, string]>([
  ['giveaway', { kind: 'giveaway' }, 'giveaway'],
  ['paid media', { kind: 'paid_media' }, 'paid media'],
  ['checklist', { kind: 'checklist', title: 'To do', tasks: ['one'] }, 'checklist'],
  ['invoice', { kind: 'invoice' }, 'invoice'],
])(
  '61. a %s, which no bot may copy, is named in the thread and explained to the customer',
  async (_name, sent, what) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await ann.sends(sent);
    await office.control.until(
      'both are told',
      async () => (await thread(maria, post)).length + (await answers(ann)).length === 2,
    );
    expect((await thread(maria, post))[0]).toContain(what);
    expect((await answers(ann))[0]).toContain(what);
  },
);

test('a first message that is media is announced in the post and follows as the first comment', async () => {
  const office = await openOffice();
  const { control } = office;
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  const ann = await control.addPerson({ firstName: 'Ann' });
  await ann.sends({ kind: 'photo', caption: 'look at this' });
  const post = await control.until('the post is there', async () =>
    (await maria.seesChannel()).find(({ comments }) => comments),
  );
  expect(post.text).toContain('photo');
  expect(post.text).toContain('look at this');
  const comment = await control.until('the photo is there', async () => (await maria.seesComments(post.ref))[0]);
  expect(comment.kind).toBe('photo');
});

test('an album stays an album, in both directions', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.sendsAlbum([{ kind: 'photo', caption: 'three' }, { kind: 'video' }, { kind: 'photo' }], { gapMs: 100 });
  await office.control.until('it is there', async () => (await maria.seesComments(post.ref)).length === 3);
  const shown = await maria.seesComments(post.ref);
  expect(new Set(shown.map(({ albumId }) => albumId)).size).toBe(1);
  expect(shown[0]!.albumId).toBeDefined();
  expect(shown.map(({ kind }) => kind)).toEqual(['photo', 'video', 'photo']);

  await maria.sendsAlbum([{ kind: 'document', caption: 'both' }, { kind: 'document' }], {
    to: { kind: 'comments', post: post.ref },
  });
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 2);
  const files = (await ann.sees()).filter(({ fromBot }) => fromBot);
  expect(files.map(({ kind }) => kind)).toEqual(['document', 'document']);
  expect(files[0]!.albumId).toBe(files[1]!.albumId);
});

test('64. an edit of one item of an album reaches that item', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const [, second] = await ann.sendsAlbum([
    { kind: 'photo', caption: 'one' },
    { kind: 'photo', caption: 'two' },
  ]);
  await office.control.until('it is there', async () => (await maria.seesComments(post.ref)).length === 2);
  await ann.edits(second!, { kind: 'photo', caption: 'two, edited' });
  await office.control.until('the edit is there', async () => (await thread(maria, post))[1] === 'two, edited');
  expect(await thread(maria, post)).toEqual(['one', 'two, edited']);
});

test('an album whose caption is a note stays inside as a whole, wherever the caption stands', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await maria.sendsAlbum([{ kind: 'photo', caption: '// ours' }, { kind: 'photo' }], {
    to: { kind: 'comments', post: post.ref },
  });
  await maria.sendsAlbum([{ kind: 'photo' }, { kind: 'photo', caption: '// ours too' }], {
    to: { kind: 'comments', post: post.ref },
  });
  await maria.comments(post.ref, 'for you');
  await office.control.until('Ann has an answer', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['for you']);
});

test('55. a text longer than a bot may send is split, with its formatting, and its edits are mirrored', async () => {
  const office = await openOffice();
  const { maria } = await conversation(office);
  const rich = await office.control.addPerson({ firstName: 'Rich', isPremium: true });
  const text = Array.from({ length: 700 }, (_, number) => `word${number}`).join(' ');
  await rich.writes('hi');
  const post = await office.control.until('the post is there', async () =>
    (await maria.seesChannel()).find(({ text: words, comments }) => comments && words.includes('Rich')),
  );
  const message = await rich.sends({
    kind: 'text',
    text,
    entities: [{ type: 'bold', offset: 0, length: text.length }],
  });
  const parts = await office.control.until('both parts are there', async () => {
    const seen = await maria.seesComments(post.ref);
    return seen.length === 2 && seen;
  });
  expect(parts.map((part) => part.text).join(' ')).toBe(text);
  for (const part of parts) expect(part.entities).toEqual([{ type: 'bold', offset: 0, length: part.text.length }]);
  await rich.edits(message, 'now it is short');
  await office.control.until('the edit is there', async () => (await thread(maria, post)).join() === 'now it is short');
});

test('55. a caption longer than a bot may send keeps its media and continues as text', async () => {
  const office = await openOffice();
  const { maria } = await conversation(office);
  const rich = await office.control.addPerson({ firstName: 'Rich', isPremium: true });
  const caption = Array.from({ length: 300 }, (_, number) => `word${number}`).join(' ');
  await rich.writes('hi');
  const post = await office.control.until('the post is there', async () =>
    (await maria.seesChannel()).find(({ text: words, comments }) => comments && words.includes('Rich')),
  );
  await rich.sends({ kind: 'photo', caption });
  const parts = await office.control.until('both parts are there', async () => {
    const seen = await maria.seesComments(post.ref);
    return seen.length === 2 && seen;
  });
  expect(parts.map(({ kind }) => kind)).toEqual(['photo', 'text']);
  expect(parts.map(wordsOf).join(' ')).toBe(caption);
});

test('a live location moves and ends on the other side', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const place = await ann.sends({ kind: 'live_location', latitude: 1, longitude: 1 });
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await ann.moves(place, { latitude: 2, longitude: 2 });
  await office.control.until('it moved', async () =>
    JSON.stringify((await maria.seesComments(post.ref))[0]!.details).includes('2'),
  );
  await ann.endsLiveLocation(place);
  await office.control.until(
    'it ended',
    async () => !JSON.stringify((await maria.seesComments(post.ref))[0]!.details).includes('live_period'),
  );
  expect((await maria.seesComments(post.ref))[0]!.ref).toEqual(shown.ref);
});

test('48. a text that becomes a photo is edited; a photo that becomes another kind is sent anew', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('only words');
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await ann.edits(message, { kind: 'photo', caption: 'with a picture' });
  await office.control.until('it is a photo', async () => (await maria.seesComments(post.ref))[0]!.kind === 'photo');
  expect((await maria.seesComments(post.ref))[0]!.ref).toEqual(shown.ref);
});

test('60. links of customers are not previewed in the thread', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await ann.writes('see https://example.com');
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  expect(shown.linkPreview).toEqual({ is_disabled: true });
});
