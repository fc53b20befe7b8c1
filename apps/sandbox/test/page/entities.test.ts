import { type Entity, type Piece, piecesOf, safeLink, startOf } from '../../page/src/chat/entities.js';

const entity = (type: Entity['type'], offset: number, length: number): Entity => ({ type, offset, length });

/** The pieces in a short form: plain texts, and [type, ...what is inside]. */
function shape(pieces: readonly Piece[]): unknown[] {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : [piece.entity.type, ...shape(piece.pieces)]));
}

test.each<[string, Entity[], unknown[]]>([
  ['plain', [], ['plain']],
  ['', [], []],
  ['a bold b', [entity('bold', 2, 4)], ['a ', ['bold', 'bold'], ' b']],
  ['😀 bold', [entity('bold', 3, 4)], ['😀 ', ['bold', 'bold']]],
  ['both', [entity('italic', 0, 4), entity('bold', 0, 4)], [['italic', ['bold', 'both']]]],
  ['ab cd', [entity('bold', 0, 5), entity('italic', 3, 2)], [['bold', 'ab ', ['italic', 'cd']]]],
  ['abcd', [entity('bold', 0, 3), entity('italic', 2, 2)], [['bold', 'ab', ['italic', 'c']], 'd']],
  ['ab', [entity('bold', 1, 9)], ['a', ['bold', 'b']]],
  ['ab', [entity('bold', 5, 1), entity('bold', -1, 2), entity('bold', 0, 0)], ['ab']],
])('%j is split at its entities', (text, entities, expected) => {
  expect(shape(piecesOf(text, entities))).toEqual(expected);
});

test.each([
  ['https://example.com/a?b=c', 'https://example.com/a?b=c'],
  ['example.com', 'https://example.com/'],
  ['tg://user?id=1', 'tg://user?id=1'],
  ['javascript:alert(1)', undefined],
  ['JaVaScRiPt:alert(1)', undefined],
  ['data:text/html,<script>', undefined],
  ['vbscript:x', undefined],
  ['file:///etc/passwd', undefined],
  ['blob:https://example.com/1', undefined],
  ['', undefined],
])('the address %j leads to %j', (address, expected) => {
  expect(safeLink(address)).toBe(expected);
});

test('only t.me links with start= start a bot', () => {
  expect(startOf('https://t.me/support_desk_bot?start=order_4711')).toEqual({
    username: 'support_desk_bot',
    payload: 'order_4711',
  });
  expect(startOf('t.me/support_desk_bot')).toBeUndefined();
  expect(startOf('https://evil.example/?start=x')).toBeUndefined();
});
