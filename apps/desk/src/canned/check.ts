import type { Buttons, RichText } from '../relay/content.js';
import { anyLanguage, type CannedContent } from '../relay/canned.js';
import { codePoints } from '../relay/richText.js';
import type { CannedReply } from './reply.js';
import { wordsOf } from './reply.js';

/**
 * What a reply must be like so that Telegram takes it: one bad result would make it refuse the whole answer to an inline
 * query. Checked whenever a reply is saved.
 */

/** What is wrong with a reply: in which of its fields, and which sentence of text/ says so. */
export interface Problem {
  readonly field: Field;
  readonly id: ProblemId;
  readonly args?: Readonly<Record<string, string>>;
}

export type Field = 'title' | 'shortcut' | 'keywords' | 'text' | 'entities' | 'media' | 'buttons' | 'languages';

export type ProblemId =
  | 'canned-bad-empty'
  | 'canned-bad-long'
  | 'canned-bad-line'
  | 'canned-bad-shortcut'
  | 'canned-bad-keyword'
  | 'canned-bad-language'
  | 'canned-bad-entity'
  | 'canned-bad-many'
  | 'canned-bad-caption'
  | 'canned-bad-file'
  | 'canned-bad-button'
  | 'canned-bad-url';

export const limits = {
  title: 64,
  shortcut: 32,
  keyword: 64,
  keywords: 20,
  /** Bot API: InputTextMessageContent, and captions; in characters. */
  text: 4096,
  caption: 1024,
  /** Bot API: more are ignored. */
  entities: 100,
  /** What fits beside the text of a button on a phone, and how many Telegram takes (telegram.md: 100). */
  buttonText: 64,
  buttonUrl: 2048,
  buttonsInRow: 8,
  buttons: 40,
} as const;

/** All that is wrong with it; empty when Telegram will take it. */
export function problemsOf(reply: CannedReply): Problem[] {
  return [
    ...titleProblems(reply.title),
    ...(reply.shortcut === undefined || isShortcut(reply.shortcut)
      ? []
      : [{ field: 'shortcut', id: 'canned-bad-shortcut' } as const]),
    ...keywordProblems(reply.keywords),
    ...reply.wordings.flatMap(({ language, content }, index) => [
      ...((language === anyLanguage && index === 0) || isOnlyLanguage(reply, index)
        ? []
        : [{ field: 'languages', id: 'canned-bad-language', args: { language } } as const]),
      ...contentProblems(content),
    ]),
  ];
}

/** A language that can be written, and that no other wording has. */
function isOnlyLanguage({ wordings }: CannedReply, index: number): boolean {
  const language = wordings[index]?.language ?? '';
  return isLanguage(language) && wordings.findIndex((other) => other.language === language) === index;
}

/** Letters of one case, digits, `_` and `-`: what can be typed without thinking. */
export function isShortcut(text: string): boolean {
  return codePoints(text) <= limits.shortcut && /^[\p{Ll}\p{Lo}\p{M}\p{N}_-]+$/u.test(text);
}

export function isLanguage(text: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})?$/.test(text);
}

function titleProblems(title: string): Problem[] {
  if (title.trim() === '') return [{ field: 'title', id: 'canned-bad-empty' }];
  if (/[\n\r\t]/.test(title) || title !== title.trim()) return [{ field: 'title', id: 'canned-bad-line' }];
  return tooLong('title', title, limits.title);
}

function keywordProblems(keywords: readonly string[]): Problem[] {
  if (keywords.length > limits.keywords) {
    return [{ field: 'keywords', id: 'canned-bad-many', args: { limit: String(limits.keywords) } }];
  }
  // They are written one after the other with commas between, here and in files.
  const bad = keywords.find((keyword) => keyword.trim() !== keyword || keyword === '' || /[,\n\r]/.test(keyword));
  if (bad !== undefined) return [{ field: 'keywords', id: 'canned-bad-keyword', args: { keyword: bad } }];
  return keywords.flatMap((keyword) => tooLong('keywords', keyword, limits.keyword)).slice(0, 1);
}

function contentProblems(content: CannedContent): Problem[] {
  const words = wordsOf(content);
  return [
    ...(content.kind === 'text' ? textProblems(words) : captionProblems(content, words)),
    ...entityProblems(words),
    ...buttonProblems(content.buttons ?? []),
  ];
}

function textProblems(words: RichText): Problem[] {
  if (words.text.trim() === '') return [{ field: 'text', id: 'canned-bad-empty' }];
  return tooLong('text', words.text, limits.text);
}

function captionProblems(
  { media, file, fileKey }: Exclude<CannedContent, { kind: 'text' }>,
  words: RichText,
): Problem[] {
  if (!/^[\w-]+$/.test(file) || fileKey === '') return [{ field: 'media', id: 'canned-bad-file' }];
  if (media === 'sticker' && words.text !== '') return [{ field: 'text', id: 'canned-bad-caption' }];
  return tooLong('text', words.text, limits.caption);
}

function entityProblems({ text, entities }: RichText): Problem[] {
  if (entities.length > limits.entities) {
    return [{ field: 'entities', id: 'canned-bad-many', args: { limit: String(limits.entities) } }];
  }
  const bad = entities.some(
    ({ type, offset, length, url }) =>
      !Number.isInteger(offset) ||
      !Number.isInteger(length) ||
      offset < 0 ||
      length < 1 ||
      offset + length > text.length ||
      (type === 'text_link' && !isLink(url ?? '')),
  );
  return bad ? [{ field: 'entities', id: 'canned-bad-entity' }] : [];
}

function buttonProblems(rows: Buttons): Problem[] {
  const all = rows.flat();
  if (all.length > limits.buttons || rows.some((row) => row.length === 0 || row.length > limits.buttonsInRow)) {
    return [{ field: 'buttons', id: 'canned-bad-many', args: { limit: String(limits.buttons) } }];
  }
  const bad = all.find(({ url }) => !isLink(url));
  if (bad) return [{ field: 'buttons', id: 'canned-bad-url', args: { url: bad.url } }];
  const nameless = all.some(({ text }) => text.trim() === '' || codePoints(text) > limits.buttonText);
  return nameless ? [{ field: 'buttons', id: 'canned-bad-button' }] : [];
}

/** What Telegram takes for the address of a button or link (Bot API: InlineKeyboardButton, `url`). */
export function isLink(url: string): boolean {
  if (url.length > limits.buttonUrl || /\s/.test(url) || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'tg:') return true;
  return (protocol === 'http:' || protocol === 'https:') && (hostname.includes('.') || hostname === 'localhost');
}

function tooLong(field: Field, text: string, limit: number): Problem[] {
  const length = codePoints(text);
  if (length <= limit) return [];
  return [{ field, id: 'canned-bad-long', args: { limit: String(limit), length: String(length) } }];
}
