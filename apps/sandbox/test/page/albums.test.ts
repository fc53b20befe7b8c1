import { albumsOf, kindOf } from '../../page/src/compose/albums.js';

test.each([
  ['a.jpg', 'image/jpeg', 'photo'],
  ['a.svg', 'image/svg+xml', 'document'],
  ['a.gif', 'image/gif', 'animation'],
  ['a.mp4', 'video/mp4', 'video'],
  ['a.ogg', 'audio/ogg', 'voice'],
  ['a.mp3', 'audio/mpeg', 'audio'],
  ['a.html', 'text/html', 'document'],
  ['a', '', 'document'],
] as const)('%s of type %s is sent as a %s', (name, type, kind) => {
  expect(kindOf({ name, type }, false)).toBe(kind);
  expect(kindOf({ name, type }, true)).toBe('document');
});

test('files that fit together become albums of ten at most, in their order', () => {
  const kinds = ['photo', 'video', 'document', 'document', 'voice', 'voice', 'audio', 'audio'] as const;
  const shapes = albumsOf(kinds.map((kind) => ({ kind }))).map((album) => album.map(({ kind }) => kind).join('+'));
  expect(shapes).toEqual(['photo+video', 'document+document', 'voice', 'voice', 'audio+audio']);
  const many = albumsOf(Array.from({ length: 23 }, () => ({ kind: 'photo' as const })));
  expect(many.map(({ length }) => length)).toEqual([10, 10, 3]);
});
