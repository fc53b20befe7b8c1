import { z } from 'zod';
import { post } from './route.js';
import { Actor, ChatId, Destination, Ref } from './shapes.js';

/** One row of what a person is offered in inline mode. */
export const OfferedResult = z.object({
  queryId: z.string(),
  id: z.string(),
  type: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  /** The text or caption that would be sent. */
  text: z.string(),
});
export type OfferedResult = z.infer<typeof OfferedResult>;

export const Offer = z.object({
  queryId: z.string(),
  /** False when the bot did not answer in time. */
  answered: z.boolean(),
  results: z.array(OfferedResult),
  /** Ask again with it for more; empty at the end. */
  nextOffset: z.string(),
  /** The button above the results. */
  button: z.object({ text: z.string(), startParameter: z.string().optional() }).optional(),
});
export type Offer = z.infer<typeof Offer>;

/** What came of a pressed button. */
export const Pressed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answered'),
    text: z.string().optional(),
    showAlert: z.boolean(),
    url: z.string().optional(),
  }),
  /** The bot did not answer in time. */
  z.object({ kind: z.literal('unanswered') }),
  z.object({ kind: z.literal('opens'), url: z.string() }),
  z.object({ kind: z.literal('types'), query: z.string() }),
  z.object({ kind: z.literal('copies'), text: z.string() }),
  z.object({ kind: z.literal('nothing') }),
]);
export type Pressed = z.infer<typeof Pressed>;

export const queryRoutes = {
  /** Types `@bot query` into a chat and waits for the bot's answer. `@bot` stands for the first bot. */
  types: post(
    '/people/:person/inline',
    Actor.extend({ text: z.string(), offset: z.string().default(''), in: ChatId.optional() }),
    Offer,
  ),
  /** Sends a result that was offered. */
  picks: post(
    '/people/:person/picks',
    Actor.extend({ queryId: z.string(), resultId: z.string(), to: Destination, replyTo: Ref.optional() }),
    Ref,
  ),
  /**
   * Presses a button by its text and waits for the bot's answer. With `data` instead, the press of a client that shows
   * an old keyboard, or lies.
   */
  presses: post(
    '/people/:person/presses',
    Actor.extend({ message: Ref, button: z.string().optional(), data: z.string().optional() }),
    Pressed,
  ),
};
