import type { BenchTelegram, SeenCall } from './telegram.js';

/** One written message, followed from its writing to where the other side sees it. Seconds of Telegram's time. */
export interface Followed {
  readonly id: number;
  readonly conversation: number;
  readonly to: 'staff' | 'customer';
  readonly writtenAt: number;
  seenAt?: number;
  /** How many messages showed it; edits do not count. */
  copies: number;
}

/** Follows messages by a mark in their text, through the calls that bots make. */
export interface Watch {
  readonly messages: ReadonlyMap<number, Followed>;
  /** Every call to a chat of the desk's, in order. */
  readonly calls: readonly ChatCall[];
  /** Expects a message; resolves with the mark to be put in its text. */
  expect(message: Pick<Followed, 'conversation' | 'to'>): { readonly id: number; readonly mark: string };
  /** Called when a message is seen for the first time. */
  onSeen(listen: (message: Followed) => void): void;
  waiting(): number;
  /** Resolves when everything expected is seen; rejects after so many seconds of real time without progress. */
  allSeen(patienceSeconds?: number): Promise<void>;
}

export interface ChatCall {
  readonly at: number;
  readonly chat: 'group' | 'channel' | 'private';
  readonly method: string;
  readonly status: number;
}

export function watch(telegram: BenchTelegram): Watch {
  const messages = new Map<number, Followed>();
  const calls: ChatCall[] = [];
  const listeners: ((message: Followed) => void)[] = [];
  let waiting = 0;

  const see = (id: number, { at, call }: SeenCall): void => {
    const message = messages.get(id);
    if (!message) return;
    if (!call.method.startsWith('edit')) message.copies += 1;
    if (message.seenAt !== undefined) return;
    message.seenAt = at;
    waiting -= 1;
    for (const listen of listeners) listen(message);
  };

  telegram.onCall((seen) => {
    const { method, params, outcome } = seen.call;
    const chatId = Number(params['chat_id']);
    if (!/^(send|edit|copy|forward|delete)/.test(method) || Number.isNaN(chatId)) return;
    const status = outcome?.kind === 'answered' ? outcome.status : 0;
    calls.push({ at: seen.at, chat: chatKind(telegram, chatId), method, status });
    if (!seen.call.tookEffect) return;
    const shown = [params['text'], params['caption'], params['media']].join(' ');
    for (const [, id] of shown.matchAll(/\[m(\d+)\]/g)) see(Number(id), seen);
  });

  return {
    messages,
    calls,
    onSeen: (listen) => void listeners.push(listen),
    expect: (message) => {
      const id = messages.size + 1;
      messages.set(id, { ...message, id, writtenAt: telegram.now(), copies: 0 });
      waiting += 1;
      return { id, mark: `[m${id}]` };
    },
    waiting: () => waiting,
    allSeen: (patienceSeconds = 60) => untilNothing(() => waiting, patienceSeconds),
  };
}

function chatKind({ channelId, groupId }: BenchTelegram, chatId: number): ChatCall['chat'] {
  if (chatId === groupId) return 'group';
  return chatId === channelId ? 'channel' : 'private';
}

async function untilNothing(waiting: () => number, patienceSeconds: number): Promise<void> {
  let last = waiting();
  let progressAt = performance.now();
  while (waiting() > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (waiting() !== last) progressAt = performance.now();
    last = waiting();
    if (performance.now() - progressAt > patienceSeconds * 1_000) {
      throw new Error(`${last} messages were not shown, and none for ${patienceSeconds} s`);
    }
  }
}
