import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDesk, type BenchDesk } from './desk.js';
import type { BenchDatabase, BenchServer } from './postgres.js';
import { startTelegram, type BenchTelegram, type Ref, type TelegramOptions } from './telegram.js';
import { watch, type Watch } from './watch.js';

export type StoreName = 'postgres' | 'embedded';

export interface OfficeOptions {
  readonly store: StoreName;
  readonly server: BenchServer;
  readonly telegram: TelegramOptions;
  readonly settings?: Readonly<Record<string, string>>;
  readonly profileTo?: string | undefined;
  /** Fills the database before the desk starts. */
  readonly prepare?: (database: BenchDatabase, telegram: BenchTelegram) => Promise<void>;
  /** Done to Telegram before the desk starts. */
  readonly before?: (telegram: BenchTelegram) => void;
}

/** A desk at work on a Telegram of its own, with one agent. */
export interface BenchOffice {
  readonly telegram: BenchTelegram;
  readonly desk: BenchDesk;
  readonly watch: Watch;
  readonly server: BenchServer;
  /** Only on PostgreSQL. */
  readonly database?: BenchDatabase;
  readonly agent: number;
  close(): Promise<void>;
}

let opened = 0;

export async function openOffice(options: OfficeOptions): Promise<BenchOffice> {
  const { store, server, prepare, before } = options;
  opened += 1;
  const telegram = await startTelegram(options.telegram);
  const seen = watch(telegram);
  const agent = telegram.addPerson('Agent', 'member');
  const database = store === 'postgres' ? await server.createDatabase(`bench_${process.pid}_${opened}`) : undefined;
  if (database) await prepare?.(database, telegram);
  before?.(telegram);
  const dataDir = mkdtempSync(join(tmpdir(), 'postdesk-bench-'));
  const where = database ? { DATABASE_URL: database.url } : { DATA_DIR: dataDir };
  const RELAY_BOT_TOKENS = telegram.relayTokens.join(',');
  const settings = { TELEGRAM_LIMITS: 'off', RELAY_BOT_TOKENS, ...where, ...options.settings };
  const desk = await startDesk({ telegram, settings, profileTo: options.profileTo });
  return {
    telegram,
    desk,
    watch: seen,
    server,
    agent,
    ...(database && { database }),
    close: async () => {
      await desk.stop();
      await telegram.stop();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A customer whose conversation is open: the post stands in the channel and has its copy in the group. */
export interface Customer {
  readonly person: number;
  readonly conversation: number;
  readonly post: Ref;
}

/** Lets customers begin their conversations; resolves when an answer to each of them has arrived. */
export async function openConversations(
  { telegram, watch: seen, agent }: BenchOffice,
  count: number,
): Promise<Customer[]> {
  const posts = new Map<number, Ref>();
  telegram.onCall(({ call: { params, outcome } }) => {
    if (Number(params['chat_id']) !== telegram.channelId || outcome?.kind !== 'answered') return;
    const mark = /\[m(\d+)\]/.exec(params['text'] ?? '')?.[1];
    const messageId = messageIdOf(outcome.body);
    if (mark !== undefined && messageId !== undefined)
      posts.set(Number(mark), { chatId: telegram.channelId, messageId });
  });
  const people = Array.from({ length: count }, (_, conversation) => {
    const person = telegram.addPerson(`Customer ${conversation}`);
    const { id, mark } = seen.expect({ conversation, to: 'staff' });
    telegram.writes(person, { kind: 'text', text: `${mark} Good morning` });
    return { person, conversation, id };
  });
  await seen.allSeen();
  const customers = people.map(({ id, ...rest }) => {
    const post = posts.get(id);
    if (!post) throw new Error('a first message does not stand in a post');
    return { ...rest, post };
  });
  for (const customer of customers) await greet({ telegram, seen, agent }, customer);
  await seen.allSeen();
  return customers;
}

async function greet(
  { telegram, seen, agent }: { telegram: BenchTelegram; seen: Watch; agent: number },
  { conversation, post }: Customer,
): Promise<void> {
  const { mark } = seen.expect({ conversation, to: 'customer' });
  for (;;) {
    try {
      telegram.comments(agent, post, { kind: 'text', text: `${mark} How can we help?` });
      return;
    } catch {
      // The post has no copy yet.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** The id in the answer to a call that sent one message. */
export function messageIdOf(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('result' in body)) return undefined;
  const { result } = body;
  if (typeof result !== 'object' || result === null || !('message_id' in result)) return undefined;
  return typeof result.message_id === 'number' ? result.message_id : undefined;
}
