import { answers, conversation, thread } from '../support/cast.js';
import { openOffice, settled, type Office } from '../support/office.js';

/** A minute in three seconds: four calls in the group, as the sandbox lets through and as the desk believes. */
const window = { calls: 4, seconds: 3 };
const plenty = { calls: 1_000, seconds: 1 };

function scarceOffice(options: { readonly hidden?: number; readonly calls?: number } = {}): Promise<Office> {
  const { calls = window.calls, hidden = calls } = options;
  return openOffice({
    sandbox: {
      limits: {
        isOn: true,
        group: [{ kind: 'sliding', calls: hidden, periodMs: window.seconds * 1_000 }],
        private: [],
        global: [],
      },
    },
    config: { limits: { group: { ...window, calls }, private: plenty, global: plenty } },
  });
}

const refused = async ({ control }: Office): Promise<number> =>
  (await control.calls()).filter(({ outcome }) => outcome?.kind === 'answered' && outcome.status === 429).length;

const said = Array.from({ length: 14 }, (_, index) => `word${index + 1}`);

test('when calls are scarce, waiting texts of a customer share comments: all of them, once, in order, and nothing is refused', async () => {
  const office = await scarceOffice();
  const { ann, maria, post } = await conversation(office);
  for (const text of said) await ann.writes(text);
  await settled(office, { messages: said.length + 1 });
  const comments = await thread(maria, post);
  expect(comments.length).toBeLessThan(said.length / 2);
  expect(comments.join(' ').match(/word\d+/g)).toEqual(said);
  expect(await refused(office)).toBe(0);
});

test('each text of a shared comment is edited and answered on its own', async () => {
  const office = await scarceOffice();
  const { ann, maria, post } = await conversation(office);
  const messages = [];
  for (const text of said) messages.push(await ann.writes(text));
  await settled(office, { messages: said.length + 1 });
  const comments = await maria.seesComments(post.ref);
  const shared = comments.find(({ text }) => text.includes('\n\n'))!;
  const words = shared.text.match(/word\d+/g)!;
  const first = words[0];

  await ann.edits(messages[said.indexOf(first)]!, 'edited');
  await office.control.until('the edit is there', async () =>
    (await thread(maria, post)).some((text) => text.includes('edited') && text.includes(words[1]!)),
  );
  expect((await thread(maria, post)).join(' ')).not.toMatch(new RegExp(`${first}\\b`));
  const anew = (await thread(maria, post)).find((text) => text.includes('edited'))!;
  expect(anew.match(/word\d+|edited/g)).toEqual(['edited', ...words.slice(1)]);

  for (const meant of words.slice(1)) {
    await maria.repliesTo(shared.ref, `about ${meant}`, { quote: meant });
    await office.control.until('Ann has the answer', async () => (await answers(ann)).includes(`about ${meant}`));
    const answer = (await ann.sees()).find(({ text }) => text === `about ${meant}`)!;
    expect(answer.replyTo).toEqual(messages[said.indexOf(meant)]);
  }
});

test('what cannot share a comment waits until there is room: nothing is refused, and the order is kept', async () => {
  const office = await scarceOffice();
  const { ann, maria, post } = await conversation(office);
  const photos = said.slice(0, 2 * window.calls + 1);
  for (const caption of photos) await ann.sends({ kind: 'photo', caption });
  await settled(office, { messages: photos.length + 1 });
  expect(await thread(maria, post)).toEqual(photos);
  expect(await refused(office)).toBe(0);
});

test('a limit that is lower than believed is learned', async () => {
  const office = await scarceOffice({ calls: 8, hidden: 4 });
  const { ann, maria, post } = await conversation(office);
  for (let round = 0; round < 3; round += 1) {
    for (const text of said) await ann.writes(`${text}.${round}`);
    await settled(office, { messages: said.length * (round + 1) + 1 });
  }
  expect((await thread(maria, post)).join(' ').match(/word\d+\.\d/g)).toHaveLength(said.length * 3);
  expect(await refused(office)).toBeLessThanOrEqual(2);
});
