import { z } from 'zod';
import { get, nothing, post } from './route.js';
import { Actor, ChatId, PersonData } from './shapes.js';

/** How a new person stands to the staff channel and its group. */
export const StaffRole = z.enum([
  'member',
  'administrator',
  'creator',
  'anonymous_admin',
  'group_only',
  'channel_only',
]);
export type StaffRole = z.infer<typeof StaffRole>;

const Profile = {
  firstName: z.string(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string().optional(),
  bio: z.string().optional(),
  isPremium: z.boolean().optional(),
  /** Premium privacy: voice and video notes are refused. */
  refusesVoiceNotes: z.boolean().optional(),
  /** Forwards of this person's messages do not lead to the account. */
  hidesInForwards: z.boolean().optional(),
};

export const peopleRoutes = {
  addPerson: post(
    '/people',
    z.object({ ...Profile, id: z.number().int().positive().optional(), staff: StaffRole.optional() }),
    PersonData,
  ),
  people: get('/people', nothing, z.array(PersonData)),
  /** Changes the profile; what is null is removed. */
  changesProfile: post(
    '/people/:person/profile',
    Actor.extend(z.object(Profile).partial().shape).extend({
      lastName: z.string().nullish(),
      username: z.string().nullish(),
    }),
    PersonData,
  ),
  addsPhoto: post('/people/:person/photos', Actor.extend({ bytes: z.base64().optional() }), nothing),
  /** Presses START, or writes /start with what a link carried; a blocked bot is unblocked by it. */
  starts: post(
    '/people/:person/starts',
    Actor.extend({ payload: z.string().optional(), botId: z.number().int().optional() }),
    z.object({ chatId: z.number(), messageId: z.number() }),
  ),
  blocks: post('/people/:person/blocks', Actor.extend({ botId: z.number().int().optional() }), nothing),
  unblocks: post('/people/:person/unblocks', Actor.extend({ botId: z.number().int().optional() }), nothing),
  /** Deletes the account. */
  disappears: post('/people/:person/disappears', Actor, nothing),
  joins: post('/people/:person/joins', Actor.extend({ chatId: ChatId }), nothing),
  leaves: post('/people/:person/leaves', Actor.extend({ chatId: ChatId }), nothing),
};
