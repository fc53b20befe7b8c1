import type { FormattedText } from '../rules/text.js';
import type { Content } from '../world/content.js';
import type { BotCall } from './call.js';
import type { TakenFile } from './inputFile.js';
import { captionParam } from './text.js';

/** What stands around a file in a message. */
export interface Framing {
  readonly caption: FormattedText;
  readonly isCaptionAbove: boolean;
  readonly hasSpoiler: boolean;
  readonly cover?: string[] | undefined;
  readonly startTimestamp?: number | undefined;
}

/** Caption, its place and the spoiler, as the parameters of most methods that send media. */
export function framingParam(call: BotCall): Framing {
  return {
    caption: captionParam(call),
    isCaptionAbove: call.params.boolean('show_caption_above_media'),
    hasSpoiler: call.params.boolean('has_spoiler'),
  };
}

/** A message's content around a file. The file's own kind decides; kinds without captions lose theirs. */
export function mediaContent(taken: TakenFile, framing: Framing): Content {
  const { caption, isCaptionAbove, hasSpoiler, cover, startTimestamp } = framing;
  const frame = { caption: caption.text, captionEntities: caption.entities, isCaptionAbove };
  switch (taken.kind) {
    case 'photo':
      return { kind: 'photo', sizes: taken.sizes, ...frame, hasSpoiler };
    case 'video':
      return { kind: 'video', file: taken.file, ...frame, hasSpoiler, cover, startTimestamp };
    case 'animation':
      return { kind: 'animation', file: taken.file, ...frame, hasSpoiler };
    case 'audio':
    case 'voice':
    case 'document':
      return { kind: taken.kind, file: taken.file, ...frame, isCaptionAbove: false, hasSpoiler: false };
    case 'video_note':
    case 'sticker':
      return { kind: taken.kind, file: taken.file };
  }
}
