import { loadWorld, type Runtime } from '../../runtime.js';
import { loadSnapshot, takeSnapshot } from '../../snapshot.js';
import { shownName } from '../../world/accounts.js';
import { botOf, sharedChatOf } from '../../world/lookup.js';
import { emptied } from '../../world/reset.js';
import { goOnCounting } from '../../world/goOn.js';
import { given } from '../given.js';
import type { worldRoutes } from '../protocol/world.js';
import type { Handlers } from './handler.js';

export const worldHandlers: Handlers<typeof worldRoutes> = {
  overview({ telegram: { world, clock } }) {
    const { botId, channelId, groupId } = world.staff;
    const { id, token, username, firstName } = botOf(world, botId);
    const channel = sharedChatOf(world, channelId);
    const ownerId = Object.entries(channel.members).find(([, { status }]) => status === 'creator')?.[0] ?? 0;
    return {
      bot: { id, token, username, firstName },
      channel: { id: channelId, title: channel.title },
      group: { id: groupId, title: sharedChatOf(world, groupId).title },
      owner: { id: Number(ownerId) },
      now: clock.now(),
    };
  },

  calls: ({ journal }, filter) => newest(journal.calls, filter),

  updates: ({ journal }, filter) => newest(journal.updates, filter),

  advance({ clock, telegram }, { ms }) {
    clock.advance(ms);
    telegram.changes.mark();
    return { now: clock.now() };
  },

  setAutoForward({ telegram }, { timing, delayMs }) {
    const { autoForward } = telegram.world.settings;
    if (timing !== undefined) autoForward.timing = timing;
    if (delayMs !== undefined) autoForward.delayMs = delayMs;
    telegram.changes.mark();
    return autoForward;
  },

  setLimits({ telegram }, changed) {
    telegram.limits.set(given(changed));
    telegram.world.settings.limits = telegram.limits.settings();
    telegram.changes.mark();
    return telegram.limits.settings();
  },

  usedLimit({ telegram }, { chatId, botId = telegram.world.staff.botId }) {
    return telegram.limits.used(botId, chatId) ?? { used: 0, limit: 0, windowMs: 0 };
  },

  gauges({ telegram: { world, limits } }) {
    const { botId, channelId, groupId } = world.staff;
    const gaugeOf = (chatId: number, title: string) => {
      const used = limits.used(botId, chatId) ?? { used: 0, limit: 0, windowMs: 0 };
      return { chatId, title, ...used };
    };
    const shared = [channelId, groupId].map((id) => gaugeOf(id, sharedChatOf(world, id).title));
    const people = Object.values(world.accounts).filter((account) => account.kind === 'person');
    const busy = people.map((person) => gaugeOf(person.id, shownName(person))).filter(({ used }) => used > 0);
    return [...shared, ...busy];
  },

  state: ({ telegram: { world, clock, limits }, faults, presets }) => ({
    now: clock.now(),
    autoForward: world.settings.autoForward,
    limits: limits.settings(),
    network: faults.network,
    faults: [...faults.list()],
    preset: presets.current(),
  }),

  startPreset({ presets }, { name }) {
    presets.start(name);
    return {};
  },

  stopPreset({ presets }) {
    presets.stop();
    return {};
  },

  reset(runtime) {
    runtime.faults.clear();
    runtime.faults.network = 'up';
    runtime.telegram.limits.reset();
    loadWorld(runtime, emptied(runtime.telegram.world));
    return {};
  },

  snapshot: (runtime) => takeSnapshot(runtime),

  load(runtime, { snapshot }) {
    goOnCounting(snapshot.world, runtime.telegram.world);
    loadSnapshot(runtime, snapshot);
    return {};
  },

  settings({ telegram }, { privateReactions }) {
    if (privateReactions !== undefined) telegram.world.settings.privateReactions = privateReactions;
    telegram.changes.mark();
    return {};
  },

  async changes({ telegram: { changes } }, { since, waitMs }) {
    return { revision: await changes.after(since, AbortSignal.timeout(waitMs)) };
  },

  revision: ({ telegram: { changes } }: Runtime) => ({ revision: changes.revision }),
};

interface Entry {
  readonly seq: number;
}

interface Filter {
  readonly since?: number | undefined;
  readonly last?: number | undefined;
}

function newest<T extends Entry>(entries: readonly T[], { since = 0, last }: Filter): T[] {
  const later = entries.filter(({ seq }) => seq > since);
  return last === undefined ? later : later.slice(-last);
}
