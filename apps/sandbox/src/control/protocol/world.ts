import { z } from 'zod';
import { isSnapshot, type Snapshot } from '../../savedWorld.js';
import { BotData } from './bots.js';
import { FaultRule } from './faults.js';
import { get, nothing, post } from './route.js';

/** What a newcomer has to know of a sandbox to use it. */
export const Overview = z.object({
  bot: BotData,
  channel: z.object({ id: z.number(), title: z.string() }),
  group: z.object({ id: z.number(), title: z.string() }),
  owner: z.object({ id: z.number() }),
  now: z.number(),
});
export type Overview = z.infer<typeof Overview>;

export const AutoForwardSettings = z.object({
  timing: z.enum(['after_delay', 'before_answer', 'with_answer', 'lost', 'twice']).optional(),
  delayMs: z.number().min(0).optional(),
});

/** One call of a bot. `at` and `ms` in milliseconds. */
export const Call = z.object({
  seq: z.number(),
  at: z.number(),
  botId: z.number(),
  method: z.string(),
  params: z.record(z.string(), z.string()),
  files: z.array(z.string()),
  tookEffect: z.boolean(),
  outcome: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('answered'), status: z.number(), body: z.unknown() }),
      z.object({ kind: z.literal('withheld'), fault: z.string(), body: z.unknown().optional() }),
    ])
    .optional(),
  ms: z.number().optional(),
});
export type Call = z.infer<typeof Call>;

/** Something that happened to an update: it was made, fetched, delivered... */
export const UpdateEntry = z.object({
  seq: z.number(),
  at: z.number(),
  botId: z.number(),
  event: z.looseObject({ kind: z.string() }),
});
export type UpdateEntry = z.infer<typeof UpdateEntry>;

export const PresetName = z.enum(['busy_morning', 'flaky_network']);
export type PresetName = z.infer<typeof PresetName>;

const Since = z.object({
  since: z.coerce.number<number>().int().optional(),
  /** At most so many, the newest. */
  last: z.coerce.number<number>().int().positive().optional(),
});

const count = z.number().positive();
const LimitRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('window'), calls: count, periodMs: count }),
  z.object({ kind: z.literal('sliding'), calls: count, periodMs: count }),
  z.object({ kind: z.literal('bucket'), perSecond: count, burst: count }),
]);

/** Flood limits; see `LimitSettings` of limits.ts. */
const LimitSettings = z.object({
  isOn: z.boolean(),
  group: z.array(LimitRule).readonly(),
  private: z.array(LimitRule).readonly(),
  global: z.array(LimitRule).readonly(),
  chats: z.record(z.string(), z.array(LimitRule).readonly()),
  budget: z.enum(['per_bot', 'per_chat']),
  timeFactor: count,
});
const LimitChange = LimitSettings.partial();

/** How far a budget is used up. */
export const Gauge = z.object({ used: z.number(), limit: z.number(), windowMs: z.number() });
export type Gauge = z.infer<typeof Gauge>;

/** The budget of the first bot in one chat. */
export const ChatGauge = Gauge.extend({ chatId: z.number(), title: z.string() });
export type ChatGauge = z.infer<typeof ChatGauge>;

/** How the sandbox is set now. */
export const SandboxState = z.object({
  now: z.number(),
  autoForward: AutoForwardSettings.required(),
  limits: LimitSettings,
  network: z.enum(['up', 'hang', 'refuse']),
  faults: z.array(FaultRule),
  preset: z.object({ name: PresetName, endsAt: z.number() }).optional(),
});
export type SandboxState = z.infer<typeof SandboxState>;

const SavedWorld = z.custom<Snapshot>(isSnapshot, 'this is not a saved world of the sandbox');

const Waiting = z.object({
  since: z.coerce.number<number>().int(),
  waitMs: z.coerce.number<number>().int().min(0).max(60_000).default(30_000),
});

export const worldRoutes = {
  overview: get('/', nothing, Overview),
  calls: get('/calls', Since, z.array(Call)),
  updates: get('/updates', Since, z.array(UpdateEntry)),
  advance: post('/clock/advance', z.object({ ms: z.number().min(0) }), z.object({ now: z.number() })),
  setAutoForward: post('/autoforward', AutoForwardSettings, AutoForwardSettings.required()),
  setLimits: post('/limits', LimitChange, LimitChange.required()),
  /** The budget of a bot in a chat; all 0 where no rule holds. */
  usedLimit: get(
    '/limits/:chatId',
    z.object({ chatId: z.coerce.number<number>().int(), botId: z.coerce.number<number>().int().optional() }),
    Gauge,
  ),
  /** The budgets of the channel, the group and all private chats in which something was sent lately. */
  gauges: get('/limits', nothing, z.array(ChatGauge)),
  state: get('/state', nothing, SandboxState),
  /** Runs for two minutes; ends the one that runs. */
  startPreset: post('/presets/:name', z.object({ name: PresetName }), nothing),
  stopPreset: post('/presets-stop', nothing, nothing),
  /** Empties the world: the bot, the channel, the group and their owner stay. */
  reset: post('/reset', nothing, nothing),
  snapshot: get('/snapshot', nothing, SavedWorld),
  /** Puts a saved world in the place of the present one. */
  load: post('/snapshot', z.object({ snapshot: SavedWorld }), nothing),
  settings: post('/settings', z.object({ privateReactions: z.boolean().optional() }), nothing),
  /** Counts up with every change. */
  revision: get('/revision', nothing, z.object({ revision: z.number() })),
  /** Waits until the sandbox has changed since a revision, or `waitMs` of real time have passed. */
  changes: get('/changes', Waiting, z.object({ revision: z.number() })),
};
