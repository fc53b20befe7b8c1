import { z } from 'zod';
import { get, nothing, post } from './route.js';

export const BotData = z.object({ id: z.number(), token: z.string(), username: z.string(), firstName: z.string() });
export type BotData = z.infer<typeof BotData>;

/** What a bot's owner sets with BotFather, and what comes with the owner's account. */
const BotSettings = {
  hasPrivacy: z.boolean().optional(),
  canJoinGroups: z.boolean().optional(),
  isInline: z.boolean().optional(),
  hasInlineFeedback: z.boolean().optional(),
  usesCustomEmoji: z.boolean().optional(),
};

/** How many of the next updates of a bot are to be delivered twice, swapped, kept back or lost. */
const Disturbances = z.object({
  bot: z.coerce.number<number>().int(),
  twice: z.number().int().min(0).optional(),
  swap: z.number().int().min(0).optional(),
  hold: z.number().int().min(0).optional(),
  lose: z.number().int().min(0).optional(),
});

const Named = z.object({ bot: z.coerce.number<number>().int() });

export const botRoutes = {
  bots: get('/bots', nothing, z.array(BotData)),
  addBot: post(
    '/bots',
    z.object({
      firstName: z.string(),
      username: z.string().regex(/bot$/i),
      token: z.string().optional(),
      ...BotSettings,
    }),
    BotData,
  ),
  changesBot: post('/bots/:bot/settings', Named.extend(BotSettings), nothing),
  /** Gives the bot another token; the old one is refused with 401. */
  renewsToken: post('/bots/:bot/token', Named, BotData),
  disturbs: post('/bots/:bot/disturbances', Disturbances, nothing),
  /** Lets updates go that were kept back. */
  releases: post('/bots/:bot/releases', Named, nothing),
};
