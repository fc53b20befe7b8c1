import { runPending } from './acts/pending.js';
import { rearm } from './acts/schedule.js';
import { runMethod } from './botApi/index.js';
import { Changes } from './changes.js';
import type { SandboxClock } from './clock.js';
import { Faults } from './faults.js';
import { Feeds } from './feeds.js';
import { createLimits } from './limits.js';
import { Journal } from './journal.js';
import { Presets } from './presets/presets.js';
import type { Telegram } from './telegram.js';
import { botOf } from './world/lookup.js';
import type { World } from './world/world.js';

/** Everything one sandbox consists of, behind its HTTP server. */
export interface Runtime {
  readonly clock: SandboxClock;
  readonly telegram: Telegram;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly presets: Presets;
}

export interface RuntimeOptions {
  readonly world: World;
  readonly clock: SandboxClock;
}

/** Sets a world going. */
export function createRuntime({ world, clock }: RuntimeOptions): Runtime {
  const changes = new Changes();
  const journal = new Journal(clock);
  const faults = new Faults();
  const telegram: Telegram = {
    world,
    clock,
    changes,
    limits: createLimits(clock, world.settings.limits),
    runPending,
    timers: new Map(),
    updates: new Feeds({
      clock,
      world: () => telegram.world,
      execute: (botId, { method, params, files }) =>
        runMethod(method, { telegram, bot: botOf(telegram.world, botId), params, files }),
      isReachable: () => faults.network === 'up',
      observe: (botId, event) => {
        journal.update(botId, event);
        changes.mark();
      },
    }),
  };
  resume(telegram);
  return { clock, telegram, journal, faults, presets: new Presets(telegram, faults) };
}

/** Puts another world in the place of the present one. */
export function loadWorld({ telegram, presets }: Runtime, world: World): void {
  presets.stop();
  telegram.updates.stop();
  telegram.world = world;
  telegram.limits.set(world.settings.limits);
  resume(telegram);
  telegram.changes.mark();
}

function resume(telegram: Telegram): void {
  telegram.updates.resume();
  rearm(telegram);
}

/** Ends all timers, polls and deliveries. */
export function stopRuntime({ telegram, clock }: Runtime): void {
  telegram.updates.stop();
  clock.stop();
}
