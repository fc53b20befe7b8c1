import type { TelegramLocation, TelegramMessage, TelegramMessageEntity, TelegramPoll } from '@gramio/types/objects';
import type { Content, Entity, Location, Media, MediaKind, RichText } from '../relay/content.js';
import { sanitize, wellFormed } from '../relay/richText.js';
import { personId } from './externalId.js';
import { isReadable } from './shape.js';

/**
 * What a message says. Undefined for a service message, which says nothing anybody wrote. What this program does not
 * know by name, or cannot read, is `uncopyable`, so that it is never lost in silence.
 */
export function readContent(message: TelegramMessage): Content | undefined {
  if (!isReadable(message)) return unreadable;
  return readText(message) ?? readMedia(message) ?? readOther(message) ?? readUncopyable(message);
}

function readText(message: TelegramMessage): Content | undefined {
  return message.text === undefined ? undefined : { kind: 'text', ...richText(message.text, message.entities) };
}

function readMedia(message: TelegramMessage): Content | undefined {
  // An animation also carries `document` (Bot API: Message), so it is looked for first; a live photo carries `photo`.
  const { animation, audio, voice, video, video_note: videoNote, sticker, document, photo } = message;
  if (animation) return media(message, 'animation', animation);
  if (audio) return media(message, 'audio', audio);
  if (voice) return media(message, 'voice', voice);
  if (video) return media(message, 'video', video);
  if (videoNote) return media(message, 'video_note', videoNote);
  if (sticker) return media(message, 'sticker', sticker);
  if (document) return media(message, 'document', document);
  const largest = photo?.at(-1);
  return largest && media(message, 'photo', largest);
}

function media(
  message: TelegramMessage,
  kind: MediaKind,
  file: { readonly file_id: string; readonly file_unique_id: string },
): Media {
  return {
    kind: 'media',
    media: kind,
    file: file.file_id,
    fileKey: file.file_unique_id,
    caption: richText(message.caption ?? '', message.caption_entities),
    spoiler: message.has_media_spoiler === true,
    captionAbove: message.show_caption_above_media === true,
  };
}

function readOther(message: TelegramMessage): Content | undefined {
  const { contact, venue, location, dice, poll } = message;
  if (contact) {
    return {
      kind: 'contact',
      phone: wellFormed(contact.phone_number),
      firstName: wellFormed(contact.first_name),
      ...(contact.last_name !== undefined && { lastName: wellFormed(contact.last_name) }),
      ...(contact.vcard !== undefined && { vcard: wellFormed(contact.vcard) }),
    };
  }
  // A venue also carries `location` (Bot API: Message).
  if (venue) {
    return {
      kind: 'venue',
      latitude: venue.location.latitude,
      longitude: venue.location.longitude,
      title: wellFormed(venue.title),
      address: wellFormed(venue.address),
      ...(venue.foursquare_id !== undefined && { foursquareId: venue.foursquare_id }),
      ...(venue.foursquare_type !== undefined && { foursquareType: venue.foursquare_type }),
      ...(venue.google_place_id !== undefined && { googlePlaceId: venue.google_place_id }),
      ...(venue.google_place_type !== undefined && { googlePlaceType: venue.google_place_type }),
    };
  }
  if (location) return readLocation(location);
  if (dice) return { kind: 'dice', emoji: dice.emoji, value: dice.value };
  return poll && readPoll(poll);
}

function readLocation(location: TelegramLocation): Location {
  const { live_period: seconds, heading, proximity_alert_radius: alertMetres } = location;
  return {
    kind: 'location',
    latitude: location.latitude,
    longitude: location.longitude,
    ...(location.horizontal_accuracy !== undefined && { accuracyMetres: location.horizontal_accuracy }),
    ...(seconds !== undefined && {
      live: { seconds, ...(heading !== undefined && { heading }), ...(alertMetres !== undefined && { alertMetres }) },
    }),
  };
}

function readPoll(poll: TelegramPoll): Content {
  return {
    kind: 'poll',
    question: richText(poll.question, poll.question_entities),
    options: poll.options.map((option) => richText(option.text, option.text_entities)),
    quiz: poll.type === 'quiz',
    anonymous: poll.is_anonymous,
    multiple: poll.allows_multiple_answers,
    closed: poll.is_closed,
  };
}

const unreadable: Content = { kind: 'uncopyable', name: 'unknown' };

/** Kinds that have no file and no words of their own. The first group can be copied by Telegram itself. */
const native = ['story', 'game', 'rich_message'] as const;
/** TDLib MessageContent: these cannot be copied at all, or not by a bot. */
const neverCopied = ['giveaway', 'giveaway_winners', 'paid_media', 'checklist', 'invoice'] as const;

/** Fields of a service message (Bot API: Message). Nobody wrote it, so nothing is relayed. */
const service: readonly (keyof TelegramMessage)[] = [
  'new_chat_members',
  'left_chat_member',
  'chat_owner_left',
  'chat_owner_changed',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'gift',
  'unique_gift',
  'gift_upgrade_sent',
  'connected_website',
  'write_access_allowed',
  'passport_data',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'community_chat_added',
  'community_chat_joined',
  'community_chat_removed',
  'direct_message_price_changed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'giveaway_created',
  'giveaway_completed',
  'managed_bot_created',
  'paid_message_price_changed',
  'poll_option_added',
  'poll_option_deleted',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'web_app_data',
];

function readUncopyable(message: TelegramMessage): Content | undefined {
  const copied = native.find((name) => message[name] !== undefined);
  if (copied !== undefined) return { kind: 'native', name: copied };
  const refused = neverCopied.find((name) => message[name] !== undefined);
  if (refused !== undefined) return { kind: 'uncopyable', name: refused };
  const isService = service.some((name) => message[name] !== undefined);
  return isService ? undefined : unreadable;
}

/** Text of a stranger with Telegram's entities, made safe to store and to send. */
export function richText(text: string, entities: readonly TelegramMessageEntity[] = []): RichText {
  return sanitize({ text, entities: entities.map(readEntity) });
}

function readEntity(entity: TelegramMessageEntity): Entity {
  return {
    type: entity.type,
    offset: entity.offset,
    length: entity.length,
    ...(entity.url !== undefined && { url: entity.url }),
    ...(entity.language !== undefined && { language: entity.language }),
    ...(entity.custom_emoji_id !== undefined && { customEmojiId: entity.custom_emoji_id }),
    ...(entity.user && { person: personId(entity.user.id) }),
    ...(entity.unix_time !== undefined && { unixTime: entity.unix_time }),
    ...(entity.date_time_format !== undefined && { dateTimeFormat: entity.date_time_format }),
  };
}
