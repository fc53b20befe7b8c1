import type { StoredReply } from '../../src/canned/reply.js';
import { seeded } from '../unit/support/random.js';

/**
 * Replies that nobody looks for, as a large library has them: `words` words each, drawn from a vocabulary in which, as in
 * any language, few words are frequent and most are rare (Zipf).
 */
export function fillerReplies(count: number, { words = 60, vocabulary = 20_000, seed = 1 } = {}): StoredReply[] {
  const random = seeded(seed);
  const known = Array.from({ length: vocabulary }, () => invented(random.between(2, 5), random.pick));
  const draw = (): string => known[Math.floor(vocabulary ** random.next()) - 1] ?? '';
  const text = (length: number): string => Array.from({ length }, draw).join(' ');
  return Array.from({ length: count }, (_, index) => ({
    id: `filler-${index}`,
    version: 1,
    title: `${text(3)} ${index}`,
    ...(index % 3 === 0 && { shortcut: `f${index}` }),
    keywords: [text(1), text(1)],
    archived: false,
    wordings: [{ language: '', content: { kind: 'text', text: text(words), entities: [] } }],
  }));
}

const syllables =
  'ba be bi bo bu ca ce da de di do fa fe fi ga ge go ha he la le li lo ma me mi mo na ne no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi за по не ко ла ни ра те ви но ση τα ün ış ção schen'.split(
    ' ',
  );

function invented(length: number, pick: (from: readonly string[]) => string): string {
  return Array.from({ length }, () => pick(syllables)).join('');
}
