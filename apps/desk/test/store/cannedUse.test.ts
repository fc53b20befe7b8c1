import { changesSince, currentRevision, usageOf } from '../../src/store/canned.js';
import { countUse } from '../../src/store/cannedUse.js';
import { deleteReply, saveReplies } from '../../src/store/cannedWrite.js';
import { createBot, type TestBot } from '../support/bots.js';

const digest = 'd'.repeat(22);

async function replyOf({ database, bot }: TestBot): Promise<string> {
  const content = { kind: 'text', text: 'words', entities: [] } as const;
  const wanted = { title: 'A', keywords: [], archived: false, wordings: [{ language: '', content }] } as const;
  const ids = await database.transaction((sql) =>
    saveReplies(sql, { bot, actor: '7', action: 'canned_saved' }, [wanted]),
  );
  return ids[0]!;
}

/** Tells of uses one after the other, or of all at once; resolves with how many count. */
async function told(
  desk: TestBot,
  uses: readonly { readonly person?: string; readonly comment?: string }[],
  { atOnce = false } = {},
): Promise<Record<string, number>> {
  const { database, bot } = desk;
  const reply = await replyOf(desk);
  const tell = ({ person = '7', comment }: (typeof uses)[number]): Promise<void> =>
    database.transaction((sql) =>
      countUse(sql, bot, { reply, person, digest, ...(comment !== undefined && { comment }) }),
    );
  if (atOnce) await Promise.all(uses.map(tell));
  else for (const use of uses) await tell(use);
  const { people } = await usageOf(database, bot, reply);
  return Object.fromEntries(people.map(({ person, uses: count }) => [person, count]));
}

test.each([
  ['the choice before the comment', [{}, { comment: 'g/1' }], { 7: 1 }],
  ['the comment before the choice', [{ comment: 'g/1' }, {}], { 7: 1 }],
  ['two uses, told in between each other', [{}, {}, { comment: 'g/1' }, { comment: 'g/2' }], { 7: 2 }],
  ['comments alone, without feedback', [{ comment: 'g/1' }, { comment: 'g/2' }], { 7: 2 }],
  ['choices alone, in other chats', [{}, {}], { 7: 2 }],
  ['two people', [{}, { person: '8', comment: 'g/1' }], { 7: 1, 8: 1 }],
])('%s', async (_name, uses, expected) => {
  expect(await told(await createBot(), uses)).toEqual(expected);
});

test('choice and comment that are handled at the same moment count once', async () => {
  expect(await told(await createBot(), [{}, { comment: 'g/1' }], { atOnce: true })).toEqual({ 7: 1 });
});

test('a use is told to whoever follows the changes', async () => {
  const desk = await createBot();
  const { database, bot } = desk;
  await told(desk, [{}]);
  const { usage } = await changesSince(database, bot, '0');
  expect(usage).toMatchObject([{ person: '7', uses: 1, recent: 1 }]);
});

test('the use of a reply that was deleted meanwhile counts nowhere', async () => {
  const desk = await createBot();
  const { database, bot } = desk;
  const reply = await replyOf(desk);
  await database.transaction((sql) => deleteReply(sql, { bot, actor: '7', action: 'canned_deleted' }, reply));
  const before = await currentRevision(database, bot);
  await database.transaction((sql) => countUse(sql, bot, { reply, person: '7', digest }));
  expect(await currentRevision(database, bot)).toBe(before);
});
