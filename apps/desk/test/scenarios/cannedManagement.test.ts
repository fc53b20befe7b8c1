import type { Composition, Person, ShownMessage } from '../../../sandbox/src/control/client.js';
import { answers, cast, conversation, thread, wordsOf } from '../support/cast.js';
import { answersWith, auditOf, becomes, first, keep, kept, said, titlesFor } from '../support/canned.js';
import { openOffice, type Office } from '../support/office.js';

/** Presses a button and waits for what its message becomes. */
async function press(
  office: Office,
  person: Person,
  [message, button, words]: readonly [ShownMessage, string, string],
): Promise<ShownMessage> {
  expect(await person.presses(message.ref, button)).toMatchObject({ kind: 'answered' });
  return becomes(office, { person, message }, words);
}

/** Presses a button and waits for what is shown below. */
async function ask(
  office: Office,
  person: Person,
  [message, button, words]: readonly [ShownMessage, string, string],
): Promise<ShownMessage> {
  expect(await person.presses(message.ref, button)).toMatchObject({ kind: 'answered' });
  return said(office, person, words);
}

/** The view of a reply, opened by the list. */
async function view(office: Office, person: Person, title: string): Promise<ShownMessage> {
  await person.writes('/canned');
  const list = await said(office, person, 'Canned replies');
  return press(office, person, [list, title, 'Used:']);
}

describe('/save', () => {
  test('as an answer to a message in the group keeps it with its formatting, and stays inside', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    const comment = await maria.comments(post.ref, {
      kind: 'text',
      text: 'Money back in 14 days',
      entities: [{ type: 'bold', offset: 0, length: 10 }],
    });
    await maria.repliesTo(comment, '/save refund Refund policy');
    await office.control.until('the thread says so', async () => (await thread(maria, post)).at(-1)?.startsWith('💾'));
    expect(await kept(office)).toMatchObject([
      {
        title: 'Refund policy',
        shortcut: 'refund',
        wordings: [{ content: { text: 'Money back in 14 days', entities: [{ type: 'bold', offset: 0, length: 10 }] } }],
      },
    ]);
    expect(await auditOf(office)).toEqual([`canned_saved by ${maria.id}`]);
    await answersWith(maria, 'refund', post.ref);
    await office.control.until('Ann has both', async () => (await answers(ann)).length === 2);
    expect(await answers(ann)).toEqual(['Money back in 14 days', 'Money back in 14 days']);
  });

  test('works on what a customer wrote, and outside of all threads', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await ann.writes('A nice sentence');
    const copy = await office.control.until('it is copied', async () => (await maria.seesComments(post.ref)).at(-1));
    await maria.repliesTo(copy.ref, '/save Nice words');
    const general = await maria.writesInGroup('Good morning all');
    await maria.repliesTo(general, '/save gm');
    await office.control.until('both are said', async () => {
      const lines = (await maria.seesGroup()).map(wordsOf).filter((line) => line.startsWith('💾'));
      return lines.length === 2;
    });
    expect((await kept(office)).map(({ title, shortcut }) => [title, shortcut])).toEqual([
      ['Nice words', undefined],
      ['gm', 'gm'],
    ]);
  });

  test.each<[Composition['kind'], string]>([
    ['photo', 'photo'],
    ['video', 'video'],
    ['animation', 'mpeg4_gif'],
    ['document', 'document'],
    ['audio', 'audio'],
    ['voice', 'voice'],
    ['sticker', 'sticker'],
  ])(
    'keeps a %s, which is offered as a cached %s and reaches the customer with its caption filled in',
    async (kind, type) => {
      const office = await openOffice();
      const { ann, maria, post } = await conversation(office);
      const caption = kind === 'sticker' ? {} : { caption: 'For you, {first_name}' };
      const sent = await maria.writesInGroup({ kind, ...caption } as Composition);
      await maria.repliesTo(sent, '/save it The file');
      await office.control.until('it is kept', async () => (await kept(office)).length === 1);
      const { results } = await maria.types('@bot it');
      expect(results).toMatchObject([{ type }]);
      await maria.picks(first(results), { under: post.ref });
      const answer = await office.control.until('Ann has it', async () =>
        (await ann.sees()).find(({ fromBot }) => fromBot),
      );
      const [original] = (await maria.seesGroup()).filter(({ ref }) => ref.messageId === sent.messageId);
      expect([answer.kind, answer.caption, answer.file?.uniqueId]).toEqual([
        kind,
        kind === 'sticker' ? '' : 'For you, Ann',
        original?.file?.uniqueId,
      ]);
    },
  );

  test('to the bot in private keeps the lines below it, or the file that carries it, and is no message of a customer', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await maria.writes('/save hi Greeting\nHello {first_name}!\nHow are you?');
    await said(office, maria, 'Saved.');
    await maria.sends({ kind: 'photo', caption: '/save map How to find us\nThe blue door' });
    await office.control.until('both are kept', async () => (await kept(office)).length === 2);
    expect((await kept(office)).map(({ title, wordings: [{ content }] }) => [title, content])).toMatchObject([
      ['Greeting', { kind: 'text', text: 'Hello {first_name}!\nHow are you?' }],
      ['How to find us', { kind: 'media', media: 'photo', caption: { text: 'The blue door' } }],
    ]);
    expect(await maria.seesChannel()).toEqual([]);
  });

  test('alone in private asks for what to keep, also across a restart', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await maria.writes('/save hi Greeting');
    const question = await said(office, maria, 'with what to keep');
    await office.restart();
    await maria.repliesTo(question.ref, 'Hello there');
    await said(office, maria, 'Saved.');
    expect(await kept(office)).toMatchObject([
      { title: 'Greeting', shortcut: 'hi', wordings: [{ content: { text: 'Hello there' } }] },
    ]);
    expect(await maria.seesChannel()).toEqual([]);
  });

  test('is not lost when the desk is away', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await titlesFor(maria, '');
    await office.desk.stop();
    await maria.writes('/save hi Greeting\nHello');
    await office.restart();
    await said(office, maria, 'Saved.');
    expect(await kept(office)).toHaveLength(1);
  });

  test.each([
    ['a title that is there already', '/save x Refund\nwords', 'There is a reply “Refund” already'],
    ['a shortcut that another one has', '/save refund Another\nwords', 'belongs to “Refund”'],
    ['no names', '/save', '/save shortcut Title'],
    ['a title that is too long', `/save ${'T'.repeat(65)}\nwords`, 'at most 64 are possible'],
    ['words in braces that are no placeholder', '/save y Y\nHi {name}', '[name] in braces is no placeholder'],
  ])('with %s says so', async (_name, words, answer) => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await keep(office, { title: 'Refund', shortcut: 'refund' });
    await maria.writes(words);
    await said(office, maria, answer);
  });

  test('of a place on the map says what can be kept', async () => {
    const office = await openOffice();
    const { maria, post } = await conversation(office);
    const place = await maria.writesInGroup({ kind: 'location', latitude: 1, longitude: 2 });
    await maria.repliesTo(place, '/save here Here');
    await office.control.until('it is said', async () =>
      (await maria.seesGroup()).some(({ text }) => text.includes('cannot be a canned reply (location)')),
    );
    expect(await thread(maria, post)).toEqual([]);
    expect(await kept(office)).toEqual([]);
  });
});

