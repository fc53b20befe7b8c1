import type { Snapshot } from '../savedWorld.js';
import { BotOwner } from './client/botOwner.js';
import { ControlHttp } from './client/http.js';
import { Person } from './client/person.js';
import type { BotData } from './protocol/bots.js';
import type { FaultRequest, FaultRule } from './protocol/faults.js';
import { routes } from './protocol/index.js';
import type { InputOf, OutputOf } from './protocol/route.js';
import type { Ref, ShownMessage } from './protocol/shapes.js';
import type { RosterEntry } from './protocol/roster.js';
import type { Call, ChatGauge, Gauge, Overview, PresetName, SandboxState, UpdateEntry } from './protocol/world.js';

export type { BotOwner } from './client/botOwner.js';
export type { Person } from './client/person.js';
export type { Ref, ShownMessage } from './protocol/shapes.js';
export type { Composition } from './protocol/content.js';
export type { RosterEntry } from './protocol/roster.js';
export type { Call, ChatGauge, Overview, PresetName, SandboxState, UpdateEntry } from './protocol/world.js';
export { ControlRefusal } from './client/http.js';
export { isSnapshot } from '../savedWorld.js';

/** Milliseconds of real time that `until` waits for a fact. */
const PATIENCE_MS = 30_000;

/** Steers a sandbox over HTTP, in the words of the people in it. */
export class SandboxClient {
  private readonly http: ControlHttp;
  private known: Promise<Overview> | undefined;

  /** `url` is the root of the sandbox, as in `TELEGRAM_API_ROOT`. */
  constructor(private readonly url: string) {
    this.http = new ControlHttp(url);
  }

  /** The bot with its token, the channel, the group and their owner. */
  overview(): Promise<Overview> {
    return this.http.ask(routes.overview, {});
  }

  /** Somebody new. `staff` makes them a member, or more, of the staff channel and its group. */
  async addPerson(given: InputOf<typeof routes.addPerson>): Promise<Person> {
    const { channel, group } = await this.ids();
    const data = await this.http.ask(routes.addPerson, given);
    return new Person(this.http, data, { channelId: channel.id, groupId: group.id });
  }

  /** Who made the channel and the group, and may do everything there. */
  async owner(): Promise<Person> {
    return this.person((await this.overview()).owner.id);
  }

  /** Somebody who is there already. */
  async person(id: number): Promise<Person> {
    const { channel, group } = await this.ids();
    const data = (await this.http.ask(routes.people, {})).find((person) => person.id === id);
    if (data === undefined) throw new Error(`there is no person ${id}`);
    return new Person(this.http, data, { channelId: channel.id, groupId: group.id });
  }

  /** The staff channel. */
  readonly channel = {
    /** All posts as members see them now. */
    sees: async (): Promise<ShownMessage[]> => this.http.ask(routes.chat, { chatId: (await this.ids()).channel.id }),
  };

  /** The discussion group of the staff channel. */
  readonly group = {
    sees: async (): Promise<ShownMessage[]> => this.http.ask(routes.chat, { chatId: (await this.ids()).group.id }),
  };

  readonly clock = {
    /** Moves the sandbox's time forward; resolves with the new time, in milliseconds since the epoch. */
    advance: async (ms: number): Promise<number> => (await this.http.ask(routes.advance, { ms })).now,
  };

  readonly autoForward = {
    set: (settings: InputOf<typeof routes.setAutoForward>): Promise<OutputOf<typeof routes.setAutoForward>> =>
      this.http.ask(routes.setAutoForward, settings),
  };

  readonly limits = {
    /** Turns flood limits on or off, and changes their numbers. */
    set: (change: InputOf<typeof routes.setLimits>): Promise<OutputOf<typeof routes.setLimits>> =>
      this.http.ask(routes.setLimits, change),
    /** How far the first bot, or another, has used up its budget in a chat. */
    used: (chatId: number, botId?: number): Promise<Gauge> => this.http.ask(routes.usedLimit, { chatId, botId }),
    /** How far the first bot has used up its budgets, chat by chat. */
    gauges: (): Promise<ChatGauge[]> => this.http.ask(routes.gauges, {}),
  };

  /** Faults on demand, besides the sentinels that stand in texts: `[[fault 500 after]]`. */
  readonly faults = {
    /** The next matching call, or the next `next` ones, meet a fault; resolves with the rule's id. */
    add: async (fault: FaultRequest): Promise<number> => (await this.http.ask(routes.addFault, fault)).id,
    /** The rules that are not used up. */
    list: (): Promise<FaultRule[]> => this.http.ask(routes.faults, {}),
    /** Takes back one rule, or all. */
    clear: async (id?: number): Promise<void> => {
      await this.http.ask(routes.clearFaults, { id });
    },
  };

