import type { Content, RichText } from '../../relay/content.js';
import { isCannedContent, type CannedContent } from '../../relay/canned.js';
import { slice } from '../../relay/richText.js';
import { isShortcut } from '../check.js';
import { withWords, wordsOf } from '../reply.js';

/** What stands behind `/save`: names, and what to keep, when it is in the message itself. */
export interface SaveRequest {
  readonly shortcut: string;
  readonly title: string;
  readonly content?: CannedContent;
}

/**
 * `/save shortcut Title` names a reply; what follows on the next lines, or the file that carries the command in its
 * caption, is what to keep. A first word that is no shortcut, because it has a capital letter, belongs to the title.
 */
export function readSave(said: Content): SaveRequest {
  if (!isCannedContent(said)) return { shortcut: '', title: '' };
  const words = wordsOf(said);
  const [command = ''] = /^\s*\/\S+[^\S\n]*/u.exec(words.text) ?? [];
  const lineEnd = words.text.indexOf('\n', command.length);
  const line = words.text.slice(command.length, lineEnd < 0 ? undefined : lineEnd).trim();
  const body = lineEnd < 0 ? undefined : trimmed(slice(words, lineEnd, words.text.length));
  const content = contentOf(said, body);
  return { ...readNames(line), ...(content && { content }) };
}

export function readNames(line: string): { readonly shortcut: string; readonly title: string } {
  const [first = '', ...rest] = line.split(/\s+/u);
  if (!isShortcut(first)) return { shortcut: '', title: line };
  return { shortcut: first, title: rest.length === 0 ? first : rest.join(' ') };
}

function contentOf(said: CannedContent, body: RichText | undefined): CannedContent | undefined {
  if (said.kind === 'media') return withWords(said, body ?? { text: '', entities: [] });
  return body && body.text !== '' ? { kind: 'text', ...body } : undefined;
}

function trimmed(words: RichText): RichText {
  const start = words.text.length - words.text.trimStart().length;
  return slice(words, start, Math.max(start, words.text.trimEnd().length));
}
