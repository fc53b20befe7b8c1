import { stillLocation } from '../rules/location.js';
import { copyRule } from '../rules/copy.js';
import type { Bot } from '../world/accounts.js';
import type { Content, ObjectContent, PollContent } from '../world/content.js';
import { compact } from '../world/compact.js';
import { drawInteger } from '../world/random.js';
import type { Telegram } from '../telegram.js';
import type { World } from '../world/world.js';
import { createPoll } from './polls.js';

/** The largest value each emoji can show (Bot API: Dice). */
const DICE: Record<string, number> = { '🎲': 6, '🎯': 6, '🎳': 6, '🏀': 5, '⚽': 5, '🎰': 64 };

/** Throws the dice; undefined for an emoji that is none. */
export function rollDice(world: World, emoji: string): Extract<ObjectContent, { kind: 'dice' }> | undefined {
  const max = DICE[emoji];
  return max === undefined ? undefined : { kind: 'dice', value: { emoji, value: drawInteger(world, 1, max) } };
}

/** What a copy holds that a bot makes of a message; undefined for what cannot be copied. */
export function copiedContent(telegram: Telegram, bot: Bot, content: Content): Content | undefined {
  switch (copyRule(content)) {
    case 'same':
      return structuredClone(content);
    case 'still':
      return content.kind === 'location' ? { kind: 'location', location: stillLocation(content.location) } : undefined;
    case 'rerolled':
      return content.kind === 'dice' ? rollDice(telegram.world, content.value.emoji) : undefined;
    case 'new_poll':
      return content.kind === 'poll' ? copiedPoll(telegram, bot, content) : undefined;
    case 'unticked':
      return content.kind === 'checklist' ? unticked(content) : undefined;
    case 'refused':
      return undefined;
  }
}

function copiedPoll(telegram: Telegram, bot: Bot, { pollId }: PollContent): PollContent | undefined {
  const stored = telegram.world.polls[pollId];
  if (stored === undefined) return undefined;
  const isSecret = stored.poll.type === 'quiz' && !stored.poll.is_closed && stored.knownTo !== bot.id;
  return isSecret
    ? undefined
    : createPoll(telegram, { poll: { ...stored.poll, is_closed: false }, authorId: bot.id, knownTo: bot.id });
}

function unticked(content: Extract<ObjectContent, { kind: 'checklist' }>): Content {
  const tasks = content.value.tasks.map(({ id, text, text_entities }) =>
    compact<(typeof content.value.tasks)[number]>({ id, text, text_entities }),
  );
  return { kind: 'checklist', value: { ...content.value, tasks } };
}
