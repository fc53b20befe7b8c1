import { byFamily, endOf, type Entity, sortEntities } from './model.js';
import { splitAround } from './split.js';

/** Sorts entities and makes them nest the way Telegram lets them nest (TDLib fix_entities). */
export function fixEntities(entities: readonly Entity[]): Entity[] {
  const { splittable, quotes, solid } = byFamily(sortEntities(entities));
  const apart = dropOverlapping(quotes);
  return resplit(splittable, [...dropCrossing(dropOverlapping(solid), apart), ...apart]);
}

/** Adds entities that were found in the text; those that get in the way of given ones are left out. */
export function mergeFound(entities: readonly Entity[], found: readonly Entity[]): Entity[] {
  if (found.length === 0) return [...entities];
  const { splittable, quotes, solid } = byFamily(entities);
  const free = dropCrossing(found, quotes).filter((one) => !solid.some((other) => overlap(one, other)));
  return resplit(splittable, [...solid, ...free, ...quotes]);
}

/** Keeps the first of entities that overlap. The list must be sorted. */
export function dropOverlapping(entities: readonly Entity[]): Entity[] {
  let reached = 0;
  return entities.filter((entity) => {
    if (entity.offset < reached) return false;
    reached = endOf(entity);
    return true;
  });
}

function resplit(splittable: readonly Entity[], others: readonly Entity[]): Entity[] {
  const ordered = sortEntities(others);
  return sortEntities([...ordered, ...splitAround(splittable, ordered)]);
}

function overlap(a: Entity, b: Entity): boolean {
  return a.offset < endOf(b) && b.offset < endOf(a);
}

/** Leaves out what begins inside of a quote and ends outside, or the other way round, or holds a quote. */
function dropCrossing(entities: readonly Entity[], quotes: readonly Entity[]): Entity[] {
  return entities.filter((entity) => {
    const quote = quotes.find((candidate) => endOf(candidate) > entity.offset);
    if (quote === undefined) return true;
    const beginsBefore = entity.offset < quote.offset && quote.offset < endOf(entity);
    return !beginsBefore && endOf(entity) <= endOf(quote);
  });
}
