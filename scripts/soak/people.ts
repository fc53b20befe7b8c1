import type { Person, Ref, SandboxClient, ShownMessage } from '../../apps/sandbox/src/control/client.js';
import type { Form, TalkAction } from './actions.js';
import { agentDoes } from './deeds/agents.js';
import { blocks, returns } from './deeds/blocking.js';
import { speaks } from './deeds/speaking.js';
import { customersWithOpenPosts } from './deeds/voice.js';
import type { Author } from './history.js';
import { agentCount } from './plan/talk.js';

/** A message that was said, as the one who said it knows it. */
export interface Record {
  readonly token: number;
  readonly by: Author;
  /** The customer's id. */
  readonly customer: number;
  readonly form: Form;
  readonly note: boolean;
  readonly ref: Ref;
  /** The message that it replies to. */
  readonly answers?: number;
  version: number;
  /** The command that takes it back. */
  unsentBy?: Ref;
  /** An agent has asked for it to be sent once more. */
  sentAgain?: true;
}

export interface People {
  /** Does it; resolves with what was done, or why it was not, in words. */
  act(action: TalkAction): Promise<string>;
  /** Everything that was said. */
  readonly records: readonly Record[];
  readonly customers: readonly Person[];
  /** Posts that an admin deleted, as they were. */
  readonly deletedPosts: readonly ShownMessage[];
  readonly counts: Counts;
}

interface Counts {
  edits: number;
  unsent: number;
  blocks: number;
  skipped: number;
}

/** Who is there, and what came of what they did. */
export interface Scene {
  readonly control: SandboxClient;
  /** Who may delete posts. */
  readonly owner: Person;
  readonly agents: readonly Person[];
  readonly customers: Person[];
  /** Customers who have blocked the bot. */
  readonly away: Set<Person>;
  readonly records: Record[];
  readonly deletedPosts: ShownMessage[];
  readonly counts: Counts;
}

/** An action with the people whom it names by number. */
export type Done<A extends TalkAction = TalkAction> = A & { readonly cast: { customer: Person; agent: Person } };

/** The customers and agents of a soak. Customers come into being when they first do something. */
export async function createPeople(control: SandboxClient): Promise<People> {
  const agents: Person[] = [];
  for (let index = 0; index < agentCount; index += 1) {
    agents.push(await control.addPerson({ firstName: `Agent ${index}`, staff: 'member' }));
  }
  const scene: Scene = {
    control,
    owner: await control.owner(),
    agents,
    customers: [],
    away: new Set(),
    records: [],
    deletedPosts: [],
    counts: { edits: 0, unsent: 0, blocks: 0, skipped: 0 },
  };
  const { records, customers, deletedPosts, counts } = scene;
  return { act: (action) => act(scene, action), records, customers, deletedPosts, counts };
}

async function act(scene: Scene, action: TalkAction): Promise<string> {
  const cast = await castOf(scene, action);
  const instead = cast.customer === scene.customers[action.customer] ? '' : `(to ${cast.customer.data.firstName}) `;
  return `${instead}${await play(scene, action, cast)}`;
}

async function play(scene: Scene, action: TalkAction, cast: Done['cast']): Promise<string> {
  switch (action.kind) {
    case 'blocks':
      return blocks(scene, cast.customer);
    case 'returns':
      return returns(scene, cast.customer);
    case 'unsends':
    case 'sends':
    case 'deletes post':
      return agentDoes(scene, { ...action, cast });
    case 'says':
    case 'album':
    case 'edits': {
      // Nobody writes to a bot that they have blocked.
      const isBack = action.by === 'customer' && scene.away.has(cast.customer);
      const first = isBack ? `${await returns(scene, cast.customer)}, ` : '';
      return first + (await speaks(scene, { ...action, cast }));
    }
  }
}

async function castOf(scene: Scene, action: TalkAction): Promise<Done['cast']> {
  const { control, customers, agents } = scene;
  while (customers.length <= action.customer) {
    customers.push(await control.addPerson({ firstName: `Customer ${customers.length}` }));
  }
  const customer = customers[action.customer];
  const agent = agents[action.agent];
  if (!customer || !agent) throw new Error(`there is no customer ${action.customer}, or no agent ${action.agent}`);
  return { customer: action.by === 'agent' ? await withOpenPost(scene, customer) : customer, agent };
}

/** Agents write where they can: to the next customer whose comments are open, when theirs are not. */
async function withOpenPost({ control, customers }: Scene, wanted: Person): Promise<Person> {
  const open = new Set(await customersWithOpenPosts(control));
  const from = customers.indexOf(wanted);
  const inTurn = [...customers.slice(from), ...customers.slice(0, from)];
  return inTurn.find(({ id }) => open.has(id)) ?? wanted;
}

/** What one side said to a customer, or as one, counted back from the newest. */
export function saidBy(
  { records }: Scene,
  { by, customer, back }: { readonly by: Author; readonly customer: Person; readonly back: number },
  isMeant: (record: Record) => boolean,
): Record | undefined {
  return records.filter((one) => one.by === by && one.customer === customer.id && isMeant(one)).at(-1 - back);
}

/** Neither a note nor taken back. */
export function isAnswer({ note, unsentBy }: Record): boolean {
  return !note && !unsentBy;
}

export function skip({ counts }: Scene, why: string): string {
  counts.skipped += 1;
  return `nothing: ${why}`;
}
