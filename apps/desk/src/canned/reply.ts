import type { RichText } from '../relay/content.js';
import { noText } from '../relay/content.js';
import { anyLanguage, type CannedContent, type Wording } from '../relay/canned.js';

/** An answer kept ready for the team. */
export interface CannedReply {
  /** What an agent types to get exactly this one; lower case. */
  readonly shortcut?: string;
  /** Unique among the replies of a bot. */
  readonly title: string;
  readonly keywords: readonly string[];
  readonly archived: boolean;
  /** The first is the one in any language; the others follow in the order of their languages. */
  readonly wordings: readonly [Wording, ...Wording[]];
}

/** A reply as it is stored. */
export interface StoredReply extends CannedReply {
  readonly id: string;
  /** Counts the edits: an edit that was begun on an older version is refused. */
  readonly version: number;
  /** What the messenger said when it refused to offer it. */
  readonly refusal?: string;
  readonly changedBy?: string;
}

/** How often one person has used a reply. */
export interface Usage {
  readonly reply: string;
  readonly person: string;
  readonly uses: number;
  /** Uses that fade, each to a half in two weeks; as of `at`. */
  readonly recent: number;
  readonly at: Date;
}

/** The wording that is offered. */
export function offered({ wordings }: Pick<CannedReply, 'wordings'>): CannedContent {
  return wordings[0].content;
}

/** Its words, be they a text or a caption. */
export function wordsOf(content: CannedContent): RichText {
  return content.kind === 'text' ? content : content.caption;
}

/** The same with other words. A sticker has none. */
export function withWords(content: CannedContent, words: RichText): CannedContent {
  if (content.kind === 'text') return { ...content, text: words.text, entities: words.entities };
  return { ...content, caption: content.media === 'sticker' ? noText : words };
}

/** With one wording replaced, added, or taken away; the others are as they were. */
export function withWording(
  reply: CannedReply,
  language: string,
  content: CannedContent | undefined,
): CannedReply['wordings'] {
  const [first, ...others] = reply.wordings;
  if (language === anyLanguage) return content ? [{ language, content }, ...others] : reply.wordings;
  const kept = others.filter((wording) => wording.language !== language);
  return [first, ...inOrder(content ? [...kept, { language, content }] : kept)];
}

export function inOrder(wordings: readonly Wording[]): Wording[] {
  return [...wordings].sort((a, b) => (a.language < b.language ? -1 : 1));
}
