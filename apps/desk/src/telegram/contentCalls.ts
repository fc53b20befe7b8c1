import type { TelegramMessage, TelegramReplyParameters } from '@gramio/types/objects';
import type { Content, Media } from '../relay/content.js';
import type { ExternalId } from '../relay/ids.js';
import { DeliveryError, shapeOf, type EditRequest, type SendRequest } from '../relay/ports.js';
import type { BotApi } from './client.js';
import { parseMessageRef } from './externalId.js';
import { captionParams, entitiesOf, markupOf, pollParams, replacement } from './writeContent.js';

/** Which method of the Bot API sends or edits which kind of content. */

export interface ContentManner {
  /** Show previews of links. Not of customers' links: agents did not ask for them. */
  readonly linkPreviews: boolean;
}

type Common = Pick<SendRequest, 'source'> & {
  readonly chat_id: number;
  readonly reply_parameters?: TelegramReplyParameters;
};

/** Sends one message. Throws DeliveryError for what no bot can send. */
export async function sendContent(
  api: BotApi,
  manner: ContentManner,
  { content, common: { source, ...common } }: { content: Content; common: Common },
): Promise<Pick<TelegramMessage, 'message_id'>> {
  switch (content.kind) {
    case 'text':
      return api.call('sendMessage', { ...common, ...textParams(manner, content) });
    case 'media':
      return sendMedia(api, common, content);
    case 'location':
      return api.call('sendLocation', { ...common, ...locationParams(content) });
    case 'venue':
      return api.call('sendVenue', {
        ...common,
        latitude: content.latitude,
        longitude: content.longitude,
        title: content.title,
        address: content.address,
        ...(content.foursquareId !== undefined && { foursquare_id: content.foursquareId }),
        ...(content.foursquareType !== undefined && { foursquare_type: content.foursquareType }),
        ...(content.googlePlaceId !== undefined && { google_place_id: content.googlePlaceId }),
        ...(content.googlePlaceType !== undefined && { google_place_type: content.googlePlaceType }),
      });
    case 'contact':
      return api.call('sendContact', {
        ...common,
        phone_number: content.phone,
        first_name: content.firstName,
        ...(content.lastName !== undefined && { last_name: content.lastName }),
        ...(content.vcard !== undefined && { vcard: content.vcard }),
      });
    case 'poll':
      return api.call('sendPoll', { ...common, ...pollParams(content) });
    case 'native':
      return copyNative(api, common, source);
    case 'dice':
    case 'uncopyable':
      throw new DeliveryError({ kind: 'rejected', reason: 'uncopyable' }, `${content.kind} cannot be sent`);
  }
}

async function copyNative(
  api: BotApi,
  common: Omit<Common, 'source'>,
  source: ExternalId | undefined,
): Promise<{ message_id: number }> {
  if (source === undefined) {
    throw new DeliveryError({ kind: 'rejected', reason: 'uncopyable' }, 'there is nothing to copy from');
  }
  const { chatId, messageId } = parseMessageRef(source);
  return api.call('copyMessage', { ...common, from_chat_id: chatId, message_id: messageId });
}

async function sendMedia(api: BotApi, common: Omit<Common, 'source'>, media: Media): Promise<TelegramMessage> {
  const { file } = media;
  const markup = markupOf(media);
  const params = { ...common, ...captionParams(media), ...markup };
  switch (media.media) {
    case 'photo':
      return api.call('sendPhoto', { ...params, photo: file });
    case 'video':
      return api.call('sendVideo', { ...params, video: file });
    case 'animation':
      return api.call('sendAnimation', { ...params, animation: file });
    case 'audio':
      return api.call('sendAudio', { ...params, audio: file });
    case 'voice':
      return api.call('sendVoice', { ...params, voice: file });
    case 'document':
      return api.call('sendDocument', { ...params, document: file });
    case 'video_note':
      return api.call('sendVideoNote', { ...common, video_note: file });
    case 'sticker':
      return api.call('sendSticker', { ...common, ...markup, sticker: file });
  }
}

/** Edits a message into what it should show. Throws DeliveryError for what no edit can make. */
export async function editContent(
  api: BotApi,
  manner: ContentManner,
  { message, shape, content }: EditRequest,
): Promise<unknown> {
  const { chatId, messageId } = parseMessageRef(message);
  const target = { chat_id: chatId, message_id: messageId };
  switch (content.kind) {
    case 'text':
      return api.call('editMessageText', { ...target, ...textParams(manner, content) });
    case 'media':
      // The same file: only the words changed. Voice messages can be edited in no other way.
      if (shape === shapeOf(content))
        return api.call('editMessageCaption', { ...target, ...captionParams(content), ...markupOf(content) });
      return api.call('editMessageMedia', { ...target, media: replacement(content), ...markupOf(content) });
    case 'location':
      if (!content.live) return api.call('stopMessageLiveLocation', target);
      return api.call('editMessageLiveLocation', { ...target, ...locationParams(content) });
    case 'venue':
    case 'contact':
    case 'poll':
    case 'dice':
    case 'native':
    case 'uncopyable':
      throw new DeliveryError({ kind: 'rejected', reason: 'not_editable' }, `a ${content.kind} cannot be edited`);
  }
}

function textParams(
  { linkPreviews }: ContentManner,
  content: Extract<Content, { kind: 'text' }>,
): { text: string; entities: ReturnType<typeof entitiesOf>; link_preview_options?: { is_disabled: true } } {
  return {
    text: content.text,
    entities: entitiesOf(content),
    ...markupOf(content),
    ...(!linkPreviews && { link_preview_options: { is_disabled: true } }),
  };
}

function locationParams({ latitude, longitude, accuracyMetres, live }: Extract<Content, { kind: 'location' }>): {
  latitude: number;
  longitude: number;
  horizontal_accuracy?: number;
  live_period?: number;
  heading?: number;
  proximity_alert_radius?: number;
} {
  return {
    latitude,
    longitude,
    ...(accuracyMetres !== undefined && { horizontal_accuracy: accuracyMetres }),
    ...(live && { live_period: live.seconds }),
    ...(live?.heading !== undefined && { heading: live.heading }),
    ...(live?.alertMetres !== undefined && { proximity_alert_radius: live.alertMetres }),
  };
}
