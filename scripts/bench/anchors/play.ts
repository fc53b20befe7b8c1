import type { LimitSettings } from '../../../apps/sandbox/src/limits.js';
import { messageIdOf, openOffice, type BenchOffice } from '../office.js';
import type { BenchServer } from '../postgres.js';
import { countReordered } from '../relay.js';
import { summarize, type Summary } from '../statistics.js';
import type { Ref } from '../telegram.js';
import type { ChatCall, Followed } from '../watch.js';
import { startWorkload, type Saying, type Stage, type Workload, type WorkloadOptions } from '../workload.js';

export interface PlayOptions {
  readonly server: BenchServer;
  readonly factor: number;
  readonly workload: WorkloadOptions;
  readonly warmUpMinutes: number;
  /** What Telegram lets through in a group in any minute, whatever the desk believes. */
  readonly groupCalls?: number;
  /** How many further bots carry comments. */
  readonly relayBots?: number;
  /** Minutes after the last conversation began until what is not shown counts as lost. */
  readonly patienceMinutes: number;
}

/** What people saw of a desk at work. Times in seconds as without the scaling. */
export interface Played {
  readonly relay: Summary;
  readonly answers: Summary;
  readonly flooder: Summary;
  /** Calls in the group that were carried out, minute by minute from the start. */
  readonly groupCalls: readonly number[];
  /** Calls in the group per customer message, after the warm-up. */
  readonly callsPerMessage: number;
  readonly refused: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly reordered: number;
  /** Minutes until everything was shown, or patience ended. */
  readonly minutes: number;
}

/** The limits of the workload's server: see `docs/benchmarks`. */
export function serverLimits(groupCalls = 20): Partial<LimitSettings> {
  const burst = { kind: 'bucket', perSecond: 1, burst: 3 } as const;
  return {
    group: [{ kind: 'sliding', calls: groupCalls, periodMs: 60_000 }, burst],
    private: [burst],
    global: [{ kind: 'sliding', calls: 30, periodMs: 1_000 }],
  };
}

/** What the desk is told of limits whose periods are that much shorter. */
export function deskLimits(factor: number): string {
  const seconds = (of: number): string => (of / factor).toFixed(4);
  return `group=20/${seconds(60)},private=1/${seconds(1)},global=30/${seconds(1)}`;
}

type ScaledOffice = Pick<PlayOptions, 'server' | 'factor' | 'groupCalls' | 'relayBots'>;

export function openScaledOffice(
  { server, factor, groupCalls, relayBots = 0 }: ScaledOffice,
  seed: number,
): Promise<BenchOffice> {
  return openOffice({
    store: 'postgres',
    server,
    telegram: {
      seed,
      factor,
      relayBots,
      limits: serverLimits(groupCalls),
      callTime: { median: 0.05, sigma: 0.6 },
      copyAfter: { fixed: 3, mean: 1 },
    },
    settings: { TELEGRAM_LIMITS: deskLimits(factor) },
  });
}

/** Lets the workload's people talk through the real desk, in hurried time. */
export async function play(options: PlayOptions): Promise<Played> {
  const { workload, warmUpMinutes, patienceMinutes } = options;
  const office = await openScaledOffice(options, workload.seed);
  try {
    const startedAt = office.telegram.now();
    const endsAt = startedAt + workload.minutes * 60;
    const stage = createStage(office, endsAt);
    const people = startWorkload(stage, workload);
    stage.onDelivered((id) => people.delivered(id));
    await untilDone({ office, people, endsAt, deadline: endsAt + patienceMinutes * 60 });
    stage.close();
    return toPlayed(office, { people, startedAt, warmUpMinutes });
  } finally {
    await office.close();
  }
}

interface RealStage extends Stage {
  onDelivered(listen: (sayingId: number) => void): void;
  close(): void;
}

