import { endOf, type Entity, familyOf, sortEntities } from './model.js';

const SPLITTABLE = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'] as const;

interface Span {
  begin: number;
  end: number;
}

/** Walks along the text with splittable entities open, and gives out the finished pieces. */
class Splitter {
  private next = 0;
  private readonly open = new Map<Entity['type'], Span>();

  constructor(private readonly entities: readonly Entity[]) {}

  /** The pieces of all entities that begin before `offset`; what goes on behind it is cut there. */
  advance(offset: number): Entity[] {
    const pieces: Entity[] = [];
    for (let entity = this.entities[this.next]; entity !== undefined; entity = this.entities[this.next]) {
      if (entity.offset >= offset) break;
      const span = this.open.get(entity.type);
      if (span !== undefined && entity.offset <= span.end) {
        span.end = Math.max(span.end, endOf(entity));
      } else {
        pieces.push(...this.cut(entity.offset));
        this.open.set(entity.type, { begin: entity.offset, end: endOf(entity) });
      }
      this.next += 1;
    }
    return [...pieces, ...this.cut(offset)];
  }

  private cut(offset: number): Entity[] {
    const pieces: Entity[] = [];
    for (const type of SPLITTABLE) {
      const span = this.open.get(type);
      if (span === undefined || span.begin >= offset) continue;
      const end = Math.min(span.end, offset);
      pieces.push({ type, offset: span.begin, length: end - span.begin });
      if (span.end <= offset) this.open.delete(type);
      else span.begin = offset;
    }
    return pieces;
  }
}

/**
 * Joins splittable entities of one type that touch, and cuts them where another splittable one begins and at both ends
 * of every other entity; inside of a `pre` one they vanish (TDLib split_entities). Both lists must be sorted.
 */
export function splitAround(splittable: readonly Entity[], others: readonly Entity[]): Entity[] {
  const splitter = new Splitter(splittable);
  const pieces: Entity[] = [];
  const around: Entity[] = [];
  const advance = (offset: number) => {
    for (let inner = around.at(-1); inner !== undefined && offset >= endOf(inner); inner = around.at(-1)) {
      const inside = splitter.advance(endOf(inner));
      if (familyOf(inner) !== 'pre') pieces.push(...inside);
      around.pop();
    }
    pieces.push(...splitter.advance(offset));
  };
  for (const other of others) {
    advance(other.offset);
    around.push(other);
  }
  advance(Infinity);
  return sortEntities(pieces);
}
