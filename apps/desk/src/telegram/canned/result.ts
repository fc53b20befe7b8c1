import type { TelegramInlineQueryResult } from '@gramio/types/objects';
import { digestOfWording } from '../../relay/canned.js';
import { beginning, codePoints } from '../../relay/richText.js';
import { offered, wordsOf, type StoredReply } from '../../canned/reply.js';
import { resultId } from '../readCanned.js';
import { entitiesOf, markupOf } from '../writeContent.js';

/** How much of a reply is shown in the list, in characters. */
const descriptionLimit = 120;

/** A reply as a row of an answer to an inline query (Bot API: InlineQueryResult and its cached forms). */
export function resultOf(reply: StoredReply): TelegramInlineQueryResult {
  const content = offered(reply);
  const words = wordsOf(content);
  const common = { id: resultId(reply.id, digestOfWording(content)), ...markupOf(content) };
  const named = { ...common, title: reply.title, description: describe(words.text) };
  if (content.kind === 'text') {
    return {
      ...named,
      type: 'article',
      input_message_content: { message_text: content.text, entities: entitiesOf(content) },
    };
  }
  const { file } = content;
  // A spoiler cannot be asked for here (Bot API: InlineQueryResultCachedPhoto and its like).
  const caption = words.text === '' ? {} : { caption: words.text, caption_entities: entitiesOf(words) };
  const shown = { ...caption, ...(content.captionAbove && { show_caption_above_media: true }) };
  switch (content.media) {
    case 'photo':
      return { ...named, ...shown, type: 'photo', photo_file_id: file };
    case 'video':
    case 'video_note':
      return { ...named, ...shown, type: 'video', video_file_id: file };
    case 'animation':
      return { ...common, title: reply.title, ...shown, type: 'mpeg4_gif', mpeg4_file_id: file };
    case 'document':
      return { ...named, ...caption, type: 'document', document_file_id: file };
    case 'voice':
      return { ...common, title: reply.title, ...caption, type: 'voice', voice_file_id: file };
    case 'audio':
      return { ...common, ...caption, type: 'audio', audio_file_id: file };
    case 'sticker':
      return { ...common, type: 'sticker', sticker_file_id: file };
  }
}

function describe(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return codePoints(line) <= descriptionLimit ? line : `${beginning(line, descriptionLimit - 1)}…`;
}