test('commands of customers are words for the team', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office, '/save x My title\nwords');
  await ann.writes('/canned');
  await office.control.until('both are shown', async () => (await thread(maria, post)).length === 1);
  expect(post.text).toContain('/save x My title');
  expect(await thread(maria, post)).toEqual(['/canned']);
  expect(await answers(ann)).toEqual([]);
  expect(await kept(office)).toEqual([]);
});

test('a stranger in the group saves nothing', async () => {
  const office = await openOffice();
  const { maria, post } = await conversation(office);
  const gil = await office.control.addPerson({ firstName: 'Gil', staff: 'group_only' });
  const comment = await maria.comments(post.ref, 'words');
  await gil.repliesTo(comment, '/save x X');
  await maria.repliesTo(comment, '/save y Y');
  await office.control.until('Maria’s is kept', async () => (await kept(office)).length > 0);
  expect((await kept(office)).map(({ title }) => title)).toEqual(['Y']);
});

describe('/canned', () => {
  test('lists replies in pages, finds them, and shows one', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await keep(
      office,
      ...Array.from({ length: 10 }, (_, n) => ({ title: `Reply ${n}`, text: n === 9 ? 'needle' : 'hay' })),
    );
    await maria.writes('/canned');
    const list = await said(office, maria, 'Canned replies (10)');
    expect(list.buttons).toEqual([
      ...Array.from({ length: 8 }, (_, n) => [`Reply ${n}`]),
      ['1/2', '▶️'],
      ['🔎 Search'],
    ]);
    const second = await press(office, maria, [list, '▶️', 'Canned replies']);
    await office.control.until('the second page is there', async () => {
      const now = (await maria.sees()).find(({ ref }) => ref.messageId === list.ref.messageId);
      return now?.buttons[0]?.[0] === 'Reply 8';
    });
    const question = await ask(office, maria, [second, '🔎 Search', 'words to look for']);
    await maria.repliesTo(question.ref, 'nedle');
    const found = await said(office, maria, 'Found for “nedle”');
    expect(found.buttons[0]).toEqual(['Reply 9']);
    const shown = await press(office, maria, [found, 'Reply 9', 'needle']);
    const back = await press(office, maria, [shown, '◀️ List', 'Found for “nedle”']);
    expect(back.buttons[0]).toEqual(['Reply 9']);
  });

  test('edits text, title, shortcut, keywords and buttons by answers, and the audit has it all', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await keep(office, { title: 'Old', text: 'old' });
    let shown = await view(office, maria, 'Old');
    for (const [button, question, answer, becomesWords] of [
      ['✏️ Text', 'new text', 'new words', 'new words'],
      ['🏷 Rename', 'new title', 'New', 'New'],
      ['⚡️ Shortcut', 'new shortcut', 'nw', 'Shortcut: nw'],
      ['🔑 Keywords', 'keywords and commas', 'one, two', 'Keywords: one, two'],
      ['🔗 Buttons', 'a line for each button', 'Shop - https://example.com', 'Buttons: Shop'],
    ] as const) {
      const asked = await ask(office, maria, [shown, button, question]);
      await maria.repliesTo(asked.ref, answer);
      shown = await office.control.until(`it becomes ${becomesWords}`, async () => {
        const last = (await maria.sees()).filter(({ fromBot }) => fromBot).at(-1);
        return last?.text.includes('Changed.') === true && last.text.includes(becomesWords) && last;
      });
    }
    expect(await kept(office)).toMatchObject([
      {
        title: 'New',
        shortcut: 'nw',
        keywords: ['one', 'two'],
        version: 6,
        wordings: [{ content: { text: 'new words', buttons: [[{ text: 'Shop', url: 'https://example.com' }]] } }],
      },
    ]);
    expect(await auditOf(office)).toEqual(
      ['text', 'renamed', 'shortcut', 'keywords', 'text'].map((what) => `canned_${what} by ${maria.id}`),
    );
    expect(await maria.seesChannel()).toEqual([]);
  });

  test('adds a wording in another language, shows it, and takes it away', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await keep(office, { title: 'Hello', text: 'Hello' });
    const shown = await press(office, maria, [
      await view(office, maria, 'Hello'),
      '🌐 Languages',
      'wording in their language',
    ]);
    const code = await ask(office, maria, [shown, '➕ Add a language', 'code of the language']);
    await maria.repliesTo(code.ref, 'PT');
    const words = await said(office, maria, 'Hello (pt)');
    await maria.repliesTo(words.ref, 'Olá');
    const changed = await said(office, maria, 'Also in: pt');
    const languages = await press(office, maria, [changed, '🌐 Languages', 'wording in their language']);
    await ask(office, maria, [languages, '👁 pt', 'Olá']);
    await press(office, maria, [languages, '🗑 pt', 'Used:']);
    expect((await kept(office))[0]?.wordings).toHaveLength(1);
  });

  test('shows how a reply looks, and who used it how often', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await keep(office, { title: 'Hello', text: 'Hello {first_name}' });
    await answersWith(maria, 'hello', post.ref);
    await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
    const shown = await view(office, maria, 'Hello');
    expect(shown.text).toContain('Used: 1');
    await press(office, maria, [shown, '📊 Usage', 'Used 1 times, 1 of them']);
    const usage = await said(office, maria, 'Used 1 times');
    expect(usage.text).toContain('Maria Silva: 1');
    const preview = await maria.presses((await press(office, maria, [usage, '◀️ Back', 'Used: 1'])).ref, '👁 Preview');
    expect(preview.kind).toBe('answered');
    await office.control.until('the preview is there', async () =>
      (await maria.sees()).some(({ text }) => text === 'Hello {first_name}'),
    );
  });

  test('archives and restores; what is archived is not offered', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await keep(office, { title: 'Hello' });
    const shown = await press(office, maria, [await view(office, maria, 'Hello'), '🗄 Archive', 'Archived']);
    expect(await titlesFor(maria, 'hello')).toEqual([]);
    // A second press of the same button, as of a slow client, changes nothing.
    expect(shown.buttons.flat()).toContain('♻️ Restore');
    await maria.writes('/canned');
    const list = await said(office, maria, 'Canned replies (0)');
    await press(office, maria, [
      await press(office, maria, [list, '🗄 Archived (1)', 'Archived replies (1)']),
      'Hello',
      'Archived',
    ]);
    await maria.presses(shown.ref, '♻️ Restore');
    await office.control.until('it is offered', async () => (await titlesFor(maria, 'hello')).length === 1);
    expect(await auditOf(office)).toEqual([`canned_archived by ${maria.id}`, `canned_restored by ${maria.id}`]);
  });

  test('pressing twice does once what it does', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    const [id] = await keep(office, { title: 'Hello' });
    const shown = await view(office, maria, 'Hello');
    await Promise.all([1, 2].map(() => maria.pressesData(shown.ref, `canned archive ${id} 1`)));
    expect(await auditOf(office)).toEqual([`canned_archived by ${maria.id}`]);
  });

  test('deletes for admins only, after a question', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    const olga = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
    const [id] = await keep(office, { title: 'Hello' });
    const agents = await view(office, maria, 'Hello');
    expect(agents.buttons.flat()).not.toContain('🗑 Delete');
    expect(await maria.pressesData(agents.ref, `canned erase ${id} 1`)).toMatchObject({
      text: expect.stringContaining('Only admins') as string,
    });
    expect(await kept(office)).toHaveLength(1);
    const sure = await press(office, olga, [await view(office, olga, 'Hello'), '🗑 Delete', 'for good?']);
    await press(office, olga, [sure, '🗑 Yes, delete', 'Canned replies (0)']);
    expect(await kept(office)).toEqual([]);
    expect(await titlesFor(olga, '')).toEqual([]);
    expect(await auditOf(office)).toEqual([`canned_deleted by ${olga.id}`]);
  });

  test('of two people who edit at once the later one is told, and nothing is overwritten', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    const olga = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
    await keep(office, { title: 'Hello', text: 'old' });
    const first = await ask(office, maria, [await view(office, maria, 'Hello'), '✏️ Text', 'new text']);
    const second = await ask(office, olga, [await view(office, olga, 'Hello'), '✏️ Text', 'new text']);
    await olga.repliesTo(second.ref, 'by Olga');
    await said(office, olga, 'Changed.');
    await maria.repliesTo(first.ref, 'by Maria');
    const told = await said(office, maria, 'Olga changed this reply in the meantime');
    expect(told.text).toContain('by Olga');
    expect((await kept(office))[0]?.wordings[0].content).toMatchObject({ text: 'by Olga' });
    const again = await ask(office, maria, [told, '✏️ Text', 'new text']);
    await maria.repliesTo(again.ref, 'by both');
    await said(office, maria, 'Changed.');
    expect((await kept(office))[0]?.wordings[0].content).toMatchObject({ text: 'by both' });
  });

  test('an old button whose reply was changed says so and shows it as it is', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    const [id] = await keep(office, { title: 'Hello' });
    const shown = await view(office, maria, 'Hello');
    await office.database.query('UPDATE canned_replies SET version = 5 WHERE id = $1', [id]);
    expect(await maria.presses(shown.ref, '🗄 Archive')).toMatchObject({
      text: expect.stringContaining('in the meantime') as string,
    });
    expect((await kept(office))[0]?.archived).toBe(false);
  });

  test('buttons do nothing for others, for forged data, and in other chats', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    const [id] = await keep(office, { title: 'Hello' });
    const shown = await view(office, maria, 'Hello');
    const admin = await office.control.owner();
    for (const data of [
      'canned',
      'canned erase',
      `canned archive ${id} x`,
      'canned view 999 0',
      `canned nonsense ${id} 1`,
      '{}',
    ]) {
      expect(await maria.pressesData(shown.ref, data)).toMatchObject({ kind: 'answered' });
    }
    await admin.removes(maria, 'channel');
    expect(await maria.pressesData(shown.ref, `canned archive ${id} 1`)).toMatchObject({
      text: expect.stringContaining('for the team') as string,
    });
    expect((await kept(office))[0]).toMatchObject({ archived: false, version: 1 });
  });

  test('a former agent’s answer to a question is a message of a customer', async () => {
    const office = await openOffice();
    const { maria } = await cast(office);
    await keep(office, { title: 'Hello', text: 'old' });
    const question = await ask(office, maria, [await view(office, maria, 'Hello'), '✏️ Text', 'new text']);
    const owner = await office.control.owner();
    await owner.removes(maria, 'channel');
    await maria.repliesTo(question.ref, 'defaced');
    await office.control.until('a post is there', async () => (await owner.seesChannel()).length === 1);
    expect((await kept(office))[0]?.wordings[0].content).toMatchObject({ text: 'old' });
  });

  test('in the discussion leads to the private chat', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await maria.comments(post.ref, '/canned');
    await office.control.until('it is said', async () =>
      (await thread(maria, post)).at(-1)?.includes('Write /canned to me in private'),
    );
    expect(await answers(ann)).toEqual([]);
  });
});

test('where only admins keep replies, agents look at them and use them', async () => {
  const office = await openOffice({ cannedEditors: 'admins' });
  const { maria } = await cast(office);
  await keep(office, { title: 'Hello' });
  await maria.writes('/save x X\nwords');
  await said(office, maria, 'Only admins');
  const shown = await view(office, maria, 'Hello');
  expect(await maria.presses(shown.ref, '✏️ Text')).toMatchObject({
    text: expect.stringContaining('Only admins') as string,
  });
  expect(await titlesFor(maria, '')).toEqual(['Hello']);
});
