import { join, styled } from './richText.js';
import type { RichText } from './content.js';

/**
 * Several texts in one comment: as they were written, one below the other, with the time wherever it has moved on. One
 * layout serves writing them, finding what a quote is from, and knowing them again.
 */

export interface MergedText {
  readonly words: RichText;
  readonly writtenAt: Date;
}

export interface Layout {
  readonly words: RichText;
  /** Where each text begins, in UTF-16 code units. */
  readonly starts: readonly number[];
}

export function layOut(texts: readonly MergedText[]): Layout {
  let words: RichText = { text: '', entities: [] };
  const starts: number[] = [];
  let before = '';
  for (const [index, { words: own, writtenAt }] of texts.entries()) {
    const time = clockTime(writtenAt);
    const parting = index === 0 ? [] : time === before ? ['\n\n'] : ['\n\n', styled('italic', time), '  '];
    words = join(words, ...parting);
    starts.push(words.text.length);
    words = join(words, own);
    before = time;
  }
  return { words, starts };
}

/** Hours and minutes in the time zone of the process (TZ). */
function clockTime(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Which of the texts stands at an offset of the whole, and where in that text. */
export function textAt(
  texts: readonly MergedText[],
  offset: number,
): { readonly index: number; readonly offset: number } {
  const { starts } = layOut(texts);
  const index = Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  );
  return { index, offset: Math.max(0, offset - (starts[index] ?? 0)) };
}
