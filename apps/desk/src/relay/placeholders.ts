import type { Entity, RichText } from './content.js';

/** Words in braces that are filled in when a reply goes to a customer: `{first_name}`, or `{first_name|there}`. */

/** Those that there are. Others in braces stay as they were typed. */
export const placeholderNames = ['first_name', 'last_name', 'agent', 'date'] as const;

export type PlaceholderName = (typeof placeholderNames)[number];

/** What they stand for; absent or empty where it is not known. */
export type PlaceholderValues = Readonly<Partial<Record<PlaceholderName, string>>>;

const pattern = /\{\s*([a-z_]+)\s*(?:\|([^{}|\n]*))?\}/gu;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Fills placeholders in; entities move and grow with the words. What is filled in is not looked at again. */
export function fill(rich: RichText, values: PlaceholderValues): RichText {
  const found = Array.from(rich.text.matchAll(pattern)).flatMap((match): Found[] => {
    const [whole, name = '', fallback] = match;
    const known = placeholderNames.find((candidate) => candidate === name);
    if (!known) return [];
    const value = values[known] ?? '';
    const text = value === '' ? (fallback ?? '').trim() : value;
    const start = match.index;
    const end = start + whole.length;
    // A word that is missing takes the space before it along: "Hello {last_name}!" is "Hello!".
    return [{ start: text === '' && leavesGap(rich.text, start, end) ? start - 1 : start, end, text }];
  });
  return found.length === 0 ? rich : replaced(rich, found);
}

function leavesGap(text: string, start: number, end: number): boolean {
  if (text[start - 1] !== ' ') return false;
  return end === text.length || /[\s\p{P}]/u.test(text.charAt(end));
}

function replaced({ text, entities }: RichText, found: readonly Found[]): RichText {
  let result = '';
  let from = 0;
  for (const { start, end, text: value } of found) {
    result += text.slice(from, start) + value;
    from = end;
  }
  result += text.slice(from);
  const moved = entities.flatMap((entity): Entity[] => {
    const start = newOffset(found, entity.offset, 'start');
    const end = newOffset(found, entity.offset + entity.length, 'end');
    return end > start ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  return { text: result, entities: moved };
}

/** Where an offset stands afterwards. One inside a placeholder goes to the edge that keeps the whole value in. */
function newOffset(found: readonly Found[], offset: number, side: 'start' | 'end'): number {
  let shift = 0;
  for (const { start, end, text } of found) {
    if (offset <= start) break;
    if (offset < end) return start + shift + (side === 'start' ? 0 : text.length);
    shift += text.length - (end - start);
  }
  return offset + shift;
}

/** Words in braces that look like placeholders and are none: most likely mistyped. */
export function unknownPlaceholders({ text }: RichText): string[] {
  const names = Array.from(text.matchAll(pattern), ([, name = '']) => name);
  return [...new Set(names)].filter((name) => !placeholderNames.some((known) => known === name));
}
