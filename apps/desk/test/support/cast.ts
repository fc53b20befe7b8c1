import type { BotOwner, Person, Ref, ShownMessage } from '../../../sandbox/src/control/client.js';
import type { Office } from './office.js';

/** The people that most scenarios need, and what they wait for. */
export interface Cast {
  readonly ann: Person;
  readonly maria: Person;
}

export async function cast({ control }: Pick<Office, 'control'>): Promise<Cast> {
  const ann = await control.addPerson({ firstName: 'Ann', lastName: 'Lee', username: 'ann_l', languageCode: 'en' });
  const maria = await control.addPerson({ firstName: 'Maria', lastName: 'Silva', staff: 'member' });
  return { ann, maria };
}

/** A conversation that has begun: Ann wrote `words`, the post is there and its comments are open. */
export async function conversation(
  office: Pick<Office, 'control'>,
  words = 'Hello',
): Promise<Cast & { readonly post: ShownMessage; readonly first: Ref }> {
  const people = await cast(office);
  const first = await people.ann.writes(words);
  return { ...people, post: await opened(office, people.maria), first };
}

/** Another bot, which is nowhere a member yet: `@desk2_bot` for 1. */
export function addRelay(control: Pick<Office['control'], 'addBot'>, number = 1): Promise<BotOwner> {
  return control.addBot({ firstName: `Desk ${number + 1}`, username: `desk${number + 1}_bot` });
}

/** The newest post, once its comments are open. */
export async function opened({ control }: Pick<Office, 'control'>, member: Person): Promise<ShownMessage> {
  return control.until('a post with comments is there', async () => {
    const post = (await member.seesChannel()).at(-1);
    return post?.comments && post;
  });
}

/** The newest post, whether its comments are open or not. */
export async function postOf({ control }: Pick<Office, 'control'>, member: Person): Promise<ShownMessage> {
  return control.until('a post is there', async () => (await member.seesChannel()).at(-1));
}

/** The texts and captions in the thread of a post, in order. */
export async function thread(member: Person, post: Pick<ShownMessage, 'ref'>): Promise<string[]> {
  return (await member.seesComments(post.ref)).map(wordsOf);
}

/** What the bot has told a customer, in order. */
export async function answers(customer: Person): Promise<string[]> {
  return (await customer.sees()).filter(({ fromBot }) => fromBot).map(wordsOf);
}

export function wordsOf({ text, caption, kind }: ShownMessage): string {
  return text || caption || `[${kind}]`;
}
