import type { Content, Entity, Media, MediaKind } from '../../../src/relay/content.js';
import { noText, plainText } from '../../../src/relay/content.js';
import type { CommentEvent } from '../../../src/relay/events.js';
import type {
  CommentAuthor,
  Conversation,
  CustomerProfile,
  IncomingMessage,
  StoredMessage,
} from '../../../src/relay/model.js';
import { blank, type Situation } from '../../../src/relay/situation.js';

/** What the tests of the relay's rules are told in: Ann is a customer, Maria an agent. */

export const ann: CustomerProfile = { id: '42', place: '42', firstName: 'Ann', lastName: 'Lee', language: 'en' };

export const maria: CommentAuthor = { kind: 'person', id: '7', name: 'Maria Silva' };

export const conversation: Conversation = { id: '12', customer: { ...ann, standing: 'active' } };

export const known: Situation = { ...blank, conversation };
/** A comment of an agent's stands in the thread of Ann's conversation. */
export const agentsThread: Situation = { conversation, role: 'agent' };

export const nine = new Date('2026-11-02T09:00:00Z');

export function later(seconds: number): Date {
  return new Date(nine.getTime() + seconds * 1_000);
}

export function text(words: string, ...entities: readonly Entity[]): Content {
  return { kind: 'text', text: words, entities };
}

export function media(kind: MediaKind, caption = '', file = 'A'): Media {
  return {
    kind: 'media',
    media: kind,
    file: `handle of ${file}`,
    fileKey: file,
    caption: caption === '' ? noText : { text: caption, entities: [] },
    spoiler: false,
    captionAbove: false,
  };
}

export function incoming(content: Content | string, more: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    id: '42/100',
    content: typeof content === 'string' ? plainText(content) : content,
    at: nine,
    ...more,
  };
}

export function stored(content: Content | string, more: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id: '900',
    author: 'agent',
    content: typeof content === 'string' ? plainText(content) : content,
    revision: 1,
    internal: false,
    inPost: false,
    removed: false,
    ...more,
  };
}

export function comment(content: Content | string, more: Partial<CommentEvent> = {}): CommentEvent {
  return {
    kind: 'comment_written',
    author: maria,
    message: incoming(content, { id: '-1002/50' }),
    root: '-1002/31',
    ...more,
  };
}
