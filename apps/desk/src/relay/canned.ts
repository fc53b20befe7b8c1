import { createHash } from 'node:crypto';
import type { Content, Media, Text } from './content.js';

/** A canned reply as the relay meets it: its wordings, and how a comment is recognized as one of them. */

/** What a reply can say: words, or a file with or without words. */
export type CannedContent = Text | Media;

/** Its name among the wordings of a reply; every reply has this one. */
export const anyLanguage = '';

export interface Wording {
  /** Such as `pt` or `pt-br`; `anyLanguage` for the one that is offered. */
  readonly language: string;
  readonly content: CannedContent;
}

export function isCannedContent(content: Content): content is CannedContent {
  return content.kind === 'text' || (content.kind === 'media' && content.media !== 'video_note');
}

/**
 * The same for the same words and file. White space does not count, because messengers trim it, nor do entities, because
 * they add links that they find.
 */
export function digestOfWording(content: CannedContent): string {
  const words = content.kind === 'text' ? content.text : content.caption.text;
  const file = content.kind === 'text' ? '' : `${content.media}:${content.fileKey}`;
  const plain = words.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return createHash('sha256').update(`${file}\n${plain}`).digest('base64url').slice(0, 22);
}

/** The wording for a reader: in their language and region, in their language, else the one that was chosen. */
export function wordingFor(wordings: readonly Wording[], language: string | undefined): Wording | undefined {
  if (language === undefined) return undefined;
  const wanted = language.toLowerCase();
  const [base] = wanted.split('-');
  const named = (name: string | undefined): Wording | undefined =>
    wordings.find((wording) => wording.language !== anyLanguage && wording.language === name);
  return named(wanted) ?? named(base);
}
