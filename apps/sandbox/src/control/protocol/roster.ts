import { z } from 'zod';
import { get, nothing, post } from './route.js';
import { PersonData } from './shapes.js';

/** How somebody stands to a chat. */
const Status = z.enum(['creator', 'administrator', 'member', 'restricted', 'left', 'kicked']);

/** Somebody with what a list of people shows of them. */
export const RosterEntry = PersonData.extend({
  bio: z.string().optional(),
  isDeleted: z.boolean(),
  /** In the staff channel. */
  channel: Status,
  /** In its discussion group. */
  group: Status,
  /** Writes in the group under the group's name. */
  isAnonymous: z.boolean(),
  /** The private chat with the first bot. */
  chat: z.object({
    isStarted: z.boolean(),
    isBlocked: z.boolean(),
    /** How many messages of the bot stand in it. */
    incoming: z.number(),
    /** Words of the newest message, and when it was written, in seconds since the epoch. */
    last: z.object({ text: z.string(), kind: z.string(), date: z.number(), isOwn: z.boolean() }).optional(),
  }),
});
export type RosterEntry = z.infer<typeof RosterEntry>;

export const rosterRoutes = {
  /** Everybody, in the order in which they came. */
  roster: get('/roster', nothing, z.array(RosterEntry)),
  /** Lets in the people whom a newcomer meets; does nothing when anybody but the owner is there already. */
  addCast: post('/cast', nothing, nothing),
};
