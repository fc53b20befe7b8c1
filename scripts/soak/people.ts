import type { Person, Ref, SandboxClient, ShownMessage } from '../../apps/sandbox/src/control/client.js';
import type { Form, TalkAction } from './actions.js';
import { composed, editedText, isEditable } from './compose.js';
import type { Author } from './history.js';
import { agentCount } from './plan/talk.js';
import { wordingsOf } from './shown.js';

/** A message that was said, as the one who said it knows it. */
export interface Record {
  readonly token: number;
  readonly by: Author;
  /** The customer's id. */
  readonly customer: number;
  readonly form: Form;
  readonly note: boolean;
  readonly ref: Ref;
  version: number;
}

export interface People {
  /** Does it; resolves with what was done, or why it was not, in words. */
  act(action: TalkAction): Promise<string>;
  /** Everything that was said. */
  readonly records: readonly Record[];
  readonly customers: readonly Person[];
  readonly counts: { edits: number; skipped: number };
}

/** The customers and agents of a soak. Customers come into being when they first do something. */
export async function createPeople(control: SandboxClient): Promise<People> {
  const agents: Person[] = [];
  for (let index = 0; index < agentCount; index += 1) {
    agents.push(await control.addPerson({ firstName: `Agent ${index}`, staff: 'member' }));
  }
  const customers: Person[] = [];
  const records: Record[] = [];
  const counts = { edits: 0, skipped: 0 };

  const customerOf = async ({ customer }: TalkAction): Promise<Person> => {
    while (customers.length <= customer) {
      customers.push(await control.addPerson({ firstName: `Customer ${customers.length}` }));
    }
    const found = customers[customer];
    if (!found) throw new Error(`there is no customer ${customer}`);
    return found;
  };
  const act = async (action: TalkAction): Promise<string> => {
    const customer = await customerOf(action);
    const agent = agents[action.agent];
    if (!agent) throw new Error(`there is no agent ${action.agent}`);
    const speaker = action.by === 'customer' ? customer : agent;
    if (action.kind === 'edits') return edit(action, { customer: customer.id, speaker });
    const voice =
      action.by === 'customer' ? inPrivate(customer) : await inThread(control, { agent, customer: customer.id });
    if (!voice) return skip('the comments are not open');
    const told = { by: action.by, customer: customer.id, note: action.note, version: 1 };
    if (action.kind === 'says') {
      const { token, form, note } = action;
      const replyTo = action.answers === undefined ? undefined : await voice.heard(action.answers);
      const ref = await voice.says(composed({ token, version: 1 }, { form, note }), replyTo);
      records.push({ ...told, token, form, ref });
      return `s${token}, a ${form}${note ? ', a note' : ''}${replyTo ? ', in reply' : ''}`;
    }
    const items = action.tokens.map((token, index) =>
      composed({ token, version: 1 }, { form: 'photo', note: action.note && index === 0 }),
    );
    const refs = await voice.saysAlbum(items, action.gapMs);
    for (const [index, ref] of refs.entries()) {
      records.push({ ...told, token: action.tokens[index] ?? 0, form: 'photo', ref });
    }
    return `an album of s${action.tokens.join(', s')}${action.note ? ', a note' : ''}`;
  };
  const skip = (why: string): string => {
    counts.skipped += 1;
    return `nothing: ${why}`;
  };
  const edit = async (
    { back, times, by }: Extract<TalkAction, { kind: 'edits' }>,
    { customer, speaker }: { customer: number; speaker: Person },
  ): Promise<string> => {
    // Who writes for the team may edit what they wrote themselves.
    const own = records.filter((one) => one.by === by && one.customer === customer && isEditable(one.form));
    const record = own.at(-1 - back);
    const author = record && by === 'agent' ? await authorOf(control, record, agents) : speaker;
    if (!record || !author) return skip('there is nothing to edit');
    for (let time = 0; time < times; time += 1) {
      await author.edits(record.ref, editedText({ ...record, version: record.version + 1 }));
      record.version += 1;
      counts.edits += 1;
    }
    return `edits s${record.token} to v${record.version}`;
  };
  return { act, records, customers, counts };
}

async function authorOf(
  control: SandboxClient,
  { ref }: Record,
  agents: readonly Person[],
): Promise<Person | undefined> {
  const message = (await control.group.sees()).find((one) => one.ref.messageId === ref.messageId);
  return agents.find(({ id }) => id === message?.fromId);
}

type Said = ReturnType<typeof composed>;

/** How somebody speaks in one place, and what they have heard there. */
interface Voice {
  says(content: Said, replyTo: Ref | undefined): Promise<Ref>;
  saysAlbum(items: Said[], gapMs: number): Promise<Ref[]>;
  /** A message of the other side, counted back from the newest. */
  heard(back: number): Promise<Ref | undefined>;
}

function inPrivate(customer: Person): Voice {
  return {
    says: (content, replyTo) => customer.sends(content, replyTo ? { replyTo } : {}),
    saysAlbum: (items, gapMs) => customer.sendsAlbum(items, { gapMs }),
    heard: async (back) => othersIn(await customer.sees(), back),
  };
}

/** Undefined while the customer has no post whose comments are open. */
async function inThread(
  control: SandboxClient,
  { agent, customer }: { agent: Person; customer: number },
): Promise<Voice | undefined> {
  const post = (await control.channel.sees()).findLast((one) => customerOfPost(one) === customer && one.comments);
  if (!post) return undefined;
  return {
    says: (content, replyTo) => agent.comments(post.ref, content, replyTo ? { replyTo } : {}),
    saysAlbum: (items, gapMs) => agent.commentsAlbum(post.ref, items, { gapMs }),
    heard: async (back) => othersIn(await agent.seesComments(post.ref), back),
  };
}

function othersIn(messages: readonly ShownMessage[], back: number): Ref | undefined {
  return messages.filter((one) => one.fromBot && wordingsOf(one).length > 0).at(-1 - back)?.ref;
}

/** The id of the customer whose post it is, which every post names. */
export function customerOfPost({ text }: ShownMessage): number | undefined {
  const id = /\bid (\d+)\b/.exec(text)?.[1];
  return id === undefined ? undefined : Number(id);
}
