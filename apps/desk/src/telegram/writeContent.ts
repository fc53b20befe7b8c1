import type {
  TelegramInputMediaAnimation,
  TelegramInputMediaAudio,
  TelegramInputMediaDocument,
  TelegramInputMediaPhoto,
  TelegramInputMediaVideo,
  TelegramMessageEntity,
} from '@gramio/types/objects';
import type { Buttons, Content, Entity, Media, Poll, RichText, Text } from '../relay/content.js';
import { codePoints, split, splitFirst } from '../relay/richText.js';
import { shapeOf, type Shape } from '../relay/ports.js';

/** Bot API: sendMessage, captions. Counted in characters after entities are parsed. */
export const textLimit = 4096;
export const captionLimit = 1024;

/**
 * Cuts what is too long for a bot: Premium users write 8192 characters and captions of 4096. A caption keeps its first
 * piece with the media; the rest follows as text.
 */
export function cut(content: Content): readonly Content[] {
  if (content.kind === 'text') return withButtonsLast(textPieces(content), content.buttons);
  if (content.kind !== 'media' || codePoints(content.caption.text) <= captionLimit) return [content];
  const [caption, rest] = splitFirst(content.caption, captionLimit);
  const { buttons, ...media } = content;
  return withButtonsLast([{ ...media, caption }, ...(rest.text === '' ? [] : textPieces(rest))], buttons);
}

function textPieces(words: RichText): (Text | Media)[] {
  return split(words, textLimit).map(({ text, entities }): Text => ({ kind: 'text', text, entities }));
}

/** Buttons belong below the end of what was cut. */
function withButtonsLast(pieces: readonly (Text | Media)[], buttons: Buttons | undefined): Content[] {
  return pieces.map((piece, index) => (buttons && index === pieces.length - 1 ? { ...piece, buttons } : piece));
}

/** Bot API: InlineKeyboardMarkup. An edit without it takes the buttons away. */
export function markupOf({ buttons }: { readonly buttons?: Buttons }): {
  reply_markup?: { inline_keyboard: { text: string; url: string }[][] };
} {
  if (!buttons) return {};
  return { reply_markup: { inline_keyboard: buttons.map((row) => row.map(({ text, url }) => ({ text, url }))) } };
}

/** Bot API: sendMediaGroup. Audio and documents stand only among their own kind, photos and videos together. */
export function albumClass(content: Content): string | undefined {
  if (content.kind !== 'media') return undefined;
  switch (content.media) {
    case 'photo':
    case 'video':
      return 'visual';
    case 'audio':
    case 'document':
      return content.media;
    case 'animation':
    case 'voice':
    case 'video_note':
    case 'sticker':
      return undefined;
  }
}

/** editMessageMedia takes these away and puts these in their place (TDLib MessagesManager: can_edit_message_media). */
const replaceable: readonly string[] = ['photo', 'video', 'animation', 'audio', 'document'];

/** Bot API: editMessageText, editMessageCaption, editMessageMedia, editMessageLiveLocation. */
export function canBecome(shape: Shape, content: Content): boolean {
  const [from = ''] = shape.split(':');
  switch (content.kind) {
    case 'text':
      return from === 'text';
    case 'media':
      if (shape === shapeOf(content)) return content.media !== 'sticker' && content.media !== 'video_note';
      return replaceable.includes(content.media) && (from === 'text' || replaceable.includes(from));
    case 'location':
      return from === 'live_location';
    case 'venue':
    case 'contact':
    case 'poll':
    case 'dice':
    case 'native':
    case 'uncopyable':
      return false;
  }
}

export function entitiesOf({ entities }: RichText): TelegramMessageEntity[] {
  return entities.filter((entity) => !detected.has(entity.type)).map(writeEntity);
}

/** Telegram finds these in the text by itself. */
const detected = new Set(['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number']);

function writeEntity(entity: Entity): TelegramMessageEntity {
  return {
    // Types come from Telegram and go back to it, also those that this program has not heard of.
    type: telegramType(entity.type),
    offset: entity.offset,
    length: entity.length,
    ...(entity.url !== undefined && { url: entity.url }),
    ...(entity.language !== undefined && { language: entity.language }),
    ...(entity.customEmojiId !== undefined && { custom_emoji_id: entity.customEmojiId }),
    ...(entity.person !== undefined && { user: { id: Number(entity.person), is_bot: false, first_name: '' } }),
    ...(entity.unixTime !== undefined && { unix_time: entity.unixTime }),
    ...(entity.dateTimeFormat !== undefined && { date_time_format: entity.dateTimeFormat }),
  };
}

function telegramType(type: string): TelegramMessageEntity['type'];
function telegramType(type: string): string {
  return type;
}

/** Caption and look of media, as every send method of media takes them. */
export function captionParams({ caption, spoiler, captionAbove }: Media): {
  caption?: string;
  caption_entities?: TelegramMessageEntity[];
  has_spoiler?: true;
  show_caption_above_media?: true;
} {
  return {
    ...(caption.text !== '' && { caption: caption.text, caption_entities: entitiesOf(caption) }),
    ...(spoiler && { has_spoiler: true }),
    ...(captionAbove && { show_caption_above_media: true }),
  };
}

type AlbumItem =
  TelegramInputMediaPhoto | TelegramInputMediaVideo | TelegramInputMediaAudio | TelegramInputMediaDocument;

/** Bot API: sendMediaGroup. Only of what `albumClass` gives a class. */
export function albumItem(media: Media): AlbumItem {
  const { file } = media;
  switch (media.media) {
    case 'photo':
      return { type: 'photo', media: file, ...words(media), ...look(media) };
    case 'video':
      return { type: 'video', media: file, ...words(media), ...look(media) };
    case 'audio':
      return { type: 'audio', media: file, ...words(media) };
    case 'document':
    case 'animation':
    case 'voice':
    case 'video_note':
    case 'sticker':
      return { type: 'document', media: file, ...words(media) };
  }
}

/** Bot API: editMessageMedia, which knows animations too. */
export function replacement(media: Media): AlbumItem | TelegramInputMediaAnimation {
  if (media.media !== 'animation') return albumItem(media);
  return { type: 'animation', media: media.file, ...words(media), ...look(media) };
}

function words({ caption }: Media): { caption: string; caption_entities: TelegramMessageEntity[] } {
  return { caption: caption.text, caption_entities: entitiesOf(caption) };
}

function look({ spoiler, captionAbove }: Media): { has_spoiler?: true; show_caption_above_media?: true } {
  return { ...(spoiler && { has_spoiler: true }), ...(captionAbove && { show_caption_above_media: true }) };
}

/** A poll becomes a new one, and a quiz an ordinary one: its right answer is its author's secret. */
export function pollParams({ question, options, anonymous, multiple, closed }: Poll): {
  question: string;
  question_entities: TelegramMessageEntity[];
  options: { text: string; text_entities: TelegramMessageEntity[] }[];
  is_anonymous: boolean;
  allows_multiple_answers: boolean;
  is_closed: boolean;
} {
  return {
    question: question.text,
    question_entities: entitiesOf(question),
    options: options.map((option) => ({ text: option.text, text_entities: entitiesOf(option) })),
    is_anonymous: anonymous,
    allows_multiple_answers: multiple,
    is_closed: closed,
  };
}
