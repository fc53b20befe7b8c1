import { z } from 'zod';
import { Entity } from './shapes.js';

/** A file that a person sends. All is optional: without bytes a small sample of the kind is sent. */
export const GivenFile = z.object({
  /** In base64. */
  bytes: z.base64().optional(),
  /** Pretends that the file is larger than its bytes, to try the limits without the weight. */
  size: z.number().int().min(0).optional(),
  fileName: z.string().optional(),
  mimeType: z.string().optional(),
  duration: z.number().int().min(0).optional(),
  width: z.number().int().min(0).optional(),
  height: z.number().int().min(0).optional(),
  title: z.string().optional(),
  performer: z.string().optional(),
  emoji: z.string().optional(),
  /** Sends a file again that is in the sandbox already. */
  uniqueId: z.string().optional(),
});
export type GivenFile = z.infer<typeof GivenFile>;

const caption = {
  file: GivenFile.optional(),
  caption: z.string().optional(),
  captionEntities: z.array(Entity).optional(),
};
const place = { latitude: z.number(), longitude: z.number() };
const kind = <const K extends string>(name: K) => z.literal(name);

/** What a person can send, or edit a message into. */
export const Composition = z.discriminatedUnion('kind', [
  z.object({
    kind: kind('text'),
    text: z.string().min(1),
    /** Besides what Telegram finds by itself: links, mentions, commands... */
    entities: z.array(Entity).optional(),
  }),
  z.object({
    kind: kind('photo'),
    ...caption,
    isCaptionAbove: z.boolean().optional(),
    hasSpoiler: z.boolean().optional(),
  }),
  z.object({
    kind: kind('video'),
    ...caption,
    isCaptionAbove: z.boolean().optional(),
    hasSpoiler: z.boolean().optional(),
  }),
  z.object({
    kind: kind('animation'),
    ...caption,
    isCaptionAbove: z.boolean().optional(),
    hasSpoiler: z.boolean().optional(),
  }),
  z.object({ kind: kind('audio'), ...caption }),
  z.object({ kind: kind('voice'), ...caption }),
  z.object({ kind: kind('document'), ...caption }),
  z.object({ kind: kind('video_note'), file: GivenFile.optional() }),
  z.object({ kind: kind('sticker'), file: GivenFile.optional() }),
  z.object({
    kind: kind('contact'),
    phoneNumber: z.string(),
    firstName: z.string(),
    lastName: z.string().optional(),
    userId: z.number().optional(),
  }),
  z.object({ kind: kind('location'), ...place }),
  z.object({ kind: kind('live_location'), ...place, periodSeconds: z.number().int().min(60).default(900) }),
  z.object({ kind: kind('venue'), ...place, title: z.string(), address: z.string() }),
  z.object({ kind: kind('dice'), emoji: z.enum(['🎲', '🎯', '🎳', '🏀', '⚽', '🎰']).default('🎲') }),
  z.object({
    kind: kind('poll'),
    question: z.string(),
    options: z.array(z.string()).min(1).max(12),
    isAnonymous: z.boolean().default(true),
    /** Makes the poll a quiz. */
    correctOption: z.number().int().min(0).optional(),
  }),
  z.object({ kind: kind('checklist'), title: z.string(), tasks: z.array(z.string()).min(1) }),
  z.object({ kind: kind('game'), title: z.string().default('A game'), description: z.string().default('') }),
  z.object({ kind: kind('invoice'), title: z.string().default('An invoice'), amount: z.number().int().default(100) }),
  z.object({ kind: kind('story') }),
  z.object({ kind: kind('paid_media'), starCount: z.number().int().default(1) }),
  z.object({ kind: kind('giveaway'), winnerCount: z.number().int().default(1) }),
  z.object({ kind: kind('giveaway_winners'), winnerCount: z.number().int().default(1) }),
  /** Media that destroys itself: bots never hear of it. */
  z.object({ kind: kind('self_destructing') }),
  /** A kind that is newer than the Bot API: bots never hear of it. */
  z.object({ kind: kind('unsupported') }),
]);
/** As a caller writes it; defaults may be left out. */
export type Composition = z.input<typeof Composition>;
export type ReadComposition = z.output<typeof Composition>;
