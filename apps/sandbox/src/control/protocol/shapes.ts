import type { TelegramMessageEntity } from '@gramio/types/objects';
import { z } from 'zod';
import { ALL_RIGHTS, rightNames } from '../../world/members.js';

/** Names a message: the chat as bots know it (a person's id for private chats) and the message's id there. */
export const Ref = z.object({
  chatId: z.number().int(),
  messageId: z.number().int(),
  /** Which bot's private chat it is; the first bot's when absent. */
  botId: z.number().int().optional(),
});
export type Ref = z.infer<typeof Ref>;

export const Entity = z.custom<TelegramMessageEntity>(
  (value) => typeof value === 'object' && value !== null && 'type' in value && 'offset' in value && 'length' in value,
  'an entity has type, offset and length',
);

const id = z.coerce.number<number>().int();

/** A chat as bots name it: negative for groups and channels, a person's id for private chats. */
export const ChatId = id;

/** Rights of an administrator by the names of the Bot API. */
export const Rights = z.partialRecord(z.enum(rightNames(ALL_RIGHTS)), z.boolean());

/** The person who acts; part of every path below `/people/`. */
export const Actor = z.object({ person: id });

/** Where something is sent. */
export const Destination = z.discriminatedUnion('kind', [
  /** The private chat with a bot: the first one when not named. */
  z.object({ kind: z.literal('bot'), botId: id.optional() }),
  z.object({ kind: z.literal('chat'), chatId: id }),
  /** The comments of a channel post. */
  z.object({ kind: z.literal('comments'), post: Ref }),
]);
export type Destination = z.infer<typeof Destination>;

/** What a person sees of one message. */
export const ShownMessage = z.object({
  ref: Ref,
  /** The name that stands above the message. */
  from: z.string(),
  /** The account, or the chat, whose name that is. */
  fromId: z.number(),
  fromBot: z.boolean(),
  /** Who really wrote it, also behind a group's or channel's name; people see that of their own messages only. */
  authorId: z.number(),
  /** Seconds since the epoch. */
  date: z.number(),
  edited: z.boolean(),
  kind: z.string(),
  /** The text, or what a service line says; empty for media. */
  text: z.string(),
  caption: z.string(),
  /** Entities of the text or the caption. */
  entities: z.array(Entity),
  /** The file's unique id, the same for everybody. */
  file: z
    .object({
      uniqueId: z.string(),
      fileName: z.string().optional(),
      mimeType: z.string().optional(),
      size: z.number(),
      width: z.number().optional(),
      height: z.number().optional(),
      /** Seconds. */
      duration: z.number().optional(),
      title: z.string().optional(),
      performer: z.string().optional(),
      emoji: z.string().optional(),
      /** The unique id of the small picture that stands for it. */
      thumbnail: z.string().optional(),
    })
    .optional(),
  isCaptionAbove: z.boolean().optional(),
  hasSpoiler: z.boolean().optional(),
  /** What a service line is about, so that it can be told in other languages than English. */
  service: z
    .object({
      what: z.string(),
      /** Names of the accounts it is about. */
      names: z.array(z.string()),
      title: z.string().optional(),
      message: Ref.optional(),
    })
    .optional(),
  /** The Bot API object of kinds that are more than text and file: contact, poll, location... */
  details: z.unknown().optional(),
  replyTo: Ref.optional(),
  quote: z.string().optional(),
  threadId: z.number().optional(),
  forwardedFrom: z.string().optional(),
  viaBot: z.string().optional(),
  albumId: z.string().optional(),
  /** Buttons under the message, row by row. */
  buttons: z.array(z.array(z.string())),
  /** Keyboard below the input field: its rows, or what was done to it. */
  replyKeyboard: z.unknown().optional(),
  pinned: z.boolean(),
  reactions: z.array(z.object({ emoji: z.string(), count: z.number() })),
  /** Of a channel post: its copy in the discussion group and how many comments stand below it. */
  comments: z.object({ root: Ref, count: z.number() }).optional(),
  /** Of a copy in the discussion group: the post. */
  copyOf: Ref.optional(),
  /** How links are previewed, as the sender asked for. */
  linkPreview: z.unknown().optional(),
  isProtected: z.boolean(),
});
export type ShownMessage = z.infer<typeof ShownMessage>;

export const PersonData = z.object({
  id: z.number(),
  firstName: z.string(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string().optional(),
  isPremium: z.boolean(),
});
export type PersonData = z.infer<typeof PersonData>;
