import { answers, cast, conversation, opened, thread } from '../support/cast.js';
import { openOffice, settled } from '../support/office.js';

const lost = ['timeout', 'reset', 'cut', 'html', 'empty'] as const;

test.each(lost)(
  'an answer lost by %s after the comment was sent shows it once',
  async (kind) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    const { group } = await office.control.overview();
    const match = { method: 'sendMessage', chatId: group.id };
    await office.control.faults.add({ effect: { kind }, when: 'after', match, next: 1 });
    await ann.writes('One');
    await ann.writes('Two');
    await settled(office, { messages: 3 });
    expect(await thread(maria, post)).toEqual(['One', 'Two']);
  },
  90_000,
);

test.each(lost)(
  'a comment that was not sent, as after a %s, is sent once',
  async (kind) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    const { group } = await office.control.overview();
    const match = { method: 'sendMessage', chatId: group.id };
    await office.control.faults.add({ effect: { kind }, when: 'before', match, next: 1 });
    await ann.writes('One');
    await ann.writes('Two');
    await settled(office, { messages: 3 });
    expect(await thread(maria, post)).toEqual(['One', 'Two']);
  },
  90_000,
);

test.each(['before', 'after'] as const)(
  'an answer to a customer that is lost %s it was sent arrives once',
  async (when) => {
    const office = await openOffice();
    const { ann, maria, post } = await conversation(office, 'Hello');
    await office.control.faults.add({
      effect: { kind: 'reset' },
      when,
      match: { method: 'sendMessage', chatId: ann.id },
      next: 1,
    });
    await maria.comments(post.ref, 'First');
    await maria.comments(post.ref, 'Second');
    await settled(office, { messages: 3 });
    expect(await answers(ann)).toEqual(['First', 'Second']);
  },
);

test.each(['before', 'after'] as const)(
  'a post whose answer is lost %s it was sent stands there once',
  async (when) => {
    const office = await openOffice({ copyPatienceMs: 600 });
    const { channel } = await office.control.overview();
    await office.control.faults.add({
      effect: { kind: 'html' },
      when,
      match: { method: 'sendMessage', chatId: channel.id },
      next: 1,
    });
    const ann = await office.control.addPerson({ firstName: 'Ann' });
    await ann.writes('Hello');
    await ann.writes('More');
    await settled(office, { messages: 2 });
    const posts = (await office.control.channel.sees()).filter(({ text }) => text.includes('Hello'));
    expect(posts).toHaveLength(1);
    const [post] = posts;
    const comments = (await office.control.group.sees()).filter(({ text }) => text === 'More');
    expect(comments).toHaveLength(1);
    expect(post?.comments?.count).toBe(1);
  },
);

test.each(['timeout', 'reset'] as const)(
  'an answer written under a post whose own answer is lost by %s, before that is known, arrives',
  async (kind) => {
    const office = await openOffice({ copyPatienceMs: 2_000 });
    const { ann, maria } = await cast(office);
    const { channel } = await office.control.overview();
    await office.control.faults.add({
      effect: { kind },
      when: 'after',
      match: { method: 'sendMessage', chatId: channel.id },
      next: 1,
    });
    await ann.writes('Hello');
    const post = await opened(office, maria);
    await maria.comments(post.ref, 'Good morning');
    await office.control.until('Ann has it', async () => (await answers(ann)).length > 0);
    expect(await answers(ann)).toEqual(['Good morning']);
    expect(await thread(maria, post)).toEqual(['Good morning']);
  },
);
