import type { Entity, RichText } from './content.js';
import { noText } from './content.js';

/** Pure operations on text with entities. Offsets are UTF-16 code units throughout. */

/** Joins texts; the entities of each move with it. */
export function join(...parts: readonly (RichText | string)[]): RichText {
  let text = '';
  const entities: Entity[] = [];
  for (const part of parts) {
    const rich = typeof part === 'string' ? { text: part, entities: [] } : part;
    entities.push(...rich.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length })));
    text += rich.text;
  }
  return { text, entities };
}

/** `text` with one entity over all of it; nothing for nothing. */
export function styled(type: string, text: string): RichText {
  return text === '' ? noText : { text, entities: [{ type, offset: 0, length: text.length }] };
}

/** The piece between two offsets; entities are clipped to it. */
export function slice(rich: RichText, start: number, end: number): RichText {
  const entities = rich.entities.flatMap((entity) => {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, end);
    return to > from ? [{ ...entity, offset: from - start, length: to - from }] : [];
  });
  return { text: rich.text.slice(start, end), entities };
}

/**
 * Cuts a text into pieces of at most `limit` code points, at a paragraph, line or word where there is one in the last
 * half, else between graphemes, so that no emoji or surrogate pair is torn. Nothing is lost but the white space at a cut.
 */
export function split(rich: RichText, limit: number): RichText[] {
  const pieces: RichText[] = [];
  let rest = rich;
  while (codePoints(rest.text) > limit) {
    const [piece, after] = splitFirst(rest, limit);
    if (piece.text !== '') pieces.push(piece);
    rest = after;
  }
  if (rest.text !== '' || pieces.length === 0) pieces.push(rest);
  return pieces;
}

/** The first piece, as `split` cuts it, and all that follows. */
export function splitFirst(rich: RichText, limit: number): readonly [RichText, RichText] {
  const cut = niceBoundary(rich.text, graphemeBoundary(rich.text, limit));
  return [trimEnd(slice(rich, 0, cut)), trimStart(slice(rich, cut, rich.text.length))];
}

/** The first `limit` code points with an ellipsis where something was left out. */
export function excerpt(rich: RichText, limit: number): RichText {
  if (codePoints(rich.text) <= limit) return rich;
  const hard = graphemeBoundary(rich.text, limit - 1);
  return join(trimEnd(slice(rich, 0, niceBoundary(rich.text, hard))), '…');
}

/** The first `limit` code points at most; no emoji is torn. */
export function beginning(text: string, limit: number): string {
  return text.slice(0, graphemeBoundary(text, limit));
}

/** Length as messengers count it: an emoji outside the basic plane is one. */
export function codePoints(text: string): number {
  return Array.from(text).length;
}

/** The greatest UTF-16 offset at a grapheme boundary that leaves at most `limit` code points before it. */
function graphemeBoundary(text: string, limit: number): number {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let points = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    points += codePoints(segment);
    // A single grapheme longer than the limit (thousands of combining marks) is cut inside, or nothing would ever fit.
    if (points > limit) return index > 0 ? index : codePointOffset(text, limit);
  }
  return text.length;
}

function codePointOffset(text: string, limit: number): number {
  return Array.from(text).slice(0, limit).join('').length;
}

/** Where a cut is welcome, the best first. White space under a mark or a joiner is part of a character. */
const separators = [/\n\n(?![\p{M}\u200d])/gu, /\n(?![\p{M}\u200d])/gu, / (?![\p{M}\u200d])/gu];

function niceBoundary(text: string, hard: number): number {
  const head = text.slice(0, hard);
  for (const separator of separators) {
    const last = Array.from(head.matchAll(separator)).at(-1);
    if (last && last.index >= hard / 2) return last.index + last[0].length;
  }
  return hard;
}

function trimEnd(rich: RichText): RichText {
  return slice(rich, 0, rich.text.trimEnd().length);
}

function trimStart(rich: RichText): RichText {
  const [white = ''] = /^(?:\s(?![\p{M}\u200d]))*/u.exec(rich.text) ?? [];
  return slice(rich, white.length, rich.text.length);
}

/**
 * Makes text from a stranger safe to store and send: no NUL, no half surrogate pair, and only entities that lie inside
 * the text and on whole characters. Telegram refuses the rest, or the database does.
 */
export function sanitize(rich: RichText): RichText {
  const text = wellFormed(rich.text);
  const entities = rich.entities.flatMap((entity) => {
    const start = snap(text, Math.max(0, entity.offset));
    const end = snap(text, Math.min(text.length, entity.offset + entity.length));
    return Number.isInteger(start) && Number.isInteger(end) && end > start
      ? [{ ...entity, offset: start, length: end - start }]
      : [];
  });
  return { text, entities: entities.slice(0, 100) };
}

/** Text that every database and messenger takes: no NUL, no half surrogate pair. As long as before. */
export function wellFormed(text: string): string {
  return text.replaceAll('\0', ' ').toWellFormed();
}

/** Moves an offset that stands inside a surrogate pair to the front of it. */
function snap(text: string, offset: number): number {
  const before = text.charCodeAt(offset - 1);
  const inside = offset > 0 && offset < text.length && before >= 0xd800 && before <= 0xdbff;
  return inside ? offset - 1 : offset;
}
