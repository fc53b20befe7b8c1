import type { ShownMessage } from '../../../src/control/client.js';

export type Entity = ShownMessage['entities'][number];

/** A stretch of plain text, or an entity around other pieces. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'entity'; readonly entity: Entity; readonly text: string; readonly pieces: readonly Piece[] };

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Splits a text at its entities (offsets in UTF-16 code units, as in the Bot API). Entities may lie inside one another;
 * what crosses the end of the one around it is cut there.
 */
export function piecesOf(text: string, entities: readonly Entity[]): Piece[] {
  const ordered = entities
    .filter(({ offset, length }) => length > 0 && offset >= 0 && offset < text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return split(text, ordered, { from: 0, to: text.length });
}

function split(text: string, entities: readonly Entity[], { from, to }: Range): Piece[] {
  const [first] = entities;
  if (first === undefined) return plain(text, { from, to });
  const end = Math.min(first.offset + first.length, to);
  const rest = entities.slice(1);
  const inside = rest.filter(({ offset }) => offset < end);
  const behind = rest.filter(({ offset }) => offset >= end);
  const pieces = split(text, inside, { from: first.offset, to: end });
  return [
    ...plain(text, { from, to: first.offset }),
    { kind: 'entity', entity: first, text: text.slice(first.offset, end), pieces },
    ...split(text, behind, { from: end, to }),
  ];
}

function plain(text: string, { from, to }: Range): Piece[] {
  return to > from ? [{ kind: 'text', text: text.slice(from, to) }] : [];
}

/** The address that a link may lead to: http, https and tg only, with https in front of a bare name. */
export function safeLink(address: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, href } = new URL(full);
  return ['http:', 'https:', 'tg:'].includes(protocol) ? href : undefined;
}

/** What a link to a bot starts it with: `t.me/name?start=payload`. */
export function startOf(address: string): { username: string; payload: string } | undefined {
  const href = safeLink(address);
  if (href === undefined) return undefined;
  const { hostname, pathname, searchParams } = new URL(href);
  const payload = searchParams.get('start');
  if (hostname !== 't.me' || payload === null) return undefined;
  return { username: pathname.slice(1), payload };
}
