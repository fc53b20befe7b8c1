import type { TelegramMessage } from '@gramio/types/objects';
import { compact } from '../world/compact.js';
import type { CaptionedContent, Content, LocationContent, MediaContent, TextContent } from '../world/content.js';
import { NotInWorld } from '../world/lookup.js';
import {
  renderAnimation,
  renderAudio,
  renderDocument,
  renderPhoto,
  renderSticker,
  renderVideo,
  renderVideoNote,
  renderVoice,
} from './file.js';
import { renderService } from './service.js';
import type { View } from './view.js';

/** The members of a Message that carry what it says, in Telegram's order (telegram-bot-api Client::JsonMessage). */
export type ContentFields = Partial<TelegramMessage>;

export function renderContent(view: View, content: Content): ContentFields {
  if ('value' in content) return { [content.kind]: content.value };
  switch (content.kind) {
    case 'text':
      return renderText(content);
    case 'photo':
      return { photo: renderPhoto(view, content.sizes), ...renderCaption(content) };
    case 'video':
    case 'animation':
    case 'audio':
    case 'voice':
    case 'document':
      return { ...renderCaptionedFile(view, content), ...renderCaption(content) };
    case 'video_note':
      return { video_note: renderVideoNote(view, content.file) };
    case 'sticker':
      return { sticker: renderSticker(view, content.file) };
    case 'location':
      return { location: renderLocation(content) };
    case 'venue':
      return { venue: content.venue, location: content.venue.location };
    case 'poll':
      return { poll: pollOf(view, content.pollId) };
    case 'service':
      return renderService(view, content);
    case 'self_destructing':
    case 'unsupported':
      return {};
  }
}

function renderText({ text, entities, linkPreview }: TextContent): ContentFields {
  return compact<ContentFields>({
    text,
    entities: entities.length > 0 ? entities : undefined,
    link_preview_options: linkPreview,
  });
}

function renderCaption(content: MediaContent): ContentFields {
  const { caption, captionEntities, isCaptionAbove, hasSpoiler } = content;
  return compact<ContentFields>({
    caption: caption === '' ? undefined : caption,
    caption_entities: captionEntities.length > 0 ? captionEntities : undefined,
    show_caption_above_media: isCaptionAbove && caption !== '' ? true : undefined,
    has_media_spoiler: hasSpoiler ? true : undefined,
  });
}

/** An animation also stands as a document, for bots from before Bot API 4.0. */
function renderCaptionedFile(view: View, content: CaptionedContent): ContentFields {
  switch (content.kind) {
    case 'video':
      return { video: videoWithCover(view, content) };
    case 'animation':
      return { animation: renderAnimation(view, content.file), document: renderDocument(view, content.file) };
    case 'audio':
      return { audio: renderAudio(view, content.file) };
    case 'voice':
      return { voice: renderVoice(view, content.file) };
    case 'document':
      return { document: renderDocument(view, content.file) };
  }
}

function videoWithCover(
  view: View,
  { file, cover, startTimestamp }: CaptionedContent,
): NonNullable<ContentFields['video']> {
  return compact<NonNullable<ContentFields['video']>>({
    ...renderVideo(view, file),
    cover: cover === undefined ? undefined : renderPhoto(view, cover),
    start_timestamp: startTimestamp,
  });
}

function renderLocation({ location, live }: LocationContent): NonNullable<ContentFields['location']> {
  return live === undefined ? location : { ...location, live_period: live.period };
}

function pollOf(view: View, pollId: string): NonNullable<ContentFields['poll']> {
  const stored = view.world.polls[pollId];
  if (stored === undefined) throw new NotInWorld(`no poll ${pollId}`);
  return stored.poll;
}
