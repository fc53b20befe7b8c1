import { isLink, isShortcut, problemsOf } from '../../../src/canned/check.js';
import type { CannedReply } from '../../../src/canned/reply.js';
import type { CannedContent } from '../../../src/relay/canned.js';
import { media } from '../support/people.js';

const fine: CannedContent = { kind: 'text', text: 'Hello', entities: [] };

function problems(content: CannedContent, more: Partial<CannedReply> = {}): string[] {
  const reply = { title: 'T', keywords: [], archived: false, wordings: [{ language: '', content }], ...more } as const;
  return problemsOf(reply).map(({ field, id }) => `${field} ${id}`);
}

const photo = { ...media('photo'), file: 'AgAC' };
const withButton = (text: string, url: string): CannedContent => ({ ...fine, buttons: [[{ text, url }]] });

test('nothing is wrong with a plain reply', () => {
  expect(problems(fine)).toEqual([]);
  expect(problems({ ...photo, caption: { text: 'x'.repeat(1024), entities: [] } })).toEqual([]);
  expect(problems({ ...fine, text: '😀'.repeat(4096) })).toEqual([]);
});

test.each<[string, CannedContent, Partial<CannedReply>]>([
  ['title canned-bad-empty', fine, { title: '  ' }],
  ['title canned-bad-line', fine, { title: 'a\nb' }],
  ['title canned-bad-long', fine, { title: 'x'.repeat(65) }],
  ['shortcut canned-bad-shortcut', fine, { shortcut: 'Two words' }],
  ['keywords canned-bad-keyword', fine, { keywords: ['a,b'] }],
  ['keywords canned-bad-many', fine, { keywords: Array.from({ length: 21 }, (_, n) => `k${n}`) }],
  [
    'languages canned-bad-language',
    fine,
    {
      wordings: [
        { language: '', content: fine },
        { language: 'Deutsch', content: fine },
      ],
    },
  ],
  ['text canned-bad-empty', { ...fine, text: ' \n ' }, {}],
  ['text canned-bad-long', { ...fine, text: 'x'.repeat(4097) }, {}],
  ['text canned-bad-long', { ...photo, caption: { text: 'x'.repeat(1025), entities: [] } }, {}],
  ['text canned-bad-caption', { ...photo, media: 'sticker', caption: { text: 'x', entities: [] } }, {}],
  ['media canned-bad-file', { ...photo, file: 'not a file id' }, {}],
  ['entities canned-bad-entity', { ...fine, entities: [{ type: 'bold', offset: 3, length: 9 }] }, {}],
  ['entities canned-bad-entity', { ...fine, entities: [{ type: 'bold', offset: 0, length: 0 }] }, {}],
  [
    'entities canned-bad-entity',
    { ...fine, entities: [{ type: 'text_link', offset: 0, length: 2, url: 'nowhere' }] },
    {},
  ],
  [
    'entities canned-bad-many',
    { ...fine, entities: Array.from({ length: 101 }, () => ({ type: 'bold', offset: 0, length: 1 })) },
    {},
  ],
  ['buttons canned-bad-url', withButton('a', 'javascript:alert(1)'), {}],
  ['buttons canned-bad-button', withButton(' ', 'https://example.com'), {}],
  ['buttons canned-bad-many', { ...fine, buttons: [[]] }, {}],
])('%s is found', (expected, content, more) => {
  expect(problems(content, more)).toEqual([expected]);
});

test('what is wrong with a wording in another language counts too', () => {
  const bad = { language: 'pt', content: { ...fine, text: '' } };
  expect(problems(fine, { wordings: [{ language: '', content: fine }, bad] })).toEqual(['text canned-bad-empty']);
});

test.each(['refund', 'geri-iade', 'возврат', '返金', 'a_1', 'ação'])('%s is a shortcut', (word) => {
  expect(isShortcut(word)).toBe(true);
});

test.each(['Refund', 'a b', '', 'x'.repeat(33), '/save', 'a.b'])('%j is none', (word) => {
  expect(isShortcut(word)).toBe(false);
});

test.each([
  ['https://example.com/a', true],
  ['http://localhost:3000', true],
  ['tg://resolve?domain=x', true],
  ['https://bare', false],
  ['ftp://example.com', false],
  ['https://exa mple.com', false],
  ['example.com', false],
])('%s is a link: %s', (url, expected) => {
  expect(isLink(url)).toBe(expected);
});
