import type { Entity } from './entities.js';

/** What people type around words to format them, as Telegram's clients understand it. */
const MARKS: readonly { readonly type: Entity['type']; readonly mark: string }[] = [
  { type: 'pre', mark: '```' },
  { type: 'bold', mark: '**' },
  { type: 'italic', mark: '__' },
  { type: 'strikethrough', mark: '~~' },
  { type: 'spoiler', mark: '||' },
  { type: 'code', mark: '`' },
];

const LINK = /^\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/;

export interface Marked {
  readonly text: string;
  readonly entities: Entity[];
}

/** Takes the marks out of a text; marks without a partner stay what they are. Offsets in UTF-16 code units. */
export function readMarks(typed: string): Marked {
  let text = '';
  const entities: Entity[] = [];
  for (let at = 0; at < typed.length;) {
    const marked = markAt(typed, at) ?? linkAt(typed, at);
    if (marked === undefined) {
      text += typed.charAt(at);
      at += 1;
      continue;
    }
    const { type } = marked.entity;
    const inner = type === 'code' || type === 'pre' ? { text: marked.inside, entities: [] } : readMarks(marked.inside);
    entities.push({ ...marked.entity, offset: text.length, length: inner.text.length });
    entities.push(...inner.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length })));
    text += inner.text;
    at += marked.length;
  }
  return { text, entities };
}

interface Found {
  readonly entity: Entity;
  readonly inside: string;
  readonly length: number;
}

function markAt(typed: string, at: number): Found | undefined {
  const found = MARKS.find(({ mark }) => typed.startsWith(mark, at));
  if (found === undefined) return undefined;
  const { mark, type } = found;
  const end = typed.indexOf(mark, at + mark.length);
  const inside = end === -1 ? '' : typed.slice(at + mark.length, end);
  if (inside.trim() === '') return undefined;
  return { entity: { type, offset: 0, length: 0 }, inside, length: inside.length + 2 * mark.length };
}

function linkAt(typed: string, at: number): Found | undefined {
  const [all, inside, url] = LINK.exec(typed.slice(at)) ?? [];
  if (all === undefined || inside === undefined || url === undefined) return undefined;
  return { entity: { type: 'text_link', offset: 0, length: 0, url }, inside, length: all.length };
}

/** Puts marks back around formatted words, so that an edit keeps them. What has no mark is found anew by Telegram. */
export function writeMarks(text: string, entities: readonly Entity[]): string {
  const inserts = entities.flatMap((entity, order) => {
    const around = marksFor(entity);
    if (around === undefined) return [];
    const { offset, length } = entity;
    return [
      { at: offset, words: around[0], isEnd: false, length, order },
      { at: offset + length, words: around[1], isEnd: true, length, order },
    ];
  });
  // From the back, so that places in front stay true; inner marks lie closer to the words than outer ones.
  const ordered = inserts.toSorted(
    (a, b) =>
      b.at - a.at ||
      Number(a.isEnd) - Number(b.isEnd) ||
      (a.isEnd ? b.length - a.length || a.order - b.order : a.length - b.length || b.order - a.order),
  );
  return ordered.reduce((marked, { at, words }) => marked.slice(0, at) + words + marked.slice(at), text);
}

function marksFor(entity: Entity): [string, string] | undefined {
  if (entity.type === 'text_link') return ['[', `](${entity.url ?? ''})`];
  const mark = MARKS.find(({ type }) => type === entity.type)?.mark;
  return mark === undefined ? undefined : [mark, mark];
}
