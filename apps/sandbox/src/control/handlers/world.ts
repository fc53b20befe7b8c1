import type { Runtime } from '../../runtime.js';
import { loadSnapshot, takeSnapshot } from '../../snapshot.js';
import { botOf, sharedChatOf } from '../../world/lookup.js';
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

  calls({ journal }, { since = 0 }) {
    return journal.calls.filter(({ seq }) => seq > since);
  },

  updates({ journal }, { since = 0 }) {
    return journal.updates.filter(({ seq }) => seq > since);
  },

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

  snapshot: (runtime) => takeSnapshot(runtime),

  load(runtime, { snapshot }) {
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
