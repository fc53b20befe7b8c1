import { atByte, isSpace, Output, type Parsed, parseFault } from './markup.js';

/** Reads the older Markdown: four kinds of entities that cannot nest (Bot API: Markdown style; TDLib parse_markdown). */
export function parseMarkdown(markup: string): Parsed {
  const output = new Output();
  let at = 0;
  while (at < markup.length) {
    const char = markup.charAt(at);
    if (char === '\\' && isOneOf('_*`[', markup.charAt(at + 1))) {
      output.text += markup.charAt(at + 1);
      at += 2;
    } else if (isOneOf('_*`[', char)) {
      at = readEntity(markup, at, output);
    } else {
      output.text += char;
      at += 1;
    }
  }
  return output.parsed();
}

function isOneOf(chars: string, char: string): boolean {
  return char !== '' && chars.includes(char);
}

/** Reads the entity that begins at `begin`; returns where it ends. */
function readEntity(markup: string, begin: number, output: Output): number {
  const opening = markup.startsWith('```', begin) ? '```' : markup.charAt(begin);
  const { language, from } = opening === '```' ? readPreHead(markup, begin + 3) : { language: '', from: begin + 1 };
  const closing = opening === '[' ? ']' : opening;
  const end = markup.indexOf(closing, from);
  if (end === -1) {
    throw parseFault(`Can't find end of the entity starting ${atByte(markup, begin)}`);
  }
  const offset = output.text.length;
  output.text += markup.slice(from, end);
  const after = end + closing.length;
  switch (opening) {
    case '_':
      output.add('italic', offset);
      return after;
    case '*':
      output.add('bold', offset);
      return after;
    case '`':
      output.add('code', offset);
      return after;
    case '```':
      output.add('pre', offset, language === '' ? {} : { language });
      return after;
    default:
      return from === end ? after : readUrl({ markup, from, end, output, offset });
  }
}

interface LinkPlace {
  readonly markup: string;
  readonly from: number;
  readonly end: number;
  readonly output: Output;
  readonly offset: number;
}

/** Reads the `(url)` behind `[text]`; without it the text itself is the link. An unclosed one reaches to the end. */
function readUrl({ markup, from, end, output, offset }: LinkPlace): number {
  if (markup.charAt(end + 1) !== '(') {
    output.addLink(markup.slice(from, end), offset);
    return end + 1;
  }
  const closing = markup.indexOf(')', end + 2);
  const urlEnd = closing === -1 ? markup.length : closing;
  output.addLink(markup.slice(end + 2, urlEnd), offset);
  return urlEnd + 1;
}

/** Reads what may stand behind the opening of a block of code: a language, and one line break that is not shown. */
export function readPreHead(markup: string, begin: number): { language: string; from: number } {
  let end = begin;
  while (!isSpace(markup.charAt(end)) && markup.charAt(end) !== '`') end += 1;
  const hasLanguage = end > begin && end < markup.length && markup.charAt(end) !== '`';
  const language = hasLanguage ? markup.slice(begin, end) : '';
  const from = begin + language.length;
  const lineBreak = /^(\r\n|\n\r|\r|\n)/.exec(markup.slice(from, from + 2))?.[0] ?? '';
  return { language, from: from + lineBreak.length };
}
