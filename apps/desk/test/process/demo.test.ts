import { readdirSync } from 'node:fs';
import { jest } from '@jest/globals';
import { play } from '../../../../scripts/demo/play.js';
import { invite } from '../../../../scripts/demo/stage.js';
import { openSandbox, runScript, temporary } from './support.js';

const isLeftBehind = (name: string): boolean => name.startsWith('postdesk-demo-');

test('npm run demo shows the whole conversation, ends with 0 and leaves nothing behind', async () => {
  const folder = temporary();
  const demo = runScript('demo.mjs', { TMPDIR: folder });
  expect((await demo.ended).code).toBe(0);
  const told = demo.lines.join('\n');
  for (const words of [
    'Support: Ann Lee',
    'Support: It left our house this morning.',
    'Support: [photo] The lid is gone',
    'Support: [photo 1 of 3 in an album] All of this was in it',
    '↪ “this morning”',
    'Hello! Where is my order 4712?',
    'Support: Yes, before ten',
    'Tom: // She orders every month: be generous',
    'Support: 🗑 Taken back',
    'Support: ⚠️ Not delivered: the customer has blocked the bot.',
    'Support: ✅ The customer is back.',
    'Everything showed',
  ]) {
    expect(told).toContain(words);
  }
  expect(readdirSync(folder).filter(isLeftBehind)).toEqual([]);
});

test('a demo that is interrupted leaves nothing behind either', async () => {
  const folder = temporary();
  const demo = runScript('demo.mjs', { TMPDIR: folder });
  await demo.says('1. A first message');
  expect(readdirSync(folder).filter(isLeftBehind)).toHaveLength(1);
  expect((await demo.stop()).code).not.toBe(0);
  expect(readdirSync(folder).filter(isLeftBehind)).toEqual([]);
});

test('where no desk answers the demo says what did not show, and fails', async () => {
  const { control } = await openSandbox();
  const written: string[] = [];
  const output = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const outcome = await play({ control, ...(await invite(control)) });
  output.mockRestore();
  expect(outcome).toBe('failed');
  expect(written.at(-1)).toContain('THIS DID NOT SHOW: waited in vain until a post with comments for Ann');
});
