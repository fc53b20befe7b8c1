import { append } from '../acts/append.js';
import { privateChatOf } from '../control/find.js';
import { typed } from '../control/typed.js';
import type { Faults } from '../faults.js';
import type { Telegram } from '../telegram.js';
import { createPerson } from '../world/create.js';
import { draw } from '../world/random.js';
import { busyMorning, CROWD, flakyNetwork, PRESET_MS } from './plans.js';

/** Something that goes on by itself for two minutes. */
export type PresetName = 'busy_morning' | 'flaky_network';

export interface RunningPreset {
  readonly name: PresetName;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly endsAt: number;
}

interface Step {
  readonly atMs: number;
  readonly run: () => void;
}

/** Runs presets, one at a time; starting one ends the one before. */
export class Presets {
  private running: RunningPreset | undefined;
  private cancels: (() => void)[] = [];

  constructor(
    private readonly telegram: Telegram,
    private readonly faults: Faults,
  ) {}

  /** The one that runs now. */
  current(): RunningPreset | undefined {
    return this.running;
  }

  start(name: PresetName): void {
    this.stop();
    const { clock, changes } = this.telegram;
    const steps = name === 'busy_morning' ? this.crowd() : this.hitches();
    this.running = { name, endsAt: clock.now() + PRESET_MS };
    this.cancels = [...steps, { atMs: PRESET_MS, run: () => this.stop() }].map(({ atMs, run }) =>
      clock.after(atMs, run),
    );
    changes.mark();
  }

  /** What has happened stays. */
  stop(): void {
    for (const cancel of this.cancels.splice(0)) cancel();
    if (this.running === undefined) return;
    this.running = undefined;
    this.telegram.changes.mark();
  }

  /** Twenty customers write under Telegram's real limits, which stay on afterwards: the desk may have a queue to work off. */
  private crowd(): Step[] {
    const { telegram } = this;
    telegram.limits.set({ isOn: true });
    telegram.world.settings.limits = telegram.limits.settings();
    const ids = CROWD.map((newcomer) => createPerson(telegram.world, newcomer).id);
    return busyMorning(() => draw(telegram.world)).map(({ atMs, customer, text }) => ({
      atMs,
      run: () => write(telegram, ids[customer] ?? 0, text),
    }));
  }

  private hitches(): Step[] {
    const { telegram, faults } = this;
    return flakyNetwork(() => draw(telegram.world)).map(({ atMs, fault }) => ({
      atMs,
      run: () => {
        faults.add(fault);
        telegram.changes.mark();
      },
    }));
  }
}

/** A customer of the crowd writes to the first bot; one who has blocked it or is gone by now does not. */
function write(telegram: Telegram, personId: number, text: string): void {
  const { world } = telegram;
  const person = world.accounts[personId];
  if (person?.kind !== 'person' || person.isDeleted) return;
  const chat = privateChatOf(world, personId);
  if (chat.isBlocked) return;
  chat.isStarted = true;
  const content = { kind: 'text' as const, ...typed(world, { text }) };
  append(telegram, chat, { authorId: personId, sender: { kind: 'account' }, content });
}
