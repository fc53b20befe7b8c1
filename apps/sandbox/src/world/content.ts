import type {
  TelegramLinkPreviewOptions,
  TelegramLocation,
  TelegramMessage,
  TelegramMessageEntity,
  TelegramVenue,
} from '@gramio/types/objects';

export interface TextContent {
  kind: 'text';
  text: string;
  entities: TelegramMessageEntity[];
  linkPreview?: TelegramLinkPreviewOptions | undefined;
}

export interface Caption {
  caption: string;
  captionEntities: TelegramMessageEntity[];
  isCaptionAbove: boolean;
}

/** A picture: the sizes it comes in, as file keys, the largest last. */
export interface PhotoContent extends Caption {
  kind: 'photo';
  sizes: string[];
  hasSpoiler: boolean;
}

/** One file with a caption. */
export interface CaptionedContent extends Caption {
  kind: 'video' | 'animation' | 'audio' | 'voice' | 'document';
  file: string;
  hasSpoiler: boolean;
  cover?: string[] | undefined;
  /** Seconds into the video. */
  startTimestamp?: number | undefined;
}

/** One file that cannot have a caption. */
export interface PlainFileContent {
  kind: 'video_note' | 'sticker';
  file: string;
}

/** A point, or a live location for as long as `live` is set. `until` in seconds since the epoch. */
export interface LocationContent {
  kind: 'location';
  location: TelegramLocation;
  live?: { period: number; until: number } | undefined;
  /** A live location that ended stays what it is: it can neither be edited nor started again. */
  wasLive?: true | undefined;
}

export interface VenueContent {
  kind: 'venue';
  venue: TelegramVenue;
}

/** A poll of the world's, by its id. */
export interface PollContent {
  kind: 'poll';
  pollId: string;
}

/** Kinds without files whose Bot API object is all there is to keep. */
export type ObjectKind =
  | 'contact'
  | 'dice'
  | 'game'
  | 'invoice'
  | 'story'
  | 'paid_media'
  | 'giveaway'
  | 'giveaway_winners'
  | 'giveaway_completed'
  | 'checklist'
  | 'gift';
export type ObjectContent = { [K in ObjectKind]: { kind: K; value: NonNullable<TelegramMessage[K]> } }[ObjectKind];

/** A line in the chat about something that happened. Account ids stand for the accounts as they are now. */
export type ServiceContent = { kind: 'service' } & (
  | { service: 'new_chat_members'; accountIds: number[] }
  | { service: 'left_chat_member'; accountId: number }
  | { service: 'new_chat_title'; title: string }
  | { service: 'new_chat_photo'; sizes: string[] }
  | { service: 'delete_chat_photo' }
  | { service: 'pinned_message'; messageId: number }
  | { service: 'group_chat_created' }
  | { service: 'supergroup_chat_created' }
  | { service: 'channel_chat_created' }
  | { service: 'migrate_to_chat_id'; chatId: number }
  | { service: 'migrate_from_chat_id'; chatId: number }
  | { service: 'web_app_data'; data: string; buttonText: string }
);

/** Media that destroys itself, and kinds that are newer than the Bot API: people see them, bots never do. */
export interface HiddenContent {
  kind: 'self_destructing' | 'unsupported';
}

export type MediaContent = PhotoContent | CaptionedContent;
export type Content =
  | TextContent
  | PhotoContent
  | CaptionedContent
  | PlainFileContent
  | LocationContent
  | VenueContent
  | PollContent
  | ObjectContent
  | ServiceContent
  | HiddenContent;
export type ContentKind = Content['kind'];

/** True for content that has a caption, even an empty one. */
export function isCaptioned(content: Content): content is MediaContent {
  return 'captionEntities' in content;
}
