import { atByte, isSpace, parseFault } from './markup.js';

/** Tags that Telegram knows (Bot API: HTML style). */
const TAGS = [
  'a',
  'b',
  'blockquote',
  'code',
  'del',
  'em',
  'i',
  'ins',
  'pre',
  's',
  'span',
  'strike',
  'strong',
  'tg-emoji',
  'tg-spoiler',
  'tg-time',
  'u',
] as const;
export type TagName = (typeof TAGS)[number];

export interface StartTag {
  readonly name: TagName;
  /** By name; an attribute without a value is empty. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Where the text behind the tag begins. */
  readonly end: number;
}

/** Reads the tag that begins at `begin` with `<`. */
export function readStartTag(html: string, begin: number): StartTag {
  const place = atByte(html, begin);
  let at = skip(html, begin + 1, (char) => !isSpace(char) && char !== '>');
  if (at >= html.length) throw parseFault(`Unclosed start tag ${place}`);
  const written = lowerCase(html.slice(begin + 1, at));
  const name = TAGS.find((tag) => tag === written);
  if (name === undefined) throw parseFault(`Unsupported start tag "${written}" ${place}`);

  const attributes = new Map<string, string>();
  for (;;) {
    at = skip(html, at, isSpaceWithin);
    if (html.charAt(at) === '>') return { name, attributes, end: at + 1 };
    const attribute = readAttribute(html, { at, name, place });
    attributes.set(attribute.name, attribute.value);
    at = attribute.end;
  }
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly end: number;
}

/** `place` tells in a fault where the tag begins. */
function readAttribute(html: string, tag: { at: number; name: TagName; place: string }): Attribute {
  const unclosed = () => parseFault(`Unclosed start tag "${tag.name}" ${tag.place}`);
  const nameEnd = skip(html, tag.at, (char) => !isSpace(char) && !'=>/"\''.includes(char));
  if (nameEnd === tag.at) throw parseFault(`Empty attribute name in the tag "${tag.name}" ${tag.place}`);
  const name = html.slice(tag.at, nameEnd);
  const equals = skip(html, nameEnd, isSpaceWithin);
  if (equals >= html.length) throw unclosed();
  if (html.charAt(equals) !== '=') return { name, value: '', end: equals };

  const from = skip(html, equals + 1, isSpaceWithin);
  if (from >= html.length) throw unclosed();
  const quote = html.charAt(from);
  const { value, end } = quote === '"' || quote === "'" ? readQuoted(html, from) : readToken(html, from);
  if (end >= html.length) throw parseFault(`Unclosed start tag ${tag.place}`);
  return { name, value, end };
}

function readQuoted(html: string, from: number): { value: string; end: number } {
  const closing = html.indexOf(html.charAt(from), from + 1);
  const end = closing === -1 ? html.length : closing;
  return { value: decodeReferences(html.slice(from + 1, end)), end: end + 1 };
}

function readToken(html: string, from: number): { value: string; end: number } {
  const end = skip(html, from, (char) => /^[a-z0-9.-]$/i.test(char));
  const next = html.charAt(end);
  if (!isSpace(next) && next !== '>') throw parseFault(`Unexpected end of name token ${atByte(html, from)}`);
  return { value: lowerCase(html.slice(from, end)), end };
}

/** Reads the tag that begins at `begin` with `</`; its name may be left out. */
export function readEndTag(html: string, begin: number): { name: string; end: number } {
  const nameEnd = skip(html, begin + 2, (char) => !isSpace(char) && char !== '>');
  const close = skip(html, nameEnd, isSpaceWithin);
  if (html.charAt(close) !== '>') throw parseFault(`Unclosed end tag ${atByte(html, begin)}`);
  return { name: lowerCase(html.slice(begin + 2, nameEnd)), end: close + 1 };
}

function skip(html: string, from: number, isSkipped: (char: string) => boolean): number {
  let at = from;
  while (at < html.length && isSkipped(html.charAt(at))) at += 1;
  return at;
}

function isSpaceWithin(char: string): boolean {
  return char !== '' && isSpace(char);
}

/** Like td to_lower: only ASCII letters change. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/**
 * Reads a character reference at the beginning of `text`; undefined when it is none, so that the `&` stands for itself.
 * Telegram knows four names and all numbers up to nine characters long; the closing `;` may be missing (TDLib
 * decode_html_entity).
 */
export function readReference(text: string): { char: string; length: number } | undefined {
  const [whole = '', hex, decimal, name] = /^&(?:#x([0-9a-f]*)|#(\d*)|([a-z]*));?/i.exec(text) ?? [];
  if (name !== undefined) {
    const char = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    return char === undefined ? undefined : { char, length: whole.length };
  }
  const code = hex !== undefined ? parseInt(hex, 16) : parseInt(decimal ?? '', 10);
  if (!(code > 0 && code < 0x10ffff) || whole.replace(/;$/, '').length >= 10) return undefined;
  return { char: String.fromCodePoint(code), length: whole.length };
}

/** Replaces all character references of a text. */
export function decodeReferences(text: string): string {
  return text.replace(/&(?:#x[0-9a-f]*|#\d*|[a-z]*);?/gi, (reference) => readReference(reference)?.char ?? reference);
}
