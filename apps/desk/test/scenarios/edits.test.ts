import { answers, cast, conversation, opened, thread } from '../support/cast.js';
import type { Database } from '../../src/store/database.js';
import { eventually, fileStore, openOffice, settled, type Office } from '../support/office.js';

/** Calls that changed something the people see, since the last look. */
async function callsOf({ control }: Office, method: string): Promise<number> {
  return (await control.calls({ method })).length;
}

test("a customer's edit reaches the thread", async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('my number is 12');
  await office.control.until('it is there', async () => (await thread(maria, post)).length === 1);
  await ann.edits(message, 'my number is 21');
  await office.control.until('the edit is there', async () => (await thread(maria, post))[0] === 'my number is 21');
  expect(await thread(maria, post)).toEqual(['my number is 21']);
});

test("an agent's edit reaches the customer", async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const comment = await maria.comments(post.ref, 'Tuesdya');
  await office.control.until('it is there', async () => (await answers(ann)).length === 1);
  await maria.edits(comment, 'Tuesday');
  await office.control.until('the edit is there', async () => (await answers(ann))[0] === 'Tuesday');
  expect(await answers(ann)).toEqual(['Tuesday']);
});

test('an edit of the words in the post renders the post anew', async () => {
  const office = await openOffice();
  const { ann, maria, post, first } = await conversation(office, 'Helo');
  await ann.edits(first, 'Hello');
  const edited = await office.control.until('the post is edited', async () =>
    (await maria.seesChannel()).find(({ text }) => text.includes('Hello')),
  );
  expect(edited.ref).toEqual(post.ref);
  expect(edited.text).not.toContain('Helo\n');
  expect(await thread(maria, post)).toEqual([]);
});

test('words that outgrow the post are excerpted there and follow as a comment', async () => {
  const office = await openOffice();
  const { ann, maria, post, first } = await conversation(office, 'short');
  const long = `${'much longer '.repeat(60)}end`;
  await ann.edits(first, long);
  await office.control.until('the comment is there', async () => (await thread(maria, post)).length === 1);
  expect(await thread(maria, post)).toEqual([long]);
  await office.control.until('the post is edited', async () => !(await maria.seesChannel())[0]!.text.includes('short'));
  expect((await maria.seesChannel())[0]!.text).not.toContain('end');
});

test('an edit that comes before the copy was sent is sent once, edited', async () => {
  const office = await openOffice({ sandbox: { autoForward: { timing: 'after_delay', delayMs: 400 } } });
  const { ann, maria } = await cast(office);
  await ann.writes('first');
  const message = await ann.writes('draft');
  await ann.edits(message, 'draft two');
  await ann.edits(message, 'final');
  const post = await opened(office, maria);
  await office.control.until('it is there', async () => (await thread(maria, post)).length === 1);
  await ann.writes('marker');
  await office.control.until('the marker is there', async () => (await thread(maria, post)).length === 2);
  expect(await thread(maria, post)).toEqual(['final', 'marker']);
  expect(await callsOf(office, 'editMessageText')).toBe(0);
});

test('an edit during a pause of the desk is mirrored after its start', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('before');
  const comment = await maria.comments(post.ref, 'answer before');
  await office.control.until(
    'both are there',
    async () => (await thread(maria, post)).length + (await answers(ann)).length === 3,
  );
  await office.desk.stop();
  await ann.edits(message, 'after');
  await maria.edits(comment, 'answer after');
  await office.restart();
  await office.control.until(
    'both edits are there',
    async () => (await thread(maria, post)).includes('after') && (await answers(ann)).includes('answer after'),
  );
});

test('ten quick edits end with the last wording', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('version 0');
  for (let version = 1; version <= 10; version += 1) await ann.edits(message, `version ${version}`);
  await office.control.until('the last is there', async () => (await thread(maria, post))[0] === 'version 10');
  expect(await thread(maria, post)).toEqual(['version 10']);
});

/** The store, but once `arm` was called the next mark before a call waits until an edit of a message is stored. */
function holdingCalls({ database }: { readonly database: Database }): { readonly database: Database; arm(): void } {
  let armed = false;
  const isRevised = async (): Promise<boolean> =>
    (await database.query(`SELECT 1 FROM messages WHERE content->>'text' LIKE '%last wording%'`)).length > 0;
  return {
    arm: () => {
      armed = true;
    },
    database: {
      ...database,
      query: async (text, values) => {
        if (armed && text.includes(`SET state = 'sending'`)) {
          armed = false;
          await eventually('the edit is stored', isRevised);
        }
        return database.query(text, values);
      },
    },
  };
}

test('an edit that is stored when the call for the old wording is already decided is shown too', async () => {
  const store = holdingCalls(await fileStore());
  const office = await openOffice({ database: store.database });
  const { ann, maria, post } = await conversation(office);
  store.arm();
  const message = await ann.writes('old wording');
  await eventually('it is stored', async () => {
    const stored = await office.database.query(`SELECT 1 FROM messages WHERE content->>'text' = 'old wording'`);
    return stored.length > 0;
  });
  await ann.edits(message, 'last wording');
  await office.control.until('it is there', async () => (await thread(maria, post))[0] === 'last wording');
});

