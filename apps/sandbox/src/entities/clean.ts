import { badRequest } from '../errors.js';
import { fixEntities } from './fix.js';
import { endOf, type Entity, sortEntities } from './model.js';

export interface Marked {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** Bytes at which Telegram cuts a text off (TDLib LENGTH_LIMIT). */
const MAX_BYTES = 35_000;
/** Entities may not claim to be further away than this (TDLib fix_formatted_text). */
const MAX_OFFSET = 1_000_000;

/** Line and direction controls, and three combining marks that draw lines over other texts. */
const REMOVED = /[\r\u2028-\u202e\u0333\u033f\u030a]/;
const CONTROL = /[\0-\t\v\f\x0e-\x1f]/g;

/**
 * Takes out of a text what Telegram takes out, moving the entities along (TDLib clean_input_string_with_entities):
 * control characters become spaces, carriage returns and some others vanish. Refuses an entity that is not within the
 * text or that cuts a surrogate pair.
 */
export function clean({ text, entities }: Marked): Marked {
  for (const { offset, length } of entities) checkRange(offset, length);
  const fixed = fixEntities(entities.filter(({ length }) => length > 0));
  const { kept, moved } = removeCharacters(text);
  const mended = fixed.map((entity) => {
    checkPlace(text, entity);
    const offset = moved(entity.offset);
    return { ...entity, offset, length: moved(endOf(entity)) - offset };
  });
  return { text: kept, entities: fixEntities(mended.filter(({ length }) => length > 0)) };
}

function checkRange(offset: number, length: number): void {
  if (offset < 0 || offset > MAX_OFFSET) throw badRequest(`receive an entity with incorrect offset ${offset}`);
  if (length < 0 || length > MAX_OFFSET) throw badRequest(`receive an entity with incorrect length ${length}`);
}

function checkPlace(text: string, entity: Entity): void {
  const { offset } = entity;
  const end = endOf(entity);
  if (offset > text.length) {
    throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
  }
  if (isInsidePair(text, offset)) {
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, offset + 1)}`);
  }
  const begun = `entity beginning at UTF-16 offset ${offset}`;
  if (end > text.length) throw badRequest(`${begun} ends after the end of the text at UTF-16 offset ${end}`);
  if (isInsidePair(text, end)) {
    throw badRequest(`${begun} ends in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, end + 1)}`);
  }
}

function isInsidePair(text: string, at: number): boolean {
  return at > 0 && at < text.length && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Where a place in the text is in its UTF-8 form: Telegram tells places of faults in bytes. */
export function byteOffset(text: string, at: number): number {
  return Buffer.byteLength(text.slice(0, at));
}

function removeCharacters(text: string): { kept: string; moved: (offset: number) => number } {
  const removedBefore = [0];
  let kept = '';
  for (const unit of text.split('')) {
    const isRemoved = REMOVED.test(unit);
    if (!isRemoved) kept += unit;
    removedBefore.push((removedBefore.at(-1) ?? 0) + (isRemoved ? 1 : 0));
  }
  const spaced = kept.replace(CONTROL, ' ').replace(/[\u200e\u200f](?=[\u200e\u200f])/g, '\u200c');
  return { kept: spaced, moved: (offset) => offset - (removedBefore[offset] ?? 0) };
}

/**
 * Takes white space off both ends: all of it at the end, where entities are clipped; at the beginning only as far as the
 * first entity (TDLib fix_formatted_text). A text of nothing but white space becomes empty.
 */
export function trim({ text, entities }: Marked): Marked {
  const right = text.replace(/[ \n]+$/, '');
  if (right === '') return { text: '', entities: [] };
  const clipped = entities
    .filter(({ offset }) => offset < right.length)
    .map((entity) => ({ ...entity, length: Math.min(endOf(entity), right.length) - entity.offset }));
  const blank = /^[ \n]*/.exec(right)?.[0].length ?? 0;
  const cut = Math.min(blank, clipped[0]?.offset ?? blank);
  return {
    text: right.slice(cut),
    entities: sortEntities(clipped.map((entity) => ({ ...entity, offset: entity.offset - cut }))),
  };
}

/** Cuts off what is longer than Telegram takes; an entity that reaches beyond the cut is left out. */
export function truncate({ text, entities }: Marked): Marked {
  if (Buffer.byteLength(text) <= MAX_BYTES) return { text, entities };
  const whole = new TextDecoder().decode(Buffer.from(text).subarray(0, MAX_BYTES), { stream: true });
  return { text: whole, entities: entities.filter((entity) => endOf(entity) <= whole.length) };
}

/** True for a text of which nothing can be seen (TDLib strip_empty_characters). */
export function isInvisible(text: string): boolean {
  return /^[ \n\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0\u{e0000}-\u{e007f}]*$/u.test(
    text,
  );
}
