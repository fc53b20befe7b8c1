import type { Person, Ref, SandboxClient, ShownMessage } from '../../apps/sandbox/src/control/client.js';
import { act, print, view } from './screen.js';
import type { People } from './stage.js';

/** The demo's conversation. Each act does something as a person would, waits for what must show, and prints what shows. */
export interface Act {
  readonly title: string;
  play(scene: Scene): Promise<void>;
}

/** The people, their Telegram, and what earlier acts left there. */
export interface Scene extends People {
  readonly control: SandboxClient;
  readonly posts: Map<Person, Ref>;
  readonly messages: Map<string, Ref>;
}

type Look = () => Promise<readonly ShownMessage[]>;

const words = ({ text, caption }: ShownMessage): string => text || caption;
const has =
  (part: string) =>
  (message: ShownMessage): boolean =>
    words(message).includes(part);

/** Waits until every part stands in the view, then prints it. Rejects when one does not come. */
async function see(
  scene: Scene,
  { title, look }: { readonly title: string; readonly look: Look },
  ...parts: readonly string[]
): Promise<void> {
  const fact = `${title}: ${parts.map((part) => `“${part}”`).join(', ')}`;
  const shown = await scene.control.until(fact, async () => {
    const messages = await look();
    return parts.every((part) => messages.some(has(part))) && messages;
  });
  print(...view(title, shown));
}

const chatOf = (customer: Person): Look => {
  return () => customer.sees();
};
const commentsOf = (scene: Scene, agent: Person, customer: Person): Look => {
  return () => agent.seesComments(named(scene.posts, customer));
};
const chatTitle = (customer: Person): string => `${customer.data.firstName} sees in the chat with the bot`;
const threadTitle = (agent: Person, customer: Person): string =>
  `${agent.data.firstName} sees under ${customer.data.firstName}'s post`;

function seeChat(scene: Scene, customer: Person, ...parts: readonly string[]): Promise<void> {
  return see(scene, { title: chatTitle(customer), look: chatOf(customer) }, ...parts);
}

function seeThread(scene: Scene, people: { agent: Person; customer: Person }, ...parts: readonly string[]) {
  const { agent, customer } = people;
  return see(scene, { title: threadTitle(agent, customer), look: commentsOf(scene, agent, customer) }, ...parts);
}

/** The post of a customer, once its comments are open; printed as the agent sees the channel. */
async function seePost(scene: Scene, { agent, customer }: { agent: Person; customer: Person }): Promise<void> {
  const name = customer.data.firstName;
  const found = await scene.control.until(`a post with comments for ${name}`, async () => {
    const channel = await agent.seesChannel();
    const post = channel.find((shown) => shown.text.startsWith(name) && shown.comments !== undefined);
    return post && { post, channel };
  });
  scene.posts.set(customer, found.post.ref);
  print(...view(`${agent.data.firstName} sees in the channel`, found.channel));
}

function named<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error('an act came before the one that it builds on');
  return value;
}

/** The one message in a view that has these words. */
async function find(look: Look, part: string): Promise<Ref> {
  const message = (await look()).find(has(part));
  if (!message) throw new Error(`“${part}” is not there`);
  return message.ref;
}

function missing(messages: readonly ShownMessage[], part: string, where: string): void {
  if (messages.some(has(part))) throw new Error(`“${part}” must not be seen by ${where}`);
}

async function says(scene: Scene, who: Person, text: string): Promise<void> {
  print(act(who.data.firstName, `writes to the bot: ${text}`));
  scene.messages.set(text, await who.writes(text));
}

async function comments(scene: Scene, people: { agent: Person; customer: Person }, text: string): Promise<void> {
  const { agent, customer } = people;
  print(act(agent.data.firstName, `comments under ${customer.data.firstName}'s post: ${text}`));
  scene.messages.set(text, await agent.comments(named(scene.posts, customer), text));
}

