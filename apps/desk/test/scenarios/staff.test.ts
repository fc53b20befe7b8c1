import { answers, conversation } from '../support/cast.js';
import { eventually, openOffice } from '../support/office.js';

test.each(['member', 'administrator', 'creator', 'anonymous_admin'] as const)(
  '71. a comment of a %s is an answer',
  async (staff) => {
    const office = await openOffice();
    const { ann, post } = await conversation(office);
    const agent = await office.control.addPerson({ firstName: 'Zoe', staff });
    await agent.comments(post.ref, 'Hello from staff');
    await office.control.until('Ann has the answer', async () => (await answers(ann)).length > 0);
    expect(await answers(ann)).toEqual(['Hello from staff']);
  },
);

test('73. nobody else is relayed: not a member of the group alone, not a stranger, not a foreign channel', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const groupOnly = await office.control.addPerson({ firstName: 'Gil', staff: 'group_only' });
  const stranger = await office.control.addPerson({ firstName: 'Sam' });
  await groupOnly.comments(post.ref, 'from the group only');
  await stranger.comments(post.ref, 'from a stranger');
  await maria.comments(post.ref, 'from Maria');
  await office.control.until('Ann has an answer', async () => (await answers(ann)).length > 0);
  expect(await answers(ann)).toEqual(['from Maria']);
});

test('74. an agent who was removed is out at once', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const joao = await office.control.addPerson({ firstName: 'João', staff: 'member' });
  await joao.comments(post.ref, 'still here');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  const admin = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
  await admin.removes(joao, 'channel');
  await joao.comments(post.ref, 'not any more');
  await maria.comments(post.ref, 'Maria here');
  await office.control.until('Ann has the next', async () => (await answers(ann)).length === 2);
  expect(await answers(ann)).toEqual(['still here', 'Maria here']);
});

test('a former agent cannot edit what they answered', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  const joao = await office.control.addPerson({ firstName: 'João', staff: 'member' });
  const comment = await joao.comments(post.ref, 'correct');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  const admin = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
  await admin.removes(joao, 'channel');
  await joao.edits(comment, 'defaced');
  await maria.comments(post.ref, 'marker');
  await office.control.until('Ann has the marker', async () => (await answers(ann)).length === 2);
  expect(await answers(ann)).toEqual(['correct', 'marker']);
});

test('someone who becomes an agent is relayed at once', async () => {
  const office = await openOffice();
  const { ann, post } = await conversation(office);
  const newcomer = await office.control.addPerson({ firstName: 'Nia', staff: 'group_only' });
  await newcomer.comments(post.ref, 'not yet');
  await eventually('the desk knows who they are', () =>
    office.database.prisma.staff.findFirst({ where: { personId: String(newcomer.id) } }),
  );
  const admin = await office.control.addPerson({ firstName: 'Olga', staff: 'administrator' });
  await admin.adds(newcomer, 'channel');
  await newcomer.comments(post.ref, 'now');
  await office.control.until('Ann has it', async () => (await answers(ann)).length === 1);
  expect(await answers(ann)).toEqual(['now']);
});

test('81. an agent who writes to the bot in private is a customer there', async () => {
  const office = await openOffice();
  const { maria } = await conversation(office);
  await maria.writes('I have a question myself');
  const posts = await office.control.until('a second post is there', async () => {
    const seen = await maria.seesChannel();
    return seen.length === 2 && seen;
  });
  expect(posts[1]!.text).toContain('I have a question myself');
});
