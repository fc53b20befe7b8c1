import type { Person, Ref } from '../../../sandbox/src/control/client.js';
import { startSandbox, type Sandbox } from '../../../sandbox/src/sandbox.js';
import { createPhrases } from '../../src/text/phrases.js';
import { createBotApi, type BotApi } from '../../src/telegram/client.js';
import { messageRef, placeId } from '../../src/telegram/externalId.js';
import { readContent } from '../../src/telegram/readContent.js';
import { createSeenMessages } from '../../src/telegram/seen.js';
import { createCustomerChannel, createStaffSurface } from '../../src/telegram/surface.js';
import type { Content } from '../../src/relay/content.js';
import { wordsOf } from '../support/cast.js';
import { describePlug, describeSurface, type PlugBench } from './plug.js';

let sandbox: Sandbox;
let ann: Person;
let api: BotApi;

beforeEach(async () => {
  sandbox = await startSandbox({ autoForward: { timing: 'before_answer' } });
  const { bot } = await sandbox.control.overview();
  api = createBotApi({ token: bot.token, root: sandbox.url });
  ann = await sandbox.control.addPerson({ firstName: 'Ann' });
  await ann.starts();
});

afterEach(() => sandbox.stop());

/** Files that the bot knows: it was sent them. */
async function pictures(): Promise<readonly [Content, Content]> {
  const [one, two] = [
    await ann.sends({ kind: 'photo', caption: 'first picture' }),
    await ann.sends({ kind: 'photo', caption: 'second picture' }),
  ];
  const updates = await api.call('getUpdates', { timeout: 0 });
  const contentOf = (ref: Ref): Content => {
    const message = updates.find((update) => update.message?.message_id === ref.messageId)?.message;
    const content = message && readContent(message);
    if (!content) throw new Error('the picture did not arrive');
    return content;
  };
  return [contentOf(one), contentOf(two)];
}

async function bench(place: number, sees: () => Promise<string[]>): Promise<Omit<PlugBench, 'plug'>> {
  const match = { chatId: place };
  return {
    place: placeId(place),
    sees,
    pictures: await pictures(),
    gone: async () => {
      const sent = await api.call('sendMessage', { chat_id: place, text: 'gone' });
      await api.call('deleteMessage', { chat_id: place, message_id: sent.message_id });
      return messageRef(place, sent.message_id);
    },
    loseNextAnswer: async () => {
      await sandbox.control.faults.add({ effect: { kind: 'reset' }, when: 'after', match });
    },
    refuseNext: async (seconds) => {
      await sandbox.control.faults.add({ effect: { kind: 'too_many_requests', seconds }, when: 'before', match });
    },
  };
}

describePlug("Telegram's private chat", async () => ({
  plug: createCustomerChannel(api, createSeenMessages()),
  ...(await bench(ann.id, async () => (await ann.sees()).map(wordsOf))),
}));

describeSurface("Telegram's channel with comments", async () => {
  const { channel, group } = await sandbox.control.overview();
  const places = { channel: channel.id, discussion: group.id };
  const plug = createStaffSurface({
    api,
    phrases: createPhrases(),
    places: () => places,
    onMoved: () => undefined,
    seen: createSeenMessages(),
    onTrouble: () => undefined,
  });
  return {
    plug,
    ...(await bench(group.id, async () => (await sandbox.control.group.sees()).map(wordsOf))),
    card: { ticket: '1', customer: { id: '7', place: '7', firstName: 'Ann' }, standing: 'active', continued: false },
    seesPost: async (post) => {
      const posts = await sandbox.control.channel.sees();
      return posts.find(({ ref }) => messageRef(ref.chatId, ref.messageId) === post)?.text ?? '';
    },
  };
});
