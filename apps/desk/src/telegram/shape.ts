import type { TelegramMessage, TelegramUpdate } from '@gramio/types/objects';
import { z } from 'zod';

/**
 * The shape of what the desk reads of an update, and of nothing else: what Telegram adds does not matter. An update of
 * another shape did not come from Telegram, or from a Telegram that this program is too old for.
 */

/** Up to 52 significant bits (Bot API: User, Chat). */
const id = z.int();
/** Seconds since 1970. */
const time = z.uint32();

const user = z.looseObject({
  id,
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const chat = z.looseObject({ id, type: z.string(), title: z.string().optional() });

const entity = z.looseObject({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  url: z.string().optional(),
  language: z.string().optional(),
  custom_emoji_id: z.string().optional(),
  user: z.looseObject({ id }).optional(),
  unix_time: z.number().optional(),
  date_time_format: z.string().optional(),
});
const entities = z.array(entity).optional();

const channelOrigin = z.looseObject({ chat, message_id: id });
const forwardOrigin = z
  .looseObject({ type: z.string() })
  .refine((origin) => origin.type !== 'channel' || channelOrigin.safeParse(origin).success);

/** A message without what it says. One that is replied to never has a reply of its own (Bot API: Message). */
const repliedMessage = z.looseObject({
  message_id: id,
  date: time,
  chat,
  from: user.optional(),
  sender_chat: chat.optional(),
  forward_origin: forwardOrigin.optional(),
});

const message = repliedMessage.extend({
  via_bot: user.optional(),
  author_signature: z.string().optional(),
  edit_date: time.optional(),
  message_thread_id: id.optional(),
  media_group_id: z.string().optional(),
  migrate_to_chat_id: id.optional(),
  reply_to_message: repliedMessage.optional(),
  quote: z.looseObject({ text: z.string(), entities, position: z.int() }).optional(),
});

const membership = z.looseObject({ chat, from: user, new_chat_member: z.looseObject({ status: z.string(), user }) });

const update = z.looseObject({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  my_chat_member: membership.optional(),
  chat_member: membership.optional(),
  chosen_inline_result: z.looseObject({ from: user, result_id: z.string() }).optional(),
});

export function isUpdate(payload: unknown): payload is TelegramUpdate {
  return update.safeParse(payload).success;
}

const file = z.looseObject({ file_id: z.string(), file_unique_id: z.string() }).optional();

const location = z.looseObject({
  latitude: z.number(),
  longitude: z.number(),
  horizontal_accuracy: z.number().optional(),
  live_period: z.int().optional(),
  heading: z.int().optional(),
  proximity_alert_radius: z.int().optional(),
});

const venue = z.looseObject({
  location,
  title: z.string(),
  address: z.string(),
  foursquare_id: z.string().optional(),
  foursquare_type: z.string().optional(),
  google_place_id: z.string().optional(),
  google_place_type: z.string().optional(),
});

const contact = z.looseObject({
  phone_number: z.string(),
  first_name: z.string(),
  last_name: z.string().optional(),
  vcard: z.string().optional(),
});

const poll = z.looseObject({
  question: z.string(),
  question_entities: entities,
  options: z.array(z.looseObject({ text: z.string(), text_entities: entities })),
  type: z.string(),
  is_anonymous: z.boolean(),
  allows_multiple_answers: z.boolean(),
  is_closed: z.boolean(),
});

const content = z.looseObject({
  text: z.string().optional(),
  entities,
  caption: z.string().optional(),
  caption_entities: entities,
  animation: file,
  audio: file,
  voice: file,
  video: file,
  video_note: file,
  sticker: file,
  document: file,
  photo: z.array(file.unwrap()).optional(),
  contact: contact.optional(),
  venue: venue.optional(),
  location: location.optional(),
  dice: z.looseObject({ emoji: z.string(), value: z.int() }).optional(),
  poll: poll.optional(),
});

const keyboard = z.looseObject({
  inline_keyboard: z.array(z.array(z.looseObject({ text: z.string(), url: z.string().optional() }))),
});

/** The buttons below a message, if it has any of a shape that this program reads. */
export function buttonsBelow(said: TelegramMessage): z.output<typeof keyboard>['inline_keyboard'] {
  return keyboard.safeParse(said.reply_markup).data?.inline_keyboard ?? [];
}

/** Whether what a message says has the shape that this program reads. */
export function isReadable(said: TelegramMessage): boolean {
  return content.safeParse(said).success;
}
