import { copyRule, type CopyRule, isForwardable } from '../../src/rules/copy.js';
import type { Content } from '../../src/world/content.js';

/** What Telegram makes of each kind, and whether it can be forwarded. */
test.each<[Content['kind'], CopyRule, boolean]>([
  ['text', 'same', true],
  ['photo', 'same', true],
  ['video', 'same', true],
  ['animation', 'same', true],
  ['audio', 'same', true],
  ['voice', 'same', true],
  ['video_note', 'same', true],
  ['document', 'same', true],
  ['sticker', 'same', true],
  ['contact', 'same', true],
  ['venue', 'same', true],
  ['game', 'same', true],
  ['story', 'same', true],
  ['location', 'still', true],
  ['dice', 'rerolled', true],
  ['poll', 'new_poll', true],
  ['checklist', 'unticked', true],
  ['paid_media', 'refused', true],
  ['giveaway', 'refused', true],
  ['giveaway_winners', 'refused', true],
  ['invoice', 'refused', true],
  ['giveaway_completed', 'refused', false],
  ['gift', 'refused', false],
  ['service', 'refused', false],
  ['self_destructing', 'refused', false],
  ['unsupported', 'refused', false],
])('a copy of %s: %s; forwarded: %s', (kind, rule, forwardable) => {
  const content = { kind } as Content;
  expect(copyRule(content)).toBe(rule);
  expect(isForwardable(content)).toBe(forwardable);
});