/** Nobody says anything after `endsAt`. */
function createStage({ telegram, watch, agent }: BenchOffice, endsAt: number): RealStage {
  const persons = new Map<number, number>();
  const posts = new Map<number, Ref>();
  const places = new Map<number, Ref>();
  const sayings = new Map<number, Saying>();
  const timers = new Set<NodeJS.Timeout>();

  telegram.onCall(({ call: { params, outcome, method } }) => {
    if (Number(params['chat_id']) !== telegram.channelId || method !== 'sendMessage') return;
    const mark = Number(/\[m(\d+)\]/.exec(params['text'] ?? '')?.[1]);
    const messageId = outcome?.kind === 'answered' ? messageIdOf(outcome.body) : undefined;
    const saying = sayings.get(mark);
    if (!saying || messageId === undefined) return;
    posts.set(saying.conversation, { chatId: telegram.channelId, messageId });
  });

  const personOf = (conversation: number): number => {
    const known = persons.get(conversation);
    if (known !== undefined) return known;
    const person = telegram.addPerson(`Customer ${conversation}`);
    persons.set(conversation, person);
    return person;
  };
  const after = (seconds: number, run: () => void): void => {
    const ring = (): void => {
      timers.delete(timer);
      if (telegram.now() < endsAt) run();
    };
    const timer = setTimeout(ring, (seconds * 1_000) / telegram.factor);
    timers.add(timer);
  };

  return {
    after,
    says: (saying) => {
      const { conversation, author, isMedia } = saying;
      const { id, mark } = watch.expect({ conversation, to: author === 'agent' ? 'customer' : 'staff' });
      sayings.set(id, saying);
      const words = `${mark} I would like to know when my order comes, and whether it can be changed.`;
      const content = isMedia ? ({ kind: 'photo', caption: words } as const) : ({ kind: 'text', text: words } as const);
      const post = posts.get(conversation);
      if (author === 'customer') places.set(saying.id, telegram.writes(personOf(conversation), content));
      else if (post) telegram.comments(agent, post, content);
      else throw new Error(`conversation ${conversation} is answered and has no post`);
    },
    edits: (saying) => {
      const place = places.get(saying.id);
      const mark = [...sayings].find(([, { id }]) => id === saying.id)?.[0];
      if (place) telegram.edits(personOf(saying.conversation), place, `[m${mark}] I mean: when does my order come?`);
    },
    onDelivered: (listen) =>
      watch.onSeen(({ id }) => {
        const saying = sayings.get(id);
        if (saying) listen(saying.id);
      }),
    close: () => timers.forEach((timer) => clearTimeout(timer)),
  };
}

interface Ending {
  readonly office: BenchOffice;
  readonly people: Workload;
  readonly endsAt: number;
  readonly deadline: number;
}

/** The flooder is not waited for. */
async function untilDone({ office: { telegram, watch }, people, endsAt, deadline }: Ending): Promise<void> {
  const open = (): boolean =>
    telegram.now() < endsAt ||
    (watch.waiting() > 0 &&
      [...watch.messages.values()].some((one) => one.seenAt === undefined && one.conversation !== people.flooder));
  while (open() && telegram.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}

function toPlayed(
  { watch, telegram }: BenchOffice,
  { people, startedAt, warmUpMinutes }: { people: Workload; startedAt: number; warmUpMinutes: number },
): Played {
  const all = [...watch.messages.values()];
  const counted = all.filter(({ writtenAt }) => writtenAt >= startedAt + warmUpMinutes * 60);
  const seconds = (which: (one: Followed) => boolean): number[] =>
    counted.filter(which).map(({ writtenAt, seenAt }) => (seenAt ?? telegram.now()) - writtenAt);
  const groupCalls = perMinute(watch.calls, startedAt);
  const customerMessages = counted.filter(({ to }) => to === 'staff').length;
  const isFlood = (one: Followed): boolean => one.conversation === people.flooder;
  return {
    relay: summarize(seconds((one) => one.to === 'staff' && !isFlood(one))),
    answers: summarize(seconds((one) => one.to === 'customer')),
    flooder: summarize(seconds(isFlood)),
    groupCalls,
    callsPerMessage: total(groupCalls.slice(warmUpMinutes)) / customerMessages,
    refused: watch.calls.filter(({ status }) => status === 429).length,
    lost: all.filter((one) => one.seenAt === undefined && !isFlood(one)).length,
    duplicates: all.filter(({ copies }) => copies > 1).length,
    reordered: countReordered(all),
    minutes: (telegram.now() - startedAt) / 60,
  };
}

function perMinute(calls: readonly ChatCall[], startedAt: number): number[] {
  const minutes: number[] = [];
  for (const { chat, status, at } of calls) {
    const minute = Math.floor((at - startedAt) / 60);
    while (minutes.length <= minute) minutes.push(0);
    if (chat === 'group' && status === 200) minutes[minute] = (minutes[minute] ?? 0) + 1;
  }
  return minutes;
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
