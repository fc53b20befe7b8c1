import { createHash } from 'node:crypto';
import { bareMedia, canonical, type Content, type RichText } from '../relay/content.js';
import { calm } from '../relay/mentions.js';
import { join, styled } from '../relay/richText.js';
import type { Side } from '../relay/model.js';
import type { MessageView } from './lane.js';

/** The few words that a rendered message needs in the reader's language. */
export interface Wording {
  /** Names something that could not be copied, for the team. */
  uncopyable(what: string): string;
}

/** What one side is shown of a message: its content as that side may see it. Pure. */
export function render(message: MessageView, side: Side, wording: Wording): Content {
  const { content } = message;
  switch (content.kind) {
    case 'uncopyable':
      return { kind: 'text', text: wording.uncopyable(content.name), entities: [] };
    case 'dice':
      // A copied die is thrown anew: what counts is the value that was thrown.
      return { kind: 'text', text: `${content.emoji} ${content.value}`, entities: [] };
    case 'text':
      return { ...content, ...worded(content, message, side) };
    case 'media':
      return { ...content, caption: worded(content.caption, message, side) };
    case 'location':
    case 'venue':
    case 'contact':
    case 'poll':
    case 'native':
      return content;
  }
}

function worded(words: RichText, message: MessageView, side: Side): RichText {
  return message.author === 'customer' ? calm(words) : signed(words, message, side);
}

/** An answer carries its author's chosen name, if there is one; nobody's real name ever leaves the team. */
function signed({ text, entities }: RichText, { signature, author }: MessageView, side: Side): RichText {
  if (signature === undefined || author !== 'agent' || side !== 'customer') return { text, entities };
  const line = styled('italic', `— ${signature}`);
  return text === '' ? line : join({ text, entities }, '\n\n', line);
}

/** The same for what looks the same. */
export function digestOf(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('base64url').slice(0, 22);
}

/**
 * A comment that stands outside its thread, because the messenger never opened it, says whose it is: with the ticket's
 * hashtag, by which it is found, and the customer's name. What has no room for words follows a line that says it.
 */
export function labelled(content: Content, label: RichText): readonly Content[] {
  switch (content.kind) {
    case 'text':
      return [{ kind: 'text', ...join(label, '\n', content) }];
    case 'media':
      if (bareMedia.some((kind) => kind === content.media)) return [{ kind: 'text', ...label }, content];
      return [{ ...content, caption: content.caption.text === '' ? label : join(label, '\n', content.caption) }];
    case 'location':
    case 'venue':
    case 'contact':
    case 'poll':
    case 'dice':
    case 'native':
    case 'uncopyable':
      return [{ kind: 'text', ...label }, content];
  }
}
