import { z } from 'zod';
import { get, nothing, post } from './route.js';
import { Actor, ChatId, Rights, ShownMessage } from './shapes.js';

/** How an account stands to a chat, in words. */
export const Standing = z.discriminatedUnion('as', [
  z.object({ as: z.literal('member') }),
  z.object({
    as: z.literal('administrator'),
    /** All rights when not given; given ones are taken as the only ones. */
    rights: Rights.optional(),
    isAnonymous: z.boolean().default(false),
    title: z.string().optional(),
  }),
  z.object({ as: z.literal('muted'), untilSeconds: z.number().int().default(0) }),
  z.object({ as: z.literal('left') }),
  z.object({ as: z.literal('banned'), untilSeconds: z.number().int().default(0) }),
]);
export type Standing = z.input<typeof Standing>;

export const ChatData = z.object({
  id: z.number(),
  kind: z.enum(['group', 'supergroup', 'channel']),
  title: z.string(),
  linkedChatId: z.number().optional(),
});

const NewChat = z.object({
  kind: z.enum(['group', 'supergroup', 'channel']),
  title: z.string(),
  username: z.string().optional(),
  /** Who makes it. */
  creator: z.number().int(),
});

export const chatRoutes = {
  chat: get('/chats/:chatId', z.object({ chatId: ChatId }), z.array(ShownMessage)),
  addChat: post('/chats', NewChat, ChatData),
  /** Somebody who may do so lets an account come, go, rise or fall. */
  lets: post(
    '/people/:person/members',
    Actor.extend({ chatId: ChatId, account: z.number().int(), be: Standing }),
    nothing,
  ),
  /** Links a channel to a group, or unlinks it where no group is named. */
  links: post('/people/:person/links', Actor.extend({ channelId: ChatId, groupId: ChatId.optional() }), nothing),
  changesChat: post(
    '/people/:person/chat-settings',
    Actor.extend({
      chatId: ChatId,
      title: z.string().min(1).optional(),
      username: z.string().nullish(),
      joinToSend: z.boolean().optional(),
      hasSignatures: z.boolean().optional(),
      protectsContent: z.boolean().optional(),
      slowModeSeconds: z.number().int().min(0).optional(),
      /** What members may do; what is not named stays. */
      permissions: z.record(z.string(), z.boolean()).optional(),
    }),
    nothing,
  ),
  /** Upgrades a basic group to a supergroup with another id. */
  upgrades: post('/people/:person/upgrades', Actor.extend({ chatId: ChatId }), ChatData),
  deletesChat: post('/people/:person/chat-deletions', Actor.extend({ chatId: ChatId }), nothing),
};
