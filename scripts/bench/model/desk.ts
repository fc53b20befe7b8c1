import type { Random } from '../random.js';
import type { Saying } from '../workload.js';
import type { Chat, ModelServer } from './server.js';
import type { Timeline } from './timeline.js';

/** How a bot gives out its calls. */
export interface Policy {
  readonly name: string;
  /** `one`: a single worker for everything; `all`: every call at once; `paced`: one per chat, when its window allows. */
  readonly calls: 'one' | 'all' | 'paced';
  readonly lanes: boolean;
  readonly merge: boolean;
  /** The first words stand in the post itself. */
  readonly card: boolean;
  readonly fair: boolean;
}

const plain = { lanes: false, merge: false, card: false, fair: false } as const;

export const policies: readonly Policy[] = [
  { name: 'one FIFO worker, retry on 429', calls: 'one', ...plain },
  { name: 'parallel calls, retry on 429', calls: 'all', ...plain },
  { name: 'window per chat', calls: 'paced', ...plain },
  { name: '+ lanes', calls: 'paced', ...plain, lanes: true },
  { name: '+ merging', calls: 'paced', ...plain, lanes: true, merge: true },
  { name: '+ card', calls: 'paced', lanes: true, merge: true, card: true, fair: false },
  { name: '+ fairness', calls: 'paced', lanes: true, merge: true, card: true, fair: true },
];

type Job =
  | { readonly kind: 'sayings'; readonly chat: Chat; readonly lane: number; readonly sayings: Saying[] }
  | { readonly kind: 'edit'; readonly chat: Chat; readonly lane: number; readonly conversation: number }
  | { readonly kind: 'look'; readonly chat: Chat; readonly lane: number; readonly conversation: number }
  | { readonly kind: 'post'; readonly chat: Chat; readonly lane: number; readonly first: Saying };

export interface ModelDeskOptions {
  readonly policy: Policy;
  readonly timeline: Timeline;
  readonly server: ModelServer;
  readonly random: Random;
  readonly onSeen: (saying: Saying) => void;
}

export interface ModelDesk {
  says(saying: Saying): void;
  edits(saying: Saying): void;
}

/** Characters of the workload's messages: so many fit into one comment. */
const mostMerged = 40;
/** Slots of a conversation per minute after which it goes behind others. */
const quota = 5;