export const acts: readonly Act[] = [
  {
    title: 'A first message opens a post in the staff channel',
    play: async (scene) => {
      const { ann, maria } = scene;
      await says(scene, ann, 'Hello! Where is my order 4711?');
      await seePost(scene, { agent: maria, customer: ann });
    },
  },
  {
    title: "A comment is an answer, under the bot's name",
    play: async (scene) => {
      const { ann, maria } = scene;
      await comments(scene, { agent: maria, customer: ann }, 'It left our house this morning.');
      await seeChat(scene, ann, 'It left our house');
      missing(
        (await ann.sees()).filter(({ from }) => from === 'Maria'),
        '',
        'Ann',
      );
    },
  },
  {
    title: 'Another customer has a post of their own, and any agent may answer',
    play: async (scene) => {
      const { ann, ben, tom } = scene;
      await says(scene, ben, 'My parcel came open');
      await seePost(scene, { agent: tom, customer: ben });
      await comments(scene, { agent: tom, customer: ben }, 'I am sorry! Could you send a photo?');
      await seeChat(scene, ben, 'Could you send a photo?');
      missing(await ann.sees(), 'Could you send a photo?', 'Ann');
    },
  },
  {
    title: 'A photo is a photo, on both sides',
    play: async (scene) => {
      const { ben, tom } = scene;
      print(act('Ben', 'sends a photo: The lid is gone'));
      await ben.sends({ kind: 'photo', caption: 'The lid is gone' });
      await seeThread(scene, { agent: tom, customer: ben }, 'The lid is gone');
      print(act('Tom', "comments under Ben's post with a file: Send it back with this label"));
      const label = { kind: 'document', caption: 'Send it back with this label' } as const;
      await tom.comments(named(scene.posts, ben), label);
      await seeChat(scene, ben, 'Send it back with this label');
    },
  },
  {
    title: 'An album stays an album',
    play: async (scene) => {
      const { ann, maria, control } = scene;
      print(act('Ann', 'sends an album of three: All of this was in it'));
      await ann.sendsAlbum([{ kind: 'photo', caption: 'All of this was in it' }, { kind: 'photo' }, { kind: 'video' }]);
      const look = commentsOf(scene, maria, ann);
      await control.until('three items of one album', async () => {
        const items = (await look()).filter(({ albumId }) => albumId !== undefined);
        return items.length === 3 && new Set(items.map(({ albumId }) => albumId)).size === 1;
      });
      await seeThread(scene, { agent: maria, customer: ann }, 'All of this was in it');
    },
  },
  {
    title: 'Replies and quotes point at the right message',
    play: async (scene) => {
      const { ann, maria, control } = scene;
      const answer = await find(chatOf(ann), 'It left our house');
      print(act('Ann', 'answers the bot, quoting “this morning”: Then it is here tomorrow?'));
      await ann.writes('Then it is here tomorrow?', { replyTo: answer, quote: 'this morning' });
      const look = commentsOf(scene, maria, ann);
      const question = await control.until('the quote in the thread', async () =>
        (await look()).find((shown) => shown.quote === 'this morning' && has('tomorrow?')(shown)),
      );
      await seeThread(scene, { agent: maria, customer: ann }, 'Then it is here tomorrow?');
      print(act('Maria', "answers Ann's question: Yes, before noon"));
      scene.messages.set('Yes, before noon', await maria.repliesTo(question.ref, 'Yes, before noon'));
      await control.until('an answer that points at the question', async () => {
        const chat = await ann.sees();
        const target = chat.find(has('Yes, before noon'))?.replyTo?.messageId;
        return chat.some((shown) => shown.ref.messageId === target && has('tomorrow?')(shown));
      });
      await seeChat(scene, ann, 'Yes, before noon');
    },
  },
  {
    title: 'Edits go both ways',
    play: async (scene) => {
      const { ann, maria } = scene;
      print(act('Ann', 'edits the first message: ... order 4712?'));
      const first = named(scene.messages, 'Hello! Where is my order 4711?');
      await ann.edits(first, 'Hello! Where is my order 4712?');
      await see(scene, { title: 'Maria sees in the channel', look: () => maria.seesChannel() }, 'order 4712?');
      print(act('Maria', 'edits the answer: Yes, before ten'));
      await maria.edits(named(scene.messages, 'Yes, before noon'), 'Yes, before ten');
      await seeChat(scene, ann, 'Yes, before ten');
    },
  },
  {
    title: 'A comment that starts with // is a note and stays inside',
    play: async (scene) => {
      const { ann, maria, tom } = scene;
      await comments(scene, { agent: tom, customer: ann }, '// She orders every month: be generous');
      await comments(scene, { agent: maria, customer: ann }, 'A voucher is in the parcel, too.');
      await seeThread(scene, { agent: maria, customer: ann }, '// She orders every month', 'A voucher');
      await seeChat(scene, ann, 'A voucher');
      missing(await ann.sees(), 'be generous', 'Ann');
    },
  },
  {
    title: '/unsend takes an answer back',
    play: async (scene) => {
      const { ann, maria, control } = scene;
      await comments(scene, { agent: maria, customer: ann }, 'Your password is hunter2');
      await seeChat(scene, ann, 'hunter2');
      print(act('Maria', 'answers that comment: /unsend'));
      await maria.repliesTo(named(scene.messages, 'Your password is hunter2'), '/unsend');
      await control.until('the answer is gone', async () => !(await ann.sees()).some(has('hunter2')));
      await seeChat(scene, ann, 'A voucher');
      await seeThread(scene, { agent: maria, customer: ann }, 'Taken back');
    },
  },
  {
    title: 'A customer blocks the bot, and comes back',
    play: async (scene) => {
      const { ben, tom } = scene;
      print(act('Ben', 'blocks the bot'));
      await ben.blocks();
      await seeThread(scene, { agent: tom, customer: ben }, 'has blocked the bot. Answers cannot');
      await comments(scene, { agent: tom, customer: ben }, 'Did the label work?');
      await seeThread(scene, { agent: tom, customer: ben }, '⚠️ Not delivered');
      print(act('Ben', 'unblocks the bot'));
      await ben.unblocks();
      await seeThread(scene, { agent: tom, customer: ben }, 'is back');
      await says(scene, ben, 'It worked, thank you!');
      await seeThread(scene, { agent: tom, customer: ben }, 'It worked, thank you!');
    },
  },
];
