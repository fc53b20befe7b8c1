import { z } from 'zod';
import { Entity } from './shapes.js';

const TextPart = z.object({
  kind: z.literal('text'),
  text: z.string().min(1),
  /** Besides what Telegram finds by itself: links, mentions, commands... */
  entities: z.array(Entity).optional(),
});

/** What a person sends. */
export const Composition = z.discriminatedUnion('kind', [TextPart]);
export type Composition = z.infer<typeof Composition>;
