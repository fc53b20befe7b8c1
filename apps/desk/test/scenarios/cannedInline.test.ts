import { answers, cast, conversation, thread } from '../support/cast.js';
import { answersWith, auditOf, botOf, first, keep, kept, said, titlesFor, usesOf } from '../support/canned.js';
import { eventually, openOffice } from '../support/office.js';

test('an agent types @bot words in the comments, picks a reply, and the customer gets it once', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await keep(
    office,
    { title: 'Refund', text: 'We refund within 14 days.', entities: [{ type: 'bold', offset: 3, length: 6 }] },
    { title: 'Hours', text: 'We open at 9.' },
  );
  const { results } = await maria.types('@bot days refnud');
  expect(results).toMatchObject([{ type: 'article', title: 'Refund', description: 'We refund within 14 days.' }]);
  await maria.picks(first(results), { under: post.ref });
  await maria.comments(post.ref, 'marker');
  await office.control.until('Ann has both', async () => (await answers(ann)).length === 2);
  expect(await answers(ann)).toEqual(['We refund within 14 days.', 'marker']);
  const [answer] = (await ann.sees()).filter(({ fromBot }) => fromBot);
  expect(answer?.entities).toMatchObject([{ type: 'bold', offset: 3, length: 6 }]);
  // What the thread shows already needs no second line.
  expect(await thread(maria, post)).toEqual(['We refund within 14 days.', 'marker']);
});

test('an exact shortcut goes first, nothing typed offers the most used lately, in pages of fifty', async () => {
  const office = await openOffice();
  const { maria, post } = await conversation(office);
  const many = Array.from({ length: 120 }, (_, n) => ({
    title: `Reply ${String(n).padStart(3, '0')}`,
    text: `Text ${n}`,
  }));
  await keep(office, ...many, { title: 'Zebra', text: 'Text of the zebra', shortcut: 'zz' });
  expect((await titlesFor(maria, 'zz'))[0]).toBe('Zebra');
  await answersWith(maria, 'zz', post.ref);
  await eventually('the use is counted', async () => (await usesOf(office))['Zebra'] === 1);
  const titles: string[] = [];
  for (let offset = ''; ;) {
    const { results, nextOffset } = await maria.types('@bot', { offset });
    titles.push(...results.map(({ title = '' }) => title));
    if (nextOffset === '') break;
    offset = nextOffset;
  }
  expect(titles).toEqual(['Zebra', ...many.map(({ title }) => title)]);
});

test('nobody but staff is offered a text; a button leads them to the private chat, where a welcome waits', async () => {
  const office = await openOffice();
  await keep(office, { title: 'Secret', text: 'inner text' });
  const sam = await office.control.addPerson({ firstName: 'Sam', languageCode: 'pt-BR' });
  const offer = await sam.types('@bot secret');
  expect(offer).toMatchObject({ answered: true, results: [], nextOffset: '', button: { startParameter: 'canned' } });
  expect(offer.button?.text).toContain('Escreva para nós aqui');
  await sam.starts(offer.button?.startParameter);
  await said(office, sam, 'Escreva sua pergunta aqui');
  const [call] = await office.control.calls({ method: 'answerInlineQuery' });
  expect(call?.params).toMatchObject({ is_personal: 'true', cache_time: '0' });
  // A welcome is no conversation: the team sees nothing of it.
  const { maria } = await cast(office);
  expect(await maria.seesChannel()).toEqual([]);
});

test('every answer to an agent is personal and kept nowhere', async () => {
  const office = await openOffice();
  const { maria } = await cast(office);
  await keep(office, { title: 'A' });
  await titlesFor(maria, 'a');
  const sam = await office.control.addPerson({ firstName: 'Sam' });
  expect(await titlesFor(sam, 'a')).toEqual([]);
  for (const { params } of await office.control.calls({ method: 'answerInlineQuery' })) {
    expect(params).toMatchObject({ is_personal: 'true', cache_time: '0' });
  }
});

test('a former agent is offered nothing from the moment on at which Telegram says so', async () => {
  const office = await openOffice();
  const { maria } = await cast(office);
  await keep(office, { title: 'A' });
  expect(await titlesFor(maria, 'a')).toEqual(['A']);
  await (await office.control.owner()).removes(maria, 'channel');
  expect(await titlesFor(maria, 'a')).toEqual([]);
  await (await office.control.owner()).adds(maria, 'channel');
  expect(await titlesFor(maria, 'a')).toEqual(['A']);
});

