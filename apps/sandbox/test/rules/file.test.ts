import { kindRefusal, parseFileId, pictureRefusal, uploadRefusal } from '../../src/rules/file.js';
import { greyJpeg } from '../../src/samples/jpeg.js';
import { fileIdFor } from '../../src/world/fileIds.js';
import { FILE_KINDS, type FileKind } from '../../src/world/files.js';
import { imageSize } from '../../src/world/imageSize.js';

test.each(FILE_KINDS)('an id of a %s says what it is, whose, and of which file', (kind) => {
  const reference = { botId: 8_123_456_789, key: 'AgADabc', kind };
  expect(parseFileId(fileIdFor(reference))).toEqual(reference);
});

test('ids of photos begin as Telegram’s do', () => {
  expect(fileIdFor({ botId: 1, key: 'k', kind: 'photo' })).toMatch(/^AgACAg/);
});

test.each<[FileKind, FileKind, string | undefined]>([
  ['photo', 'photo', undefined],
  ['video', 'document', undefined],
  ['sticker', 'voice', undefined],
  ['video', 'photo', "can't use file of type Video as Photo"],
  ['photo', 'document', "can't use file of type Photo as Document"],
  ['thumbnail', 'photo', "can't use file of type Thumbnail as Photo"],
])('a %s used as %s', (actual, wanted, reason) => {
  expect(kindRefusal(actual, wanted)?.description).toBe(reason === undefined ? undefined : `Bad Request: ${reason}`);
});

const MB = 1024 * 1024;
test.each<[number, FileKind, number | undefined]>([
  [0, 'document', 400],
  [1, 'document', undefined],
  [50 * MB, 'document', undefined],
  [50 * MB + 1, 'document', 413],
  [10 * MB, 'photo', undefined],
  [10 * MB + 1, 'photo', 400],
])('an upload of %d bytes as %s', (size, kind, code) => {
  expect(uploadRefusal(size, kind)?.code).toBe(code);
});

test.each<[number, number, string | undefined]>([
  [640, 480, undefined],
  [2000, 100, undefined],
  [2001, 100, 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
  [5000, 5000, undefined],
  [5001, 5000, 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
])('a picture of %d x %d', (width, height, reason) => {
  expect(pictureRefusal({ width, height })?.description).toBe(reason);
});

/** The first bytes of pictures of 300 x 200. */
const PICTURES: [string, Buffer][] = [
  ['JPEG', greyJpeg(300, 200)],
  ['PNG', Buffer.from('89504e470d0a1a0a0000000d494844520000012c000000c808', 'hex')],
  ['GIF', Buffer.from('4749463839612c01c800', 'hex')],
  ['WebP, lossy', Buffer.from('52494646000000005745425056503820000000000000009d012a2c01c800', 'hex')],
  ['WebP, lossless', Buffer.from('5249464600000000574542505650384c000000002f2bc131000000000000', 'hex')],
  ['WebP, extended', Buffer.from('5249464600000000574542505650385800000000000000002b0100c70000', 'hex')],
];

test.each(PICTURES)('the measures of a %s are read', (_, bytes) => {
  expect(imageSize(bytes)).toEqual({ width: 300, height: 200 });
});

test('other bytes have no measures', () => {
  expect(imageSize(Buffer.from('just a text that is long enough'))).toBeUndefined();
  expect(imageSize(Buffer.alloc(0))).toBeUndefined();
});
