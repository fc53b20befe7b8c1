import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { setMembership } from '../../apps/sandbox/src/acts/membership.js';
import { SandboxClock } from '../../apps/sandbox/src/clock.js';
import { findSharedChat } from '../../apps/sandbox/src/control/find.js';
import { messageHandlers } from '../../apps/sandbox/src/control/handlers/messages.js';
import { peopleHandlers } from '../../apps/sandbox/src/control/handlers/people.js';
import type { ReadComposition } from '../../apps/sandbox/src/control/protocol/content.js';
import type { StaffRole } from '../../apps/sandbox/src/control/protocol/people.js';
import type { Ref } from '../../apps/sandbox/src/control/protocol/shapes.js';
import { ApiError, tooManyRequests } from '../../apps/sandbox/src/errors.js';
import { serveBotApi } from '../../apps/sandbox/src/http/botApi.js';
import { close, createHttpServer, listen } from '../../apps/sandbox/src/http/server.js';
import type { JournaledCall } from '../../apps/sandbox/src/journal.js';
import { DEFAULT_LIMITS, type Limits, type LimitSettings } from '../../apps/sandbox/src/limits.js';
import { createRuntime, stopRuntime, type Runtime } from '../../apps/sandbox/src/runtime.js';
import { createBot, createWorld } from '../../apps/sandbox/src/world/create.js';
import { botOf } from '../../apps/sandbox/src/world/lookup.js';
import type { World } from '../../apps/sandbox/src/world/world.js';
import { createRandom, type Random } from './random.js';

export type { Ref };

export interface TelegramOptions {
  readonly seed: number;
  /** How many times as fast Telegram's time goes. What bots are told to wait is divided by it. */
  readonly factor?: number;
  /** Off when not given. */
  readonly limits?: Partial<LimitSettings>;
  /** Seconds from a call's arrival until it is carried out; none when not given. */
  readonly callTime?: { readonly median: number; readonly sigma: number };
  /** How many further bots are in the group; none when not given. */
  readonly relayBots?: number;
  /** Seconds from a post to its copy in the group: a fixed part and the mean of an exponential one. */
  readonly copyAfter?: { readonly fixed: number; readonly mean: number };
}

/** A call that has ended, with the bench's own times. */
export interface SeenCall {
  readonly call: JournaledCall;
  /** Seconds of Telegram's time. */
  readonly at: number;
}

/**
 * The sandbox's Telegram in this process, without its control API: people act by function calls, so that what they do
 * costs next to nothing beside what is measured.
 */
export interface BenchTelegram {
  readonly url: string;
  readonly token: string;
  readonly botId: number;
  /** The tokens of the further bots in the group. */
  readonly relayTokens: readonly string[];
  readonly channelId: number;
  readonly groupId: number;
  readonly factor: number;
  /** Seconds of Telegram's time since the start, finer than its clock. */
  now(): number;
  addPerson(name: string, staff?: StaffRole): number;
  /** Writes to the bot in private. */
  writes(person: number, content: ReadComposition): Ref;
  /** Comments below a post; throws while the post has no copy. */
  comments(person: number, post: Ref, content: ReadComposition): Ref;
  edits(person: number, message: Ref, text: string): void;
  /** Called for every call that ends. */
  onCall(listen: (seen: SeenCall) => void): void;
  setLimits(change: Partial<LimitSettings>): void;
  stop(): Promise<void>;
}

