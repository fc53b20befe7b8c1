import type { Person, Ref, SandboxClient, ShownMessage } from '../../../apps/sandbox/src/control/client.js';
import type { composed } from '../compose.js';
import { wordingsOf } from '../shown.js';

type Said = ReturnType<typeof composed>;

/** How somebody speaks in one place, and what they have heard there. */
export interface Voice {
  says(content: Said, replyTo: Ref | undefined): Promise<Ref>;
  saysAlbum(items: Said[], gapMs: number): Promise<Ref[]>;
  /** All that stands there. */
  sees(): Promise<ShownMessage[]>;
}

/** A message that somebody may reply to. */
export interface Heard {
  readonly ref: Ref;
  /** The message that is shown there; of several the last, which a reply without a quote is to. */
  readonly token: number;
}

export function inPrivate(customer: Person): Voice {
  return {
    says: (content, replyTo) => customer.sends(content, replyTo ? { replyTo } : {}),
    saysAlbum: (items, gapMs) => customer.sendsAlbum(items, { gapMs }),
    sees: () => customer.sees(),
  };
}

/** Undefined while the customer has no post whose comments are open. */
export async function inThread(
  control: SandboxClient,
  { agent, customer }: { agent: Person; customer: number },
): Promise<Voice | undefined> {
  const post = await openPostOf(control, customer);
  if (!post) return undefined;
  return {
    says: (content, replyTo) => agent.comments(post.ref, content, replyTo ? { replyTo } : {}),
    saysAlbum: (items, gapMs) => agent.commentsAlbum(post.ref, items, { gapMs }),
    sees: () => agent.seesComments(post.ref),
  };
}

/** The newest post of a customer whose comments are open. */
export async function openPostOf(control: SandboxClient, customer: number): Promise<ShownMessage | undefined> {
  return (await control.channel.sees()).findLast((one) => customerOfPost(one) === customer && one.comments);
}

export async function customersWithOpenPosts(control: SandboxClient): Promise<number[]> {
  const posts = (await control.channel.sees()).filter(({ comments }) => comments);
  return posts.flatMap((post) => customerOfPost(post) ?? []);
}

/** A message of the other side, counted back from the newest. */
export function heard(messages: readonly ShownMessage[], back: number): Heard | undefined {
  const all = messages.flatMap((one) => {
    const token = one.fromBot ? wordingsOf(one).at(-1)?.token : undefined;
    return token === undefined ? [] : [{ ref: one.ref, token }];
  });
  return all.at(-1 - back);
}

/** The id of the customer whose post it is, which every post names. */
export function customerOfPost({ text }: ShownMessage): number | undefined {
  const id = /\bid (\d+)\b/.exec(text)?.[1];
  return id === undefined ? undefined : Number(id);
}
