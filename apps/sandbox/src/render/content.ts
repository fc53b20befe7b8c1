import type { TelegramMessage, TelegramPoll } from '@gramio/types/objects';
import { compact } from '../world/compact.js';
import {
  type CaptionedContent,
  type Content,
  isCaptioned,
  type LocationContent,
  type MediaContent,
  type TextContent,
} from '../world/content.js';
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
  if (isCaptioned(content)) return { ...renderMedia(view, content), ...renderCaption(content) };
  switch (content.kind) {
    case 'text':
      return renderText(content);
    case 'video_note':
      return { video_note: renderVideoNote(view, content.file) };
    case 'sticker':
      return { sticker: renderSticker(view, content.file) };
    case 'location':
      return { location: renderLocation(content) };
    case 'venue':
      return { venue: content.venue, location: content.venue.location };
    case 'poll':
      return { poll: renderPoll(view, content.pollId) };
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
function renderMedia(view: View, content: MediaContent): ContentFields {
  switch (content.kind) {
    case 'photo':
      return { photo: renderPhoto(view, content.sizes) };
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

/** The right answers of a quiz are told once it is closed, before only to a bot that knows them (Bot API: Poll). */
export function renderPoll(view: View, pollId: string): TelegramPoll {
  const stored = view.world.polls[pollId];
  if (stored === undefined) throw new NotInWorld(`no poll ${pollId}`);
  if (stored.poll.is_closed || stored.knownTo === view.botId) return stored.poll;
  const secret = { correct_option_ids: undefined, explanation: undefined, explanation_entities: undefined };
  return compact<TelegramPoll>({ ...stored.poll, ...secret });
}
