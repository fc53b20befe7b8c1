import { allReplies, changesSince, currentRevision, holders, replyById } from '../../src/store/canned.js';
import { deleteReply, markRefused, saveReplies, type Wanted } from '../../src/store/cannedWrite.js';
import { createBot, type TestBot } from '../support/bots.js';

function wanted(title: string, more: Partial<Wanted> = {}): Wanted {
  const content = { kind: 'text', text: `About ${title}`, entities: [] } as const;
  return { title, keywords: [], archived: false, wordings: [{ language: '', content }], ...more };
}

async function save({ database, bot }: TestBot, ...replies: Wanted[]): Promise<string[]> {
  return database.transaction((sql) => saveReplies(sql, { bot, actor: '7', action: 'canned_saved' }, replies));
}

async function auditOf({ database, bot }: TestBot): Promise<unknown[]> {
  const rows = await database.query<{ entry: unknown }>(
    `SELECT json_build_object('actor', actor, 'action', action, 'detail', detail) AS entry FROM audit_entries
     WHERE bot_id = $1 ORDER BY id`,
    [bot],
  );
  return rows.map(({ entry }) => entry);
}

test('what is saved comes back, wordings in order and the one for everybody first', async () => {
  const desk = await createBot();
  const german = { language: 'de', content: { kind: 'text', text: 'Hallo', entities: [] } } as const;
  const reply = wanted('A', { shortcut: 'a', keywords: ['k', 'ä'], archived: true });
  const [id] = await save(desk, { ...reply, wordings: [reply.wordings[0], german] });
  expect(await allReplies(desk.database, desk.bot)).toEqual([
    { ...reply, wordings: [reply.wordings[0], german], id, version: 1, changedBy: '7' },
  ]);
});

test('every change counts the revision, and changes since one are those after it', async () => {
  const desk = await createBot();
  const { database, bot } = desk;
  const [a, b] = await save(desk, wanted('A'), wanted('B'));
  const before = await currentRevision(database, bot);
  await save(desk, { ...wanted('A2'), id: a! });
  const changes = await changesSince(database, bot, before);
  expect(changes.replies.map(({ id, title, version }) => [id, title, version])).toEqual([[a, 'A2', 2]]);
  await database.transaction((sql) => deleteReply(sql, { bot, actor: '7', action: 'canned_deleted' }, b!));
  expect(await changesSince(database, bot, changes.revision)).toMatchObject({ replies: [], deleted: [b] });
  expect(await changesSince(database, bot, await currentRevision(database, bot))).toMatchObject({
    replies: [],
    deleted: [],
  });
});

test('replies of another bot are not seen, and may have the same titles and shortcuts', async () => {
  const [one, other] = [await createBot(), await createBot()];
  const [id] = await save(one, wanted('A', { shortcut: 'a' }));
  await save(other, wanted('A', { shortcut: 'a' }));
  expect(await replyById(other.database, other.bot, { id: id! })).toBeUndefined();
  expect(await allReplies(other.database, other.bot)).toHaveLength(1);
});

test('two replies of one bot cannot have the same title or shortcut; a deleted one lets go of both', async () => {
  const desk = await createBot();
  const { database, bot } = desk;
  const [id] = await save(desk, wanted('A', { shortcut: 'a' }));
  await expect(save(desk, wanted('A'))).rejects.toThrow(/canned_replies_title/);
  await expect(save(desk, wanted('B', { shortcut: 'a' }))).rejects.toThrow(/canned_replies_shortcut/);
  expect(await holders(database, bot, { title: 'A', shortcut: 'a' })).toEqual({ title: true, shortcut: 'A' });
  expect(await holders(database, bot, { id: id!, title: 'A', shortcut: 'a' })).toEqual({ title: false });
  await database.transaction((sql) => deleteReply(sql, { bot, actor: '7', action: 'canned_deleted' }, id!));
  await save(desk, wanted('A', { shortcut: 'a' }));
});

test('shortcuts may be swapped in one go', async () => {
  const desk = await createBot();
  const [a, b] = await save(desk, wanted('A', { shortcut: 'a' }), wanted('B', { shortcut: 'b' }));
  await save(desk, { ...wanted('A', { shortcut: 'b' }), id: a! }, { ...wanted('B', { shortcut: 'a' }), id: b! });
  const replies = await allReplies(desk.database, desk.bot);
  expect(replies.map(({ title, shortcut }) => `${title} ${shortcut ?? ''}`)).toEqual(['A b', 'B a']);
});

test('the audit keeps what a reply was and what it became', async () => {
  const desk = await createBot();
  const { database, bot } = desk;
  const [id] = await save(desk, wanted('A'));
  await save(desk, { ...wanted('A', { keywords: ['k'] }), id: id! });
  await database.transaction((sql) => deleteReply(sql, { bot, actor: '8', action: 'canned_deleted' }, id!));
  expect(await auditOf(desk)).toMatchObject([
    { actor: '7', action: 'canned_saved', detail: { reply: id, title: 'A', after: { keywords: [] } } },
    { detail: { before: { keywords: [] }, after: { keywords: ['k'] } } },
    { actor: '8', action: 'canned_deleted', detail: { reply: id, before: { title: 'A', keywords: ['k'] } } },
  ]);
});

test('a refusal of the messenger is noted once, and an edit takes it away', async () => {
  const desk = await createBot();
  const { database, bot } = desk;
  const [id] = await save(desk, wanted('A'));
  const mark = (): Promise<boolean> =>
    database.transaction((sql) => markRefused(sql, bot, { id: id!, refusal: 'wrong file' }));
  expect(await mark()).toBe(true);
  expect(await mark()).toBe(false);
  expect(await replyById(database, bot, { id: id! })).toMatchObject({ refusal: 'wrong file' });
  await save(desk, { ...wanted('A'), id: id! });
  expect(await replyById(database, bot, { id: id! })).not.toHaveProperty('refusal');
});

test('ten thousand replies are written in seconds', async () => {
  const desk = await createBot();
  await save(desk, ...Array.from({ length: 10_000 }, (_, n) => wanted(`Reply ${n}`, { shortcut: `r${n}` })));
  expect(await allReplies(desk.database, desk.bot)).toHaveLength(10_000);
});