export async function startTelegram(options: TelegramOptions): Promise<BenchTelegram> {
  const { seed, factor = 1, limits, copyAfter = { fixed: 0, mean: 0 } } = options;
  const clock = new SandboxClock(factor);
  const autoForward = { timing: 'after_delay' as const, delayMs: copyAfter.fixed * 1_000 };
  const settings = { autoForward, limits: { ...DEFAULT_LIMITS, isOn: limits !== undefined, ...limits } };
  const world = createWorld({ seed, settings }, clock.now());
  const runtime = createRuntime({ world, clock });
  const random = createRandom(seed, 7);
  Object.assign(runtime.telegram, { limits: hurried(runtime.telegram.limits, factor) });
  const now = stopwatch(factor);
  const listeners = listenTo(runtime, now);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    autoForward.delayMs = 1_000 * (copyAfter.fixed + random.exponential(copyAfter.mean));
    await callTime(options, random, request);
    await serveBotApi(runtime, request, response);
  };
  const nothing = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(404).end();
  const server = createHttpServer({ botApi: serve, files: nothing, control: nothing });
  const port = await listen(server, { host: '127.0.0.1', port: 0 });
  return {
    url: `http://127.0.0.1:${port}`,
    factor,
    now,
    ...placesOf(world),
    relayTokens: Array.from({ length: options.relayBots ?? 0 }, (_, index) => addRelayBot(runtime, index + 1)),
    ...people(runtime),
    onCall: (listener) => void listeners.push(listener),
    setLimits: (change) => runtime.telegram.limits.set(change),
    stop: async () => {
      stopRuntime(runtime);
      await close(server);
    },
  };
}

function placesOf(world: World): Pick<BenchTelegram, 'token' | 'botId' | 'channelId' | 'groupId'> {
  const { botId, channelId, groupId } = world.staff;
  return { token: botOf(world, botId).token, botId, channelId, groupId };
}

/** Another bot in the group; returns its token. */
function addRelayBot({ telegram }: Runtime, number: number): string {
  const { world, clock } = telegram;
  const named = { firstName: `Relay ${number}`, username: `relay${number}_bot` };
  const { id, token } = createBot(world, { ...named, now: clock.now() });
  const group = findSharedChat(world, world.staff.groupId);
  setMembership(telegram, group, { accountId: id, next: { status: 'member' }, byId: id });
  return token;
}

function stopwatch(factor: number): () => number {
  const startedAt = performance.now();
  return () => ((performance.now() - startedAt) / 1_000) * factor;
}

/** Bots live in real time: they are told to wait that much less. */
function hurried(limits: Limits, factor: number): Limits {
  return {
    ...limits,
    check: (call) => {
      try {
        limits.check(call);
      } catch (error) {
        const seconds = error instanceof ApiError ? error.parameters?.retry_after : undefined;
        throw seconds === undefined ? error : tooManyRequests(seconds / factor);
      }
    },
  };
}

function listenTo({ journal }: Runtime, now: () => number): ((seen: SeenCall) => void)[] {
  const listeners: ((seen: SeenCall) => void)[] = [];
  const end = journal.end.bind(journal);
  Object.assign(journal, {
    end: (call: JournaledCall, outcome: NonNullable<JournaledCall['outcome']>) => {
      end(call, outcome);
      const at = now();
      for (const listen of listeners) listen({ call, at });
    },
  });
  return listeners;
}

async function callTime(
  { callTime: time, factor = 1 }: TelegramOptions,
  random: Random,
  { url = '' }: IncomingMessage,
) {
  if (time === undefined || /\/getUpdates$/i.test(url)) return;
  await delay((random.logNormal(time) * 1_000) / factor);
}

function people(runtime: Runtime): Pick<BenchTelegram, 'addPerson' | 'writes' | 'comments' | 'edits'> {
  const send = (
    person: number,
    to: { kind: 'bot' } | { kind: 'comments'; post: Ref },
    content: ReadComposition,
  ): Ref => {
    const ref = messageHandlers.sends(runtime, { person, to, content });
    if (ref instanceof Promise) throw new Error('the sandbox sends at once');
    return ref;
  };
  return {
    addPerson: (firstName, staff) => {
      const person = peopleHandlers.addPerson(runtime, { firstName, staff });
      if (person instanceof Promise) throw new Error('the sandbox adds people at once');
      return person.id;
    },
    writes: (person, content) => send(person, { kind: 'bot' }, content),
    comments: (person, post, content) => send(person, { kind: 'comments', post }, content),
    edits: (person, message, text) => void messageHandlers.edits(runtime, { person, message, text }),
  };
}
