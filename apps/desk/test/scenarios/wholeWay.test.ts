import { openOffice } from '../support/office.js';

test('a customer and an agent talk to each other through a post and its comments', async () => {
  const { control } = await openOffice();
  const ann = await control.addPerson({ firstName: 'Ann', lastName: 'Lee', username: 'ann_l', languageCode: 'en' });
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });

  await ann.writes('Hello, where is my order?');
  const post = await control.until('the post is there', async () => (await maria.seesChannel()).at(-1));
  expect(post.text).toContain('Ann Lee');
  expect(post.text).toContain('Hello, where is my order?');

  await maria.comments(post.ref, 'It is on its way');
  const answer = await control.until('Ann has an answer', async () =>
    (await ann.sees()).find(({ fromBot }) => fromBot),
  );
  expect(answer.text).toBe('It is on its way');

  await ann.writes('Thank you');
  const thanks = await control.until('the thanks are in the thread', async () =>
    (await maria.seesComments(post.ref)).find(({ text }) => text === 'Thank you'),
  );
  expect(thanks.fromBot).toBe(true);
});
