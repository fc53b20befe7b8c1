import type { TelegramUpdate } from '@gramio/types/objects';
import { z } from 'zod';
import { get, nothing, post } from './route.js';

export const BotData = z.object({ id: z.number(), token: z.string(), username: z.string(), firstName: z.string() });
export type BotData = z.infer<typeof BotData>;

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
      z.object({ kind: z.literal('withheld'), fault: z.string(), body: z.unknown() }),
    ])
    .optional(),
  ms: z.number().optional(),
});
export type Call = z.infer<typeof Call>;

const isUpdate = (value: unknown): boolean => typeof value === 'object' && value !== null && 'update_id' in value;

/** Something that happened to an update: it was made, fetched, delivered... */
export const UpdateEntry = z.object({
  seq: z.number(),
  at: z.number(),
  botId: z.number(),
  event: z.looseObject({ kind: z.string() }),
});
export type UpdateEntry = z.infer<typeof UpdateEntry>;
export const Update = z.custom<TelegramUpdate>(isUpdate, 'an update has an update_id');

const Since = z.object({ since: z.coerce.number<number>().int().optional() });

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
  /** Counts up with every change. */
  revision: get('/revision', nothing, z.object({ revision: z.number() })),
  /** Waits until the sandbox has changed since a revision, or `waitMs` of real time have passed. */
  changes: get('/changes', Waiting, z.object({ revision: z.number() })),
};
