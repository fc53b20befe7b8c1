import type { TelegramResponseParameters } from '@gramio/types/objects';
import { z } from 'zod';
import { get, nothing, post } from './route.js';

const Parameters = z.custom<TelegramResponseParameters>(
  (value) => typeof value === 'object' && value !== null,
  'parameters are those of the Bot API: retry_after, migrate_to_chat_id',
);

/** What a caller sees instead of the answer; see `FaultEffect` of faults.ts. */
const Effect = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('error'),
    code: z.number().int().min(400).max(599),
    description: z.string(),
    parameters: Parameters.optional(),
  }),
  z.object({ kind: z.literal('too_many_requests'), seconds: z.number().int().min(1) }),
  z.object({ kind: z.literal('timeout') }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('cut') }),
  z.object({ kind: z.literal('html') }),
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('unnumbered') }),
  z.object({ kind: z.literal('slow'), ms: z.number().min(0) }),
]);

const Match = z.object({
  method: z.string().optional(),
  chatId: z.number().int().optional(),
  botId: z.number().int().optional(),
});

const FaultRequest = z.object({
  effect: Effect,
  /** Whether the method takes effect all the same. */
  when: z.enum(['before', 'after']),
  /** Without it every call matches, getUpdates too. */
  match: Match.optional(),
  next: z.number().int().min(1).optional(),
});
export type FaultRequest = z.input<typeof FaultRequest>;

export const FaultRule = FaultRequest.extend({ id: z.number(), match: Match, next: z.number() });
export type FaultRule = z.infer<typeof FaultRule>;

export const faultRoutes = {
  addFault: post('/faults', FaultRequest, FaultRule),
  faults: get('/faults', nothing, z.array(FaultRule)),
  clearFaults: post('/faults/clear', z.object({ id: z.number().optional() }), nothing),
  setNetwork: post('/network', z.object({ network: z.enum(['up', 'hang', 'refuse']) }), nothing),
};
