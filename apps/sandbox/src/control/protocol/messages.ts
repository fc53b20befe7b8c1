import { z } from 'zod';
import { Composition } from './content.js';
import { get, nothing, post } from './route.js';
import { Actor, ChatId, Destination, Entity, Ref, ShownMessage } from './shapes.js';

const Where = {
  to: Destination,
  replyTo: Ref.optional(),
  /** The part of the answered message that is quoted. */
  quote: z.string().optional(),
  /** Speaks as this chat: the group itself (an anonymous admin), or a channel. */
  as: ChatId.optional(),
  isProtected: z.boolean().optional(),
};

export const messageRoutes = {
  sends: post('/people/:person/messages', Actor.extend({ ...Where, content: Composition }), Ref),
  /** The items come with one update each, `gapMs` apart. */
  sendsAlbum: post(
    '/people/:person/albums',
    Actor.extend({ ...Where, items: z.array(Composition).min(2).max(10), gapMs: z.number().min(0).default(0) }),
    z.array(Ref),
  ),
  forwards: post('/people/:person/forwards', Actor.extend({ ...Where, messages: z.array(Ref).min(1) }), z.array(Ref)),
  /** `text` is a new text, or a new caption for media; `content` replaces all of it. */
  edits: post(
    '/people/:person/edits',
    Actor.extend({
      message: Ref,
      text: z.string().optional(),
      entities: z.array(Entity).optional(),
      content: Composition.optional(),
    }),
    nothing,
  ),
  /** Telegram reports an edit that nobody sees: a link preview came, a reaction was given. */
  touches: post('/messages/touches', z.object({ message: Ref }), nothing),
  /** Moves a live location that was sent before. */
  moves: post(
    '/people/:person/moves',
    Actor.extend({ message: Ref, latitude: z.number(), longitude: z.number() }),
    nothing,
  ),
  endsLiveLocation: post('/people/:person/live-location-ends', Actor.extend({ message: Ref }), nothing),
  deletes: post('/people/:person/deletions', Actor.extend({ messages: z.array(Ref).min(1) }), nothing),
  reacts: post('/people/:person/reactions', Actor.extend({ message: Ref, emoji: z.array(z.string()) }), nothing),
  votes: post('/people/:person/votes', Actor.extend({ message: Ref, options: z.array(z.number().int()) }), nothing),
  pins: post('/people/:person/pins', Actor.extend({ message: Ref }), nothing),
  unpins: post('/people/:person/unpins', Actor.extend({ message: Ref }), nothing),
  sees: get('/people/:person/chats/:chatId', Actor.extend({ chatId: ChatId }), z.array(ShownMessage)),
  seesComments: get(
    '/people/:person/chats/:chatId/posts/:messageId/comments',
    Actor.extend({ chatId: ChatId, messageId: z.coerce.number<number>().int() }),
    z.array(ShownMessage),
  ),
};
