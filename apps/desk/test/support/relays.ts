import type { BotOwner, Person, ShownMessage } from '../../../sandbox/src/control/client.js';
import type { Sandbox, SandboxOptions } from '../../../sandbox/src/sandbox.js';
import { addRelay } from './cast.js';
import { eventually, openOffice, type Office, type OfficeOptions } from './office.js';

/** A desk with relay bots in its group. */
export interface RelayOffice extends Office {
  readonly relays: readonly [BotOwner, ...BotOwner[]];
  readonly own: number;
  readonly owner: Person;
  readonly groupId: number;
}

/** Limits that the sandbox enforces and the desk believes, for each bot in the group. */
export interface Scarcity {
  readonly calls: number;
  readonly seconds: number;
}

const plenty = { calls: 1_000, seconds: 1 };

export interface RelayOptions extends Omit<OfficeOptions, 'prepare'> {
  /** How many relay bots there are, 1 if not given; they are members of the group, unless `outside`. */
  readonly bots?: number;
  readonly outside?: boolean;
  /** Without it nothing is limited. */
  readonly group?: Scarcity;
}

export async function openRelayOffice({
  bots = 1,
  outside = false,
  group,
  ...options
}: RelayOptions = {}): Promise<RelayOffice> {
  const relays: BotOwner[] = [];
  const prepare = async (control: Sandbox['control']): Promise<{ relayTokens: string[] }> => {
    for (let number = 1; number <= bots; number += 1) relays.push(await addRelay(control, number));
    const owner = await control.owner();
    if (!outside) for (const relay of relays) await owner.adds(relay, 'group');
    return { relayTokens: relays.map(({ data }) => data.token) };
  };
  const office = await openOffice({
    ...options,
    prepare,
    ...(group && { sandbox: { ...limitedTo(group), ...options.sandbox } }),
    config: { ...(group && { limits: { group, private: plenty, global: plenty } }), ...options.config },
  });
  if (!outside && options.closed !== true) await ready(office, bots);
  const [first, ...more] = relays;
  const { bot, group: chat } = await office.control.overview();
  const owner = await office.control.owner();
  return Object.assign(office, { relays: [first!, ...more] as const, own: bot.id, owner, groupId: chat.id });
}

/** The desk has found so many times that a relay bot may write. */
export function ready(office: Office, times = 1): Promise<unknown> {
  const found = (): number => office.log.filter((line) => line.includes('may write in')).length;
  return eventually('the relay bots are found ready', () => Promise.resolve(found() >= times));
}

export function limitedTo({ calls, seconds }: Scarcity): Pick<SandboxOptions, 'limits'> {
  return {
    limits: { isOn: true, group: [{ kind: 'sliding', calls, periodMs: seconds * 1_000 }], private: [], global: [] },
  };
}

/** What stands in a thread, and which bot or person sent it. */
export async function sent(member: Person, post: Pick<ShownMessage, 'ref'>): Promise<[words: string, from: number][]> {
  return (await member.seesComments(post.ref)).map(({ text, caption, kind, fromId }) => [
    text || caption || `[${kind}]`,
    fromId,
  ]);
}
