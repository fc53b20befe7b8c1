import { z } from 'zod';
import type { SandboxClient, ShownMessage } from '../../apps/sandbox/src/control/client.js';
import { customerOfPost } from './deeds/voice.js';
import { flaggedPlaces, undeliveredPlaces } from './flags.js';
import type { Conversation, History, Link, Place, Said, Shown } from './history.js';
import type { Journal } from './journal.js';
import type { People, Record } from './people.js';
import type { Server } from './server.js';
import { placeOf, toShown } from './shown.js';
import { wordingsIn, type Wording } from './wording.js';

export interface Observed {
  readonly history: History;
  /** All that stands in the private chat of a customer and in their threads, for people to read. */
  readonly chats: ReadonlyMap<number, { readonly chat: ShownMessage[]; readonly thread: ShownMessage[] }>;
}

interface ObserveParts {
  readonly control: SandboxClient;
  readonly server: Server;
  readonly people: People;
  readonly journal: Journal;
}

/** Looks at everything that people see now, and at what the desk has noted of it. */
export async function observe({ control, server, people, journal }: ObserveParts): Promise<Observed> {
  const posts = await control.channel.sees();
  const group = await control.group.sees();
  const chats = new Map<number, { chat: ShownMessage[]; thread: ShownMessage[] }>();
  for (const customer of people.customers) chats.set(customer.id, { chat: await customer.sees(), thread: [] });
  const deleted = people.deletedPosts;
  const owners = ownersOf([...deleted, ...posts], group);
  for (const message of group) {
    const owner = owners.get(placeOf(message.ref));
    if (owner !== undefined) chats.get(owner)?.thread.push(message);
  }
  const all = [...posts, ...group, ...[...chats.values()].flatMap(({ chat }) => chat)];
  const history: History = {
    said: people.records.map((record) => toSaid(record, journal)),
    conversations: [...chats].map(([customer, { chat, thread }]): Conversation => ({
      customer,
      posts: posts.filter((post) => customerOfPost(post) === customer).map(toShown),
      deleted: deleted
        .filter((post) => customerOfPost(post) === customer)
        .map((post) => withAllWordings(post, journal)),
      comments: ofBot(thread),
      answers: ofBot(chat),
    })),
    stray: ofBot(group).filter(({ place, wordings }) => !owners.has(place) && wordings.length > 0),
    links: await readLinks(server),
    places: new Map<Place, readonly Wording[]>(all.map((message) => [placeOf(message.ref), toShown(message).wordings])),
    flagged: flaggedPlaces(group),
    undelivered: new Map([...chats.values()].flatMap(({ thread }) => [...undeliveredPlaces(thread)])),
    threads: new Map(
      group.flatMap(({ ref, threadId }) => (threadId === undefined ? [] : [[placeOf(ref), threadId] as const])),
    ),
  };
  return { history, chats };
}

/**
 * Whose each message in the group is: by the post under which it stands; else by the ticket that a comment outside of
 * all threads names, or the line before it, where it has no room for words.
 */
function ownersOf(posts: readonly ShownMessage[], group: readonly ShownMessage[]): Map<Place, number> {
  const { roots, tickets } = signsOf(posts);
  const owners = new Map<Place, number>();
  let named: number | undefined;
  for (const message of group) {
    const under = roots.get(message.threadId ?? 0);
    const outside = message.fromBot && under === undefined;
    if (outside) named = tickets.get(/^#t\d+\b/.exec(message.text || message.caption)?.[0] ?? '') ?? named;
    const owner = under ?? (outside ? named : undefined);
    if (owner !== undefined) owners.set(placeOf(message.ref), owner);
  }
  return owners;
}

/** Customers by the thread of their post, and by the hashtag that the post gives them. */
function signsOf(posts: readonly ShownMessage[]): { roots: Map<number, number>; tickets: Map<string, number> } {
  const roots = new Map<number, number>();
  const tickets = new Map<string, number>();
  for (const post of posts) {
    const customer = customerOfPost(post);
    if (customer === undefined) continue;
    if (post.comments) roots.set(post.comments.root.messageId, customer);
    const ticket = /#t\d+\b/.exec(post.text)?.[0];
    if (ticket !== undefined) tickets.set(ticket, customer);
  }
  return { roots, tickets };
}

function ofBot(messages: readonly ShownMessage[]): Shown[] {
  return messages.filter(({ fromBot }) => fromBot).map(toShown);
}

/** What stood in a post until it was deleted: people saw it at one moment only. */
function withAllWordings(post: ShownMessage, { calls }: Journal): Shown {
  const shown = toShown(post);
  const { chatId, messageId } = post.ref;
  const edits = calls.filter(
    ({ params, tookEffect }) =>
      tookEffect && params['chat_id'] === String(chatId) && params['message_id'] === String(messageId),
  );
  return {
    ...shown,
    wordings: [...shown.wordings, ...edits.flatMap(({ params }) => wordingsIn(params['text'] ?? ''))],
  };
}

function toSaid(record: Record, { handed }: Journal): Said {
  const { token, version, by, customer, note, form, ref, answers, unsentBy, sentAgain } = record;
  const place = placeOf(ref);
  return {
    ...{ token, version, by, customer, note, place, messageId: ref.messageId, handed: handed.get(place) },
    fitsInPost: form === 'text',
    ...(answers !== undefined && { answers }),
    ...(unsentBy && { unsent: { handed: handed.get(placeOf(unsentBy)) } }),
    ...(sentAgain && { sentAgain }),
  };
}

const LinkRow = z.object({
  message: z.string(),
  side: z.string(),
  role: z.string(),
  place: z.string(),
  made: z.number(),
  content: z.string(),
});

async function readLinks(server: Server): Promise<Link[]> {
  const rows = await server.query(
    `SELECT l.message_id::text AS message, l.side, l.role, l.external_id AS place,
       (extract(epoch FROM l.created_at) * 1000)::float8 AS made, m.content::text AS content
     FROM message_links l JOIN messages m ON m.id = l.message_id ORDER BY l.id`,
  );
  return rows.map((row) => {
    const { content, ...link } = LinkRow.parse(row);
    return { ...link, wordings: wordingsIn(content) };
  });
}
