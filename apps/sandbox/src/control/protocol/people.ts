import { z } from 'zod';
import { Composition } from './content.js';
import { get, nothing, post } from './route.js';
import { Actor, Destination, PersonData, Ref, ShownMessage } from './shapes.js';

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

const NewPerson = z.object({
  id: z.number().int().positive().optional(),
  firstName: z.string(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string().optional(),
  bio: z.string().optional(),
  isPremium: z.boolean().optional(),
  refusesVoiceNotes: z.boolean().optional(),
  hidesInForwards: z.boolean().optional(),
  staff: StaffRole.optional(),
});

const SendOptions = {
  replyTo: Ref.optional(),
  /** The part of the answered message that is quoted. */
  quote: z.string().optional(),
  /** Speak as the chat itself, or as a channel. */
  as: z.object({ chatId: z.number().int() }).optional(),
  hasProtectedContent: z.boolean().optional(),
};

export const peopleRoutes = {
  addPerson: post('/people', NewPerson, PersonData),
  people: get('/people', nothing, z.array(PersonData)),
  sends: post('/people/:person/messages', Actor.extend({ to: Destination, content: Composition, ...SendOptions }), Ref),
  edits: post('/people/:person/edits', Actor.extend({ message: Ref, content: Composition }), nothing),
  deletes: post('/people/:person/deletions', Actor.extend({ message: Ref }), nothing),
  sees: get('/people/:person/chats/:chatId', Actor.extend({ chatId: z.coerce.number().int() }), z.array(ShownMessage)),
  seesComments: get(
    '/people/:person/chats/:chatId/posts/:messageId/comments',
    Actor.extend({ chatId: z.coerce.number().int(), messageId: z.coerce.number().int() }),
    z.array(ShownMessage),
  ),
};