  /** The way between bots and Telegram, in both directions. */
  readonly network = {
    /** No call is answered any more; or, with `refuse`, every connection is reset. */
    pause: async (how: 'hang' | 'refuse' = 'hang'): Promise<void> => {
      await this.http.ask(routes.setNetwork, { network: how });
    },
    resume: async (): Promise<void> => {
      await this.http.ask(routes.setNetwork, { network: 'up' });
    },
  };

  /** Things that go on by themselves for two minutes: `busy_morning`, `flaky_network`. */
  readonly presets = {
    /** Ends the one that runs. */
    start: async (name: PresetName): Promise<void> => {
      await this.http.ask(routes.startPreset, { name });
    },
    stop: async (): Promise<void> => {
      await this.http.ask(routes.stopPreset, {});
    },
  };

  /** Everybody, with how they stand to the staff chats and what is new in their chat with the bot. */
  roster(): Promise<RosterEntry[]> {
    return this.http.ask(routes.roster, {});
  }

  /** Lets in two customers, agents, an anonymous admin and a stranger, unless somebody is there already. */
  async addCast(): Promise<void> {
    await this.http.ask(routes.addCast, {});
  }

  /** How the sandbox is set now: clock, limits, faults, network, preset. */
  state(): Promise<SandboxState> {
    return this.http.ask(routes.state, {});
  }

  /** Empties the world: only the bot, the channel, the group and their owner stay. */
  async reset(): Promise<void> {
    this.known = undefined;
    await this.http.ask(routes.reset, {});
  }

  /** All bots there are. */
  bots(): Promise<BotData[]> {
    return this.http.ask(routes.bots, {});
  }

  /** Where the bytes of a file can be read, by its unique id. */
  fileUrl(uniqueId: string): string {
    return `${this.url}/control/files/${encodeURIComponent(uniqueId)}`;
  }

  /** Another bot, which is nowhere a member yet. */
  async addBot(given: InputOf<typeof routes.addBot>): Promise<BotOwner> {
    return new BotOwner(this.http, await this.http.ask(routes.addBot, given));
  }

  /** The first bot, seen by its owner. */
  async bot(): Promise<BotOwner> {
    return new BotOwner(this.http, (await this.overview()).bot);
  }

  /** The whole world, to be saved. */
  snapshot(): Promise<Snapshot> {
    return this.http.ask(routes.snapshot, {});
  }

  /** Puts a saved world in the place of the present one. */
  async load(snapshot: Snapshot): Promise<void> {
    this.known = undefined;
    await this.http.ask(routes.load, { snapshot });
  }

  async settings(settings: InputOf<typeof routes.settings>): Promise<void> {
    await this.http.ask(routes.settings, settings);
  }

  /** Telegram reports an edit of a message in which nothing changed that anybody sees. */
  async touches(message: Ref): Promise<void> {
    await this.http.ask(routes.touches, { message });
  }

  /** What somebody sees of a chat; rejects with ControlRefusal where they may not look. */
  seenBy(person: number, chatId: number): Promise<ShownMessage[]> {
    return this.http.ask(routes.sees, { person, chatId });
  }

  /** The comments below a channel post, as somebody sees them. */
  commentsSeenBy(person: number, { chatId, messageId }: Ref): Promise<ShownMessage[]> {
    return this.http.ask(routes.seesComments, { person, chatId, messageId });
  }

  /** What stands in any chat now. */
  chat(chatId: number): Promise<ShownMessage[]> {
    return this.http.ask(routes.chat, { chatId });
  }

  /** Calls of bots, in order; of one method or chat, or after the one numbered `since`, when asked for. */
  async calls(filter: { method?: string; chatId?: number; since?: number; last?: number } = {}): Promise<Call[]> {
    const calls = await this.http.ask(routes.calls, { since: filter.since, last: filter.last });
    return calls.filter(
      ({ method, params }) =>
        (filter.method === undefined || method === filter.method) &&
        (filter.chatId === undefined || params['chat_id'] === String(filter.chatId)),
    );
  }

  /** What happened to the updates of bots, in order. */
  updates(filter: { since?: number; last?: number } = {}): Promise<UpdateEntry[]> {
    return this.http.ask(routes.updates, filter);
  }

  /**
   * Waits until `look` finds something (anything but undefined and false) and resolves with it. Looks again whenever
   * the sandbox changes. Rejects after half a minute of real time, or `patienceMs`; `fact` says in the error what was
   * waited for.
   */
  async until<T>(
    fact: string,
    look: () => Promise<T | undefined | false>,
    { patienceMs = PATIENCE_MS }: { readonly patienceMs?: number } = {},
  ): Promise<T> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const { revision } = await this.http.ask(routes.revision, {});
      const found = await look();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > deadline) throw new Error(`waited in vain until ${fact}`);
      await this.http.ask(routes.changes, { since: revision, waitMs: Math.max(1, deadline - Date.now()) });
    }
  }

  private ids(): Promise<Overview> {
    return (this.known ??= this.overview());
  }
}