/** A bot that relays the workload on the model server, with this policy. */
export function createModelDesk({ policy, timeline, server, random, onSeen }: ModelDeskOptions): ModelDesk {
  const queues = new Map<Chat | 'all', Job[]>();
  const opened = new Map<number, 'posting' | 'waiting' | 'open'>();
  const held = new Map<number, Job[]>();
  const looks = new Set<number>();
  const busy = new Set<Chat | 'all'>();
  const paused = new Map<Chat | 'all', number>();
  const made = new Map<Chat | 'all', number[]>();
  const slots = new Map<number, number[]>();

  const add = (job: Job): void => {
    if (policy.calls === 'all') carryOut(job);
    else {
      queueOf(job.chat).push(job);
      serve(job.chat);
    }
  };

  const gateOf = (chat: Chat): Chat | 'all' => (policy.calls === 'one' ? 'all' : chat);
  const queueOf = (chat: Chat): Job[] => {
    const queue = queues.get(gateOf(chat)) ?? [];
    queues.set(gateOf(chat), queue);
    return queue;
  };

  /** Comments wait until Telegram has copied the post into the group. */
  const addComment = (conversation: number, job: Job): void => {
    if (opened.get(conversation) === 'open') add(job);
    else held.set(conversation, [...(held.get(conversation) ?? []), job]);
  };

  const look = (conversation: number): void => {
    if (looks.has(conversation)) return;
    looks.add(conversation);
    add({ kind: 'look', chat: 'channel', lane: 4, conversation });
  };

  const freeAt = (chat: Chat): number => {
    const of = (key: Chat | 'all', calls: number, seconds: number): number =>
      (made.get(key)?.at(-calls) ?? -Infinity) + seconds;
    const shared = typeof chat === 'string' ? of(chat, 20, 60) : 0;
    return Math.max(shared, of(chat, 3, 3), of('all', 30, 1), paused.get(chat) ?? 0, paused.get('all') ?? 0);
  };

  const serve = (chat: Chat): void => {
    if (busy.has(gateOf(chat))) return;
    const next = choose(chat);
    if (!next) return;
    const waitSeconds = policy.calls === 'one' ? 0 : freeAt(next.chat) - timeline.now();
    if (waitSeconds > 1e-9) {
      timeline.after(waitSeconds, () => serve(chat));
      return;
    }
    take(next);
    busy.add(gateOf(chat));
    carryOut(withMerged(next));
  };

  const choose = (chat: Chat): Job | undefined => {
    if (policy.calls === 'one') return queueOf(chat)[0];
    let best: Job | undefined;
    for (const job of queueOf(chat)) if (!best || goesBefore(job, best)) best = job;
    return best;
  };
  const take = (job: Job): void => {
    const queue = queueOf(job.chat);
    queue.splice(queue.indexOf(job), 1);
  };

  /** Jobs stand in the order of their age: only a better lane, or a conversation within its quota, goes before. */
  const goesBefore = (job: Job, best: Job): boolean => {
    const rank = (one: Job): number => (policy.lanes ? one.lane * 2 : 0) + (policy.fair && isOverQuota(one) ? 1 : 0);
    return rank(job) < rank(best);
  };
  const isOverQuota = (job: Job): boolean =>
    job.kind === 'sayings' && (slots.get(conversationOf(job))?.at(-quota) ?? -Infinity) > timeline.now() - 60;

  const withMerged = (job: Job): Job => {
    if (job.kind !== 'sayings') return job;
    if (job.chat === 'group') note(slots, conversationOf(job), timeline.now());
    const [first] = job.sayings;
    if (!policy.merge || job.chat !== 'group' || first?.isMedia === true) return job;
    for (const other of [...queueOf(job.chat)]) {
      if (other.kind !== 'sayings' || conversationOf(other) !== conversationOf(job)) continue;
      if (other.sayings[0]?.isMedia === true || job.sayings.length >= mostMerged) break;
      job.sayings.push(...other.sayings);
      take(other);
    }
    return job;
  };

  const carryOut = (job: Job): void => {
    note(made, job.chat, timeline.now());
    note(made, 'all', timeline.now());
    server.call(job.chat, (retryAfter) => {
      if (retryAfter !== undefined) {
        retry(job, retryAfter);
        return;
      }
      // A window is counted from the call's end: only then is it certain that the server has counted it.
      renote(made, job.chat, timeline.now());
      finish(job);
      busy.delete(gateOf(job.chat));
      if (policy.calls !== 'all') serve(job.chat);
    });
  };

  const retry = (job: Job, seconds: number): void => {
    if (policy.calls === 'all' || policy.calls === 'one') timeline.after(seconds, () => carryOut(job));
    else {
      paused.set(job.chat, timeline.now() + seconds);
      queueOf(job.chat).unshift(job);
      busy.delete(gateOf(job.chat));
      serve(job.chat);
    }
  };

  const finish = (job: Job): void => {
    switch (job.kind) {
      case 'sayings':
        job.sayings.forEach(onSeen);
        return;
      case 'post':
        if (policy.card) onSeen(job.first);
        opened.set(job.first.conversation, 'waiting');
        timeline.after(3 + random.exponential(1), () => open(job.first.conversation));
        return;
      case 'look':
        looks.delete(job.conversation);
        return;
      case 'edit':
    }
  };

  const open = (conversation: number): void => {
    opened.set(conversation, 'open');
    for (const job of held.get(conversation) ?? []) add(job);
    held.delete(conversation);
  };

  return {
    says: (saying) => {
      const { conversation, author } = saying;
      if (author === 'agent') add({ kind: 'sayings', chat: conversation, lane: 0, sayings: [saying] });
      else {
        if (!opened.has(conversation)) {
          opened.set(conversation, 'posting');
          add({ kind: 'post', chat: 'channel', lane: 1, first: saying });
        }
        if (!policy.card || !saying.isFirst) {
          addComment(conversation, { kind: 'sayings', chat: 'group', lane: 2, sayings: [saying] });
        }
      }
      look(conversation);
    },
    edits: ({ conversation, isFirst }) => {
      const inPost = isFirst && policy.card;
      const job: Job = { kind: 'edit', chat: inPost ? 'channel' : 'group', lane: 3, conversation };
      addComment(conversation, job);
    },
  };
}

function conversationOf(job: Job & { kind: 'sayings' }): number {
  return job.sayings[0]?.conversation ?? Number.NaN;
}

function note<Key>(log: Map<Key, number[]>, key: Key, at: number): void {
  const times = log.get(key) ?? [];
  log.set(key, times);
  times.push(at);
}

function renote<Key>(log: Map<Key, number[]>, key: Key, at: number): void {
  const times = log.get(key);
  if (times && times.length > 0) times[times.length - 1] = at;
}