test('a query that waited too long is dropped, and the next one is answered', async () => {
  const office = await openOffice({ closed: true });
  const { maria } = await cast(office);
  const waiting = maria.types('@bot a');
  await office.control.until('the query waits', async () => {
    const { world } = await office.control.snapshot();
    return Object.keys(world.inlineQueries).length > 0;
  });
  await office.control.clock.advance(16_000);
  expect(await waiting).toMatchObject({ answered: false });
  await office.restart();
  await office.control.until('its answer is refused', async () => {
    const [call] = await office.control.calls({ method: 'answerInlineQuery' });
    return JSON.stringify(call?.outcome ?? '').includes('query is too old');
  });
  await keep(office, { title: 'A' });
  expect(await titlesFor(maria, 'a')).toEqual(['A']);
});

test('what another process changes is offered at once', async () => {
  const office = await openOffice();
  const { maria } = await cast(office);
  expect(await titlesFor(maria, '')).toEqual([]);
  await keep(office, { title: 'Imported' });
  expect(await titlesFor(maria, '')).toEqual(['Imported']);
});

describe('placeholders', () => {
  test('are filled in for the customer, entities move, and the thread shows what was sent', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await keep(office, {
      title: 'Greeting',
      text: 'Hi {first_name|there}, dear {last_name|customer}! {agent|We} help. {unknown}',
      entities: [
        { type: 'bold', offset: 3, length: 18 },
        { type: 'italic', offset: 54, length: 10 },
      ],
    });
    await answersWith(maria, 'greeting', post.ref);
    await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
    const [answer] = (await ann.sees()).filter(({ fromBot }) => fromBot);
    expect(answer?.text).toBe('Hi Ann, dear Lee! We help. {unknown}');
    const marked = answer!.entities.map(({ offset, length }) => answer!.text.slice(offset, offset + length));
    expect(marked[0]).toBe('Ann');
    expect(
      await office.control.until('the thread says so', async () => {
        const lines = await thread(maria, post);
        return lines.length === 2 && lines;
      }),
    ).toEqual([
      'Hi {first_name|there}, dear {last_name|customer}! {agent|We} help. {unknown}',
      expect.stringMatching(/^📤 The customer got:\n\nHi Ann, dear Lee! We help/),
    ]);
  });

  test('typed by hand are words like any other', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await maria.comments(post.ref, 'Write {first_name} in braces');
    await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
    expect(await answers(ann)).toEqual(['Write {first_name} in braces']);
  });

  test('that leave nothing are not sent, and the agent is told', async () => {
    const office = await openOffice();
    const ben = await office.control.addPerson({ firstName: 'Ben' });
    await ben.writes('Hi');
    const { maria } = await cast(office);
    const post = await office.control.until('comments are open', async () => {
      const [shown] = await maria.seesChannel();
      return shown?.comments && shown;
    });
    await keep(office, { title: 'Name only', text: '{last_name}' });
    await answersWith(maria, 'name only', post.ref);
    await office.control.until('the agent is told', async () => (await thread(maria, post)).length === 2);
    expect((await thread(maria, post))[1]).toContain('nothing is left of this reply');
    expect(await answers(ben)).toEqual([]);
  });

  test('are not filled in again when Telegram reports an edit that changes nothing', async () => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office);
    await keep(office, { title: 'Greeting', text: 'Hi {first_name}' });
    const comment = await answersWith(maria, 'greeting', post.ref);
    await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
    await office.control.touches(comment);
    await maria.comments(post.ref, 'marker');
    await office.control.until('Ann has the marker', async () => (await answers(ann)).length === 2);
    expect(await answers(ann)).toEqual(['Hi Ann', 'marker']);
    expect(await office.control.calls({ method: 'editMessageText', chatId: ann.id })).toEqual([]);
  });
});

test('the customer’s language picks the wording, and the agent sees which words went out', async () => {
  const office = await openOffice();
  const eva = await office.control.addPerson({ firstName: 'Eva', languageCode: 'pt-BR' });
  await eva.writes('Oi');
  const { maria } = await cast(office);
  const post = await office.control.until('comments are open', async () => {
    const [shown] = await maria.seesChannel();
    return shown?.comments && shown;
  });
  await keep(office, {
    title: 'Hello',
    text: 'Hello {first_name}',
    languages: { pt: 'Olá, {first_name}', de: 'Hallo {first_name}' },
  });
  await answersWith(maria, 'hello', post.ref);
  await office.control.until('Eva has it', async () => (await answers(eva)).length === 1);
  expect(await answers(eva)).toEqual(['Olá, Eva']);
  await office.control.until('the agent sees it', async () => (await thread(maria, post)).at(-1)?.includes('Olá, Eva'));
});