test('an edit of the words in the post that is stored when a call for the post is decided is shown too', async () => {
  const store = holdingCalls(await fileStore());
  const office = await openOffice({ database: store.database });
  const { ann, maria, first } = await conversation(office, 'Helo');
  store.arm();
  await ann.edits(first, 'Hello');
  await eventually('it is stored', async () => {
    const stored = await office.database.query(`SELECT 1 FROM messages WHERE content->>'text' = 'Hello'`);
    return stored.length > 0;
  });
  await ann.edits(first, 'the last wording of it');
  await office.control.until('the post is edited', async () =>
    (await maria.seesChannel())[0]!.text.includes('the last wording of it'),
  );
});

test('an edit that changes nothing causes no call', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('same');
  await office.control.until('it is there', async () => (await thread(maria, post)).length === 1);
  await office.control.touches(message);
  await ann.writes('marker');
  await office.control.until('the marker is there', async () => (await thread(maria, post)).length === 2);
  expect(await callsOf(office, 'editMessageText')).toBe(0);
});

test('formatting alone is an edit', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('important');
  await office.control.until('it is there', async () => (await thread(maria, post)).length === 1);
  await ann.edits(message, { kind: 'text', text: 'important', entities: [{ type: 'bold', offset: 0, length: 9 }] });
  await office.control.until('it is bold', async () => (await maria.seesComments(post.ref))[0]!.entities.length === 1);
});

test('a caption, and the photo itself, are edited on both sides', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const photo = await ann.sends({ kind: 'photo', caption: 'my hose' });
  const shown = await office.control.until('it is there', async () => (await maria.seesComments(post.ref))[0]);
  await ann.edits(photo, { kind: 'photo', caption: 'my house' });
  await office.control.until('the caption is there', async () => (await thread(maria, post))[0] === 'my house');

  const answer = await maria.comments(post.ref, { kind: 'document', caption: 'the ofer' });
  await office.control.until('it is there', async () => (await answers(ann))[0] === 'the ofer');
  await maria.edits(answer, { kind: 'document', caption: 'the offer' });
  await office.control.until('the edit is there', async () => (await answers(ann))[0] === 'the offer');
  expect((await maria.seesComments(post.ref))[0]!.ref).toEqual(shown.ref);
});

test('an old wording is kept', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const message = await ann.writes('first wording');
  await ann.edits(message, 'second wording');
  await office.control.until('the edit is there', async () => (await thread(maria, post))[0] === 'second wording');
  const kept = await office.database.prisma.messageVersion.findMany({ select: { revision: true, content: true } });
  expect(kept).toContainEqual({ revision: 1, content: { kind: 'text', text: 'first wording', entities: [] } });
});

test('a note stays inside when it is edited, and the agent is told', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const note = await maria.comments(post.ref, '// call her');
  await maria.edits(note, 'I will call you');
  await office.control.until('the agent is told', async () =>
    (await thread(maria, post)).some((text) => text.includes('note stays inside')),
  );
  await maria.comments(post.ref, 'Hello');
  await office.control.until('Ann has an answer', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['Hello']);
});

test('46. an edit of a message from before the desk is not mirrored, and the agent is told', async () => {
  const office = await openOffice({ closed: true });
  const { ann, maria } = await cast(office);
  const old = await ann.writes('long ago');
  // Longer than Telegram keeps an update (24 h), shorter than people may edit (48 h).
  await office.control.clock.advance(30 * 3_600_000);
  await office.restart();
  await ann.writes('Hello');
  const post = await opened(office, maria);
  expect(post.text).toContain('Hello');
  await ann.edits(old, 'long ago, edited');
  await office.control.until('the agent is told', async () =>
    (await thread(maria, post)).some((text) => text.includes('before this conversation was kept')),
  );
});

test('first words that outgrow the post while it is being sent follow as a comment', async () => {
  const office = await openOffice();
  const { control } = office;
  const { ann, maria } = await cast(office);
  const { channel } = await control.overview();
  const calls = { method: 'sendMessage', chatId: channel.id };
  await control.faults.add({ effect: { kind: 'slow', ms: 1_000 }, when: 'after', match: calls });
  const first = await ann.writes('short');
  await control.until('the post is being sent', async () => (await control.calls(calls)).length === 1);
  const long = `${'much longer '.repeat(60)}end`;
  await ann.edits(first, long);
  await control.until('it is shown', async () => (await maria.seesGroup()).some(({ text }) => text === long));
  await settled(office, { messages: 1 });
  const post = await opened(office, maria);
  expect(await thread(maria, post)).toEqual([long]);
  expect(post.text).not.toContain('short');
  expect(await control.calls({ method: 'deleteMessage' })).toEqual([]);
});