test('link buttons come along, to the thread and to the customer', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const buttons = [[{ text: 'Shop', url: 'https://example.com/shop' }]];
  await keep(office, {
    title: 'Link',
    content: { kind: 'text', text: 'See our shop, {first_name}', entities: [], buttons },
  });
  await answersWith(maria, 'link', post.ref);
  const answer = await said(office, ann, 'See our shop, Ann');
  expect(answer.buttons).toEqual([['Shop']]);
  expect(await ann.presses(answer.ref, 'Shop')).toEqual({ kind: 'opens', url: 'https://example.com/shop' });
});

test.each([true, false])('a use counts once, with BotFather’s feedback on (%s) or off', async (hasInlineFeedback) => {
  const office = await openOffice();
  await (await office.control.bot()).sets({ hasInlineFeedback });
  const { ann, maria, post } = await conversation(office);
  await keep(office, { title: 'A', text: 'first' }, { title: 'B', text: 'second' });
  await answersWith(maria, 'first', post.ref);
  await answersWith(maria, 'first', post.ref);
  await answersWith(maria, 'second', post.ref);
  await office.control.until('Ann has all', async () => (await answers(ann)).length === 3);
  const bot = await botOf(office);
  await eventually('all is handled', async () => {
    const waiting = await office.database.query(`SELECT 1 FROM updates WHERE bot_id = $1 AND state = 'waiting'`, [bot]);
    return waiting.length === 0;
  });
  expect(await usesOf(office)).toEqual({ A: 2, B: 1 });
});

test('77. a reply that is picked somewhere else is its bare text there, and counts when Telegram tells of it', async () => {
  const office = await openOffice();
  await (await office.control.bot()).sets({ hasInlineFeedback: true });
  const { maria } = await cast(office);
  await keep(office, { title: 'A' });
  await maria.picks(first((await maria.types('@bot a')).results), {
    to: { kind: 'chat', chatId: (await office.control.overview()).group.id },
  });
  await eventually('it is counted', async () => (await usesOf(office))['A'] === 1);
});

test('one result that Telegram refuses is left out and told to the admins; all others are offered', async () => {
  const office = await openOffice();
  const { maria } = await cast(office);
  const olga = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
  await titlesFor(olga, 'who am I');
  await olga.starts('canned');
  const bad = {
    kind: 'media',
    media: 'photo',
    file: 'AgACBadFile',
    fileKey: 'AQAD',
    caption: { text: '', entities: [] },
    spoiler: false,
    captionAbove: false,
  } as const;
  await keep(office, ...Array.from({ length: 9 }, (_, n) => ({ title: `Reply ${n}` })), {
    title: 'Reply 4b',
    content: bad,
  });
  const titles: string[] = [];
  for (let offset = '', pages = 0; pages < 10; pages += 1) {
    const { answered, results, nextOffset } = await maria.types('@bot reply', { offset });
    expect(answered).toBe(true);
    titles.push(...results.map(({ title = '' }) => title));
    if (nextOffset === '') break;
    offset = nextOffset;
  }
  expect(titles.sort()).toEqual(Array.from({ length: 9 }, (_, n) => `Reply ${n}`));
  await said(office, olga, 'refuses to offer the canned reply “Reply 4b”');
  expect((await kept(office)).find(({ title }) => title === 'Reply 4b')?.refusal).toMatch(/wrong/i);
  expect(await auditOf(office)).toEqual(['canned_refused by desk']);
  await titlesFor(maria, 'reply');
  const reports = (await olga.sees()).filter(({ text }) => text.includes('refuses to offer'));
  expect(reports).toHaveLength(1);
});

test('a reply that was edited meanwhile is still relayed as it was picked', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await keep(office, { title: 'A', text: 'old words, {first_name}' });
  const { results } = await maria.types('@bot a');
  await office.database.query(
    `UPDATE canned_wordings SET content = '{"kind":"text","text":"new","entities":[]}', digest = 'x'`,
  );
  await maria.picks(first(results), { under: post.ref });
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  expect(await answers(ann)).toEqual(['old words, Ann']);
});
